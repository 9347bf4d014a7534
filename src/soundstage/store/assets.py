"""The libraries of users: assets as rows, found by owner, filtered, sorted and paged."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, tuple_, update

from soundstage.core.assets import Asset, AssetFile, AssetKind, AssetState, FileRole
from soundstage.core.errors import AssetNotFound
from soundstage.core.job import ErrorView
from soundstage.core.states import FINAL_JOB_STATES
from soundstage.store.records import Records
from soundstage.store.tables import artifacts, asset_files, asset_tags, assets, inputs, jobs, uploads

_UNFINISHED = jobs.c.state.not_in([str(state) for state in FINAL_JOB_STATES])


class AssetSort(StrEnum):
    """By the time they were made, by name, by size; `-` is the other way round."""

    OLDEST = "created"
    NEWEST = "-created"
    NAME = "name"
    NAME_DOWN = "-name"
    SIZE = "size"
    SIZE_DOWN = "-size"

    @property
    def is_descending(self) -> bool:
        return self.startswith("-")


_SORT_COLUMN = {"created": None, "name": assets.c.name_key, "size": assets.c.size_bytes}


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Which assets of one owner to list. `after` is the place of the last one of the page before."""

    owner: str
    kinds: Sequence[AssetKind] = ()
    states: Sequence[AssetState] = ()
    tags: Sequence[str] = ()
    text: str = ""
    sort: AssetSort = AssetSort.NEWEST
    after: tuple[str | int, str] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class JobUse:
    """A job that reads an asset."""

    job_id: str
    pipeline: str
    state: str


