"""Names and tags as people write them: text to show, never a path and never a header."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from collections.abc import Iterable

from soundstage.core.errors import BadInput

LONGEST_NAME = 255
LONGEST_TAG = 50
MOST_TAGS = 20
NAMELESS = "untitled"
SUFFIXES = {
    "audio/aac": (".aac",),
    "audio/aiff": (".aiff", ".aif"),
    "audio/flac": (".flac",),
    "audio/mp4": (".m4a", ".mp4"),
    "audio/mpeg": (".mp3",),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/wav": (".wav",),
    "audio/webm": (".webm", ".mka", ".weba"),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "text/plain": (".txt", ".md"),
    "video/mp4": (".mp4", ".mov", ".m4v"),
    "video/webm": (".webm", ".mkv"),
    "application/zip": (".zip",),
    "application/json": (".json",),
}
_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)
_JOINERS = "\u200c\u200d"  # scripts and emoji need them


def clean_name(given: str) -> str:
    """What is left of a name without folders, control characters and those that turn the direction of reading."""
    name = _printable(_FOLDERS.sub("", given))
    return name[:LONGEST_NAME].strip() or NAMELESS


def clean_tags(given: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order. Raises BadInput for too many or too long ones."""
    tags = {tag for text in given if (tag := _printable(text))}
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise BadInput(f"An asset may have {MOST_TAGS} tags of {LONGEST_TAG} characters.")
    return tuple(sorted(tags))


def download_name(name: str, media_type: str) -> str:
    """The name under which a file is kept: it ends as its content says, whatever the uploader called it."""
    plain = media_type.partition(";")[0]
    suffixes = SUFFIXES.get(plain) or tuple(mimetypes.guess_all_extensions(plain)[:1])
    return name if not suffixes or name.lower().endswith(suffixes) else f"{name}{suffixes[0]}"


def _printable(text: str) -> str:
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in normal if c in _JOINERS or not unicodedata.category(c).startswith("C")).strip()
