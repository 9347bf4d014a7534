"""Checks assets in the background: quick ones are waited for, those of a server that went away are taken up again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from soundstage.blobs.contract import Blobs
from soundstage.core.assets import Asset, FileRole
from soundstage.core.errors import BadInput, BlobNotFound
from soundstage.core.job import ErrorView
from soundstage.media.inspection import Inspector
from soundstage.store.assets import AssetStore
from soundstage.studio.assets.checks import ContentCheck, error_view

CHECKS_AT_ONCE = 2
LEFT_AFTER_SECONDS = 300.0
"""No check takes so long: whoever began it is gone."""

_log = logging.getLogger(__name__)


class Checking:
    """`on_ready` is told of each asset that has become ready; the inspector prepares for the next after each."""

    def __init__(
        self,
        store: AssetStore,
        blobs: Blobs,
        check: ContentCheck,
        on_ready: Callable[[Asset], None],
        inspector: Inspector,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._check = check
        self._on_ready = on_ready
        self._inspector = inspector
        self._threads = ThreadPoolExecutor(CHECKS_AT_ONCE, thread_name_prefix="asset-check")

    def finish(self, asset_id: str, patience_seconds: float) -> Asset:
        """Check a received asset. Returns it as it is after the check, or after that time."""
        is_settled = threading.Event()
        self._threads.submit(self._run, self._store.get(asset_id), is_settled)
        is_settled.wait(patience_seconds)
        return self._store.get(asset_id)

    def take_up_left(self) -> int:
        """Check what a server left behind that went away. Makes no part ready: 0."""
        for asset in self._store.list_unchecked(self._store.now - LEFT_AFTER_SECONDS):
            self._store.touch(asset.id)
            self._threads.submit(self._run, asset, threading.Event())
        return 0

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._inspector.close()

    def _run(self, asset: Asset, is_settled: threading.Event) -> None:
        try:
            if self._settle(asset):
                self._on_ready(self._store.get(asset.id))
        except Exception as error:  # whatever it is, the thread must say so, and the next asset gets its turn
            _log.warning("Asset %s could not be checked or shown; it is tried again: %s", asset.id, error)
        finally:
            is_settled.set()
        self._inspector.prepare()

    def _settle(self, asset: Asset) -> bool:
        """Whether it is ready now."""
        try:
            checked = self._check.check(self._blobs.path(asset.files[FileRole.ORIGINAL].sha256), asset.kind)
        except BadInput as error:
            self._store.fail(asset.id, error_view(error))
            return False
        except BlobNotFound:
            lost = ErrorView(BlobNotFound.code, "The bytes of the asset are gone.", "Add the file again.")
            self._store.fail(asset.id, lost)
            return False
        self._store.settle(asset.id, checked.kind, checked.media_type, checked.facts)
        return True
