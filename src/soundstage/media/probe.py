"""What a media file holds, by its content: one named format is tried, and limits are checked before anything else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from soundstage.core.errors import BadMedia
from soundstage.media.ffmpeg import DECODERS
from soundstage.media.pictures import picture_size
from soundstage.media.sniff import Kind, Sniffed, sniff, sniff_format

__all__ = ["AudioInfo", "MediaInfo", "ProbeLimits", "VideoInfo", "probe", "sniff"]

VIDEO_CODECS = ("av1", "h264", "hevc", "mjpeg", "mpeg4", "prores", "vp8", "vp9")
AUDIO_CODECS = ("aac", "ac3", "alac", "eac3", "flac", "mp3", "opus", "vorbis")


@dataclass(frozen=True, slots=True)
class ProbeLimits:
    """What a file may be. Sides are in pixels, rates in hertz; reading for the probe is bounded too."""

    size_bytes: int = 8 << 30
    duration_seconds: float = 4 * 3600.0
    streams: int = 32
    side: range = range(16, 8193)
    fps_max: float = 240.0
    rate_hz: range = range(4_000, 384_001)
    channels: int = 16
    read_bytes: int = 2 << 30
    read_seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """The picture: size as stored in pixels, mean frames a second (None where the file does not say)."""

    width: int
    height: int
    fps: float | None
    codec: str


@dataclass(frozen=True, slots=True)
class AudioInfo:
    """The sound."""

    rate_hz: int
    channels: int
    codec: str


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a file holds. `container` is the demuxer for `ffmpeg.Input`; pictures and text have no duration.

    Of a picture, `video` gives the size and the format.
    """

    kind: Kind
    container: str
    size_bytes: int
    duration_seconds: float = 0.0
    video: VideoInfo | None = None
    audio: AudioInfo | None = None


def probe(path: Path, limits: ProbeLimits | None = None) -> MediaInfo:
    """Look into a file. Raises BadMedia (BadPicture for a picture) with the reason why it cannot be used."""
    limits = limits or ProbeLimits()
    size_bytes = path.stat().st_size
    if size_bytes > limits.size_bytes:
        raise BadMedia(f"{path.name} is too large: {size_bytes} bytes, {limits.size_bytes} are allowed.")
    sniffed = sniff_format(path)
    if sniffed.kind == "text":
        return MediaInfo("text", "text", size_bytes)
    if sniffed.kind == "image":
        width, height = picture_size(path)
        picture = VideoInfo(width, height, None, sniffed.container)
        return MediaInfo("image", sniffed.container, size_bytes, video=picture)
    return _probe_streams(path, sniffed, size_bytes, limits)


def _probe_streams(path: Path, sniffed: Sniffed, size_bytes: int, limits: ProbeLimits) -> MediaInfo:
    with path.open("rb") as file, _opened(file, path.name, sniffed.container, limits) as container:
        if len(container.streams) > limits.streams:
            raise BadMedia(f"{path.name} holds {len(container.streams)} streams, {limits.streams} are allowed.")
        video = _video(container, path.name, limits)
        audio = _audio(container, path.name, limits)
        if video is None and audio is None:
            raise BadMedia(f"{path.name} holds neither sound nor pictures.")
        duration_seconds = _duration_seconds(container)
    if not 0 < duration_seconds <= limits.duration_seconds:
        allowed = f"more than 0 and at most {limits.duration_seconds:g} seconds are allowed"
        raise BadMedia(f"{path.name} lasts {duration_seconds:g} seconds by what it says: {allowed}.")
    kind: Kind = "audio" if video is None else "video"
    return MediaInfo(kind, sniffed.container, size_bytes, duration_seconds, video, audio)


@contextmanager
def _opened(file: BinaryIO, name: str, container: str, limits: ProbeLimits) -> Iterator[Any]:
    import av

    options = {
        "protocol_whitelist": "file",
        "format_whitelist": container,
        "codec_whitelist": DECODERS,
        "max_streams": str(limits.streams + 1),
    }
    bounded = _BoundedReader(file, limits)
    try:
        with av.open(bounded, format=container, container_options=options, metadata_errors="replace") as opened:
            yield opened
    except (av.FFmpegError, ValueError, OverflowError, EOFError) as error:
        bounded.check(name)
        message = f"{name} cannot be read as {container}: {_said(error)}."
        raise BadMedia(message, hint="Check that it plays, then convert and add it again.") from error
    bounded.check(name)


def _said(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).rstrip(".")


class _BoundedReader:
    # A lying file can make a demuxer read for ever: both the bytes and the time of its reading are limited.
    def __init__(self, file: BinaryIO, limits: ProbeLimits) -> None:
        self._is_exhausted = False
        self._file = file
        self._left_bytes = limits.read_bytes
        self._deadline = time.monotonic() + limits.read_seconds

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._left_bytes -= len(chunk)
        self._is_exhausted = self._is_exhausted or self._left_bytes < 0 or time.monotonic() > self._deadline
        return b"" if self._is_exhausted else chunk

    def check(self, name: str) -> None:
        if self._is_exhausted:
            raise BadMedia(f"{name} needs too much reading to find out what it holds.", hint="Convert it to MP4 first.")

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def _video(container: Any, name: str, limits: ProbeLimits) -> VideoInfo | None:
    from av.stream import Disposition

    moving = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not moving:
        return None
    stream = moving[0]
    codec = _codec(stream, name)
    width, height, rate = stream.codec_context.width, stream.codec_context.height, stream.average_rate
    if width not in limits.side or height not in limits.side:
        allowed = f"{limits.side.start} to {limits.side.stop - 1} pixels a side are allowed"
        raise BadMedia(f"The picture of {name} is {width}x{height}: {allowed}.")
    if rate is not None and not 0 < rate <= limits.fps_max:
        raise BadMedia(f"{name} has {float(rate):g} frames a second, {limits.fps_max:g} are allowed.")
    return VideoInfo(width, height, None if rate is None else float(rate), codec)


def _audio(container: Any, name: str, limits: ProbeLimits) -> AudioInfo | None:
    if not container.streams.audio:
        return None
    stream = container.streams.audio[0]
    codec = _codec(stream, name)
    rate_hz, channels = stream.codec_context.sample_rate, stream.codec_context.channels
    if rate_hz not in limits.rate_hz:
        allowed = f"{limits.rate_hz.start} to {limits.rate_hz.stop - 1} are allowed"
        raise BadMedia(f"The sound of {name} has {rate_hz} samples a second: {allowed}.")
    if not 0 < channels <= limits.channels:
        raise BadMedia(f"The sound of {name} has {channels} channels, 1 to {limits.channels} are allowed.")
    return AudioInfo(rate_hz, channels, codec)


def _codec(stream: Any, name: str) -> str:
    codec = "unknown" if stream.codec_context is None else str(stream.codec_context.codec.canonical_name)
    if codec not in (*VIDEO_CODECS, *AUDIO_CODECS) and not codec.startswith("pcm_"):
        raise BadMedia(f"{name} uses the codec {codec}, which is not read here.", hint="Convert it to MP4 or WAV.")
    return codec


def _duration_seconds(container: Any) -> float:
    if container.duration is not None:
        return float(container.duration) / 1e6
    # Recordings made by browsers do not say how long they are: the last packet does.
    ends = (p.pts * p.time_base + (p.duration or 0) * p.time_base for p in container.demux() if p.pts is not None)
    return float(max(ends, default=0))
