"""Queues: how full they are, and pausing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from soundstage.core.errors import QueueNotFound
from soundstage.pipelines.registry import PipelineRegistry
from soundstage.store.accounts.audit import AuditNote
from soundstage.store.administration.queues import QueueView, QueueViewStore
from soundstage.store.queues import QueueStore
from soundstage.studio.accounts.visits import Action, Visit


class Queues:
    """`by` is the administrator; every change is noted with it. `ring` tells workers that there may be work."""

    def __init__(
        self,
        views: QueueViewStore,
        store: QueueStore,
        pipelines: PipelineRegistry,
        ring: Callable[[], None],
        lease_seconds: float,
    ) -> None:
        self._views = views
        self._store = store
        self._pipelines = pipelines
        self._ring = ring
        self._lease_seconds = lease_seconds

    def list(self) -> Sequence[QueueView]:
        """By name: those that pipelines name, that workers serve, and that anything stands in."""
        known = {stage.queue for pipeline in self._pipelines.installed() for stage in pipeline.stages}
        return self._views.list_queues(known, self._lease_seconds)

    def get(self, name: str) -> QueueView:
        """Raises QueueNotFound."""
        queues = self.list()
        found = next((queue for queue in queues if queue.name == name), None)
        if found is None:
            names = ", ".join(queue.name for queue in queues)
            raise QueueNotFound(f"There is no queue {name[:60]!r}.", hint=f"There are {names}.")
        return found

    def pause(self, name: str, reason: str, by: str, visit: Visit) -> QueueView:
        """Start no part of it any more, on any machine; what runs goes on. Raises QueueNotFound."""
        self.get(name)
        data = {"reason": reason} if reason else {}
        self._store.pause(name, reason, AuditNote(by, Action.QUEUE_PAUSED, name, visit.address, data))
        return self.get(name)

    def resume(self, name: str, by: str, visit: Visit) -> QueueView:
        """Start what waited, at once. Raises QueueNotFound."""
        self.get(name)
        if self._store.resume(name, AuditNote(by, Action.QUEUE_RESUMED, name, visit.address)):
            self._ring()
        return self.get(name)
