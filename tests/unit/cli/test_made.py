"""Files that a job made, brought to a folder of the user."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from soundstage.cli.made import check_folder, copy_whole, save_made
from soundstage.core.errors import BadInput, BlobNotFound, DiskFull
from soundstage.core.job import ArtifactView, JobView, PartView
from soundstage.core.states import PartState

MakeJob = Callable[..., JobView]


@pytest.fixture
def blob(tmp_path: Path) -> Path:
    path = tmp_path / "blob"
    path.write_bytes(b"sound")
    return path


@pytest.fixture
def make_job(pictures: dict[str, JobView]) -> MakeJob:
    """A job whose last stage has so many parts, each of which left the named files."""

    def make(*names: str, part_count: int = 1) -> JobView:
        job = pictures["succeeded"]
        template: PartView = job.stages[-1].parts[0]
        parts = [replace(template, id=10 + number, state=PartState.COMPLETED) for number in range(part_count)]
        left = [ArtifactView(name, "a" * 64, 5, "audio/wav", part.id, 0.0) for part in parts for name in names]
        return replace(job, stages=[*job.stages[:-1], replace(job.stages[-1], parts=parts, artifacts=left)])

    return make


def copy_of(blob: Path) -> Callable[[ArtifactView, Path], None]:
    return lambda _artifact, target: copy_whole(blob, target)


def test_files_of_the_last_stage_are_copied_with_their_sizes(tmp_path: Path, blob: Path, make_job: MakeJob) -> None:
    made = save_made(make_job("speech.wav", "words.json"), tmp_path / "out" / "job", copy_of(blob))
    assert [(file.path.name, file.size_bytes) for file in made] == [("speech.wav", 5), ("words.json", 5)]
    assert sorted(path.name for path in (tmp_path / "out" / "job").iterdir()) == ["speech.wav", "words.json"]
    assert made[0].path.read_bytes() == b"sound"


def test_files_of_several_parts_do_not_hide_each_other(tmp_path: Path, blob: Path, make_job: MakeJob) -> None:
    made = save_made(make_job("stem.wav", part_count=2), tmp_path / "out", copy_of(blob))
    assert [file.path.name for file in made] == ["001-stem.wav", "002-stem.wav"]


def test_a_file_name_never_leads_out_of_the_folder(tmp_path: Path, blob: Path, make_job: MakeJob) -> None:
    made = save_made(make_job("../../escaped.wav"), tmp_path / "out", copy_of(blob))
    assert [file.path for file in made] == [tmp_path / "out" / "escaped.wav"]


def test_a_job_without_files_leaves_no_folder(tmp_path: Path, blob: Path, make_job: MakeJob) -> None:
    assert save_made(make_job(), tmp_path / "out", copy_of(blob)) == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("number", "expected"), [(errno.ENOSPC, DiskFull), (errno.EACCES, BadInput)])
def test_a_copy_that_breaks_leaves_the_old_file_and_no_half_one(
    number: int,
    expected: type[Exception],
    tmp_path: Path,
    blob: Path,
    make_job: MakeJob,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_half_way(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:2])
        raise OSError(number, os.strerror(number))

    (tmp_path / "speech.wav").write_bytes(b"older")
    monkeypatch.setattr(shutil, "copyfile", break_half_way)
    with pytest.raises(expected):
        save_made(make_job("speech.wav"), tmp_path, copy_of(blob))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blob", "speech.wav"]
    assert (tmp_path / "speech.wav").read_bytes() == b"older"


def test_missing_bytes_are_said_to_be_missing(tmp_path: Path, make_job: MakeJob) -> None:
    def nowhere(_artifact: ArtifactView, _target: Path) -> None:
        raise BlobNotFound

    with pytest.raises(BlobNotFound):
        save_made(make_job("speech.wav"), tmp_path / "out", nowhere)


def test_a_folder_that_cannot_be_made_is_refused_before_the_job(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInput):
        check_folder(tmp_path / "file" / "below")
    check_folder(tmp_path / "not" / "yet" / "there")
    assert not (tmp_path / "not").exists()
