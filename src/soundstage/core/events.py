"""Facts, numbered 1, 2, 3 ... within their job, and the ticks between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple


class EventKind(StrEnum):
    JOB_QUEUED = "job.queued"
    JOB_STARTED = "job.started"
    JOB_WAITING = "job.waiting"
    JOB_CONTINUED = "job.continued"
    JOB_PAUSED = "job.paused"
    JOB_RESUMED = "job.resumed"
    JOB_RETRIED = "job.retried"
    JOB_CHANGED = "job.changed"
    JOB_SUCCEEDED = "job.succeeded"
    JOB_FAILED = "job.failed"
    JOB_CANCELLED = "job.cancelled"
    STAGE_STARTED = "stage.started"
    STAGE_COMPLETED = "stage.completed"
    PART_STARTED = "part.started"
    PART_COMPLETED = "part.completed"
    PART_WAITING = "part.waiting"
    PART_ANSWERED = "part.answered"
    PART_DUE = "part.due"
    PART_FAILED = "part.failed"
    PART_RETRYING = "part.retrying"
    PART_LOST = "part.lost"
    PART_RELEASED = "part.released"
    CHECKPOINT_SAVED = "checkpoint.saved"


FINAL_EVENTS = frozenset({EventKind.JOB_SUCCEEDED, EventKind.JOB_FAILED, EventKind.JOB_CANCELLED})


@dataclass(frozen=True, slots=True)
class Event:
    """A fact. `seq` has no gap and no repeat within the job."""

    job_id: str
    seq: int
    kind: EventKind
    at: float
    stage: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tick:
    """A report from inside an engine's loop. Carries no number; only the newest of a part counts.

    `item` is the index of the item in a stage that has items; without one the part is the whole stage.
    """

    job_id: str
    part_id: int
    attempt: int
    fraction: float
    message: str | None = None
    stage: str = ""
    item: int | None = None


class Told(NamedTuple):
    """A fact as a stream tells it. Who comes back with `cursor` goes on after it."""

    fact: Event
    cursor: str


class Start(NamedTuple):
    """Where a stream begins. With a `reason`, not where it was asked to: what the reader knows must be loaded anew.

    The reason is "future" where the cursor lies after everything that there is, "old" where it lies too far back.
    """

    cursor: str
    reason: str | None