class AssetStore:
    """Reads and changes of assets that are there; `uploads.py` brings new ones in."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def now(self) -> float:
        return self._records.now

    def get(self, asset_id: str, owner: str | None = None) -> Asset:
        """Raises AssetNotFound, also where the asset is another owner's."""
        query = select(assets).where(assets.c.id == asset_id, assets.c.deleted_at.is_(None))
        found = self._assets(query if owner is None else query.where(assets.c.owner == owner))
        if not found:
            raise AssetNotFound(f"There is no asset {asset_id}.")
        return found[0]

    def list_assets(self, wanted: AssetFilter) -> list[Asset]:
        return self._assets(_filtered(wanted))

    def find_own(self, owner: str, sha256: str) -> Asset | None:
        """A ready asset of the owner whose original has these bytes."""
        query = (
            select(assets)
            .join(asset_files, asset_files.c.asset_id == assets.c.id)
            .where(
                asset_files.c.sha256 == sha256,
                asset_files.c.role == FileRole.ORIGINAL.value,
                assets.c.owner == owner,
                assets.c.state == AssetState.READY.value,
                assets.c.deleted_at.is_(None),
            )
            .order_by(assets.c.id)
            .limit(1)
        )
        return next(iter(self._assets(query)), None)

    def is_of_a_job(self, owner: str, sha256: str) -> bool:
        """Whether a job of the owner has these bytes as an input or left them as an artifact."""
        given = select(jobs.c.id).join(inputs, inputs.c.job_id == jobs.c.id).where(inputs.c.sha256 == sha256)
        left = select(jobs.c.id).join(artifacts, artifacts.c.job_id == jobs.c.id).where(artifacts.c.sha256 == sha256)
        with self._records.read() as connection:
            return any(
                connection.execute(query.where(jobs.c.owner == owner).limit(1)).first() is not None
                for query in (given, left)
            )

    def jobs_using(self, asset: Asset, only_unfinished: bool, limit: int = 100) -> list[JobUse]:
        """The owner's jobs that read the asset's original, newest first."""
        original = asset.files.get(FileRole.ORIGINAL)
        if original is None:
            return []
        query = (
            select(jobs.c.id, jobs.c.pipeline, jobs.c.state)
            .join(inputs, inputs.c.job_id == jobs.c.id)
            .where(inputs.c.sha256 == original.sha256, jobs.c.owner == asset.owner)
            .order_by(jobs.c.id.desc())
            .limit(limit)
        )
        with self._records.read() as connection:
            rows = connection.execute(query.where(_UNFINISHED) if only_unfinished else query).all()
        return [JobUse(*row) for row in rows]

    def used_bytes(self, owner: str) -> int:
        """What the owner's assets take, with what is promised to uploads under way."""
        with self._records.read() as connection:
            return used_bytes(connection, owner)

    def change(self, asset_id: str, name: str | None, tags: Sequence[str] | None) -> None:
        with self._records.write() as connection:
            values: dict[str, Any] = {"updated_at": self._records.now}
            if name is not None:
                values |= {"name": name, "name_key": name_key(name)}
            connection.execute(update(assets).where(assets.c.id == asset_id).values(values))
            if tags is not None:
                put_tags(connection, asset_id, tags)

    def settle(self, asset_id: str, kind: AssetKind, media_type: str, facts: Mapping[str, Any]) -> None:
        """The check has passed: processing becomes ready."""
        with self._records.write() as connection:
            connection.execute(
                update(assets)
                .where(assets.c.id == asset_id, assets.c.state == AssetState.PROCESSING.value)
                .values(
                    kind=kind.value,
                    state=AssetState.READY.value,
                    media_type=media_type,
                    facts=json.dumps(dict(facts)),
                    updated_at=self._records.now,
                )
            )
            connection.execute(
                update(asset_files)
                .where(asset_files.c.asset_id == asset_id, asset_files.c.role == FileRole.ORIGINAL.value)
                .values(media_type=media_type)
            )

    def fail(self, asset_id: str, error: ErrorView) -> None:
        """What was not ready yet has failed: its bytes and its place in the quota are free."""
        with self._records.write() as connection:
            failed = connection.execute(
                update(assets)
                .where(
                    assets.c.id == asset_id,
                    assets.c.state.in_([AssetState.PENDING.value, AssetState.PROCESSING.value]),
                )
                .values(state=AssetState.FAILED.value, error=json.dumps(asdict(error)), updated_at=self._records.now)
            )
            if failed.rowcount:
                connection.execute(delete(asset_files).where(asset_files.c.asset_id == asset_id))
                connection.execute(delete(uploads).where(uploads.c.asset_id == asset_id))

    def hide(self, asset_id: str) -> None:
        """Nobody finds it from now on; its bytes stay until `bury_hidden`."""
        with self._records.write() as connection:
            connection.execute(update(assets).where(assets.c.id == asset_id).values(deleted_at=self._records.now))

    def remove(self, asset_ids: Sequence[str]) -> None:
        """The rows; the bytes go with the next sweep of what no row points to."""
        with self._records.write() as connection:
            remove_rows(connection, asset_ids)

    def bury_hidden(self) -> int:
        """Remove hidden assets that no unfinished job of their owner reads. Returns how many."""
        is_needed = (
            select(inputs.c.sha256)
            .join(jobs, jobs.c.id == inputs.c.job_id)
            .join(asset_files, asset_files.c.sha256 == inputs.c.sha256)
            .where(asset_files.c.asset_id == assets.c.id, jobs.c.owner == assets.c.owner, _UNFINISHED)
            .exists()
        )
        query = select(assets.c.id).where(assets.c.deleted_at.is_not(None), ~is_needed).limit(200)
        with self._records.read() as connection:
            asset_ids = list(connection.scalars(query))
        if asset_ids:
            self.remove(asset_ids)
        return len(asset_ids)

    def erase_owner(self, owner: str) -> list[str]:
        """Remove all that the owner has in the library. Returns the ids that were theirs."""
        with self._records.write() as connection:
            asset_ids = list(connection.scalars(select(assets.c.id).where(assets.c.owner == owner)))
            remove_rows(connection, asset_ids)
        return asset_ids

    def list_unchecked(self, before: float, limit: int = 20) -> list[Asset]:
        """Assets whose check began before that time and has not ended: their server went away."""
        query = select(assets).where(assets.c.state == AssetState.PROCESSING.value, assets.c.updated_at < before)
        return self._assets(query.limit(limit))

    def touch(self, asset_id: str) -> None:
        with self._records.write() as connection:
            connection.execute(update(assets).where(assets.c.id == asset_id).values(updated_at=self._records.now))

    def await_preview(self, asset_id: str, job_id: str) -> None:
        with self._records.write() as connection:
            connection.execute(update(assets).where(assets.c.id == asset_id).values(preview_job=job_id))

    def list_ended_previews(self, owner: str, pipeline: str, limit: int = 100) -> list[tuple[str, str | None]]:
        """The owner's jobs of the preview pipeline that have ended, and the asset that awaits each, if there is one."""
        query = (
            select(jobs.c.id, assets.c.id)
            .outerjoin(assets, assets.c.preview_job == jobs.c.id)
            .where(
                jobs.c.owner == owner,
                jobs.c.pipeline == pipeline,
                jobs.c.state.in_([str(state) for state in FINAL_JOB_STATES]),
            )
            .limit(limit)
        )
        with self._records.read() as connection:
            return [(row[0], row[1]) for row in connection.execute(query)]

    def attach(self, asset_id: str, files: Sequence[AssetFile]) -> None:
        """Add what the preview job left; it is awaited no more."""
        with self._records.write() as connection:
            changed = connection.execute(update(assets).where(assets.c.id == asset_id).values(preview_job=None))
            for file in files if changed.rowcount else ():
                put_file(connection, asset_id, file)

    def _assets(self, query: Select[Any]) -> list[Asset]:
        with self._records.read() as connection:
            rows = connection.execute(query).all()
            ids = [row.id for row in rows]
            files: dict[str, dict[FileRole, AssetFile]] = defaultdict(dict)
            for row in connection.execute(select(asset_files).where(asset_files.c.asset_id.in_(ids))):
                role = FileRole(row.role)
                files[row.asset_id][role] = AssetFile(role, row.sha256, row.size_bytes, row.media_type)
            tags: dict[str, list[str]] = defaultdict(list)
            for row in connection.execute(select(asset_tags).where(asset_tags.c.asset_id.in_(ids))):
                tags[row.asset_id].append(row.tag)
        return [_asset(row, files[row.id], sorted(tags[row.id])) for row in rows]


