"""What fills the store of files, by what it is and by whose it is. Looks at every file that the database knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import CompoundSelect, Connection, case, func, literal, select, union_all

from soundstage.core.assets import AssetState, FileRole
from soundstage.store.records import Records
from soundstage.store.tables import artifacts, asset_files, assets, jobs, uploads, users

MOST_OWNERS = 20


class Content(StrEnum):
    """What stored bytes are. A blob that is of several contents stands in each."""

    ASSETS = "assets"
    PREVIEWS = "previews"
    ARTIFACTS = "artifacts"
    UPLOADS = "uploads"


@dataclass(frozen=True, slots=True)
class Filling:
    """Bytes, and how many blobs or unfinished uploads hold them."""

    bytes: int
    count: int


@dataclass(frozen=True, slots=True)
class OwnerFilling:
    """What one owner has. `asset_bytes` is what the plan bounds; `username` and `plan` are None where there is no such
    user (any more)."""

    owner: str
    username: str | None
    plan: str | None
    asset_bytes: int
    artifact_bytes: int


@dataclass(frozen=True, slots=True)
class StorageView:
    """`total` counts equal bytes once, whoever has them."""

    total: Filling
    by_content: Mapping[Content, Filling]
    owners: Sequence[OwnerFilling]


class StorageViewStore:
    """Reads only. Raises StoreUnavailable."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def picture(self) -> StorageView:
        """The 20 owners with the most bytes, the largest first."""
        with self._records.read() as connection:
            blobs = _blobs(connection)
            coming = _uploads(connection)
            owners = _owners(connection)
        total = blobs.pop(None)
        by_content = {content: blobs.get(content, Filling(0, 0)) for content in Content}
        return StorageView(
            total=Filling(total.bytes + coming.bytes, total.count),
            by_content={**by_content, Content.UPLOADS: coming},
            owners=owners,
        )


def _blobs(connection: Connection) -> dict[Content | None, Filling]:
    """Of each content, each blob counted once, and for None of all contents together."""
    is_original = asset_files.c.role == FileRole.ORIGINAL.value
    content = case((is_original, Content.ASSETS.value), else_=Content.PREVIEWS.value)
    every = union_all(
        select(content.label("content"), asset_files.c.sha256, asset_files.c.size_bytes),
        select(literal(Content.ARTIFACTS.value), artifacts.c.sha256, artifacts.c.size_bytes),
    ).cte("every_file")
    size = func.max(every.c.size_bytes).label("size_bytes")
    apart = select(every.c.content, size).group_by(every.c.content, every.c.sha256).subquery()
    once = select(size).group_by(every.c.sha256).subquery()
    summed = union_all(
        select(apart.c.content, func.sum(apart.c.size_bytes), func.count()).group_by(apart.c.content),
        select(literal(None), func.coalesce(func.sum(once.c.size_bytes), 0), func.count()),
    )
    return {
        None if name is None else Content(name): Filling(int(size_bytes), count)
        for name, size_bytes, count in connection.execute(summed)
    }


def _uploads(connection: Connection) -> Filling:
    """The bytes that have come so far."""
    query = select(func.coalesce(func.sum(uploads.c.received_bytes), 0), func.count()).select_from(uploads)
    received, count = connection.execute(query).one()
    return Filling(int(received), count)


def _owners(connection: Connection) -> list[OwnerFilling]:
    held = _held_by_owner().subquery()
    in_assets, in_artifacts = (func.sum(held.c[name]).label(name) for name in ("asset_bytes", "artifact_bytes"))
    sums = select(held.c.owner, in_assets, in_artifacts).group_by(held.c.owner).subquery()
    query = (
        select(sums.c.owner, users.c.username, users.c.plan, sums.c.asset_bytes, sums.c.artifact_bytes)
        .outerjoin(users, users.c.id == sums.c.owner)
        .order_by((sums.c.asset_bytes + sums.c.artifact_bytes).desc(), sums.c.owner)
        .limit(MOST_OWNERS)
    )
    return [
        OwnerFilling(owner, username, plan, int(asset_bytes), int(artifact_bytes))
        for owner, username, plan, asset_bytes, artifact_bytes in connection.execute(query)
    ]


def _held_by_owner() -> CompoundSelect[tuple[str, int, int]]:
    in_assets = select(
        assets.c.owner, func.sum(assets.c.size_bytes).label("asset_bytes"), literal(0).label("artifact_bytes")
    ).where(assets.c.state != AssetState.FAILED.value)
    in_artifacts = select(jobs.c.owner, literal(0), func.sum(artifacts.c.size_bytes)).join(
        artifacts, artifacts.c.job_id == jobs.c.id
    )
    return union_all(in_assets.group_by(assets.c.owner), in_artifacts.group_by(jobs.c.owner))
