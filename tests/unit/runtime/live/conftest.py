"""Facts in memory, and a hub over them that is woken by notices alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from soundstage.core.errors import JobNotFound, StoreUnavailable
from soundstage.core.events import Event, EventKind
from soundstage.runtime.live.hub import EventHub
from soundstage.store.follow import Head, Look

JOB = "job_1"


class Facts:
    """Facts in memory, read as the store reads them."""

    def __init__(self) -> None:
        self.facts: list[Event] = []
        self.owners = {JOB: "ann"}
        self.reads = 0
        self.now = 1_000.0
        self.is_away = False
        self.add(EventKind.JOB_QUEUED)

    def add(self, kind: EventKind, job_id: str = JOB, **data: Any) -> None:
        self.facts.append(Event(job_id, self.last_seq(job_id) + 1, kind, self.now, None, data))

    def last_seq(self, job_id: str) -> int:
        return sum(fact.job_id == job_id for fact in self.facts)

    def after(self, job_id: str, after: int, most: int) -> list[Event]:
        self.reads += 1
        if self.is_away:
            raise StoreUnavailable
        return [fact for fact in self.facts if fact.job_id == job_id and fact.seq > after][:most]

    def since(self, job_id: str, at: float, most: int) -> list[Event]:
        return [fact for fact in self.after(job_id, 0, 10**6) if fact.at > at][:most]

    def tail(self, job_id: str, most: int) -> tuple[Head, list[Event]]:
        facts = self.after(job_id, 0, 10**6)
        if not facts:
            raise JobNotFound(f"There is no job {job_id}.")
        return Head(self.owners[job_id], len(facts)), facts[-most:]

    def heads(self, job_ids: Sequence[str]) -> dict[str, Head]:
        self.after("", 0, 0)
        return {job: Head(self.owners[job], self.last_seq(job)) for job in job_ids if self.last_seq(job)}

    def look(self, owner: str, since: float, most: int) -> Look:
        self.after("", 0, 0)
        jobs = {fact.job_id for fact in self.facts if fact.at > since and self.owners[fact.job_id] == owner}
        return Look(self.now, {job: self.last_seq(job) for job in sorted(jobs)[:most]})


@pytest.fixture
def store() -> Facts:
    return Facts()


@pytest.fixture
def watched() -> list[bool]:
    """What the workers were told of being watched."""
    return []


@pytest.fixture
def hub(store: Facts, watched: list[bool]) -> EventHub:
    """Polls so rarely that only notices wake it."""
    return EventHub(store, watched.append, poll_seconds=3600.0, first_poll_seconds=3600.0)
