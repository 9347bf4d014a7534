"""How bytes come into a library: in one request, or by a PUT to a signed place and a confirmation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from soundstage.blobs.contract import Blob, Blobs, UploadLink
from soundstage.core.assets import Asset, AssetKind, AssetState, Upload, UploadProtocol
from soundstage.core.errors import AssetNotFound, BlobNotFound, Conflict, TooLarge, UploadUnfinished, WrongBytes
from soundstage.core.job import ErrorView
from soundstage.store.assets import AssetStore
from soundstage.store.uploads import Arrival, NewUpload, UploadStore
from soundstage.studio.access import Caller
from soundstage.studio.assets.checking import Checking
from soundstage.studio.assets.checks import refusal
from soundstage.studio.limits import Limits, PlanLimits

WAITED_SECONDS = 900.0
RESUMABLE_SECONDS = 86_400.0
"""So long after its last byte an upload that can be resumed keeps what it has."""
KEEP_ALIVE_SECONDS = 60.0
PATIENCE_SECONDS = 5.0
"""A check that takes longer goes on in the background."""
EXPIRED = ErrorView("upload_expired", "The bytes did not arrive in time.", "Begin the upload anew.")


@dataclass(frozen=True, slots=True)
class Label:
    """What its uploader calls a file. Without a kind it is what its content shows."""

    name: str
    kind: AssetKind | None = None
    tags: tuple[str, ...] = ()


class Uploads:
    """Every way in ends in `arrive`; a place in the quota is reserved before the first byte, and given back."""

    def __init__(
        self, store: UploadStore, assets: AssetStore, blobs: Blobs, checking: Checking, limits: PlanLimits
    ) -> None:
        self._store = store
        self._assets = assets
        self._blobs = blobs
        self._checking = checking
        self._limits = limits
        self._turns: WeakValueDictionary[str, _Turn] = WeakValueDictionary()
        self._turns_lock = threading.Lock()

    def take(
        self, caller: Caller, chunks: Iterable[bytes], announced_bytes: int | None, label: Callable[[], Label]
    ) -> Asset:
        """Store a file that comes in one request; `label` is asked when all of it is there.

        Raises what is wrong with it (BadMedia, BadPicture, TooLarge), LimitReached, DiskFull; then nothing is left.
        """
        with self._reserved(caller, announced_bytes) as upload:
            blob = self._blobs.put(self._metered(upload, chunks, self._limits[caller.plan]))
            return self.arrive(upload, blob, label(), PATIENCE_SECONDS)

    def take_once(self, caller: Caller, chunks: Iterable[bytes], announced_bytes: int | None) -> Asset:
        """As `take`, but of equal bytes the caller has one asset alone, and it is ready when this returns."""
        with self._reserved(caller, announced_bytes) as upload:
            blob = self._blobs.put(self._metered(upload, chunks, self._limits[caller.plan]))
            if earlier := self._assets.find_own(caller.user_id, blob.sha256):
                self._store.release(upload.asset_id)
                return earlier
            return self.arrive(upload, blob, Label(f"file-{blob.sha256[:12]}"), patience_seconds=120.0)

    def plan(
        self,
        caller: Caller,
        label: Label,
        size_bytes: int,
        sha256: str | None = None,
        protocol: UploadProtocol = UploadProtocol.SIGNED,
    ) -> Upload:
        """Await bytes of a known size. Raises TooLarge, LimitReached."""
        limits = self._limits[caller.plan]
        _check_size(size_bytes, limits)
        seconds = RESUMABLE_SECONDS if protocol is UploadProtocol.RESUMABLE else WAITED_SECONDS
        wish = NewUpload(caller.user_id, protocol, size_bytes, seconds, label.kind, label.name, label.tags, sha256)
        return self._store.reserve(wish, limits.storage_bytes)

    def place(self, upload: Upload, media_type: str) -> UploadLink | None:
        """Where the blob store itself takes the bytes; None where it has no server of its own."""
        return self._blobs.upload_link(
            upload.asset_id, upload.size_bytes, media_type, upload.sha256, int(WAITED_SECONDS)
        )

    def write(self, asset_id: str, chunks: Iterable[bytes]) -> None:
        """The bytes of a planned upload, in place of earlier ones. Raises AssetNotFound, TooLarge, WrongBytes."""
        upload = self._awaited(asset_id, UploadProtocol.SIGNED)
        written = self._blobs.write_upload(asset_id, _at_most(chunks, upload.size_bytes))
        if written != upload.size_bytes:
            self._blobs.drop_upload(asset_id)
            raise WrongBytes(f"{written} bytes came, {upload.size_bytes} were announced.")

    def confirm(self, asset_id: str, owner: str | None) -> Asset:
        """All bytes of a planned upload are sent: check them. Repeated, it tells what came of the first time.

        Raises AssetNotFound, UploadUnfinished where there are no bytes yet, WrongBytes where they are not those that
        were announced (they can be sent again), or what is wrong with the file.
        """
        with self._turn(asset_id):
            asset = self._assets.get(asset_id, owner)
            if asset.state is not AssetState.PENDING:
                return settled(asset)
            upload = self._awaited(asset_id, UploadProtocol.SIGNED)
            try:
                blob = self._blobs.take_upload(asset_id)
            except BlobNotFound as error:
                message = f"The bytes of {asset_id} are not there yet: send them first, then confirm."
                raise UploadUnfinished(message) from error
            check_promise(upload, blob)
            return settled(self.arrive(upload, blob, label_of(asset), PATIENCE_SECONDS, keeps_failed=True))

    def arrive(
        self, upload: Upload, blob: Blob, label: Label, patience_seconds: float, keeps_failed: bool = False
    ) -> Asset:
        """Bytes have become a blob: check them. Raises what is wrong with them, unless a failed asset is kept.

        Raises AssetNotFound where the upload was given up meanwhile.
        """
        arrival = Arrival(blob.sha256, blob.size_bytes, label.kind, label.name, label.tags)
        if not self._store.receive(upload.asset_id, arrival):
            raise AssetNotFound(f"The upload {upload.asset_id} was given up before its last byte came.")
        asset = self._checking.finish(upload.asset_id, patience_seconds)
        return asset if keeps_failed else settled(asset)

    @contextmanager
    def _reserved(self, caller: Caller, announced_bytes: int | None) -> Iterator[Upload]:
        limits = self._limits[caller.plan]
        _check_size(announced_bytes or 0, limits)
        wish = NewUpload(caller.user_id, UploadProtocol.STREAM, announced_bytes or 0, WAITED_SECONDS)
        upload = self._store.reserve(wish, limits.storage_bytes)
        try:
            yield upload
        except BaseException:  # whatever ended it, also a caller who went away: nobody was told of this asset
            self._store.release(upload.asset_id)
            raise

    def _metered(self, upload: Upload, chunks: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
        received, reserved, kept_at = 0, upload.size_bytes, time.monotonic()
        for chunk in chunks:
            received += len(chunk)
            _check_size(received, limits)
            if received > reserved:
                reserved = self._store.extend(upload, received, limits.storage_bytes)
            if time.monotonic() - kept_at > KEEP_ALIVE_SECONDS:
                self._store.keep_alive(upload.asset_id, WAITED_SECONDS)
                kept_at = time.monotonic()
            yield chunk

    def _awaited(self, asset_id: str, protocol: UploadProtocol) -> Upload:
        upload = self._store.get(asset_id)
        if upload.protocol is not protocol:
            raise Conflict(f"The bytes of {asset_id} come in another way: {upload.protocol}.")
        if upload.expires_at < self._assets.now:
            raise AssetNotFound(f"The time for the upload {asset_id} is over: begin it anew.")
        return upload

    @contextmanager
    def _turn(self, asset_id: str) -> Iterator[None]:
        """Two confirmations of one asset stand in line: the second finds what came of the first."""
        with self._turns_lock:
            turn = self._turns.setdefault(asset_id, _Turn())
        with turn.lock:
            yield


class _Turn:
    def __init__(self) -> None:
        self.lock = threading.Lock()


def settled(asset: Asset) -> Asset:
    """The asset, unless it has failed: then its error is raised."""
    if asset.state is AssetState.FAILED:
        raise refusal(asset.error)
    return asset


def label_of(asset: Asset) -> Label:
    return Label(asset.name, asset.kind, tuple(asset.tags))


def check_promise(upload: Upload, blob: Blob) -> None:
    """Raises WrongBytes where other bytes came than were announced."""
    if blob.size_bytes != upload.size_bytes:
        raise WrongBytes(f"{blob.size_bytes} bytes came, {upload.size_bytes} were announced.")
    if upload.sha256 is not None and blob.sha256 != upload.sha256:
        raise WrongBytes(f"The sha256 of what came is {blob.sha256}, {upload.sha256} was announced.")


def _check_size(size_bytes: int, limits: Limits) -> None:
    if limits.upload_bytes is not None and size_bytes > limits.upload_bytes:
        raise TooLarge(f"The file is larger than the {limits.upload_bytes} bytes that your plan allows.")


def _at_most(chunks: Iterable[bytes], size_bytes: int) -> Iterator[bytes]:
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > size_bytes:
            raise TooLarge(f"More than the {size_bytes} bytes came that were announced.")
        yield chunk
