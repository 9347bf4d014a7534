"""What a worker writes: every statement names its attempt, and a stale one is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from soundstage.core.errors import JobNotFound, LeaseLost
from soundstage.core.events import EventKind
from soundstage.core.job import EngineUse, ErrorView
from soundstage.core.outcome import Snooze, Wait
from soundstage.core.pipeline import PipelineSnapshot
from soundstage.core.states import JobState, PartState, StageKind, WaitKind
from soundstage.store.claims import (
    Claim,
    QueueTurns,
    Snapshots,
    WorkerSlot,
    claim_contended,
    claim_next,
    held_claim,
    insert_part,
    part_data,
    record_start,
)
from soundstage.store.database import Database, Transaction
from soundstage.store.ledger import JobLedger, to_json
from soundstage.store.lines import charge_line, join_line, may_go_on
from soundstage.store.settling import begin_stage, end_waiting, settle

DURABLE_AFTER_SECONDS = 0.02
"""An attempt that took this long, or left files, is committed so that a power cut cannot undo it."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A blob that an attempt wants to leave as an artifact."""

    name: str
    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What a finished part leaves. `items` is what a listing part found, as JSON texts; `made_by` names its engines."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Sequence[StoredFile] = ()
    items: Sequence[str] | None = None
    made_by: Sequence[EngineUse] = ()


