"""Raw frames to clips of the house format."""

from __future__ import annotations

import threading
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from soundstage.core.errors import BadInput, Cancelled, EngineFailed
from soundstage.media import child
from soundstage.media.child import end_all_children
from soundstage.media.frames import FrameWriter


def picture(value: int) -> NDArray[np.uint8]:
    return np.full((48, 64, 3), value, dtype=np.uint8)


def test_every_frame_is_in_the_clip_at_its_time(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    with FrameWriter(path, 64, 48, 25) as clip:
        for value in range(50):
            clip.write(picture(value * 5))
    assert clip.frames == 50
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    assert [frame.time for frame in frames] == pytest.approx([index / 25 for index in range(50)])
    assert frames[0].key_frame
    means = [frame.to_ndarray(format="gray").mean() for frame in frames]
    assert means[::7] == pytest.approx([value * 5 for value in range(50)][::7], abs=4)


def test_colours_are_blue_green_red(tmp_path: Path) -> None:
    frame = picture(0)
    frame[:, :, 0] = 255
    with FrameWriter(tmp_path / "x.mp4", 64, 48, 25) as clip:
        clip.write(frame)
    with av.open(str(tmp_path / "x.mp4")) as container:
        shown = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert shown[20, 20] == pytest.approx([0, 0, 255], abs=6)


def test_clips_have_the_house_format(tmp_path: Path) -> None:
    with FrameWriter(tmp_path / "x.mp4", 64, 48, 25) as clip:
        for value in range(30):
            clip.write(picture(value))
    with av.open(str(tmp_path / "x.mp4")) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.pts is not None]
        assert stream.time_base.denominator == 90_000
        assert (stream.codec_context.pix_fmt, stream.codec_context.has_b_frames) == ("yuv420p", False)
    assert all(packet.pts == packet.dts for packet in packets)


def write_and_stop(path: Path) -> None:
    with FrameWriter(path, 64, 48, 25) as clip:
        clip.write(picture(1))
        raise Cancelled


def write_until_ended(path: Path, ender: threading.Thread) -> None:
    frame = np.random.default_rng(0).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)
    with FrameWriter(path, 1920, 1080, 25) as clip:
        ender.start()
        while True:
            clip.write(frame)


def test_an_exception_ends_the_child_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_and_stop(tmp_path / "x.mp4")
    assert list(tmp_path.iterdir()) == []
    assert not child._live


def test_ending_all_children_wakes_a_blocked_writer(tmp_path: Path) -> None:
    ender = threading.Thread(target=end_all_children, args=(Cancelled(), 0.2))
    with pytest.raises(Cancelled):
        write_until_ended(tmp_path / "x.mp4", ender)
    ender.join()
    assert list(tmp_path.iterdir()) == []


def test_a_frame_of_the_wrong_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="9216 are needed"), FrameWriter(tmp_path / "x.mp4", 64, 48, 25) as clip:
        clip.write(b"short")
    assert list(tmp_path.iterdir()) == []


def test_a_clip_without_frames_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed), FrameWriter(tmp_path / "x.mp4", 64, 48, 25):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("width", "height", "fps"), [(63, 48, 25), (64, 47, 25), (0, 48, 25), (64, 48, 0), (64, 48, 121)]
)
def test_sizes_and_rates_that_no_player_shows_are_refused(tmp_path: Path, width: int, height: int, fps: int) -> None:
    with pytest.raises(BadInput):
        FrameWriter(tmp_path / "x.mp4", width, height, fps)
