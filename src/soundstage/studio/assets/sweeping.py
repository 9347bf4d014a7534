"""What nobody waits for any more: uploads past their time, hidden assets, and all that a user had."""

from __future__ import annotations

from soundstage.blobs.contract import Blobs
from soundstage.core.assets import Upload, UploadProtocol
from soundstage.core.errors import AssetNotFound
from soundstage.store.assets import AssetStore
from soundstage.store.uploads import UploadStore
from soundstage.studio.assets.resumable import ResumableUploads
from soundstage.studio.assets.uploads import EXPIRED

ORPHAN_SECONDS = 3600.0


class Sweeping:
    """Each act may be repeated, and done by several servers at once."""

    def __init__(self, uploads: UploadStore, assets: AssetStore, resumable: ResumableUploads, blobs: Blobs) -> None:
        self._uploads = uploads
        self._assets = assets
        self._resumable = resumable
        self._blobs = blobs

    def sweep(self) -> int:
        """Fail what did not arrive in time, finish what did, and drop what was hidden. Makes no part ready: 0."""
        self._resumable.finish_left(self._uploads.list_complete())
        for upload in self._uploads.list_expired():
            self._expire(upload)
        self._assets.bury_hidden()
        self._drop_orphans()
        return 0

    def erase_owner(self, owner: str) -> None:
        """Remove a user's whole library; its bytes go with the next sweep of the blobs."""
        for asset_id in self._assets.erase_owner(owner):
            self._drop_bytes(asset_id)

    def _expire(self, upload: Upload) -> None:
        if upload.protocol is UploadProtocol.STREAM:  # its request has ended, and nobody was told of the asset
            self._uploads.release(upload.asset_id)
        else:
            self._assets.fail(upload.asset_id, EXPIRED)
            self._drop_bytes(upload.asset_id)

    def _drop_orphans(self) -> None:
        for asset_id, written_at in self._resumable.partial_ids():
            if written_at < self._assets.now - ORPHAN_SECONDS and not self._is_awaited(asset_id):
                self._resumable.discard(asset_id)

    def _is_awaited(self, asset_id: str) -> bool:
        try:
            self._uploads.get(asset_id)
        except AssetNotFound:
            return False
        return True

    def _drop_bytes(self, asset_id: str) -> None:
        self._resumable.discard(asset_id)
        self._blobs.drop_upload(asset_id)
