"""What is due by the clock: the next try after an error, the next look of a snooze, the end of a wait."""

from __future__ import annotations

from soundstage.core.errors import StageTimedOut
from soundstage.core.events import EventKind
from soundstage.core.job import ErrorView
from soundstage.core.pipeline import PipelineSnapshot
from soundstage.core.states import JobState, PartState, WaitKind
from soundstage.store.claims import Snapshots
from soundstage.store.database import Database, Transaction
from soundstage.store.ledger import JobLedger
from soundstage.store.lines import join_line
from soundstage.store.parts import error_json
from soundstage.store.poison import UNREADABLE, set_aside
from soundstage.store.settling import settle


class DueStore:
    def __init__(self, database: Database, snapshots: Snapshots) -> None:
        self._database = database
        self._snapshots = snapshots

    def next_due_at(self) -> float | None:
        with self._database.read() as tx:
            row = tx.one("next_due", {})
        return row[0] if row else None

    def wake_due(self) -> int:
        """Make every due part ready, or fail it where its wait has timed out. Returns how many became ready."""
        with self._database.read() as tx:
            due = tx.all("list_due_parts", {"now": tx.now})
        return sum(self._wake(part_id, job_id) for part_id, job_id in due)

    def ready_counts(self) -> dict[str, int]:
        """Queue to ready parts that may start, counting at most 1,000 in all; a paused queue has none."""
        with self._database.read() as tx:
            return dict(tx.all("count_ready", {}))  # rows of two

    def _wake(self, part_id: int, job_id: str) -> bool:
        with self._database.write("due", durable=False) as tx:
            try:
                return self._wake_one(tx, part_id, job_id)
            except UNREADABLE as error:
                set_aside(tx, part_id, job_id, error)
                return False

    def _wake_one(self, tx: Transaction, part_id: int, job_id: str) -> bool:
        job = JobLedger(tx, job_id)
        row = tx.one("get_part", {"part_id": part_id})
        if row is None or row[1] != PartState.WAITING or row[7] is None or row[7] > tx.now:
            return False
        snapshot = self._snapshots.get(tx, job.fingerprint)
        stage, wait_kind, item_index = row[2], row[6], row[9]
        told = {"part": part_id} if item_index is None else {"part": part_id, "item": item_index}
        is_ready = self._move(job, snapshot, part_id, stage, WaitKind(wait_kind), told)
        settle(job, snapshot, stage)
        job.save()
        return is_ready

    def _move(
        self,
        job: JobLedger,
        snapshot: PipelineSnapshot,
        part_id: int,
        stage: int,
        wait_kind: WaitKind,
        told: dict[str, int],
    ) -> bool:
        definition = snapshot.stages[stage]
        if self._is_timed_out(part_id, job, wait_kind):
            error = ErrorView(
                StageTimedOut.code, "Nobody answered in time.", "Retry the job from this stage to ask again."
            )
            job.tx.run(
                "close_part",
                {"part_id": part_id, "state": PartState.FAILED, "now": job.tx.now, "error": error_json(error)},
            )
            job.record(EventKind.PART_FAILED, definition.key, {**told, "code": error.code, "message": error.message})
            return False
        state = PartState.PENDING if job.state is JobState.PAUSED else PartState.READY
        job.tx.run("wake_part", {"part_id": part_id, "state": state})
        if state is PartState.READY:
            join_line(job.tx, definition.queue, job.priority, job.owner)
        if wait_kind is WaitKind.BACKOFF:
            job.record(EventKind.PART_DUE, definition.key, dict(told))
        return state is PartState.READY

    def _is_timed_out(self, part_id: int, job: JobLedger, wait_kind: WaitKind) -> bool:
        """A Wait has actions to choose from; a Snooze has none and simply runs again."""
        row = job.tx.one("get_wait", {"part_id": part_id})
        return wait_kind is not WaitKind.BACKOFF and row is not None and row[0] is not None
