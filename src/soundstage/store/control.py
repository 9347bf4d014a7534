"""What people ask of a job: create, pause, resume, cancel, retry, answer, change its priority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from soundstage.core.clock import Clock, SystemClock
from soundstage.core.errors import Conflict, IllegalTransition
from soundstage.core.events import EventKind
from soundstage.core.ids import new_id
from soundstage.core.pipeline import PipelineSnapshot
from soundstage.core.states import JobState, PartState, Priority
from soundstage.store.claims import Snapshots, insert_part, parsed
from soundstage.store.database import Database, Transaction
from soundstage.store.ledger import JobLedger, to_json
from soundstage.store.lines import join_line
from soundstage.store.settling import UNFINISHED, settle


@dataclass(frozen=True, slots=True)
class NewJob:
    """A checked order. `size` scales its time remaining, `request_key` tells equal orders of one owner."""

    pipeline: PipelineSnapshot
    params: Mapping[str, Any]
    owner: str = "local"
    priority: Priority = Priority.NORMAL
    size: float = 1.0
    request_key: str = ""
    inputs: Sequence[str] = ()
    description: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


class ControlStore:
    """Each method is one transaction; JobNotFound and IllegalTransition leave everything as it was."""

    def __init__(self, database: Database, snapshots: Snapshots, clock: Clock | None = None) -> None:
        self._database = database
        self._snapshots = snapshots
        self._clock = clock or SystemClock()

    def create(self, order: NewJob) -> str:
        """Accept a job; when this returns it survives a power cut. Returns its id."""
        job_id = new_id("job", self._clock.now())
        fingerprint = order.pipeline.fingerprint
        with self._database.write("create") as tx:
            tx.run(
                "insert_pipeline",
                {
                    "fingerprint": fingerprint,
                    "kind": order.pipeline.kind,
                    "version": order.pipeline.version,
                    "definition": order.pipeline.to_json(),
                },
            )
            tx.run(
                "insert_job",
                {
                    "job_id": job_id,
                    "owner": order.owner,
                    "pipeline": order.pipeline.kind,
                    "fingerprint": fingerprint,
                    "priority": order.priority.rank,
                    "params": to_json(dict(order.params)),
                    "size": order.size,
                    "request_key": order.request_key,
                    "description": order.description,
                    "metadata": to_json(dict(order.metadata)),
                    "now": tx.now,
                },
            )
            _keep_inputs(tx, job_id, order.inputs)
            job = JobLedger(tx, job_id)
            job.record(EventKind.JOB_QUEUED, data={"pipeline": order.pipeline.kind})
            insert_part(job, order.pipeline, 0, PartState.READY)
            job.save()
        return job_id

    def find_unfinished(self, owner: str, request_key: str) -> str | None:
        """The owner's newest unfinished job of an equal order."""
        with self._database.read() as tx:
            row = tx.one("find_unfinished", {"owner": owner, "request_key": request_key})
        return row[0] if row else None

    def pause(self, job_id: str) -> None:
        """No new part starts; running ones finish or stop at their next checkpoint."""
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            if job.state is JobState.PAUSED:
                return
            job.become(JobState.PAUSED, EventKind.JOB_PAUSED)
            for part in self._parts(tx, job_id):
                if part["state"] == PartState.READY:
                    tx.run("set_part_state", {"part_id": part["id"], "state": PartState.PENDING})
            job.save()

    def resume(self, job_id: str) -> None:
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            if job.state is not JobState.PAUSED:
                raise IllegalTransition(f"Job {job_id} is {job.state}: only a paused job can be resumed.")
            parts = self._parts(tx, job_id)
            has_begun = job.started_at is not None
            job.become(JobState.RUNNING if has_begun else JobState.QUEUED, EventKind.JOB_RESUMED)
            for part in parts:
                if part["state"] == PartState.PENDING:
                    self._make_ready(job, part)
            if has_begun:
                settle(job, self._snapshots.get(tx, job.fingerprint), max(part["stage"] for part in parts))
            job.save()

    def cancel(self, job_id: str) -> None:
        """End the job now; its running attempts lose their leases and are stopped."""
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            if job.state is JobState.CANCELLED:
                return
            for part in self._parts(tx, job_id):
                if part["state"] in UNFINISHED:
                    self._cancel_part(tx, part)
            job.become(JobState.CANCELLED, EventKind.JOB_CANCELLED)
            job.save()

    def retry(
        self,
        job_id: str,
        from_stage: str | None = None,
        params: Mapping[str, Any] | None = None,
        inputs: Sequence[str] = (),
    ) -> None:
        """Start a new generation of a finished job at a stage; what came before is reused.

        Without a stage it goes on where it failed or was cancelled, from the checkpoints there. With one, or with
        changed parameters, that stage and those after it run anew. `inputs` are the sha256 of files that changed
        parameters name. Raises IllegalTransition, UnknownStage.
        """
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            if not job.state.is_final:
                raise IllegalTransition(f"Job {job_id} is {job.state}: cancel it before you retry it.")
            snapshot = self._snapshots.get(tx, job.fingerprint)
            parts = self._parts(tx, job_id)
            first_open = _first_open_stage(parts, len(snapshot.stages))
            stage = snapshot.index_of(from_stage) if from_stage else first_open
            if stage > first_open:
                key = snapshot.stages[first_open].key
                raise IllegalTransition(f"Job {job_id} has not completed {key}: retry it from there or earlier.")
            if stage >= len(snapshot.stages):
                raise IllegalTransition(f"Job {job_id} has succeeded: name the stage to retry it from.")
            told = {"from": snapshot.stages[stage].key, "generation": job.generation + 1}
            job.change(generation=job.generation + 1)
            if params is not None:
                job.change(params=to_json(dict(params)))
                _keep_inputs(tx, job_id, inputs)
            job.become(JobState.QUEUED, EventKind.JOB_RETRIED, {**told, "changed": params is not None})
            job.started_at = None
            open_parts = [part for part in parts if part["stage"] == stage]
            if from_stage or params is not None or not open_parts:
                tx.run("supersede_parts", {"job_id": job_id, "stage": stage})
                insert_part(job, snapshot, stage, PartState.READY)
            else:
                self._revive(job, open_parts)
            job.save()

    def answer(self, job_id: str, stage: str, action: str, data: Mapping[str, Any], by: str) -> None:
        """Reply to what a stage waits for; its function runs again with the answer.

        Raises IllegalTransition where nothing waits there, Conflict for an action that was not offered.
        """
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            index = self._snapshots.get(tx, job.fingerprint).index_of(stage)
            part = next((p for p in self._parts(tx, job_id) if _is_waiting_for_answer(tx, p, index)), None)
            if part is None:
                raise IllegalTransition(f"Stage {stage} of job {job_id} waits for no answer.")
            wait = tx.one("get_wait", {"part_id": part["id"]})
            offered = parsed(wait[0]) if wait else []
            if action not in offered:
                raise Conflict(f"Stage {stage} of job {job_id} offers {', '.join(offered)}: not {action!r}.")
            state = PartState.PENDING if job.state is JobState.PAUSED else PartState.READY
            reply = to_json({"action": action, "data": dict(data), "by": by})
            tx.run("answer_part", {"part_id": part["id"], "state": state, "answer": reply})
            if state is PartState.READY:
                join_line(tx, part["queue"], job.priority, job.owner)
            job.record(EventKind.PART_ANSWERED, stage, {"part": part["id"], "action": action, "by": by})
            settle(job, self._snapshots.get(tx, job.fingerprint), index)
            job.save()

    def set_priority(self, job_id: str, priority: Priority) -> None:
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            if job.state.is_final:
                raise IllegalTransition(f"Job {job_id} is {job.state}: its priority no longer matters.")
            job.change(priority=priority.rank)
            job.record(EventKind.JOB_CHANGED, data={"priority": priority})
            tx.run("set_part_priorities", {"job_id": job_id, "priority": priority.rank})
            for part in self._parts(tx, job_id):
                if part["state"] == PartState.READY:
                    self._make_ready(job, part)
            job.save()

    def _parts(self, tx: Transaction, job_id: str) -> list[dict[str, Any]]:
        names = ("id", "state", "role", "wait_kind", "stage", "attempt", "worker_id", "started_at", "queue", "due_at")
        return [dict(zip(names, row, strict=True)) for row in tx.all("list_current_parts", {"job_id": job_id})]

    def _make_ready(self, job: JobLedger, part: dict[str, Any]) -> None:
        join_line(job.tx, part["queue"], job.priority, job.owner)
        job.tx.run("set_part_state", {"part_id": part["id"], "state": PartState.READY})

    def _cancel_part(self, tx: Transaction, part: dict[str, Any]) -> None:
        if part["state"] == PartState.ACTIVE:
            tx.run(
                "insert_attempt",
                {
                    "part_id": part["id"],
                    "attempt": part["attempt"],
                    "worker_id": part["worker_id"],
                    "started_at": part["started_at"],
                    "now": tx.now,
                    "result": "cancelled",
                    "error": None,
                },
            )
        tx.run("close_part", {"part_id": part["id"], "state": PartState.CANCELLED, "now": tx.now, "error": None})

    def _revive(self, job: JobLedger, parts: Sequence[dict[str, Any]]) -> None:
        for part in parts:
            if part["state"] in (PartState.FAILED, PartState.CANCELLED):
                join_line(job.tx, part["queue"], job.priority, job.owner)
                job.tx.run("revive_part", {"part_id": part["id"], "state": PartState.READY})


def _keep_inputs(tx: Transaction, job_id: str, inputs: Sequence[str]) -> None:
    for sha256 in inputs:
        tx.run("insert_input", {"job_id": job_id, "sha256": sha256})


def _first_open_stage(parts: Sequence[dict[str, Any]], stage_count: int) -> int:
    """The first stage that is not completed; the number of stages where all are."""
    by_stage: dict[int, list[str]] = {}
    for part in parts:
        by_stage.setdefault(part["stage"], []).append(part["state"])
    for stage in range(stage_count):
        states = by_stage.get(stage)
        if not states or any(state not in (PartState.COMPLETED, PartState.SKIPPED) for state in states):
            return stage
    return stage_count


def _is_waiting_for_answer(tx: Transaction, part: dict[str, Any], stage: int) -> bool:
    if part["state"] != PartState.WAITING or part["stage"] != stage:
        return False
    wait = tx.one("get_wait", {"part_id": part["id"]})
    return wait is not None and wait[0] is not None
