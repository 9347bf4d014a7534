"""The names of states, equal to what the database and JSON hold."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    PAUSED = "paused"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        return self in FINAL_JOB_STATES


FINAL_JOB_STATES = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED})


class PartState(StrEnum):
    """The states of a part, and of a stage as the sum of its parts."""

    PENDING = "pending"
    READY = "ready"
    ACTIVE = "active"
    WAITING = "waiting"
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class StageKind(StrEnum):
    AUTOMATIC = "automatic"
    MANUAL = "manual"
    EXTERNAL = "external"


class WaitKind(StrEnum):
    """Why a part waits: for a person, for a file or callback, or for its next try after an error."""

    MANUAL = "manual"
    EXTERNAL = "external"
    BACKOFF = "backoff"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """Order inside a queue; lower runs first."""
        return PRIORITY_RANKS[self]


PRIORITY_RANKS = {Priority.URGENT: 0, Priority.HIGH: 1, Priority.NORMAL: 2, Priority.LOW: 3}
