"""What a file holds, whatever its name says."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundstage.core.errors import BadMedia, BadPicture
from soundstage.media.probe import AudioInfo, ProbeLimits, VideoInfo, probe
from soundstage.media.sniff import sniff

TONE = ("-f", "lavfi", "-i", "sine=d=1")
PICTURE = ("-f", "lavfi", "-i", "testsrc=d=1:s=64x48")
AUDIO_FILES = {
    "sound.wav": ("wav", "pcm_s16le"),
    "sound.mp3": ("mp3", "mp3"),
    "sound.flac": ("flac", "flac"),
    "sound.m4a": ("mov", "aac"),
    "sound.aac": ("aac", "aac"),
    "sound.aiff": ("aiff", "pcm_s16be"),
    "sound.opus": ("ogg", "opus"),
    "sound.webm": ("matroska", "opus"),
}
VIDEO_FILES = {
    "film.mp4": ("mov", "h264"),
    "film.mov": ("mov", "h264"),
    "film.mkv": ("matroska", "h264"),
    "film.webm": ("matroska", "vp9"),
}


class Renderer(Protocol):
    def __call__(self, name: str, *arguments: str) -> Path: ...


@pytest.mark.parametrize("name", AUDIO_FILES)
def test_sound_is_told_by_its_content(render: Renderer, tmp_path: Path, name: str) -> None:
    disguised = tmp_path / "picture.png"
    disguised.write_bytes(render(name, *TONE).read_bytes())
    info = probe(disguised)
    assert (info.kind, info.video) == ("audio", None)
    assert info.audio is not None
    assert (info.container, info.audio.codec) == AUDIO_FILES[name]
    assert info.duration_seconds == pytest.approx(1.0, abs=0.05)
    assert sniff(disguised) == "audio"


@pytest.mark.parametrize("name", VIDEO_FILES)
def test_video_is_told_by_its_content(render: Renderer, tmp_path: Path, name: str) -> None:
    disguised = tmp_path / "sound.wav"
    disguised.write_bytes(render(name, *PICTURE, *TONE).read_bytes())
    info = probe(disguised)
    container, codec = VIDEO_FILES[name]
    assert (info.kind, info.container) == ("video", container)
    assert info.video == VideoInfo(64, 48, 25.0, codec)
    assert info.audio is not None
    assert sniff(disguised) == "video"


def test_a_recording_of_a_browser_without_a_length_is_measured(render: Renderer) -> None:
    live = render("live.mkv", *PICTURE, *TONE, "-f", "webm", "-live", "1")
    assert probe(live).duration_seconds == pytest.approx(1.0, abs=0.05)


def test_mp4_with_sound_alone_is_audio_at_the_door(render: Renderer) -> None:
    assert sniff(render("voice.mp4", *TONE)) == "audio"


def test_the_cover_of_a_song_does_not_make_it_a_video(render: Renderer, tmp_path: Path) -> None:
    cover = render("cover.png", *PICTURE, "-frames:v", "1")
    song = render("song.mp3", *TONE, "-i", str(cover), "-map", "0:a", "-map", "1:v", "-c:v", "copy")
    assert probe(song).kind == "audio"


def test_a_picture_is_told_with_its_size(render: Renderer) -> None:
    info = probe(render("still.png", *PICTURE, "-frames:v", "1"))
    assert (info.kind, info.container) == ("image", "png")
    assert info.video == VideoInfo(64, 48, None, "png")


@pytest.mark.parametrize("text", ["Words.\nMore wörds.", "\ufeffWith a mark", "a < b", "v=0.5 is fine"])
def test_plain_text_is_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x"
    path.write_text(text, encoding="utf-8")
    assert probe(path).kind == sniff(path) == "text"


def test_text_cut_inside_a_letter_by_the_first_read_is_still_text(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("a" + "ö" * 70_000, encoding="utf-8")
    assert sniff(path) == "text"


@pytest.mark.parametrize("content", [b"\xff\xfea\x00b\x00", b"words\x00", b"\x1b[31m", "naïve".encode("latin-1")])
def test_bytes_that_are_not_utf8_text_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    with pytest.raises(BadMedia, match=r"x\.txt cannot be used"):
        sniff(path)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (ProbeLimits(size_bytes=100), "too large"),
        (ProbeLimits(duration_seconds=0.5), "lasts 1 seconds"),
        (ProbeLimits(streams=1), "2 streams"),
        (ProbeLimits(side=range(100, 200)), "64x48"),
        (ProbeLimits(fps_max=20), "25 frames a second"),
        (ProbeLimits(rate_hz=range(8000, 16001)), "44100 samples a second"),
        (ProbeLimits(channels=0), "1 channels"),
        (ProbeLimits(read_bytes=1000), "too much reading"),
    ],
)
def test_each_limit_refuses_with_its_reason(render: Renderer, limits: ProbeLimits, reason: str) -> None:
    with pytest.raises(BadMedia, match=reason):
        probe(render("film.mp4", *PICTURE, *TONE), limits)


def test_a_codec_that_is_not_on_the_list_is_refused(render: Renderer) -> None:
    with pytest.raises(BadMedia, match=r"lossless\.mkv"):
        probe(render("lossless.mkv", *PICTURE, "-c:v", "ffv1"))


def test_the_facts_about_sound_are_exact(render: Renderer) -> None:
    stereo = render("stereo.wav", *TONE, "-ac", "2", "-ar", "22050")
    assert probe(stereo).audio == AudioInfo(22050, 2, "pcm_s16le")


@given(st.binary(max_size=300), st.sampled_from([b"", b"RIFF", b"ID3", b"\x1aE\xdf\xa3", b"\x00\x00\x00\x18ftypisom"]))
def test_no_bytes_get_past_the_door_but_by_its_own_errors(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, head: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(head + content)
    with suppress(BadMedia, BadPicture):
        probe(path)


def test_the_door_and_the_probe_load_nothing_heavy_by_themselves(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("words")
    code = (
        "import sys, pathlib, soundstage.media.probe as p, soundstage.media.audio, soundstage.media.assemble\n"
        f"p.sniff(pathlib.Path({str(path)!r}))\n"
        "print([name for name in ('av', 'numpy', 'PIL', 'cv2') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"
