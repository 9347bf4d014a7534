"""What people ask of a job: create, pause, resume, cancel, retry, answer, change its priority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from soundstage.core.clock import Clock, SystemClock
from soundstage.core.errors import Conflict, IllegalTransition
from soundstage.core.events import EventKind, Tick
from soundstage.core.ids import new_id
from soundstage.core.states import JobState, PartState, Priority, WaitKind
from soundstage.store.claims import Snapshots, insert_part, parsed
from soundstage.store.database import Database, Transaction
from soundstage.store.ledger import JobLedger, to_json
from soundstage.store.lines import join_line
from soundstage.store.orders import NewJob as NewJob
from soundstage.store.orders import accept_order, check_room, keep_inputs, searched
from soundstage.store.settling import UNFINISHED, settle

_PART_NAMES = (
    "id",
    "state",
    "role",
    "wait_kind",
    "stage",
    "attempt",
    "worker_id",
    "started_at",
    "queue",
    "due_at",
    "item_index",
)


class ChangedParameters(NamedTuple):
    """New parameters of a job, the key of equal orders, and the sha256 of the files that they name."""

    params: Mapping[str, Any]
    request_key: str
    inputs: Sequence[str] = ()


class _WaitingPart(NamedTuple):
    """`actions` are those that answer it; none where it only waits for a time to pass."""

    part_id: int
    queue: str
    item: int | None
    actions: Sequence[str]


class ControlStore:
    """Each method is one transaction; JobNotFound and IllegalTransition leave everything as it was."""

    def __init__(self, database: Database, snapshots: Snapshots, clock: Clock | None = None) -> None:
        self._database = database
        self._snapshots = snapshots
        self._clock = clock or SystemClock()

    def create(self, order: NewJob) -> str:
        """Accept a job; when this returns it survives a power cut. Returns its id."""
        with self._database.write("create") as tx:
            return accept_order(tx, order, lambda: new_id("job", self._clock.now())).job_id

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
        changed: ChangedParameters | None = None,
        most_unfinished: int | None = None,
    ) -> None:
        """Start a new generation of a finished job at a stage; what came before is reused.

        Without a stage it goes on where it failed or was cancelled, from the checkpoints there. With one, or with
        changed parameters, that stage and those after it run anew. Raises IllegalTransition, UnknownStage, and
        LimitReached where the owner has `most_unfinished` jobs that have not ended.
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
            check_room(tx, job.owner, most_unfinished)
            told = {"from": snapshot.stages[stage].key, "generation": job.generation + 1}
            job.change(generation=job.generation + 1)
            if changed is not None:
                job.change(params=to_json(dict(changed.params)))
                tx.run("set_request_key", {"job_id": job_id, "request_key": changed.request_key})
                keep_inputs(tx, job_id, changed.inputs)
            job.become(JobState.QUEUED, EventKind.JOB_RETRIED, {**told, "changed": changed is not None})
            job.started_at = None
            open_parts = [part for part in parts if part["stage"] == stage]
            if from_stage or changed is not None or not open_parts:
                tx.run("supersede_parts", {"job_id": job_id, "stage": stage})
                insert_part(job, snapshot, stage, PartState.READY)
            else:
                self._revive(job, open_parts)
            job.save()

    def answer(
        self,
        job_id: str,
        stage: str,
        action: str,
        data: Mapping[str, Any],
        by: str,
        item: int | None = None,
        kind: WaitKind | None = None,
    ) -> None:
        """Reply to what a stage waits for; its function runs again with the answer.

        `item` chooses among several that wait, `kind` takes only those that wait so. Raises IllegalTransition where
        nothing waits there, Conflict for an action that was not offered and where several items wait.
        """
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            snapshot = self._snapshots.get(tx, job.fingerprint)
            index = snapshot.index_of(stage)
            waiting = [part for part in self._waiting(tx, job_id, index, kind) if part.actions]
            part = _chosen(waiting, item, f"Stage {stage} of job {job_id}", "answer")
            if action not in part.actions:
                raise Conflict(f"Stage {stage} of job {job_id} offers {', '.join(part.actions)}: not {action!r}.")
            state = PartState.PENDING if job.state is JobState.PAUSED else PartState.READY
            reply = to_json({"action": action, "data": dict(data), "by": by})
            tx.run("answer_part", {"part_id": part.part_id, "state": state, "answer": reply})
            if state is PartState.READY:
                join_line(tx, part.queue, job.priority, job.owner)
            job.record(EventKind.PART_ANSWERED, stage, {"part": part.part_id, "action": action, "by": by})
            settle(job, snapshot, index)
            job.save()

    def report_progress(
        self, job_id: str, stage: str, fraction: float, message: str | None = None, item: int | None = None
    ) -> Tick:
        """Keep how far work outside is. What was reported before is never taken back: the higher fraction stays.

        Raises IllegalTransition where the stage does not wait for something outside, Conflict where several items do.
        """
        with self._database.write("control", durable=False) as tx:
            job = JobLedger(tx, job_id)
            index = self._snapshots.get(tx, job.fingerprint).index_of(stage)
            waiting = self._waiting(tx, job_id, index, WaitKind.EXTERNAL)
            part = _chosen(waiting, item, f"Stage {stage} of job {job_id}", "work outside")
            row = tx.one("report_progress", {"part_id": part.part_id, "fraction": fraction, "message": message})
            assert row is not None  # noqa: S101 - the job is locked, and the part waits
            return Tick(job_id, part.part_id, row[2], row[0], row[1], stage, part.item)

    def change(
        self,
        job_id: str,
        priority: Priority | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        """Change what is given. Raises IllegalTransition for the priority of a job that has ended.

        Where it has ended no event tells of new words: the one of its end stays the last.
        """
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            told: dict[str, Any] = {}
            if priority is not None:
                self._change_priority(job, priority)
                told["priority"] = priority
            if description is not None or metadata is not None:
                _describe(job, description, metadata)
                given = {"description": description, "metadata": metadata}
                told["changed"] = [name for name, value in given.items() if value is not None]
            if not job.state.is_final:
                job.record(EventKind.JOB_CHANGED, data=told)
            job.save()

    def set_priority(self, job_id: str, priority: Priority) -> None:
        self.change(job_id, priority)

    def _change_priority(self, job: JobLedger, priority: Priority) -> None:
        if job.state.is_final:
            raise IllegalTransition(f"Job {job.job_id} is {job.state}: its priority no longer matters.")
        job.change(priority=priority.rank)
        job.tx.run("set_part_priorities", {"job_id": job.job_id, "priority": priority.rank})
        for part in self._parts(job.tx, job.job_id):
            if part["state"] == PartState.READY:
                self._make_ready(job, part)

    def _waiting(self, tx: Transaction, job_id: str, stage: int, kind: WaitKind | None) -> list[_WaitingPart]:
        return [
            _WaitingPart(part["id"], part["queue"], part["item_index"], _actions_of(tx, part["id"]))
            for part in self._parts(tx, job_id)
            if part["stage"] == stage and part["state"] == PartState.WAITING and kind in (None, part["wait_kind"])
        ]

    def _parts(self, tx: Transaction, job_id: str) -> list[dict[str, Any]]:
        return [dict(zip(_PART_NAMES, row, strict=True)) for row in tx.all("list_current_parts", {"job_id": job_id})]

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


def _actions_of(tx: Transaction, part_id: int) -> Sequence[str]:
    row = tx.one("get_wait", {"part_id": part_id})
    return (parsed(row[0]) or ()) if row else ()


def _chosen(waiting: Sequence[_WaitingPart], item: int | None, where: str, what: str) -> _WaitingPart:
    if item is not None:
        waiting = [part for part in waiting if part.item == item]
        where = f"{where}, item {item},"
    if not waiting:
        raise IllegalTransition(f"{where} waits for no {what}.")
    if len(waiting) > 1:
        items = ", ".join(str(part.item) for part in waiting[:10])
        raise Conflict(f"{where} waits with {len(waiting)} items ({items}): say with `item` which one is meant.")
    return waiting[0]


def _describe(job: JobLedger, description: str | None, metadata: Mapping[str, Any] | None) -> None:
    job.tx.run(
        "change_job",
        {
            "job_id": job.job_id,
            "description": description,
            "search_text": None if description is None else searched(description),
            "metadata": None if metadata is None else to_json(dict(metadata)),
        },
    )
