"""Blobs in a folder: written under a name of their own, hashed on the way, then put in place by one rename."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from soundstage.blobs.contract import Blob, UploadLink, checked_sha256, checked_upload_id
from soundstage.blobs.streams import chunks_of, copy_hashed, flush, flush_folder, range_of, translated
from soundstage.core.crashpoints import crashpoint
from soundstage.core.errors import BlobNotFound, BlobsUnavailable


class FolderBlobs:
    """Implements contract.Blobs below `root`, which may be on a disk that fills up: then DiskFull, and no half file."""

    def __init__(self, root: Path) -> None:
        self._root = root / "sha256"
        self._incoming = root / "incoming"
        self._trash = root / "trash"
        self._uploads = root / "uploads"
        for folder in (self._root, self._incoming, self._trash, self._uploads):
            folder.mkdir(parents=True, exist_ok=True)

    def put(self, chunks: Iterable[bytes]) -> Blob:
        """Store what the chunks hold. Raises DiskFull; on any error nothing is left."""
        temporary = self._incoming / secrets.token_hex(16)
        try:
            with temporary.open("xb") as file:
                blob = copy_hashed(chunks, file)
                flush(file)
            self._place(temporary, blob.sha256)
        except OSError as error:
            raise translated(error, self._root) from error
        finally:
            temporary.unlink(missing_ok=True)
        return blob

    def put_file(self, path: Path) -> Blob:
        """Store a copy of the file."""
        with path.open("rb") as file:
            return self.put(chunks_of(file))

    def adopt(self, path: Path) -> Blob:
        """Store a file that nobody writes any more, without copying it where the disk allows."""
        temporary = self._incoming / secrets.token_hex(16)
        try:
            os.link(path, temporary)
        except OSError:
            return self.put_file(path)
        try:
            with temporary.open("rb") as file:
                blob = copy_hashed(chunks_of(file), None)
                os.fsync(file.fileno())
            temporary.chmod(0o444)
            self._place(temporary, blob.sha256)
        except OSError as error:
            raise translated(error, self._root) from error
        finally:
            temporary.unlink(missing_ok=True)
        return blob

    def path(self, sha256: str) -> Path:
        """Where the blob lies, for reading only. Raises BlobNotFound."""
        path = self._root / sha256[:2] / checked_sha256(sha256)
        if not path.is_file():
            raise BlobNotFound(f"The stored file {sha256[:12]} is not there.")
        return path

    def hold(self, sha256: str, folder: Path) -> Path:
        """The file itself: what is referenced is never swept."""
        return self.path(sha256)

    def open_range(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        return range_of(self.path(sha256), start, stop)

    def size_bytes(self, sha256: str) -> int:
        return self.path(sha256).stat().st_size

    @property
    def links_origin(self) -> str | None:
        return None

    def link(self, sha256: str, name: str, media_type: str, disposition: str, seconds: int) -> str | None:
        """None: the API signs links of its own."""
        return None

    def upload_link(
        self, upload_id: str, size_bytes: int, media_type: str, sha256: str | None, seconds: int
    ) -> UploadLink | None:
        """None: the API signs links of its own."""
        return None

    def write_upload(self, upload_id: str, chunks: Iterable[bytes]) -> int:
        """Stage the bytes; they appear whole or not at all. Raises DiskFull."""
        staged = self._uploads / checked_upload_id(upload_id)
        temporary = self._incoming / secrets.token_hex(16)
        try:
            with temporary.open("xb") as file:
                blob = copy_hashed(chunks, file)
                flush(file)
            temporary.replace(staged)
        except OSError as error:
            raise translated(error, self._root) from error
        finally:
            temporary.unlink(missing_ok=True)
        return blob.size_bytes

    def take_upload(self, upload_id: str) -> Blob:
        staged = self._uploads / checked_upload_id(upload_id)
        try:
            blob = self.adopt(staged)
        except FileNotFoundError:
            raise BlobNotFound(f"Nothing was uploaded as {upload_id}.") from None
        staged.unlink(missing_ok=True)
        return blob

    def drop_upload(self, upload_id: str) -> None:
        (self._uploads / checked_upload_id(upload_id)).unlink(missing_ok=True)

    def check(self) -> None:
        if not os.access(self._incoming, os.W_OK):
            raise BlobsUnavailable(f"The folder of stored files {self._root.parent} cannot be written.")

    def sweep(self, is_referenced: Callable[[str], bool], grace_seconds: float) -> int:
        """Delete what nothing points to and nobody touched for the grace time. Returns how many."""
        before = time.time() - grace_seconds
        for leftover in (*self._incoming.iterdir(), *self._uploads.iterdir()):
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
            flush_folder(final.parent)
        crashpoint("blob.put.after")
