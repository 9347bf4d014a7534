"""Bytes on their way to a disk: hashed, flushed, and with a clear error where the disk is full."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from soundstage.blobs.contract import CHUNK_BYTES, Blob
from soundstage.core.errors import DiskFull


def copy_hashed(chunks: Iterable[bytes], file: BinaryIO | None) -> Blob:
    """Write the chunks where a file is given. Returns what they were."""
    digest = hashlib.sha256()
    size_bytes = 0
    for chunk in chunks:
        digest.update(chunk)
        size_bytes += len(chunk)
        if file is not None:
            file.write(chunk)
    return Blob(digest.hexdigest(), size_bytes)


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def range_of(path: Path, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` up to but not including `stop`, or to the end of the file."""
    with path.open("rb") as file:
        file.seek(start)
        left = stop - start
        while left > 0 and (chunk := file.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk


def flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def translated(error: OSError, root: Path) -> Exception:
    """DiskFull where that is what the error says, or the error itself."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(f"The disk that holds {root} is full: the file was not stored.")
    return error
