"""Uploads piece by piece: what is told to be there is on the disk, and goes on after any break."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from soundstage.blobs.contract import Blobs
from soundstage.core.assets import AssetState, Upload, UploadProtocol
from soundstage.core.errors import (
    AssetNotFound,
    BadInput,
    BadMedia,
    Conflict,
    DiskFull,
    TooLarge,
    UploadBusy,
    WrongBytes,
    WrongChecksum,
)
from soundstage.store.assets import AssetStore
from soundstage.store.uploads import UploadStore
from soundstage.studio.access import Caller
from soundstage.studio.assets.checks import error_view
from soundstage.studio.assets.uploads import (
    PATIENCE_SECONDS,
    RESUMABLE_SECONDS,
    Label,
    Uploads,
    check_promise,
    label_of,
    settled,
)

SAVED_EVERY_BYTES = 8 << 20
CHECKSUMS = ("sha1", "sha256")


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one piece must hash to. `algorithm` is one of CHECKSUMS."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is. `expires_at` is None when all of it is there."""

    asset_id: str
    offset: int
    size_bytes: int
    expires_at: float | None


class ResumableUploads:
    """Partial files lie in `folder` under the id of their asset. One request at a time writes to one of them."""

    def __init__(self, store: UploadStore, assets: AssetStore, uploads: Uploads, blobs: Blobs, folder: Path) -> None:
        self._store = store
        self._assets = assets
        self._uploads = uploads
        self._blobs = blobs
        self._folder = folder

    def begin(self, caller: Caller, label: Label, size_bytes: int, sha256: str | None) -> Progress:
        """Raises BadMedia for an empty file, TooLarge, LimitReached."""
        if not size_bytes:
            raise BadMedia("The file is empty.", hint="Choose a file that holds something.")
        upload = self._uploads.plan(caller, label, size_bytes, sha256, UploadProtocol.RESUMABLE)
        return _progress(upload)

    def progress(self, asset_id: str, owner: str | None) -> Progress:
        """Raises AssetNotFound. Where all is there but a server went away before it said so, it is finished now."""
        asset = self._assets.get(asset_id, owner)
        if asset.state is not AssetState.PENDING:
            settled(asset)
            return Progress(asset_id, asset.size_bytes, asset.size_bytes, None)
        upload = self._awaited(asset_id, owner)
        if upload.received_bytes == upload.size_bytes:
            with suppress(UploadBusy), self._opened(asset_id):
                self._finish(upload)
        return _progress(upload)

    def append(
        self, asset_id: str, owner: str | None, offset: int, chunks: Iterable[bytes], checksum: Checksum | None
    ) -> Progress:
        """Add a piece. With a checksum all of it counts or nothing; without, what came before a break counts.

        The last piece has the asset checked. Raises AssetNotFound, Conflict for another offset, UploadBusy,
        WrongChecksum, TooLarge, DiskFull, or what is wrong with the file.
        """
        self._awaited(asset_id, owner)
        with self._opened(asset_id) as file:
            upload = self._consistent(self._awaited(asset_id, owner), file)
            if offset != upload.received_bytes:
                raise Conflict(f"{asset_id} has {upload.received_bytes} bytes: a piece from {offset} does not fit.")
            end = self._write(file, upload, chunks, checksum)
            if end == upload.size_bytes:
                self._finish(upload)
        return Progress(asset_id, end, upload.size_bytes, self._assets.now + RESUMABLE_SECONDS)

    def abandon(self, asset_id: str, owner: str | None) -> None:
        """Raises AssetNotFound, UploadBusy."""
        upload = self._awaited(asset_id, owner)
        with self._opened(asset_id):
            self._store.release(upload.asset_id)
            self.discard(asset_id)

    def discard(self, asset_id: str) -> None:
        (self._folder / asset_id).unlink(missing_ok=True)

    def partial_ids(self) -> Iterator[tuple[str, float]]:
        """The id of each partial file, and when it was last written."""
        with suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                with suppress(FileNotFoundError):
                    yield path.name, path.stat().st_mtime

    def finish_left(self, uploads: Iterable[Upload]) -> None:
        """Check those whose bytes are all there, but whose server went away before it did."""
        for upload in uploads:
            with suppress(UploadBusy, AssetNotFound, BadInput), self._opened(upload.asset_id):
                self._finish(self._awaited(upload.asset_id, upload.owner))

    def _awaited(self, asset_id: str, owner: str | None) -> Upload:
        upload = self._store.get(asset_id, owner)
        if upload.protocol is not UploadProtocol.RESUMABLE or upload.expires_at < self._assets.now:
            raise AssetNotFound(f"There is no upload {asset_id} that could go on.")
        return upload

    @contextmanager
    def _opened(self, asset_id: str) -> Iterator[BinaryIO]:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(self._folder / asset_id, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UploadBusy(f"Another request sends to {asset_id}: try again when it has ended.") from None
            yield file

    def _consistent(self, upload: Upload, file: BinaryIO) -> Upload:
        """Bytes beyond those that are told to be there are dropped; lost ones are told no more."""
        size = os.fstat(file.fileno()).st_size
        if size < upload.received_bytes:
            self._store.advance(upload.asset_id, size, RESUMABLE_SECONDS)
            return self._store.get(upload.asset_id)
        file.truncate(upload.received_bytes)
        return upload

    def _write(self, file: BinaryIO, upload: Upload, chunks: Iterable[bytes], checksum: Checksum | None) -> int:
        end = saved = file.seek(upload.received_bytes)
        digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        try:
            for chunk in chunks:
                end = _written(file, chunk, end, upload.size_bytes)
                if digest is not None:
                    digest.update(chunk)
                elif end - saved >= SAVED_EVERY_BYTES:
                    saved = self._save(file, upload, end)
            if digest and checksum and not hmac.compare_digest(digest.digest(), checksum.digest):
                raise WrongChecksum(f"The piece of {upload.asset_id} from {upload.received_bytes} is damaged.")
        except BaseException:  # a break of any kind: without a checksum, what came before it counts
            if digest is None:
                self._save(file, upload, end)
            raise
        return self._save(file, upload, end)

    def _save(self, file: BinaryIO, upload: Upload, end: int) -> int:
        os.fsync(file.fileno())
        if not upload.received_bytes:
            _flush_folder(self._folder)
        self._store.advance(upload.asset_id, end, RESUMABLE_SECONDS)
        return end

    def _finish(self, upload: Upload) -> None:
        blob = self._blobs.adopt(self._folder / upload.asset_id)
        asset = self._assets.get(upload.asset_id)
        try:
            check_promise(upload, blob)
            self._uploads.arrive(upload, blob, label_of(asset), PATIENCE_SECONDS)
        except WrongBytes as error:
            self._assets.fail(upload.asset_id, error_view(error))
            self.discard(upload.asset_id)
            raise
        except (BadInput, AssetNotFound):
            self.discard(upload.asset_id)
            raise
        self.discard(upload.asset_id)


def _written(file: BinaryIO, chunk: bytes, at: int, size_bytes: int) -> int:
    if at + len(chunk) > size_bytes:
        raise TooLarge(f"More than the {size_bytes} bytes came that were announced.")
    try:
        left = memoryview(chunk)
        while left:
            left = left[file.write(left) :]
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull("The disk is full: the upload stops here and can go on later.") from error
        raise
    return at + len(chunk)


def _progress(upload: Upload) -> Progress:
    return Progress(upload.asset_id, upload.received_bytes, upload.size_bytes, upload.expires_at)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
