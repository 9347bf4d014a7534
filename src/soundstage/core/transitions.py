"""Every allowed change of state, in one table for jobs and one for parts."""

from __future__ import annotations

from soundstage.core.errors import IllegalTransition
from soundstage.core.states import JobState as J
from soundstage.core.states import PartState as P

JOB_TRANSITIONS: dict[J, frozenset[J]] = {
    J.QUEUED: frozenset({J.RUNNING, J.PAUSED, J.FAILED, J.CANCELLED}),
    J.RUNNING: frozenset({J.QUEUED, J.WAITING, J.PAUSED, J.SUCCEEDED, J.FAILED, J.CANCELLED}),
    J.WAITING: frozenset({J.RUNNING, J.PAUSED, J.FAILED, J.CANCELLED}),
    J.PAUSED: frozenset({J.QUEUED, J.RUNNING, J.WAITING, J.SUCCEEDED, J.FAILED, J.CANCELLED}),
    J.SUCCEEDED: frozenset({J.QUEUED}),
    J.FAILED: frozenset({J.QUEUED}),
    J.CANCELLED: frozenset({J.QUEUED}),
}
"""A final state is left by an explicit retry alone."""

PART_TRANSITIONS: dict[P, frozenset[P]] = {
    P.PENDING: frozenset({P.READY, P.ACTIVE, P.SKIPPED, P.CANCELLED}),
    P.READY: frozenset({P.ACTIVE, P.PENDING, P.CANCELLED}),
    P.ACTIVE: frozenset({P.COMPLETED, P.FAILED, P.WAITING, P.READY, P.PENDING, P.CANCELLED}),
    P.WAITING: frozenset({P.READY, P.PENDING, P.FAILED, P.CANCELLED}),
    P.COMPLETED: frozenset(),
    P.FAILED: frozenset({P.READY}),
    P.SKIPPED: frozenset(),
    P.CANCELLED: frozenset({P.READY, P.PENDING}),
}
"""A failed or cancelled part lives again by an explicit retry; a completed one never runs again."""


def check_job_transition(job_id: str, before: J, after: J) -> None:
    """Raises IllegalTransition where the table does not allow the change."""
    if after not in JOB_TRANSITIONS[before]:
        raise IllegalTransition(f"Job {job_id} is {before}: it cannot become {after}.")


def check_part_transition(part_id: int, before: P, after: P) -> None:
    """Raises IllegalTransition where the table does not allow the change."""
    if after not in PART_TRANSITIONS[before]:
        raise IllegalTransition(f"Part {part_id} is {before}: it cannot become {after}.")
