"""What a file is by its first bytes, light enough for the door: no decoder is loaded, its name counts for nothing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Literal

from soundstage.core.errors import BadMedia

Kind = Literal["audio", "image", "text", "video"]

HEAD_BYTES = 64 << 10
TRACKS_BYTES = 1 << 20
MOST_BOXES = 10_000
ACCEPTED = "Use PNG, JPEG or WebP; WAV, MP3, M4A, FLAC, OGG or AIFF; MP4, MOV, MKV or WebM; or plain text in UTF-8."


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file claims to be. `container` is the one format it may be opened as: a demuxer, a picture, or "text"."""

    kind: Kind
    container: str


FORMATS: Mapping[str, Sniffed] = MappingProxyType(
    {
        "audio/aac": Sniffed("audio", "aac"),
        "audio/mp4": Sniffed("audio", "mov"),
        "audio/mpeg": Sniffed("audio", "mp3"),
        "audio/ogg": Sniffed("audio", "ogg"),
        "audio/x-aiff": Sniffed("audio", "aiff"),
        "audio/x-flac": Sniffed("audio", "flac"),
        "audio/x-wav": Sniffed("audio", "wav"),
        "image/apng": Sniffed("image", "png"),
        "image/jpeg": Sniffed("image", "jpeg"),
        "image/png": Sniffed("image", "png"),
        "image/webp": Sniffed("image", "webp"),
        "video/3gpp": Sniffed("video", "mov"),
        "video/mp4": Sniffed("video", "mov"),
        "video/quicktime": Sniffed("video", "mov"),
        "video/webm": Sniffed("video", "matroska"),
        "video/x-m4v": Sniffed("video", "mov"),
        "video/x-matroska": Sniffed("video", "matroska"),
    }
)

_LISTS_AND_MARKUP = re.compile(
    r"#EXTM3U|#EXT-X-|ffconcat\s|v=0\s|;FFMETADATA|\[playlist\]|<\?xml|<!doctype|<(svg|html|mpd|smil|asx|script)\b",
    re.IGNORECASE,
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MATROSKA_VIDEO_CODEC = re.compile(rb"\x86[\x80-\xff]V_[A-Z]")


def sniff(path: Path) -> Kind:
    """The kind of a file: "image", "audio", "video" or "text". Raises BadMedia where it is none of these."""
    return sniff_format(path).kind


def sniff_format(path: Path) -> Sniffed:
    """The kind and the container of a file. Raises BadMedia for playlists, markup and all that is not accepted."""
    import filetype

    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        if not head:
            raise BadMedia(f"{path.name} is empty.", hint="Choose a file that holds something.")
        guess = filetype.guess(head)
        found = FORMATS.get(guess.mime) if guess is not None else None
        if found is not None and found.kind == "video" and not _has_picture(file, found.container):
            return Sniffed("audio", found.container)
    if found is not None:
        return found
    if guess is None and _is_text(head):
        return Sniffed("text", "text")
    what = f"It looks like {guess.mime}." if guess is not None else "Its content is not of a known kind."
    raise BadMedia(f"{path.name} cannot be used. {what}", hint=ACCEPTED)


def _is_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head, final=len(head) < HEAD_BYTES)
    except UnicodeDecodeError:
        return False
    return not _NOT_TEXT.search(text) and not _LISTS_AND_MARKUP.match(text.lstrip())


def _has_picture(file: BinaryIO, container: str) -> bool:
    file.seek(0)
    if container == "matroska":
        return _MATROSKA_VIDEO_CODEC.search(file.read(TRACKS_BYTES)) is not None
    return re.search(rb"hdlr.{8}vide", _movie_box(file), re.S) is not None


def _movie_box(file: BinaryIO) -> bytes:
    # ISO/IEC 14496-12: boxes of a 32-bit size and a name, or size 1 and a 64-bit size; `moov` holds the tracks.
    position = 0
    for _ in range(MOST_BOXES):
        file.seek(position)
        header = file.read(16)
        size = int.from_bytes(header[:4], "big")
        if size == 1:
            size = int.from_bytes(header[8:16], "big")
        if header[4:8] == b"moov":
            return file.read(min(size, TRACKS_BYTES * 8)) if size else file.read(TRACKS_BYTES * 8)
        if size < 8:
            break
        position += size
    return b""
