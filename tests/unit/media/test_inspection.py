"""Looking into files in a child: the same answers as in this process, and an end that always comes."""

from __future__ import annotations

import os
import signal
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from soundstage.core.errors import BadMedia, BadPicture
from soundstage.media import inspection
from soundstage.media.inspection import Inspector
from soundstage.media.probe import probe

WAV = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 1636, b"WAVE", b"fmt ", 16, 1, 1, 8_000, 16_000, 2, 16, b"data", 1_600)


@pytest.fixture
def inspector() -> Iterator[Inspector]:
    inspector = Inspector()
    yield inspector
    inspector.close()


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    path = tmp_path / "a wäv"
    path.write_bytes(WAV + bytes(1_600))
    return path


def test_a_child_sees_what_we_would_see(inspector: Inspector, wav: Path) -> None:
    inspector.prepare()
    assert inspector.inspect(wav) == inspector.inspect(wav) == probe(wav)


def test_a_child_says_why_and_names_no_file_of_ours(inspector: Inspector, tmp_path: Path) -> None:
    sound, picture = tmp_path / ("0" * 64), tmp_path / ("1" * 64)
    sound.write_bytes(WAV[:20])
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(BadMedia, match="The file cannot be read as wav") as refused:
        inspector.inspect(sound)
    assert "0000" not in refused.value.message
    assert refused.value.hint
    with pytest.raises(BadPicture):
        inspector.inspect(picture)


def test_a_child_that_ended_meanwhile_is_replaced(inspector: Inspector, wav: Path) -> None:
    inspector.prepare()
    assert inspector._spare is not None
    os.kill(inspector._spare.pid, signal.SIGKILL)
    inspector._spare._process.wait()
    assert inspector.inspect(wav).kind == "audio"


@pytest.mark.parametrize(
    "program",
    ["import sys; sys.stdin.readline(); sys.exit(3)", "import sys; sys.stdin.readline()", "input(); input()"],
    ids=["fails", "says nothing", "hangs"],
)
def test_a_child_that_does_not_answer_is_the_fault_of_the_file(
    monkeypatch: pytest.MonkeyPatch, wav: Path, program: str
) -> None:
    monkeypatch.setattr(inspection, "COMMAND", (sys.executable, "-I", "-c", program))
    inspector = Inspector(timeout_seconds=1.0)
    with pytest.raises(BadMedia):
        inspector.inspect(wav)
    inspector.close()


def test_no_child_is_left_behind(wav: Path) -> None:
    inspector = Inspector()
    inspector.inspect(wav)
    inspector.prepare()
    spare = inspector._spare
    assert spare is not None
    inspector.close()
    inspector.prepare()
    assert inspector._spare is None
    with pytest.raises(ProcessLookupError):
        os.kill(spare.pid, 0)