class PartStore:
    """The writes of workers. Each closes an attempt and claims the next part in one transaction."""

    def __init__(self, database: Database, snapshots: Snapshots) -> None:
        self._database = database
        self._snapshots = snapshots
        self._turns = QueueTurns()

    def claim(self, slot: WorkerSlot) -> Claim | None:
        """Take the most urgent ready part, or None.

        A worker runs one part at a time: one that still holds a part, because the answer of an earlier claim was
        lost, gets that part again.
        """
        with self._database.write("claim", durable=False) as tx:
            claim = held_claim(tx, slot.worker_id) or self._claim_after(tx, slot)
            if claim is not None or tx.is_only_writer:
                return claim
        # Apart from the first: it waits for a job, and whoever has that may wait for the lines.
        with self._database.write("claim", durable=False) as tx:
            return claim_contended(tx, self._snapshots, self._turns, slot)

    def complete(self, claim: Claim, completion: Completion, slot: WorkerSlot | None, seconds: float) -> Claim | None:
        """Record the result and claim what comes next: mostly the next stage of the same job. Raises LeaseLost."""
        durable = bool(completion.files) or seconds >= DURABLE_AFTER_SECONDS
        with self._database.write("complete", durable) as tx:
            job = _locked_job(tx, claim)
            if not self._finish(tx, claim, completion):
                return held_claim(tx, claim.worker_id) or self._claim_after(tx, slot)
            snapshot = self._snapshots.get(tx, claim.fingerprint)
            if claim.role != "single":
                self._finish_one_of_many(job, snapshot, claim, completion.items)
            else:
                job.record(EventKind.STAGE_COMPLETED, snapshot.stages[claim.stage].key, part_data(claim))
                end_waiting(job)
                following = self._go_on(job, snapshot, claim, slot)
                if following is not None:
                    return following
                begin_stage(job, snapshot, claim.stage + 1)
            job.save()
            return self._claim_after(tx, slot)

    def fail(
        self, claim: Claim, error: ErrorView, delay_seconds: float | None, slot: WorkerSlot | None
    ) -> Claim | None:
        """Record a failed attempt: tried again after the delay, or failed for good with None. Raises LeaseLost."""
        with self._database.write("fail") as tx:
            job = _locked_job(tx, claim)
            snapshot = self._snapshots.get(tx, claim.fingerprint)
            is_final = delay_seconds is None
            changed = tx.run(
                "fail_part",
                {
                    "part_id": claim.part_id,
                    "attempt": claim.attempt,
                    "state": PartState.FAILED if is_final else PartState.WAITING,
                    "now": tx.now,
                    "error": error_json(error),
                    "due_at": None if delay_seconds is None else tx.now + delay_seconds,
                    "wait_kind": None if is_final else WaitKind.BACKOFF,
                },
            )
            self._close_attempt(tx, claim, changed, "failed", error)
            told = part_data(claim, code=error.code, message=error.message)
            if delay_seconds is not None:
                told["delay_seconds"] = delay_seconds
            kind = EventKind.PART_FAILED if is_final else EventKind.PART_RETRYING
            job.record(kind, snapshot.stages[claim.stage].key, told)
            settle(job, snapshot, claim.stage)
            job.save()
            return self._claim_after(tx, slot)

    def suspend(self, claim: Claim, outcome: Wait | Snooze, slot: WorkerSlot | None) -> Claim | None:
        """Put the part to wait; no worker is held. Raises LeaseLost."""
        with self._database.write("suspend") as tx:
            job = _locked_job(tx, claim)
            snapshot = self._snapshots.get(tx, claim.fingerprint)
            stage = snapshot.stages[claim.stage]
            is_snooze = isinstance(outcome, Snooze)
            seconds = outcome.seconds if isinstance(outcome, Snooze) else outcome.timeout_seconds
            is_external = is_snooze or stage.kind is StageKind.EXTERNAL
            changed = tx.run(
                "suspend_part",
                {
                    "part_id": claim.part_id,
                    "attempt": claim.attempt,
                    "snoozes": int(is_snooze),
                    "due_at": None if seconds is None else tx.now + seconds,
                    "wait_kind": WaitKind.EXTERNAL if is_external else WaitKind.MANUAL,
                    "wait_reason": outcome.reason,
                    "wait_actions": to_json(list(outcome.actions)) if isinstance(outcome, Wait) else None,
                },
            )
            self._close_attempt(tx, claim, changed, "waiting")
            if not (is_snooze and claim.is_look):
                job.record(EventKind.PART_WAITING, stage.key, part_data(claim, reason=outcome.reason))
            settle(job, snapshot, claim.stage)
            job.save()
            return self._claim_after(tx, slot)

    def release(self, claim: Claim) -> None:
        """Hand the part back, charging nothing: it is ready at once, or pending while the job is paused."""
        with self._database.write("release") as tx:
            job = _locked_job(tx, claim)
            snapshot = self._snapshots.get(tx, claim.fingerprint)
            state = PartState.PENDING if job.state is JobState.PAUSED else PartState.READY
            changed = tx.run("return_part", {**_fence(claim), "state": state})
            if state is PartState.READY:
                join_line(tx, snapshot.stages[claim.stage].queue, job.priority, job.owner)
            self._close_attempt(tx, claim, changed, "released")
            job.record(EventKind.PART_RELEASED, snapshot.stages[claim.stage].key, part_data(claim))
            settle(job, snapshot, claim.stage)
            job.save()

    def save_checkpoint(
        self, claim: Claim, name: str, position: int, values: Mapping[str, Any], files: Sequence[StoredFile]
    ) -> None:
        """Make a result inside the part durable; one of the same name and position is kept. Raises LeaseLost."""
        with self._database.write("checkpoint") as tx:
            job = _locked_job(tx, claim)
            if tx.one("has_lease", _fence(claim)) is None:
                raise _lost(claim)
            kept = {**_fence(claim), "name": name, "position": position, "result": to_json(dict(values)), "now": tx.now}
            if not tx.run("insert_checkpoint", kept):
                return
            insert_artifacts(tx, claim, files, name, position)
            told = part_data(claim, name=name, position=position)
            key = self._snapshots.get(tx, claim.fingerprint).stages[claim.stage].key
            job.record(EventKind.CHECKPOINT_SAVED, key, told)
            job.save()

    def record_progress(self, claim: Claim, fraction: float, message: str | None, lines: Iterable[str]) -> None:
        """Keep the newest tick and new log lines of the attempt; a stale attempt's are dropped.

        Listing the items is no share of the stage's work: it counts as nothing done.
        """
        counted = 0.0 if claim.role == "list" else fraction
        with self._database.write("progress", durable=False) as tx:
            if not tx.run("record_progress", {**_fence(claim), "fraction": counted, "message": message}):
                return
            key = self._snapshots.get(tx, claim.fingerprint).stages[claim.stage].key
            rows = [{**_fence(claim), "job_id": claim.job_id, "stage": key, "at": tx.now, "line": x} for x in lines]
            if rows:
                tx.run_many("insert_log", rows)

    def lease_state(self, claim: Claim) -> JobState | None:
        """The state of the job while the attempt still holds its lease, None once it does not."""
        with self._database.read() as tx:
            row = tx.one("has_lease", _fence(claim))
        return JobState(row[0]) if row else None

    def _finish(self, tx: Transaction, claim: Claim, completion: Completion) -> bool:
        """False where this very completion was committed before and only its answer was lost."""
        result = to_json(dict(completion.values)) if completion.values else None
        made_by = to_json([use._asdict() for use in completion.made_by]) if completion.made_by else None
        if not tx.run("complete_part", {**_fence(claim), "now": tx.now, "result": result, "made_by": made_by}):
            if tx.one("is_completed", _fence(claim)) is None:
                raise _lost(claim)
            return False
        insert_artifacts(tx, claim, completion.files)
        return True

    def _finish_one_of_many(
        self, job: JobLedger, snapshot: PipelineSnapshot, claim: Claim, items: Sequence[str] | None
    ) -> None:
        told = part_data(claim) if items is None else part_data(claim, items=len(items))
        job.record(EventKind.PART_COMPLETED, snapshot.stages[claim.stage].key, told)
        for index, item in enumerate(items or ()):
            state = PartState.PENDING if job.state is JobState.PAUSED else PartState.READY
            insert_part(job, snapshot, claim.stage, state, role="item", item_index=index, item=item)
        settle(job, snapshot, claim.stage)

    def _go_on(self, job: JobLedger, snapshot: PipelineSnapshot, claim: Claim, slot: WorkerSlot | None) -> Claim | None:
        """Claim the next stage of the same job, unless its queue is paused or more urgent work waits for it."""
        following = claim.stage + 1
        if slot is None or following >= len(snapshot.stages) or job.state is not JobState.RUNNING:
            return None
        queue = snapshot.stages[following].queue
        if queue not in slot.queues or not may_go_on(job.tx, queue, job.priority):
            return None
        charge_line(job.tx, queue, job.priority, job.owner)
        role = "list" if snapshot.stages[following].has_items else "single"
        part_id = insert_part(job, snapshot, following, PartState.ACTIVE, role=role, worker_id=slot.worker_id)
        claimed = claim._replace(
            part_id=part_id,
            attempt=1,
            worker_id=slot.worker_id,
            started_at=job.tx.now,
            stage=following,
            role=role,
            item_index=None,
            item=None,
            answer=None,
            failures=0,
            snoozes=0,
            is_look=False,
        )
        record_start(job, snapshot, claimed)
        job.save()
        return claimed

    def _claim_after(self, tx: Transaction, slot: WorkerSlot | None) -> Claim | None:
        return claim_next(tx, self._snapshots, self._turns, slot) if slot is not None else None

    def _close_attempt(
        self, tx: Transaction, claim: Claim, changed: int, result: str, error: ErrorView | None = None
    ) -> None:
        if not changed:
            raise _lost(claim)
        tx.run(
            "insert_attempt",
            {
                **_fence(claim),
                "worker_id": claim.worker_id,
                "started_at": claim.started_at,
                "now": tx.now,
                "result": result,
                "error": None if error is None else error_json(error),
            },
        )


def insert_artifacts(
    tx: Transaction,
    claim: Claim,
    files: Sequence[StoredFile],
    checkpoint: str | None = None,
    position: int | None = None,
) -> None:
    for file in files:
        tx.run(
            "insert_artifact",
            {
                "job_id": claim.job_id,
                "part_id": claim.part_id,
                "checkpoint": checkpoint,
                "position": position,
                "name": file.name,
                "sha256": file.sha256,
                "size_bytes": file.size_bytes,
                "media_type": file.media_type,
                "now": tx.now,
            },
        )


def error_json(error: ErrorView) -> str:
    return to_json({"code": error.code, "message": error.message, "hint": error.hint})


def _fence(claim: Claim) -> dict[str, Any]:
    return {"part_id": claim.part_id, "attempt": claim.attempt}


def _locked_job(tx: Transaction, claim: Claim) -> JobLedger:
    try:
        return JobLedger(tx, claim.job_id)
    except JobNotFound as error:
        raise _lost(claim) from error


def _lost(claim: Claim) -> LeaseLost:
    return LeaseLost(
        f"Attempt {claim.attempt} of part {claim.part_id} (job {claim.job_id}) no longer holds the lease: "
        "what it did is dropped."
    )
