"""Which ffmpeg is used, what it reports, and whom its errors blame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soundstage.core.errors import BadMedia, Cancelled, EngineNotReady
from soundstage.media import ffmpeg
from soundstage.media.child import ChildFailed, ChildTimedOut
from soundstage.media.ffmpeg import Input, Output, choose_ffmpeg, find_ffmpeg, run_ffmpeg


@pytest.fixture(autouse=True)
def _found_anew() -> Iterator[None]:
    choose_ffmpeg(None)
    yield
    choose_ffmpeg(None)


def program(folder: Path, script: str) -> Path:
    path = folder / "my-ffmpeg"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_configured_program_comes_first(tmp_path: Path) -> None:
    path = program(tmp_path, "exit 0")
    choose_ffmpeg(path)
    assert (find_ffmpeg().path, find_ffmpeg().source) == (path, "configured")


def test_a_configured_program_that_is_missing_is_said_and_not_replaced(tmp_path: Path) -> None:
    choose_ffmpeg(tmp_path / "nothing")
    with pytest.raises(EngineNotReady, match="nothing"):
        find_ffmpeg()


def test_without_one_on_the_system_that_of_the_wheel_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_ffmpeg().source == "wheel"


def test_without_any_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(ffmpeg, "_wheel_ffmpeg", lambda: None)
    with pytest.raises(EngineNotReady) as raised:
        find_ffmpeg()
    assert "apt install ffmpeg" in raised.value.hint


def test_progress_rises_from_the_work_done_to_the_whole(video: Path, tmp_path: Path) -> None:
    reports: list[tuple[float, float]] = []
    run_ffmpeg(
        [Input(video, "mov")],
        [Output(tmp_path / "out.mp4", "mp4")],
        duration_seconds=1.0,
        on_progress=lambda done, total: reports.append((done, total)),
    )
    assert reports
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert reports[-1][0] == pytest.approx(1.0, abs=0.05)
    assert {total for _, total in reports} == {1.0}


def test_progress_that_raises_ends_ffmpeg_and_leaves_no_file(video: Path, tmp_path: Path) -> None:
    def cancel(done: float, total: float) -> None:
        raise Cancelled

    output = Output(tmp_path / "out.mp4", "mp4")
    with pytest.raises(Cancelled):
        run_ffmpeg([Input(video, "mov")], [output], duration_seconds=1.0, on_progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_input_is_bad_media_and_leaves_no_file(video: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(video.read_bytes()[:2000])
    with pytest.raises(BadMedia, match=r"broken\.mp4 cannot be read"):
        run_ffmpeg([Input(broken, "mov")], [Output(tmp_path / "out.mp4", "mp4")])
    assert list(tmp_path.iterdir()) == [broken]


def test_a_mistake_of_ours_is_not_blamed_on_the_input(video: Path, tmp_path: Path) -> None:
    with pytest.raises(ChildFailed) as raised:
        run_ffmpeg([Input(video, "mov")], [Output(tmp_path / "out.mp4", "mp4", ("-c:v", "no-such-codec"))])
    assert not isinstance(raised.value, BadMedia)


def test_a_demuxer_that_is_not_ours_is_refused(video: Path, tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="hls"):
        run_ffmpeg([Input(video, "hls")], [Output(tmp_path / "out.mp4", "mp4")])


def test_one_that_takes_too_long_is_ended(video: Path, tmp_path: Path) -> None:
    choose_ffmpeg(program(tmp_path, "exec sleep 600"))
    with pytest.raises(ChildTimedOut):
        run_ffmpeg([Input(video, "mov")], [Output(tmp_path / "out.mp4", "mp4")], timeout_seconds=0.2)


def test_every_input_says_what_it_may_be_before_it_is_named(video: Path) -> None:
    arguments = ffmpeg.input_arguments(Input(video, "mov"))
    assert arguments[:2] == ["-protocol_whitelist", "file,pipe"]
    assert arguments[-4:] == ["-f", "mov", "-i", f"file:{video}"]
    for refused in ("hls", "dash", "sdp", "rtsp", "lavfi", "image2", "imf"):
        assert refused not in arguments[3].split(",")
