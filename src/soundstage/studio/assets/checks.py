"""What an asset must be to be ready: judged by its content alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from soundstage.core.assets import CONTENT_OF, KIND_OF_CONTENT, AssetKind
from soundstage.core.errors import BadInput, BadMedia, BadPicture, TooLarge, WrongBytes
from soundstage.core.job import ErrorView
from soundstage.media.probe import MediaInfo
from soundstage.media.sniff import sniff_format
from soundstage.media.zip_directory import is_zip, zip_facts

MOST_SCRIPT_BYTES = 4 << 20
MOST_VOICE_SECONDS = 600.0
SMALLEST_PORTRAIT_SIDE = 64
_HEAD_BYTES = 4

MEDIA_TYPES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("audio", "aac"): "audio/aac",
        ("audio", "aiff"): "audio/aiff",
        ("audio", "flac"): "audio/flac",
        ("audio", "matroska"): "audio/webm",
        ("audio", "mov"): "audio/mp4",
        ("audio", "mp3"): "audio/mpeg",
        ("audio", "ogg"): "audio/ogg",
        ("audio", "wav"): "audio/wav",
        ("image", "jpeg"): "image/jpeg",
        ("image", "png"): "image/png",
        ("image", "webp"): "image/webp",
        ("text", "text"): "text/plain; charset=utf-8",
        ("video", "matroska"): "video/webm",
        ("video", "mov"): "video/mp4",
    }
)
"""By content and container; what a video or a sound lies in shows in nothing else."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file is."""

    kind: AssetKind
    media_type: str
    facts: Mapping[str, Any]


class ContentCheck:
    """`inspect` looks into media in a process of its own; text and zips need no decoder."""

    def __init__(self, inspect: Callable[[Path], MediaInfo]) -> None:
        self._inspect = inspect

    def check(self, path: Path, wanted: AssetKind | None) -> Checked:
        """Raises BadMedia, BadPicture or TooLarge that says why the file cannot be used as what it shall be."""
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        if is_zip(head):
            return self._checked_zip(path, wanted)
        content = sniff_format(path).kind if head else "nothing"
        _check_content(content, wanted)
        if content == "text":
            return Checked(AssetKind.SCRIPT, MEDIA_TYPES["text", "text"], _text_facts(path))
        info = self._inspect(path)
        _check_content(info.kind, wanted)
        kind = wanted or KIND_OF_CONTENT[info.kind]
        _check_fitness(kind, info)
        return Checked(kind, MEDIA_TYPES[info.kind, info.container], _media_facts(info))

    def _checked_zip(self, path: Path, wanted: AssetKind | None) -> Checked:
        _check_content("zip", wanted)
        found = zip_facts(path)
        facts = {"entries": found.entries, "unpacked_bytes": found.unpacked_bytes}
        return Checked(AssetKind.DATASET_ZIP, "application/zip", facts)


def error_view(error: BadInput) -> ErrorView:
    return ErrorView(error.code, error.message, error.hint)


def refusal(view: ErrorView | None) -> BadInput:
    """The error that an asset failed with, to be raised again."""
    if view is None:
        return BadInput("The asset failed.")
    kinds = (BadMedia, BadPicture, TooLarge, WrongBytes)
    kind = next((kind for kind in kinds if kind.code == view.code), BadInput)
    return kind(view.message, hint=view.hint)


def _check_content(content: str, wanted: AssetKind | None) -> None:
    if content == "nothing":
        raise BadMedia("The file is empty.", hint="Choose a file that holds something.")
    if wanted is not None and content != CONTENT_OF[wanted]:
        raise BadMedia(
            f"The file is {content} by its content, but {CONTENT_OF[wanted]} is needed for the kind {wanted}.",
            hint="Choose another file, or another kind.",
        )


def _check_fitness(kind: AssetKind, info: MediaInfo) -> None:
    if kind is AssetKind.VOICE_SAMPLE and info.duration_seconds > MOST_VOICE_SECONDS:
        raise BadMedia(
            f"The voice sample lasts {info.duration_seconds:.0f} seconds: {MOST_VOICE_SECONDS:.0f} are allowed.",
            hint="Cut it to its best minute.",
        )
    if kind is AssetKind.PORTRAIT and info.video and min(info.video.width, info.video.height) < SMALLEST_PORTRAIT_SIDE:
        raise BadPicture(
            f"The portrait is {info.video.width}x{info.video.height} pixels, which is too small.",
            hint=f"Use a picture of at least {SMALLEST_PORTRAIT_SIDE} pixels a side.",
        )


def _text_facts(path: Path) -> dict[str, Any]:
    size_bytes = path.stat().st_size
    if size_bytes > MOST_SCRIPT_BYTES:
        raise TooLarge(f"The script has {size_bytes} bytes: {MOST_SCRIPT_BYTES} are allowed.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadMedia("The script is not text in UTF-8.", hint="Save it as UTF-8 and add it again.") from error
    return {"characters": len(text), "words": len(text.split())}


def _media_facts(info: MediaInfo) -> dict[str, Any]:
    facts: dict[str, Any] = {"container": info.container}
    if info.duration_seconds:
        facts["duration_seconds"] = round(info.duration_seconds, 3)
    if info.video is not None:
        video = info.video
        facts |= {"width": video.width, "height": video.height, "video_codec": video.codec}
        facts |= {} if video.fps is None else {"fps": round(video.fps, 3)}
    if info.audio is not None:
        audio = info.audio
        facts |= {"rate_hz": audio.rate_hz, "channels": audio.channels, "audio_codec": audio.codec}
    return facts
