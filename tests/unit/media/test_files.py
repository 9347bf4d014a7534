"""A file appears whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from soundstage.core.errors import Cancelled, DiskFull
from soundstage.media.files import whole_file


def write_and_raise(path: Path, error: BaseException) -> None:
    with whole_file(path) as unfinished:
        unfinished.write_text("half")
        raise error


def test_what_was_written_appears_at_the_end_of_the_block(tmp_path: Path) -> None:
    with whole_file(tmp_path / "x") as unfinished:
        unfinished.write_text("new")
        assert not (tmp_path / "x").exists()
    assert (tmp_path / "x").read_text() == "new"
    assert list(tmp_path.iterdir()) == [tmp_path / "x"]


@pytest.mark.parametrize("error", [ValueError("broken"), Cancelled()], ids=["error", "cancel"])
def test_after_an_exception_the_old_file_stands(tmp_path: Path, error: BaseException) -> None:
    (tmp_path / "x").write_text("old")
    with pytest.raises(type(error)):
        write_and_raise(tmp_path / "x", error)
    assert (tmp_path / "x").read_text() == "old"
    assert list(tmp_path.iterdir()) == [tmp_path / "x"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_no_space_left_is_a_full_disk(tmp_path: Path, number: int) -> None:
    with pytest.raises(DiskFull, match="x could not be written"):
        write_and_raise(tmp_path / "x", OSError(number, "no space"))
    assert list(tmp_path.iterdir()) == []


def test_the_path_is_absolute_for_children_in_other_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with whole_file(Path("x")) as unfinished:
        assert unfinished.is_absolute()
        unfinished.touch()