def name_key(name: str) -> str:
    """What a name is sorted and searched by: without regard to case."""
    return unicodedata.normalize("NFC", name.casefold())


def used_bytes(connection: Connection, owner: str) -> int:
    query = select(func.coalesce(func.sum(assets.c.size_bytes), 0)).where(
        assets.c.owner == owner, assets.c.state != AssetState.FAILED.value
    )
    return int(connection.execute(query).scalar_one())


def put_tags(connection: Connection, asset_id: str, tags: Sequence[str]) -> None:
    connection.execute(delete(asset_tags).where(asset_tags.c.asset_id == asset_id))
    if tags:
        connection.execute(insert(asset_tags), [{"asset_id": asset_id, "tag": tag} for tag in tags])


def put_file(connection: Connection, asset_id: str, file: AssetFile) -> None:
    connection.execute(
        delete(asset_files).where(asset_files.c.asset_id == asset_id, asset_files.c.role == file.role.value)
    )
    connection.execute(
        insert(asset_files).values(
            asset_id=asset_id,
            role=file.role.value,
            sha256=file.sha256,
            size_bytes=file.size_bytes,
            media_type=file.media_type,
        )
    )


def remove_rows(connection: Connection, asset_ids: Sequence[str]) -> None:
    for table in (asset_files, asset_tags, uploads):
        connection.execute(delete(table).where(table.c.asset_id.in_(asset_ids)))
    connection.execute(delete(assets).where(assets.c.id.in_(asset_ids)))


def _filtered(wanted: AssetFilter) -> Select[Any]:
    query = select(assets).where(assets.c.owner == wanted.owner, assets.c.deleted_at.is_(None))
    if wanted.kinds:
        query = query.where(assets.c.kind.in_([kind.value for kind in wanted.kinds]))
    if wanted.states:
        query = query.where(assets.c.state.in_([state.value for state in wanted.states]))
    for tag in wanted.tags:
        tagged = select(asset_tags.c.asset_id).where(asset_tags.c.tag == tag)
        query = query.where(assets.c.id.in_(tagged))
    if wanted.text:
        query = query.where(assets.c.name_key.contains(name_key(wanted.text), autoescape=True))
    return _sorted(query, wanted).limit(wanted.limit)


def _sorted(query: Select[Any], wanted: AssetFilter) -> Select[Any]:
    column = _SORT_COLUMN[wanted.sort.removeprefix("-")]
    columns = (assets.c.id,) if column is None else (column, assets.c.id)
    if wanted.after is not None:
        place, last = tuple_(*columns), tuple_(*wanted.after[-len(columns) :])
        query = query.where(place < last if wanted.sort.is_descending else place > last)
    return query.order_by(*(each.desc() if wanted.sort.is_descending else each.asc() for each in columns))


def _asset(row: Row[Any], files: Mapping[FileRole, AssetFile], tags: Sequence[str]) -> Asset:
    return Asset(
        id=row.id,
        owner=row.owner,
        kind=None if row.kind is None else AssetKind(row.kind),
        name=row.name,
        state=AssetState(row.state),
        size_bytes=row.size_bytes,
        media_type=row.media_type,
        facts=json.loads(row.facts),
        error=None if row.error is None else ErrorView(**json.loads(row.error)),
        created_at=row.created_at,
        updated_at=row.updated_at,
        preview_job=row.preview_job,
        tags=tags,
        files=files,
    )
