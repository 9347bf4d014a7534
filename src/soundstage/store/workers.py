"""Which workers live, and what becomes of the parts of those that do not."""

from __future__ import annotations

from typing import Any

from soundstage.core.errors import WorkerLost
from soundstage.core.events import EventKind
from soundstage.core.job import ErrorView
from soundstage.core.retry import LOSS_BUDGET
from soundstage.core.states import JobState, PartState
from soundstage.store.claims import Snapshots, WorkerSlot
from soundstage.store.database import Database, Transaction
from soundstage.store.ledger import JobLedger
from soundstage.store.lines import join_line
from soundstage.store.parts import error_json
from soundstage.store.poison import UNREADABLE, set_aside
from soundstage.store.settling import settle


class WorkerStore:
    """One row for each worker process; a beat renews the leases of all that it runs."""

    def __init__(self, database: Database, snapshots: Snapshots) -> None:
        self._database = database
        self._snapshots = snapshots

    def register(self, slot: WorkerSlot, host: str, pid: int) -> None:
        """Must come before the first claim, and again where a beat finds the worker declared lost."""
        with self._database.write("register", durable=False) as tx:
            tx.run(
                "insert_worker",
                {"worker_id": slot.worker_id, "host": host, "pid": pid, "queues": ",".join(slot.queues), "now": tx.now},
            )

    def beat(self, worker_id: str) -> bool:
        """Renew; False where the worker was declared lost."""
        with self._database.write("beat", durable=False) as tx:
            return tx.run("beat", {"worker_id": worker_id, "now": tx.now}) > 0

    def holds_part(self, worker_id: str) -> bool:
        """Whether any part runs in the name of this worker."""
        with self._database.read() as tx:
            return bool(tx.all("list_active_of_worker", {"worker_id": worker_id}))

    def list_ids(self) -> list[str]:
        with self._database.read() as tx:
            return [row[0] for row in tx.all("list_workers", {})]

    def lose_stale(self, older_than_seconds: float) -> int:
        """Declare lost each worker without a beat for so long, or without a row. Returns how many parts came back."""
        with self._database.read() as tx:
            stale = [row[0] for row in tx.all("list_stale_workers", {"before": tx.now - older_than_seconds})]
        return sum(self.lose(worker_id) for worker_id in stale)

    def lose(self, worker_id: str) -> int:
        """Forget a worker and put its parts back, or fail those whose loss budget is used up."""
        with self._database.read() as tx:
            held = tx.all("list_active_of_worker", {"worker_id": worker_id})
        rescued = sum(self._lose_part(part_id, worker_id) for part_id, _ in held)
        with self._database.write("lose", durable=False) as tx:
            tx.run("delete_worker", {"worker_id": worker_id})
        return rescued

    def _lose_part(self, part_id: int, worker_id: str) -> bool:
        with self._database.write("lose") as tx:
            row = tx.one("get_part", {"part_id": part_id})
            if row is None:
                return False
            try:
                return self._lose_active(tx, JobLedger(tx, row[0]), part_id, worker_id)
            except UNREADABLE as error:
                set_aside(tx, part_id, row[0], error)
                return False

    def _lose_active(self, tx: Transaction, job: JobLedger, part_id: int, worker_id: str) -> bool:
        row = tx.one("get_part", {"part_id": part_id})
        if row is None or row[1] != PartState.ACTIVE or row[4] != worker_id:
            return False
        self._put_back(tx, job, part_id, row)
        job.save()
        return True

    def _put_back(self, tx: Transaction, job: JobLedger, part_id: int, row: tuple[Any, ...]) -> None:
        _, _, stage, attempt, worker_id, started_at, _, _, losses, item_index = row
        definition = self._snapshots.get(tx, job.fingerprint).stages[stage]
        is_poison = losses + 1 >= LOSS_BUDGET
        error = _loss_error(worker_id, losses + 1) if is_poison else None
        state = _state_after_loss(job, is_poison)
        tx.run(
            "lose_part",
            {
                "part_id": part_id,
                "attempt": attempt,
                "state": state,
                "now": tx.now,
                "error": None if error is None else error_json(error),
            },
        )
        if state is PartState.READY:
            join_line(tx, definition.queue, job.priority, job.owner)
        tx.run(
            "insert_attempt",
            {
                "part_id": part_id,
                "attempt": attempt,
                "worker_id": worker_id,
                "started_at": started_at,
                "now": tx.now,
                "result": "lost",
                "error": None,
            },
        )
        told = {"part": part_id, "attempt": attempt, "losses": losses + 1}
        if item_index is not None:
            told["item"] = item_index
        job.record(EventKind.PART_LOST, definition.key, told)
        if error is not None:
            job.record(EventKind.PART_FAILED, definition.key, {**told, "code": error.code, "message": error.message})
        settle(job, self._snapshots.get(tx, job.fingerprint), stage)


def _state_after_loss(job: JobLedger, is_poison: bool) -> PartState:
    if is_poison:
        return PartState.FAILED
    return PartState.PENDING if job.state is JobState.PAUSED else PartState.READY


def _loss_error(worker_id: str, losses: int) -> ErrorView:
    return ErrorView(
        code=WorkerLost.code,
        message=f"{losses} workers in a row went away while they ran this part, the last was {worker_id}. "
        "Mostly the machine ran out of memory.",
        hint="Look at the memory of the machine, make the input smaller, then retry the job from this stage.",
    )
