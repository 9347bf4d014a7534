"""Blobs in a folder: written under a name of their own, hashed on the way, then put in place by one rename."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from soundstage.core.crashpoints import crashpoint
from soundstage.core.errors import BlobNotFound, DiskFull

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Blob:
    sha256: str
    size_bytes: int


class FolderBlobs:
    """Content-addressed files below `root`, which may be on a disk that fills up: then DiskFull, and no half file."""

    def __init__(self, root: Path) -> None:
        self._root = root / "sha256"
        self._incoming = root / "incoming"
        self._trash = root / "trash"
        for folder in (self._root, self._incoming, self._trash):
            folder.mkdir(parents=True, exist_ok=True)

    def put(self, chunks: Iterable[bytes]) -> Blob:
        """Store what the chunks hold. Raises DiskFull; on any error nothing is left."""
        temporary = self._incoming / secrets.token_hex(16)
        try:
            with temporary.open("xb") as file:
                digest, size_bytes = _copy_hashed(chunks, file)
                _flush(file)
            self._place(temporary, digest)
        except OSError as error:
            raise _translated(error, self._root) from error
        finally:
            temporary.unlink(missing_ok=True)
        return Blob(digest, size_bytes)

    def put_file(self, path: Path) -> Blob:
        """Store a copy of the file."""
        with path.open("rb") as file:
            return self.put(_chunks(file))

    def adopt(self, path: Path) -> Blob:
        """Store a file that nobody writes any more, without copying it where the disk allows."""
        temporary = self._incoming / secrets.token_hex(16)
        try:
            os.link(path, temporary)
        except OSError:
            return self.put_file(path)
        try:
            with temporary.open("rb") as file:
                digest, size_bytes = _copy_hashed(_chunks(file), None)
                os.fsync(file.fileno())
            temporary.chmod(0o444)
            self._place(temporary, digest)
        except OSError as error:
            raise _translated(error, self._root) from error
        finally:
            temporary.unlink(missing_ok=True)
        return Blob(digest, size_bytes)

    def path(self, sha256: str) -> Path:
        """Where the blob lies, for reading only. Raises BlobNotFound."""
        path = self._root / sha256[:2] / sha256
        if not path.is_file():
            raise BlobNotFound(f"The stored file {sha256[:12]} is not there.")
        return path

    def sweep(self, is_referenced: Callable[[str], bool], grace_seconds: float) -> int:
        """Delete what nothing points to and nobody touched for the grace time. Returns how many."""
        before = time.time() - grace_seconds
        for leftover in self._incoming.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if leftover.stat().st_mtime < before:
                    leftover.unlink()
        return sum(self._sweep_one(path, before, is_referenced) for path in self._root.glob("*/*"))

    def _sweep_one(self, path: Path, before: float, is_referenced: Callable[[str], bool]) -> bool:
        try:
            if path.stat().st_mtime >= before or is_referenced(path.name):
                return False
            # Out of the way first: whoever stores the same bytes from now on writes them anew, and whoever touched
            # them just before shows in the time of the file.
            parked = self._trash / path.name
            path.rename(parked)
        except FileNotFoundError:
            return False
        if parked.stat().st_mtime >= before or is_referenced(path.name):
            parked.rename(path)
            return False
        parked.unlink()
        return True

    def _place(self, temporary: Path, digest: str) -> None:
        crashpoint("blob.put.before")
        final = self._root / digest[:2] / digest
        try:
            os.utime(final)
        except FileNotFoundError:
            final.parent.mkdir(exist_ok=True)
            temporary.rename(final)
            _flush_folder(final.parent)
        crashpoint("blob.put.after")


def _copy_hashed(chunks: Iterable[bytes], file: BinaryIO | None) -> tuple[str, int]:
    digest = hashlib.sha256()
    size_bytes = 0
    for chunk in chunks:
        digest.update(chunk)
        size_bytes += len(chunk)
        if file is not None:
            file.write(chunk)
    return digest.hexdigest(), size_bytes


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _translated(error: OSError, root: Path) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(f"The disk that holds {root} is full: the file was not stored.")
    return error
