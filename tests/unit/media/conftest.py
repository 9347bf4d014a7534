"""Small real media for the tests of the media room, made once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from soundstage.media.ffmpeg import find_ffmpeg

Render = Callable[..., Path]


@pytest.fixture(scope="session")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """`render("name.mp4", "-f", "lavfi", ...)`: ffmpeg's own test sources to a file."""
    folder = tmp_path_factory.mktemp("media")

    def make(name: str, *arguments: str) -> Path:
        path = folder / name
        if not path.exists():
            ffmpeg = str(find_ffmpeg().path)
            subprocess.run([ffmpeg, "-v", "error", "-nostdin", *arguments, str(path)], check=True)
        return path

    return make


@pytest.fixture(scope="session")
def tone(render: Render) -> Path:
    """Two seconds of a sine of 440 Hz, 16-bit mono at 48 kHz."""
    return render("tone.wav", "-f", "lavfi", "-i", "sine=d=2:r=48000", "-ac", "1")


@pytest.fixture(scope="session")
def video(render: Render) -> Path:
    """One second of a test picture with a tone: H.264 and AAC in MP4, 320x240, 25 frames a second."""
    return render("video.mp4", "-f", "lavfi", "-i", "testsrc=d=1:s=320x240", "-f", "lavfi", "-i", "sine=d=1")


@pytest.fixture(scope="session")
def silent_video(render: Render) -> Path:
    """One second of a test picture without sound."""
    return render("silent.mp4", "-f", "lavfi", "-i", "testsrc=d=1:s=320x240")
