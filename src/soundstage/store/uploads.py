"""Bytes on their way into a library: their place in the quota is reserved before the first one comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from soundstage.core.assets import AssetFile, AssetKind, AssetState, FileRole, Upload, UploadProtocol
from soundstage.core.errors import AssetNotFound, LimitReached
from soundstage.core.ids import new_id
from soundstage.store.assets import name_key, put_file, put_tags, remove_rows, used_bytes
from soundstage.store.records import Records
from soundstage.store.tables import assets, uploads


@dataclass(frozen=True, slots=True)
class NewUpload:
    """A wish to send bytes. `size_bytes` is reserved."""

    owner: str
    protocol: UploadProtocol
    size_bytes: int
    seconds: float
    kind: AssetKind | None = None
    name: str = ""
    tags: Sequence[str] = ()
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes that have arrived whole, and what they are called."""

    sha256: str
    size_bytes: int
    kind: AssetKind | None
    name: str
    tags: Sequence[str] = ()


class UploadStore:
    """No two uploads of one owner, on any server, ever promise more than the owner's storage holds."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def reserve(self, wish: NewUpload, storage_bytes: int | None) -> Upload:
        """A pending asset that takes its place in the quota. Raises LimitReached."""
        now = self._records.now
        asset_id = new_id("asset", now)
        with self._records.write() as connection:
            _check_room(connection, wish.owner, wish.size_bytes, storage_bytes)
            connection.execute(
                insert(assets).values(
                    id=asset_id,
                    owner=wish.owner,
                    kind=None if wish.kind is None else wish.kind.value,
                    name=wish.name,
                    name_key=name_key(wish.name),
                    state=AssetState.PENDING.value,
                    size_bytes=wish.size_bytes,
                    created_at=now,
                    updated_at=now,
                )
            )
            put_tags(connection, asset_id, wish.tags)
            upload = Upload(asset_id, wish.owner, wish.protocol, wish.size_bytes, 0, wish.sha256, now + wish.seconds)
            connection.execute(
                insert(uploads).values(
                    asset_id=asset_id,
                    owner=wish.owner,
                    protocol=wish.protocol.value,
                    size_bytes=wish.size_bytes,
                    received_bytes=0,
                    sha256=wish.sha256,
                    expires_at=upload.expires_at,
                )
            )
        return upload

    def extend(self, upload: Upload, needed_bytes: int, storage_bytes: int | None) -> int:
        """Reserve more for an upload that did not say how long it is: twice the need, where there is room.

        Returns what is reserved now. Raises LimitReached where not even the need has room.
        """
        with self._records.write() as connection:
            reserved = _reserved(connection, upload.asset_id)
            free = _free_bytes(connection, upload.owner, storage_bytes)
            wanted = 2 * needed_bytes if free is None else min(2 * needed_bytes, reserved + free)
            if wanted < needed_bytes:
                _check_room(connection, upload.owner, needed_bytes - reserved, storage_bytes)
            connection.execute(update(assets).where(assets.c.id == upload.asset_id).values(size_bytes=wanted))
        return wanted

    def keep_alive(self, asset_id: str, seconds: float) -> None:
        with self._records.write() as connection:
            connection.execute(
                update(uploads).where(uploads.c.asset_id == asset_id).values(expires_at=self._records.now + seconds)
            )

    def advance(self, asset_id: str, received_bytes: int, seconds: float) -> None:
        """So many bytes are safe on the disk."""
        with self._records.write() as connection:
            connection.execute(
                update(uploads)
                .where(uploads.c.asset_id == asset_id)
                .values(received_bytes=received_bytes, expires_at=self._records.now + seconds)
            )

    def get(self, asset_id: str, owner: str | None = None) -> Upload:
        """Raises AssetNotFound where there is none under way, or where it is another owner's."""
        query = select(uploads).where(uploads.c.asset_id == asset_id)
        with self._records.read() as connection:
            row = connection.execute(query if owner is None else query.where(uploads.c.owner == owner)).first()
        if row is None:
            raise AssetNotFound(f"There is no upload {asset_id} under way.")
        return _upload(row)

    def receive(self, asset_id: str, arrival: Arrival) -> bool:
        """All bytes are there: pending becomes processing. False where another request, or the sweep, was first."""
        with self._records.write() as connection:
            changed = connection.execute(
                update(assets)
                .where(assets.c.id == asset_id, assets.c.state == AssetState.PENDING.value)
                .values(
                    kind=None if arrival.kind is None else arrival.kind.value,
                    name=arrival.name,
                    name_key=name_key(arrival.name),
                    state=AssetState.PROCESSING.value,
                    size_bytes=arrival.size_bytes,
                    updated_at=self._records.now,
                )
            )
            if not changed.rowcount:
                return False
            connection.execute(delete(uploads).where(uploads.c.asset_id == asset_id))
            put_file(connection, asset_id, AssetFile(FileRole.ORIGINAL, arrival.sha256, arrival.size_bytes, ""))
            put_tags(connection, asset_id, arrival.tags)
        return True

    def release(self, asset_id: str) -> None:
        """Forget an upload that came to nothing, and what was reserved for it."""
        with self._records.write() as connection:
            remove_rows(connection, [asset_id])

    def list_complete(self, limit: int = 20) -> list[Upload]:
        """Resumable uploads whose last byte has come, and that nobody has finished."""
        query = select(uploads).where(
            uploads.c.protocol == UploadProtocol.RESUMABLE.value, uploads.c.received_bytes == uploads.c.size_bytes
        )
        with self._records.read() as connection:
            return [_upload(row) for row in connection.execute(query.limit(limit))]

    def list_expired(self, limit: int = 200) -> list[Upload]:
        query = select(uploads).where(uploads.c.expires_at < self._records.now).order_by(uploads.c.expires_at)
        with self._records.read() as connection:
            return [_upload(row) for row in connection.execute(query.limit(limit))]


def _check_room(connection: Connection, owner: str, size_bytes: int, storage_bytes: int | None) -> None:
    free = _free_bytes(connection, owner, storage_bytes)
    if free is not None and size_bytes > free:
        raise LimitReached(
            f"Your storage holds {storage_bytes} bytes and {max(free, 0)} are free: {size_bytes} more do not fit.",
            hint="Delete what you do not need, or wait for uploads that are under way.",
        )


def _free_bytes(connection: Connection, owner: str, storage_bytes: int | None) -> int | None:
    """Of the owner, whose uploads stand in line here until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"assets of {owner}", 0))))
    return None if storage_bytes is None else storage_bytes - used_bytes(connection, owner)


def _reserved(connection: Connection, asset_id: str) -> int:
    found = connection.execute(
        select(assets.c.size_bytes).where(assets.c.id == asset_id, assets.c.state == AssetState.PENDING.value)
    ).scalar()
    if found is None:
        raise AssetNotFound(f"The upload {asset_id} is no longer awaited.")
    return int(found)


def _upload(row: Row[tuple[object, ...]]) -> Upload:
    return Upload(
        row.asset_id,
        row.owner,
        UploadProtocol(row.protocol),
        row.size_bytes,
        row.received_bytes,
        row.sha256,
        row.expires_at,
    )
