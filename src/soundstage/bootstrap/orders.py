"""Jobs as they are ordered: wired to the store, the pipelines and the limits of plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from soundstage.bootstrap.parts import Parts
from soundstage.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from soundstage.studio.jobs import Jobs
    from soundstage.studio.limits import PlanLimits

FORGET_REQUESTS_SECONDS = 600.0
KEEP_REQUESTS_SECONDS = 24 * 3600.0


def make_jobs(
    parts: Parts,
    views: Engine,
    limits: PlanLimits,
    ring: Callable[[], None],
    announce: Callable[[str], None],
    resolve_file: Callable[[str, str], tuple[str, str | None]],
) -> Jobs:
    """`views` is the engine that reads; see `Jobs` for what is called."""
    from soundstage.core.clock import SystemClock
    from soundstage.store.summaries import SummaryStore
    from soundstage.store.views import ViewStore
    from soundstage.store.work import WorkStore
    from soundstage.studio.jobs import Jobs
    from soundstage.studio.work_limits import WorkLimits

    return Jobs(
        parts.store,
        ViewStore(views),
        SummaryStore(views),
        parts.blobs,
        parts.pipelines,
        WorkLimits(WorkStore(views), limits, SystemClock()),
        ring=ring,
        resolve_file=resolve_file,
        announce=announce,
    )


def forget_requests(store: Store) -> int:
    """Idempotency keys are kept for a day. Makes nothing ready: 0."""
    return store.orders.forget_requests(KEEP_REQUESTS_SECONDS)
