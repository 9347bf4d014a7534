"""Small pictures and waveforms of assets: made by workers, in jobs that nobody sees, then attached."""

from __future__ import annotations

from collections.abc import Callable

from soundstage.core.assets import CONTENT_OF, Asset, AssetFile, FileRole
from soundstage.core.errors import JobNotFound
from soundstage.core.files import reference_of
from soundstage.core.job import ArtifactView
from soundstage.core.states import Priority
from soundstage.pipelines.asset_preview import PEAKS_FILE, THUMBNAIL_FILE, PreviewParameters, asset_preview
from soundstage.store.assets import AssetStore
from soundstage.store.control import NewJob
from soundstage.store.store import Store
from soundstage.store.views import ViewStore

PREVIEW_OWNER = "soundstage"
"""Owns the jobs that Soundstage orders for itself: they are in nobody's list and count in nobody's limits."""
SHOWABLE = frozenset({"image", "video", "audio"})
_ROLES = {THUMBNAIL_FILE: FileRole.THUMBNAIL, PEAKS_FILE: FileRole.PEAKS}


class Previews:
    """`ring` tells workers that there is work."""

    def __init__(self, assets: AssetStore, store: Store, views: ViewStore, ring: Callable[[], None]) -> None:
        self._assets = assets
        self._store = store
        self._views = views
        self._ring = ring

    def order(self, asset: Asset) -> None:
        """Have a ready asset shown, where it can be."""
        if asset.kind is None or CONTENT_OF[asset.kind] not in SHOWABLE:
            return
        original = asset.files[FileRole.ORIGINAL]
        params = PreviewParameters(source=reference_of(original.sha256))
        job_id = self._store.control.create(
            NewJob(
                pipeline=asset_preview.snapshot(),
                params=params.model_dump(mode="json"),
                owner=PREVIEW_OWNER,
                priority=Priority.LOW,
                inputs=[original.sha256],
            )
        )
        self._assets.await_preview(asset.id, job_id)
        self._ring()

    def collect(self) -> int:
        """Attach what has been made, and remove its jobs. Makes no part ready: 0."""
        for job_id, asset_id in self._assets.list_ended_previews(PREVIEW_OWNER, asset_preview.kind):
            try:
                if asset_id is not None:
                    self._assets.attach(asset_id, self._made(job_id))
                self._store.retention.delete_job(job_id)
            except JobNotFound:  # another server was first
                continue
        return 0

    def _made(self, job_id: str) -> list[AssetFile]:
        stages = self._views.get_job(job_id).stages
        return [_file(artifact) for stage in stages for artifact in stage.artifacts if artifact.name in _ROLES]


def _file(artifact: ArtifactView) -> AssetFile:
    return AssetFile(_ROLES[artifact.name], artifact.sha256, artifact.size_bytes, artifact.media_type)
