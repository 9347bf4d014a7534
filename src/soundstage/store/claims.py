"""Taking work: the most urgent ready part of a worker's queues, in the order of priority and fair turns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from soundstage.core.errors import NotFound
from soundstage.core.events import EventKind
from soundstage.core.pipeline import PipelineSnapshot
from soundstage.core.states import JobState, PartState, WaitKind
from soundstage.store.database import Transaction
from soundstage.store.ledger import JobLedger
from soundstage.store.lines import BEGUN, NEW, Head, find_head, join_line, serve_line
from soundstage.store.poison import UNREADABLE, set_aside

_RACE_LIMIT = 20


class WorkerSlot(NamedTuple):
    """Who claims, and which queues it serves."""

    worker_id: str
    queues: Sequence[str]


class Claim(NamedTuple):
    """The right to run one attempt of a part: what every later write names, and what the stage needs."""

    part_id: int
    attempt: int
    worker_id: str
    started_at: float
    job_id: str
    owner: str
    priority: int
    generation: int
    pipeline: str
    fingerprint: str
    params: str
    stage: int
    role: str
    item_index: int | None
    item: str | None
    answer: str | None
    failures: int
    snoozes: int
    is_look: bool = False
    """Whether this attempt looks again after a snooze, of which no event tells."""


class Snapshots:
    """Pipelines as jobs remember them; read once for each process."""

    def __init__(self) -> None:
        self._known: dict[str, PipelineSnapshot] = {}

    def get(self, tx: Transaction, fingerprint: str) -> PipelineSnapshot:
        known = self._known.get(fingerprint)
        if known is None:
            row = tx.one("get_pipeline", {"fingerprint": fingerprint})
            if row is None:
                raise NotFound(f"The database holds no pipeline {fingerprint}.")
            known = self._known[fingerprint] = PipelineSnapshot.from_json(row[0])
        return known


class QueueTurns:
    """Which queues this process has served of late, so that equally urgent ones take turns."""

    def __init__(self) -> None:
        self._served_at: dict[str, int] = {}

    def in_order(self, queues: Sequence[str]) -> Sequence[str]:
        return sorted(queues, key=lambda queue: self._served_at.get(queue, 0))

    def serve(self, queue: str) -> None:
        self._served_at[queue] = 1 + max(self._served_at.values(), default=0)


def claim_next(tx: Transaction, snapshots: Snapshots, turns: QueueTurns, slot: WorkerSlot) -> Claim | None:
    """Take the most urgent ready part, or None where no queue of the slot has one."""
    for _ in range(_RACE_LIMIT):
        head = find_head(tx, turns.in_order(slot.queues))
        if head is None:
            return None
        claim = _take_or_set_aside(tx, snapshots, slot, head)
        if claim is not None:
            turns.serve(head.line.queue)
            return claim
    return None


def claim_contended(tx: Transaction, snapshots: Snapshots, turns: QueueTurns, slot: WorkerSlot) -> Claim | None:
    """A claim passes over jobs that another transaction is changing; where those are all, wait for one of them."""
    for queue in slot.queues:
        row = tx.one("next_ready_job", {"queue": queue})
        if row is not None and tx.one("lock_job", {"job_id": row[0]}) is not None:
            return claim_next(tx, snapshots, turns, slot)
    return None


def held_claim(tx: Transaction, worker_id: str) -> Claim | None:
    """What the worker already holds: the claim of a commit whose answer never reached it."""
    row = tx.one("get_held_claim", {"worker_id": worker_id})
    return Claim(*row) if row else None


def _take_or_set_aside(tx: Transaction, snapshots: Snapshots, slot: WorkerSlot, head: Head) -> Claim | None:
    try:
        return _take(tx, snapshots, slot, head)
    except UNREADABLE as error:
        set_aside(tx, head.part_id, head.job_id, error)
        return None


def _take(tx: Transaction, snapshots: Snapshots, slot: WorkerSlot, head: Head) -> Claim | None:
    job = JobLedger(tx, head.job_id)
    row = tx.one("take_part", {"part_id": head.part_id, "worker_id": slot.worker_id, "now": tx.now})
    if row is None:
        return None
    serve_line(tx, head.line)
    attempt, stage, role, item_index, item, answer, failures, snoozes, wait_kind = row
    if job.state is JobState.QUEUED:
        job.become(JobState.RUNNING, EventKind.JOB_STARTED)
    snapshot = snapshots.get(tx, job.fingerprint)
    is_look = wait_kind == WaitKind.EXTERNAL and answer is None
    claim = Claim(
        head.part_id,
        attempt,
        slot.worker_id,
        tx.now,
        head.job_id,
        job.owner,
        job.priority,
        job.generation,
        snapshot.kind,
        job.fingerprint,
        job.params,
        stage,
        role,
        item_index,
        item,
        answer,
        failures,
        snoozes,
        is_look,
    )
    if not is_look:
        record_start(job, snapshot, claim)
    job.save()
    return claim


def record_start(job: JobLedger, snapshot: PipelineSnapshot, claim: Claim) -> None:
    starts_stage = claim.role != "item" and claim.attempt == 1
    job.record(
        EventKind.STAGE_STARTED if starts_stage else EventKind.PART_STARTED,
        snapshot.stages[claim.stage].key,
        part_data(claim),
    )


def part_data(claim: Claim, **more: Any) -> dict[str, Any]:
    """What an event says of a part."""
    data: dict[str, Any] = {"part": claim.part_id, "attempt": claim.attempt, **more}
    if claim.item_index is not None:
        data["item"] = claim.item_index
    return data


def insert_part(
    job: JobLedger,
    snapshot: PipelineSnapshot,
    stage: int,
    state: PartState,
    role: str | None = None,
    item_index: int | None = None,
    item: str | None = None,
    worker_id: str | None = None,
) -> int:
    """Add a part of a stage; a ready one joins its line. Returns its id."""
    definition = snapshot.stages[stage]
    if state is PartState.READY:
        join_line(job.tx, definition.queue, job.priority, job.owner)
    is_active = state is PartState.ACTIVE
    row = job.tx.one(
        "insert_part",
        {
            "job_id": job.job_id,
            "stage": stage,
            "role": role or ("list" if definition.has_items else "single"),
            "item_index": item_index,
            "item": item,
            "generation": job.generation,
            "state": state,
            "owner": job.owner,
            "queue": definition.queue,
            "priority": job.priority,
            "rank": NEW if stage == 0 and item is None else BEGUN,
            "attempt": 1 if is_active else 0,
            "worker_id": worker_id,
            "started_at": job.tx.now if is_active else None,
        },
    )
    assert row is not None  # noqa: S101 - INSERT ... RETURNING gives its row
    return int(row[0])


def parsed(text: str | None) -> Any:
    return None if text is None else json.loads(text)
