"""What must happen again and again: each duty one callable and one interval."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from soundstage.blobs.contract import Blobs
from soundstage.store.store import Store

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Duty:
    """`act` returns how many parts it made ready; an error is logged and the duty comes round again."""

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
        except Exception as error:  # one duty that fails must not keep the others from their turn
            _log.warning("The duty to %s failed; it comes round again: %s", self.name, error)
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


class SilenceSweep:
    """Loses parts of workers that are silent for too long, but not of those that were suspended with this process.

    After a closed lid or a paused container every beat looks old: then the workers get time to beat again.
    """

    def __init__(self, store: Store, settings: DutySettings, wall_clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._settings = settings
        self._wall_clock = wall_clock
        self._looked_at = wall_clock()
        self._judges_from = 0.0

    def sweep(self) -> int:
        """Returns how many parts it rescued."""
        now = self._wall_clock()
        was_away = now - self._looked_at > 2 * self._settings.rescue_seconds
        self._looked_at = now
        if was_away:
            self._judges_from = now + self._settings.lease_seconds
        if now < self._judges_from:
            return 0
        return self._store.workers.lose_stale(self._settings.lease_seconds)


def standard_duties(store: Store, blobs: Blobs, settings: DutySettings) -> list[Duty]:
    """What the supervisor of one machine does beside looking after its workers."""
    return [
        Duty("wake what is due", settings.due_seconds, store.due.wake_due),
        Duty("rescue parts of silent workers", settings.rescue_seconds, SilenceSweep(store, settings).sweep),
        Duty("ring again", settings.ring_again_seconds, lambda: sum(store.due.ready_counts().values())),
        Duty("prune", settings.prune_seconds, lambda: prune(store, blobs, settings)),
    ]


def prune(store: Store, blobs: Blobs, settings: DutySettings) -> int:
    """Remove jobs past their keeping time and blobs that nothing points to; makes nothing ready."""
    if settings.keep_finished_seconds is not None:
        store.retention.delete_finished(settings.keep_finished_seconds)
    store.retention.forget_idle_lines()
    blobs.sweep(store.retention.is_referenced, settings.blob_grace_seconds)
    return 0
