"""Joining clips and taking stills, on real files."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from soundstage.core.errors import BadMedia, Cancelled
from soundstage.media.assemble import join_clips, thumbnail
from soundstage.media.audio import write_wav
from soundstage.media.frames import FrameWriter

FPS = 25


def clip_of(path: Path, frames: int, value: int = 0, side: int = 64) -> Path:
    with FrameWriter(path, side, 48, FPS) as clip:
        for index in range(frames):
            clip.write(np.full((48, side, 3), value + index, dtype=np.uint8))
    return path


@pytest.fixture
def clips(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "clips"
    folder.mkdir()
    return [clip_of(folder / f"c{index}.mp4", frames, 60 * index) for index, frames in enumerate((30, 7, 25))]


@pytest.fixture
def sound(clips: list[Path]) -> Path:
    path = clips[0].parent / "sound.wav"
    write_wav(path, np.sin(np.arange(round(62 / FPS * 16000)) / 5) * 0.3, 16000)
    return path


def test_joined_clips_keep_every_frame_and_exact_times(clips: list[Path], sound: Path, tmp_path: Path) -> None:
    info = join_clips(clips, sound, tmp_path / "out.mp4", fps=FPS)
    with av.open(str(tmp_path / "out.mp4")) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert len(times) == 62
    assert all(after - before == pytest.approx(1 / FPS, abs=1e-4) for before, after in pairwise(times))
    assert info.duration_seconds == pytest.approx(62 / FPS, abs=0.03)
    assert info.audio is not None
    assert (info.audio.codec, info.audio.rate_hz) == ("aac", 48000)


def test_the_result_plays_while_it_loads(clips: list[Path], sound: Path, tmp_path: Path) -> None:
    join_clips(clips, sound, tmp_path / "out.mp4", fps=FPS)
    content = (tmp_path / "out.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_without_sound_the_pictures_are_joined_alone(clips: list[Path], tmp_path: Path) -> None:
    assert join_clips(clips, None, tmp_path / "out.mp4", fps=FPS).audio is None


def test_the_same_pieces_give_the_same_bytes(clips: list[Path], sound: Path, tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        join_clips(clips, sound, tmp_path / name, fps=FPS, title="Same")
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_progress_reaches_the_whole(clips: list[Path], sound: Path, tmp_path: Path) -> None:
    reports: list[float] = []
    join_clips(
        clips, sound, tmp_path / "out.mp4", fps=FPS, on_progress=lambda done, total: reports.append(done / total)
    )
    assert reports[-1] == pytest.approx(1.0, abs=0.03)


def test_a_cancel_leaves_no_file(clips: list[Path], sound: Path, tmp_path: Path) -> None:
    def cancel(done: float, total: float) -> None:
        raise Cancelled

    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        join_clips(clips, sound, tmp_path / "out.mp4", fps=FPS, on_progress=cancel)
    assert sorted(tmp_path.iterdir()) == before


def test_clips_that_differ_are_refused_by_name(clips: list[Path], tmp_path: Path) -> None:
    wide = clip_of(tmp_path / "clips" / "wide.mp4", 5, side=128)
    with pytest.raises(BadMedia, match=r"wide\.mp4 differs"):
        join_clips([*clips, wide], None, tmp_path / "out.mp4", fps=FPS)
    assert not (tmp_path / "out.mp4").exists()


def test_sound_in_place_of_a_clip_is_refused(clips: list[Path], sound: Path, tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match=r"sound\.wav holds no moving pictures"):
        join_clips([*clips, sound], None, tmp_path / "out.mp4", fps=FPS)


def test_no_clips_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="no clip"):
        join_clips([], None, tmp_path / "out.mp4", fps=FPS)


@pytest.mark.parametrize(("at_seconds", "value"), [(0.0, 0), (0.6, 15), (1e9, 28), (-5, 0)])
def test_a_thumbnail_shows_the_frame_of_its_time(
    clips: list[Path], tmp_path: Path, at_seconds: float, value: int
) -> None:
    thumbnail(clips[0], tmp_path / "x.jpg", at_seconds)
    with Image.open(tmp_path / "x.jpg") as still:
        assert still.size == (64, 48)
        assert np.asarray(still).mean() == pytest.approx(value, abs=4)


def test_there_is_no_thumbnail_of_sound(tone: Path, tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="no moving pictures"):
        thumbnail(tone, tmp_path / "x.jpg", 0)
