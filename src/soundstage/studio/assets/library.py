"""A user's library as it is asked for: found, listed, renamed, read and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from soundstage.blobs.contract import Blobs
from soundstage.core.assets import CONTENT_OF, Asset, AssetFile, AssetState, FileRole
from soundstage.core.errors import AssetInUse, AssetNotReady, BadParameters, NotFound
from soundstage.store.assets import AssetFilter as AssetFilter
from soundstage.store.assets import AssetSort as AssetSort
from soundstage.store.assets import AssetStore
from soundstage.store.assets import JobUse as JobUse
from soundstage.store.assets import name_key as name_key
from soundstage.studio.access import Caller
from soundstage.studio.assets.checks import MEDIA_TYPES
from soundstage.studio.assets.names import clean_name, clean_tags, download_name
from soundstage.studio.limits import PlanLimits

MOST_JOBS_NAMED = 10
SHOWN_IN_PLACE = frozenset(kind for kind in MEDIA_TYPES.values() if kind.startswith(("image/", "audio/", "video/")))
"""What no browser takes for a page or a program."""
ASSET_PREFIX = "asset:"
SHA256_PREFIX = "sha256:"


@dataclass(frozen=True, slots=True)
class Usage:
    """Storage of one user; None is no limit. What is promised to uploads under way counts as used."""

    used_bytes: int
    storage_bytes: int | None
    upload_bytes: int | None


@dataclass(frozen=True, slots=True)
class Served:
    """A file to send: its name for whoever keeps it, and whether a browser may show it in place."""

    file: AssetFile
    name: str
    can_show: bool

    @classmethod
    def of(cls, file: AssetFile, name: str) -> Self:
        """It is kept under a name that ends as its content says."""
        return cls(file, download_name(name, file.media_type), file.media_type in SHOWN_IN_PLACE)


class Library:
    """`owner` is whose assets are found; None finds those of all. Raises AssetNotFound."""

    def __init__(
        self, store: AssetStore, blobs: Blobs, limits: PlanLimits, collect_previews: Callable[[], object]
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._limits = limits
        self._collect_previews = collect_previews

    def get(self, asset_id: str, owner: str | None) -> Asset:
        return self._store.get(asset_id, owner)

    def list_assets(self, wanted: AssetFilter) -> list[Asset]:
        return self._store.list_assets(wanted)

    def usage(self, caller: Caller) -> Usage:
        limits = self._limits[caller.plan]
        return Usage(self._store.used_bytes(caller.user_id), limits.storage_bytes, limits.upload_bytes)

    def change(self, asset_id: str, owner: str | None, name: str | None, tags: Sequence[str] | None) -> Asset:
        """None leaves as it is. Raises BadInput for too many tags."""
        self._store.get(asset_id, owner)
        new_name = None if name is None else clean_name(name)
        self._store.change(asset_id, new_name, None if tags is None else clean_tags(tags))
        return self._store.get(asset_id, owner)

    def jobs_using(self, asset_id: str, owner: str | None) -> list[JobUse]:
        return self._store.jobs_using(self._store.get(asset_id, owner), only_unfinished=False)

    def delete(self, asset_id: str, owner: str | None, force: bool) -> None:
        """Raises AssetInUse where unfinished jobs read it; by force it is hidden, and its bytes stay for them."""
        asset = self._store.get(asset_id, owner)
        needing = self._store.jobs_using(asset, only_unfinished=True)
        if needing and not force:
            named = ", ".join(use.job_id for use in needing[:MOST_JOBS_NAMED])
            raise AssetInUse(f"{len(needing)} unfinished jobs need the asset {asset_id}: {named}.")
        if needing:
            self._store.hide(asset_id)
        else:
            self._store.remove([asset_id])

    def served(self, asset_id: str, role: FileRole, owner: str | None) -> Served:
        """Raises AssetNotReady while there is no such file yet, NotFound where there never will be."""
        asset = self._store.get(asset_id, owner)
        if role not in asset.files and asset.preview_job is not None:
            self._collect_previews()
            asset = self._store.get(asset_id, owner)
        file = asset.files.get(role)
        if file is None and (asset.preview_job is not None or asset.state is AssetState.PENDING):
            raise AssetNotReady(f"The {role} of {asset_id} is not there yet: ask again in a moment.")
        if file is None or asset.state in (AssetState.PENDING, AssetState.PROCESSING):
            raise NotFound(f"The asset {asset_id} is {asset.state} and has no {role}.")
        name = asset.name if role is FileRole.ORIGINAL else f"{asset.name}-{role}"
        return Served.of(file, name)

    def path(self, file: AssetFile) -> Path:
        """The bytes, for reading only."""
        return self._blobs.path(file.sha256)

    def foreign_link(self, served: Served, disposition: str, seconds: int) -> str | None:
        """A link of the blob store itself; None where it has no server of its own."""
        file = served.file
        return self._blobs.link(file.sha256, served.name, file.media_type, disposition, seconds)

    def resolve(self, owner: str, reference: str) -> tuple[str, str | None]:
        """The sha256 that a parameter of the owner's job names, and its content where it is known.

        Raises AssetNotFound, AssetNotReady; BadParameters for a hash of bytes that are not the owner's.
        """
        if reference.startswith(ASSET_PREFIX):
            asset = self._store.get(reference.removeprefix(ASSET_PREFIX), owner)
            if asset.state is not AssetState.READY or asset.kind is None:
                raise AssetNotReady(f"The asset {asset.id} is {asset.state}: only a ready one can be used.")
            return asset.files[FileRole.ORIGINAL].sha256, CONTENT_OF[asset.kind]
        sha256 = reference.removeprefix(SHA256_PREFIX)
        own = self._store.find_own(owner, sha256)
        if own is not None and own.kind is not None:
            return sha256, CONTENT_OF[own.kind]
        if self._store.is_of_a_job(owner, sha256):
            return sha256, None
        raise BadParameters(f"the file {sha256[:12]} was not stored before; store it first.")
