"""What those who follow jobs read: facts after a cursor, and which jobs have new ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soundstage.core.errors import JobNotFound
from soundstage.core.events import Event, EventKind
from soundstage.store.database import Database, Row


@dataclass(frozen=True, slots=True)
class Head:
    """Whose a job is, and the number of its newest fact."""

    owner: str
    last_seq: int


@dataclass(frozen=True, slots=True)
class Look:
    """The jobs of an owner with facts since some time, each with its newest number. `at` is just before the look:
    what was committed by then is in it.
    """

    at: float
    last_seqs: Mapping[str, int]


class FollowStore:
    """Short reads that take no lock. Each raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tail(self, job_id: str, most: int) -> tuple[Head, Sequence[Event]]:
        """The head of a job and its newest facts, in order. Raises JobNotFound."""
        with self._database.read() as tx:
            row = tx.one("follow_head", {"job_id": job_id})
            if row is None:
                raise JobNotFound(f"There is no job {job_id}.")
            head = Head(*row)
            rows = tx.all("follow_facts", {"job_id": job_id, "after": max(0, head.last_seq - most), "most": most})
        return head, [_event(job_id, row) for row in rows]

    def after(self, job_id: str, after: int, most: int) -> Sequence[Event]:
        """At most so many facts with a number above `after`, in order."""
        with self._database.read() as tx:
            rows = tx.all("follow_facts", {"job_id": job_id, "after": after, "most": most})
        return [_event(job_id, row) for row in rows]

    def since(self, job_id: str, at: float, most: int) -> Sequence[Event]:
        """At most so many facts made after a time, in order."""
        with self._database.read() as tx:
            rows = tx.all("follow_recent_facts", {"job_id": job_id, "since": at, "most": most})
        return [_event(job_id, row) for row in rows]

    def heads(self, job_ids: Sequence[str]) -> Mapping[str, Head]:
        """Those of the jobs that are there."""
        with self._database.read() as tx:
            rows = tx.all("follow_heads", {"ids": json.dumps(list(job_ids))})
        return {job_id: Head(owner, last_seq) for job_id, owner, last_seq in rows}

    def look(self, owner: str, since: float, most: int) -> Look:
        """At most so many jobs whose newest fact was made after `since`, or that ended after it."""
        with self._database.read() as tx:
            rows = tx.all("follow_owner", {"owner": owner, "since": since, "most": most})
            return Look(tx.now, dict(rows))

    @property
    def now(self) -> float:
        """The database's clock."""
        return self._database.now


def _event(job_id: str, row: Row) -> Event:
    seq, kind, at, stage, data = row
    return Event(job_id, seq, EventKind(kind), at, stage, json.loads(data))
