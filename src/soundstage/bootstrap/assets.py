"""The libraries of users, wired: stores, checks, ways in, previews and sweeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from soundstage.runtime.duties import Duty

if TYPE_CHECKING:
    from soundstage.bootstrap.parts import Parts
    from soundstage.settings import Settings
    from soundstage.store.views import ViewStore
    from soundstage.studio.assets.services import AssetServices
    from soundstage.studio.limits import PlanLimits
    from soundstage.studio.signing import SigningKey

SWEEP_SECONDS = 30.0
CHECK_AGAIN_SECONDS = 60.0
COLLECT_SECONDS = 2.0


def asset_duties(assets: AssetServices) -> list[Duty]:
    return [
        Duty("sweep uploads", SWEEP_SECONDS, assets.sweeping.sweep),
        Duty("check what was left unchecked", CHECK_AGAIN_SECONDS, assets.checking.take_up_left),
        Duty("attach previews", COLLECT_SECONDS, assets.previews.collect),
    ]


def plan_limits(settings: Settings) -> PlanLimits:
    from soundstage.studio.access import Plan
    from soundstage.studio.limits import Limits

    free_upload_bytes = min(settings.free_upload_bytes, settings.max_upload_bytes)
    return {
        Plan.FREE: Limits(
            settings.free_storage_bytes,
            free_upload_bytes,
            settings.free_unfinished_jobs,
            settings.free_work_minutes_a_day,
        ),
        Plan.PRO: Limits(
            settings.pro_storage_bytes,
            settings.max_upload_bytes,
            settings.pro_unfinished_jobs,
            settings.pro_work_minutes_a_day,
        ),
    }


def make_assets(
    parts: Parts, views: ViewStore, limits: PlanLimits, key: SigningKey, ring: Callable[[], None]
) -> AssetServices:
    from soundstage.media.inspection import Inspector
    from soundstage.store.assets import AssetStore
    from soundstage.store.uploads import UploadStore
    from soundstage.studio.assets.checking import Checking
    from soundstage.studio.assets.checks import ContentCheck
    from soundstage.studio.assets.library import Library
    from soundstage.studio.assets.previews import Previews
    from soundstage.studio.assets.resumable import ResumableUploads
    from soundstage.studio.assets.services import AssetServices
    from soundstage.studio.assets.sweeping import Sweeping
    from soundstage.studio.assets.uploads import Uploads
    from soundstage.studio.links import Links

    store, coming, blobs = AssetStore(parts.records), UploadStore(parts.records), parts.blobs
    inspector = Inspector()
    previews = Previews(store, parts.store, views, ring)
    checking = Checking(store, blobs, ContentCheck(inspector.inspect), previews.order, inspector)
    uploads = Uploads(coming, store, blobs, checking, limits)
    resumable = ResumableUploads(coming, store, uploads, blobs, parts.home.uploads)
    return AssetServices(
        library=Library(store, blobs, limits, previews.collect),
        uploads=uploads,
        resumable=resumable,
        sweeping=Sweeping(coming, store, resumable, blobs),
        previews=previews,
        checking=checking,
        links=Links(key.derive("links")),
    )
