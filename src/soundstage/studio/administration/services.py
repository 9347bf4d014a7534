"""Queues to steer, and a look at everything else; one for each process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from soundstage.pipelines.registry import PipelineRegistry
from soundstage.store.administration.failures import Cause, FailureViewStore
from soundstage.store.administration.queues import QueueViewStore
from soundstage.store.administration.storage import OwnerFilling, StorageView, StorageViewStore
from soundstage.store.administration.workers import WorkerView, WorkerViewStore
from soundstage.store.records import Records
from soundstage.store.store import Store
from soundstage.studio.access import Plan
from soundstage.studio.administration.queues import Queues
from soundstage.studio.limits import PlanLimits

SECONDS_AN_HOUR = 3_600.0


@dataclass(frozen=True, slots=True)
class DiskView:
    """Of the disk that holds the home folder."""

    free_bytes: int
    total_bytes: int


class Installation:
    """What an administrator watches. Reads only."""

    def __init__(self, records: Records, home: Path, limits: PlanLimits, lease_seconds: float) -> None:
        self._workers = WorkerViewStore(records)
        self._failures = FailureViewStore(records)
        self._storage = StorageViewStore(records)
        self._home = home
        self._limits = limits
        self._lease_seconds = lease_seconds

    def workers(self) -> Sequence[WorkerView]:
        return self._workers.list_workers(self._lease_seconds)

    def failures(self, hours: float) -> Sequence[Cause]:
        """Of the last hours, by cause, the newest first."""
        return self._failures.list_causes(hours * SECONDS_AN_HOUR)

    def storage(self) -> StorageView:
        return self._storage.picture()

    def disk(self) -> DiskView:
        usage = shutil.disk_usage(self._home)
        return DiskView(usage.free, usage.total)

    def storage_limit(self, owner: OwnerFilling) -> int | None:
        """How many bytes of assets the plan of an owner allows; None without limit, and for who is no user."""
        return None if owner.plan is None else self._limits[Plan(owner.plan)].storage_bytes


@dataclass(frozen=True, slots=True)
class AdministrationServices:
    queues: Queues
    installation: Installation


def open_administration(
    store: Store,
    records: Records,
    pipelines: PipelineRegistry,
    home: Path,
    limits: PlanLimits,
    ring: Callable[[], None],
    lease_seconds: float,
) -> AdministrationServices:
    """A worker whose last beat is older than the lease counts as lost."""
    queues = Queues(QueueViewStore(records), store.queues, pipelines, ring, lease_seconds)
    return AdministrationServices(queues, Installation(records, home, limits, lease_seconds))
