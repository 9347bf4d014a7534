"""What must happen again and again: each duty one callable and one interval."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from soundstage.blobs.folder import FolderBlobs
from soundstage.core.errors import SoundstageError
from soundstage.store.store import Store

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Duty:
    """`act` returns how many parts it made ready; an error of ours is logged and the duty comes round again."""

    name: str
    interval_seconds: float
    act: Callable[[], int]
    next_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.next_at = time.monotonic() + self.interval_seconds

    def seconds_until_due(self, now: float) -> float:
        return self.next_at - now

    def run_if_due(self) -> bool:
        """Whether there may be new work."""
        now = time.monotonic()
        if now < self.next_at:
            return False
        self.next_at = now + self.interval_seconds
        try:
            return self.act() > 0
        except SoundstageError as error:
            _log.warning("A duty failed; it is tried again.", extra={"duty": self.name, "error": error.message})
            return False


@dataclass(frozen=True, slots=True)
class DutySettings:
    """How often, in seconds. `keep_finished_seconds` is how long ended jobs stay; None keeps them for ever."""

    due_seconds: float = 0.25
    rescue_seconds: float = 5.0
    lease_seconds: float = 15.0
    ring_again_seconds: float = 2.0
    prune_seconds: float = 600.0
    keep_finished_seconds: float | None = None
    blob_grace_seconds: float = 3600.0


def standard_duties(store: Store, blobs: FolderBlobs, settings: DutySettings) -> list[Duty]:
    """What the supervisor of one machine does beside looking after its workers."""
    return [
        Duty("wake what is due", settings.due_seconds, store.due.wake_due),
        Duty(
            "rescue parts of silent workers",
            settings.rescue_seconds,
            lambda: store.workers.lose_stale(settings.lease_seconds),
        ),
        Duty("ring again", settings.ring_again_seconds, lambda: sum(store.due.ready_counts().values())),
        Duty("prune", settings.prune_seconds, lambda: prune(store, blobs, settings)),
    ]


def prune(store: Store, blobs: FolderBlobs, settings: DutySettings) -> int:
    """Remove jobs past their keeping time and blobs that nothing points to; makes nothing ready."""
    if settings.keep_finished_seconds is not None:
        store.retention.delete_finished(settings.keep_finished_seconds)
    blobs.sweep(store.retention.is_referenced, settings.blob_grace_seconds)
    return 0
