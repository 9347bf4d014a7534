"""What follows for the job when a part has changed: the next stage, a wait, success or failure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from soundstage.core.events import EventKind
from soundstage.core.pipeline import PipelineSnapshot
from soundstage.core.states import JobState, PartState, WaitKind
from soundstage.store.claims import insert_part
from soundstage.store.ledger import JobLedger

UNFINISHED = frozenset({PartState.PENDING, PartState.READY, PartState.ACTIVE, PartState.WAITING})


def begin_stage(job: JobLedger, snapshot: PipelineSnapshot, stage: int) -> None:
    """Make the first part of a stage ready, or pending while the job is paused; past the last, the job succeeds."""
    end_waiting(job)
    if stage >= len(snapshot.stages):
        job.become(JobState.SUCCEEDED, EventKind.JOB_SUCCEEDED)
        return
    state = PartState.PENDING if job.state is JobState.PAUSED else PartState.READY
    insert_part(job, snapshot, stage, state)


def end_waiting(job: JobLedger) -> None:
    """A job waits also while a part looks outside; with what that part found it runs again."""
    if job.state is JobState.WAITING:
        job.become(JobState.RUNNING, EventKind.JOB_CONTINUED)


def settle(job: JobLedger, snapshot: PipelineSnapshot, stage: int) -> None:
    """Bring the job's state in line with the parts of the stage that is under way."""
    rows = job.tx.all("list_stage_parts", {"job_id": job.job_id, "stage": stage})
    states = {PartState(row[1]) for row in rows}
    if states <= {PartState.COMPLETED, PartState.SKIPPED}:
        job.record(EventKind.STAGE_COMPLETED, snapshot.stages[stage].key)
        begin_stage(job, snapshot, stage + 1)
    elif PartState.FAILED in states:
        _fail_when_idle(job, rows, states)
    elif job.state is not JobState.PAUSED:
        _run_or_wait(job, rows)


def _fail_when_idle(job: JobLedger, rows: Iterable[tuple[Any, ...]], states: set[PartState]) -> None:
    """Parts that run beside a failed one may finish, none is started; then the job has failed."""
    is_over = PartState.ACTIVE not in states
    for part_id, state, *_ in rows:
        if is_over and state in UNFINISHED:
            job.tx.run(
                "close_part", {"part_id": part_id, "state": PartState.CANCELLED, "now": job.tx.now, "error": None}
            )
        elif state == PartState.READY:
            job.tx.run("set_part_state", {"part_id": part_id, "state": PartState.PENDING})
    if is_over:
        job.become(JobState.FAILED, EventKind.JOB_FAILED)


def _run_or_wait(job: JobLedger, rows: Iterable[tuple[Any, ...]]) -> None:
    is_moving = any(_is_moving(state, wait_kind) for _, state, _, wait_kind in rows)
    if is_moving:
        end_waiting(job)
    elif job.state is JobState.RUNNING:
        job.become(JobState.WAITING, EventKind.JOB_WAITING)


def _is_moving(state: str, wait_kind: str | None) -> bool:
    """A part that looks outside again and again waits in between and while it looks: else each look would be told."""
    if state == PartState.WAITING:
        return wait_kind == WaitKind.BACKOFF
    return state in (PartState.READY, PartState.ACTIVE) and wait_kind != WaitKind.EXTERNAL
