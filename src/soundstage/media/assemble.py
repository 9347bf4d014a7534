"""Pieces to a whole: clips joined by copy with one sound track, and a still picture of a video."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

from soundstage.core.errors import BadMedia, EngineFailed
from soundstage.media.ffmpeg import Input, OnProgress, Output, run_ffmpeg
from soundstage.media.files import whole_file
from soundstage.media.probe import MediaInfo, VideoInfo, probe

AUDIO = ("-c:a", "aac", "-b:a", "160k", "-ar", "48000")
DURATION_TOLERANCE_SECONDS = 0.5
LONGEST_TITLE = 200
THUMBNAIL_WIDTH = 1280


def join_clips(
    clips: Sequence[Path],
    audio_wav: Path | None,
    out_path: Path,
    *,
    fps: int,
    title: str | None = None,
    on_progress: OnProgress | None = None,
) -> MediaInfo:
    """Join clips of the house format (`frames.FrameWriter`) without encoding them again, with the given sound.

    The result is MP4 that plays while it loads. Raises BadMedia where clips differ or cannot be read, EngineFailed
    where the result is not what it must be; no file is left then.
    """
    infos = [probe(clip) for clip in clips]
    _check_alike(clips, infos)
    durations = [round(info.duration_seconds * fps) / fps for info in infos]
    with tempfile.TemporaryDirectory(prefix="soundstage-join-") as folder, whole_file(out_path) as unfinished:
        listing = _listing(Path(folder), clips, durations)
        sound = [] if audio_wav is None else [Input(audio_wav, "wav")]
        described = Input(_description(Path(folder), title), "ffmetadata")
        run_ffmpeg(
            [Input(listing, "concat"), *sound, described],
            [Output(unfinished, "mp4", ("-movflags", "+faststart"))],
            options=_joining(len(sound)),
            duration_seconds=sum(durations),
            on_progress=on_progress,
        )
        joined = probe(unfinished)
        _check_joined(joined, sum(durations), has_sound=bool(sound))
    return joined


def thumbnail(video: Path, out_jpg: Path, at_seconds: float) -> None:
    """The frame at `at_seconds` (or the last before it) as JPEG, at most 1280 wide. Raises BadMedia."""
    info = probe(video)
    if info.video is None or info.kind != "video":
        raise BadMedia(f"{video.name} holds no moving pictures.")
    if not math.isfinite(at_seconds):
        raise BadMedia(f"There is no frame at {at_seconds} seconds.")
    last = max(0.0, info.duration_seconds - 2 / (info.video.fps or 25))
    start = ("-ss", f"{min(max(at_seconds, 0.0), last):.3f}")
    scale = ("-vf", f"scale=w='min({THUMBNAIL_WIDTH},iw)':h=-2")
    still = ("-map", "0:v:0", "-frames:v", "1", *scale, "-c:v", "mjpeg", "-q:v", "3", "-map_metadata", "-1")
    run_ffmpeg([Input(video, info.container, start)], [Output(out_jpg, "mjpeg", still)], timeout_seconds=60)


def _joining(sounds: int) -> list[str]:
    maps = ["-map", "0:v:0", *(("-map", "1:a:0") if sounds else ())]
    return [*maps, "-map_metadata", str(1 + sounds), "-c:v", "copy", *AUDIO, "-fflags", "+bitexact"]


def _check_alike(clips: Sequence[Path], infos: Sequence[MediaInfo]) -> None:
    if not clips:
        raise BadMedia("There is no clip to join.")
    for clip, info in zip(clips, infos, strict=True):
        if info.video is None or info.kind != "video":
            raise BadMedia(f"{clip.name} holds no moving pictures.")
        if _format_of(info.video) != _format_of(infos[0].video):
            raise BadMedia(f"{clip.name} differs from {clips[0].name} in size or codec: they cannot be joined by copy.")


def _format_of(video: VideoInfo | None) -> tuple[int, int, str] | None:
    return None if video is None else (video.width, video.height, video.codec)


def _listing(folder: Path, clips: Sequence[Path], durations: Sequence[float]) -> Path:
    # Links with names of our own, so that no name of a file is ever read as a line of the list.
    lines = ["ffconcat version 1.0"]
    for index, (clip, duration) in enumerate(zip(clips, durations, strict=True)):
        link = folder / f"clip-{index:05d}.mp4"
        link.symlink_to(clip.absolute())
        lines += [f"file {link.name}", f"duration {duration:.6f}"]
    listing = folder / "clips.ffconcat"
    listing.write_text("\n".join(lines) + "\n")
    return listing


def _description(folder: Path, title: str | None) -> Path:
    # No newline stands at the end: ffmpeg would take one after a backslash, even an escaped one, into the title.
    path = folder / "description.txt"
    path.write_text(f";FFMETADATA1\ntitle={_escaped(title or '')}", encoding="utf-8")
    return path


def _escaped(title: str) -> str:
    # https://ffmpeg.org/ffmpeg-formats.html#Metadata: '=', ';', '#', '\' and newlines are escaped by a backslash.
    plain = "".join(c if c.isprintable() else " " for c in title)[:LONGEST_TITLE]
    return "".join(f"\\{c}" if c in "=;#\\" else c for c in plain)


def _check_joined(joined: MediaInfo, duration_seconds: float, *, has_sound: bool) -> None:
    if joined.video is None or (has_sound and joined.audio is None):
        raise EngineFailed("The joined video lacks its pictures or its sound.")
    if joined.duration_seconds < duration_seconds - DURATION_TOLERANCE_SECONDS:
        said = f"{joined.duration_seconds:.2f} seconds instead of {duration_seconds:.2f}"
        raise EngineFailed(f"The joined video lasts {said}.")
