"""A job inside a write transaction: its row is locked, and each change of it leaves a numbered event."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from soundstage.core.errors import JobNotFound
from soundstage.core.events import EventKind
from soundstage.core.states import JobState
from soundstage.core.transitions import check_job_transition
from soundstage.store.database import Transaction
from soundstage.store.telling import tell

to_json: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class JobLedger:
    """Locks the job first, so that every transaction takes its locks in the same order. Call `save` at the end."""

    __slots__ = (
        "_events",
        "_has_listeners",
        "_is_changed",
        "fingerprint",
        "finished_at",
        "generation",
        "job_id",
        "last_seq",
        "owner",
        "params",
        "priority",
        "started_at",
        "state",
        "tx",
    )

    def __init__(self, tx: Transaction, job_id: str) -> None:
        """Raises JobNotFound."""
        row = tx.one("lock_job", {"job_id": job_id})
        if row is None:
            raise JobNotFound(f"There is no job {job_id}.")
        self.tx = tx
        self.job_id = job_id
        self.state = JobState(row[0])
        (
            _,
            self.last_seq,
            self.generation,
            self.fingerprint,
            self.owner,
            self.priority,
            self.params,
            self.started_at,
            self._has_listeners,
        ) = row
        self.finished_at: float | None = None
        self._events: list[dict[str, Any]] = []
        self._is_changed = False

    def record(self, kind: EventKind, stage: str | None = None, data: dict[str, Any] | None = None) -> None:
        """Add the next event."""
        self.last_seq += 1
        self._events.append(
            {
                "job_id": self.job_id,
                "seq": self.last_seq,
                "kind": kind,
                "at": self.tx.now,
                "stage": stage,
                "data": to_json(data) if data else "{}",
            }
        )

    def become(self, state: JobState, kind: EventKind, data: dict[str, Any] | None = None) -> None:
        """Change the state, with its event. Raises IllegalTransition."""
        check_job_transition(self.job_id, self.state, state)
        self.state = state
        self._is_changed = True
        if state is JobState.RUNNING and self.started_at is None:
            self.started_at = self.tx.now
        self.finished_at = self.tx.now if state.is_final else None
        self.record(kind, data=data)

    def change(self, **columns: Any) -> None:
        """Set `priority`, `params` or `generation`."""
        for name, value in columns.items():
            setattr(self, name, value)
        self._is_changed = True

    def save(self) -> None:
        """Write the job, its new events, and the messages that tell webhooks of them."""
        if self._is_changed:
            self.tx.run("save_job", self._columns())
        elif self._events:
            self.tx.run("advance_job", {"job_id": self.job_id, "last_seq": self.last_seq})
        if self._events:
            self.tx.run_many("insert_event", self._events)
        if self._has_listeners:
            tell(self, self._events)

    def _columns(self) -> dict[str, Any]:
        names = ("job_id", "last_seq", "state", "priority", "params", "generation", "started_at", "finished_at")
        return {name: getattr(self, name) for name in names}
