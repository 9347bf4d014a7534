"""What a zip says that it holds, by its directory at the end alone: nothing is unpacked."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from soundstage.core.errors import BadMedia

ENTRY_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
MOST_ENTRIES = 100_000
MOST_DIRECTORY_BYTES = 32 << 20
MOST_UNPACKED_BYTES = 64 << 30
MOST_RATIO = 100
SMALL_UNPACKED_BYTES = 16 << 20
"""Below it no ratio is too high: a little text packs well."""
HINT = "Make the zip anew, with pictures and their texts only."

# APPNOTE.TXT 6.3.10: end of central directory (4.3.16), its ZIP64 locator and record (4.3.15, 4.3.14), header (4.3.12).
_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_HEADER = struct.Struct("<4s6H3L5H2L")
_LONGEST_COMMENT = 0xFFFF
_IS_ENCRYPTED = 1


@dataclass(frozen=True, slots=True)
class ZipFacts:
    """How many entries there are, and how large they say that they are when unpacked."""

    entries: int
    unpacked_bytes: int


@dataclass(frozen=True, slots=True)
class _Directory:
    entries: int
    size_bytes: int
    offset: int
    end: int


def is_zip(head: bytes) -> bool:
    """Whether a file that begins like this claims to be a zip."""
    return head.startswith(ENTRY_SIGNATURES)


def zip_facts(path: Path) -> ZipFacts:
    """Raises BadMedia for a zip that is damaged, lies about its directory, is encrypted or unpacks to far too much."""
    with path.open("rb") as file:
        directory = _directory(file)
        _check(directory)
        file.seek(directory.offset)
        facts = _facts(file.read(directory.size_bytes), directory.entries)
    packed_bytes = path.stat().st_size
    if facts.unpacked_bytes > max(SMALL_UNPACKED_BYTES, min(MOST_UNPACKED_BYTES, MOST_RATIO * packed_bytes)):
        raise BadMedia(f"The zip unpacks to {facts.unpacked_bytes} bytes, which is too much.", hint=HINT)
    return facts


def _directory(file: BinaryIO) -> _Directory:
    size = file.seek(0, 2)
    start = max(0, size - _END.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise BadMedia("The zip has no end: it was cut off.", hint=HINT)
    _, _, _, _, entries, size_bytes, offset, comment_bytes = _END.unpack_from(tail, at)
    if start + at + _END.size + comment_bytes != size:
        raise BadMedia("Something stands behind the end of the zip.", hint=HINT)
    if 0xFFFF in (entries,) or 0xFFFFFFFF in (size_bytes, offset):
        return _zip64_directory(file, start + at - _LOCATOR.size)
    return _Directory(entries, size_bytes, offset, start + at)


def _zip64_directory(file: BinaryIO, locator_at: int) -> _Directory:
    try:
        file.seek(locator_at)
        signature, _, end_at, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
        file.seek(end_at)
        end_signature, _, _, _, _, _, _, entries, size_bytes, offset = _END64.unpack(file.read(_END64.size))
    except (OSError, ValueError, OverflowError, struct.error):
        raise BadMedia("The zip's directory cannot be found.", hint=HINT) from None
    if (signature, end_signature) != (b"PK\x06\x07", b"PK\x06\x06") or end_at + _END64.size > locator_at:
        raise BadMedia("The zip's directory cannot be found.", hint=HINT)
    return _Directory(entries, size_bytes, offset, end_at)


def _check(directory: _Directory) -> None:
    if directory.entries > MOST_ENTRIES or directory.size_bytes > MOST_DIRECTORY_BYTES:
        raise BadMedia(f"The zip has {directory.entries} entries: {MOST_ENTRIES} are allowed.", hint=HINT)
    if not directory.entries:
        raise BadMedia("The zip is empty.", hint=HINT)
    if directory.offset + directory.size_bytes != directory.end:
        raise BadMedia("The zip's directory does not lie where it says.", hint=HINT)


def _facts(directory: bytes, entries: int) -> ZipFacts:
    at, found, unpacked_bytes = 0, 0, 0
    while at < len(directory):
        try:
            fields = _HEADER.unpack_from(directory, at)
        except struct.error:
            raise BadMedia("The zip's directory is cut off.", hint=HINT) from None
        if fields[0] != b"PK\x01\x02":
            raise BadMedia("The zip's directory is damaged.", hint=HINT)
        if fields[3] & _IS_ENCRYPTED:
            raise BadMedia("The zip is encrypted.", hint="Make it without a password.")
        # A size of 2^32-1 stands in the ZIP64 field: far above what is allowed in one file anyway.
        unpacked_bytes += fields[9]
        found += 1
        at += _HEADER.size + sum(fields[10:13])
    if found != entries or at != len(directory):
        raise BadMedia(f"The zip says that it has {entries} entries, but lists {found}.", hint=HINT)
    return ZipFacts(found, unpacked_bytes)
