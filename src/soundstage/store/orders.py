"""Accepting orders: each becomes a job once, within the limits of its owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from soundstage.core.clock import Clock, SystemClock
from soundstage.core.errors import IdempotencyConflict, LimitReached
from soundstage.core.events import EventKind
from soundstage.core.ids import new_id
from soundstage.core.pipeline import PipelineSnapshot
from soundstage.core.states import PartState, Priority
from soundstage.core.traces import current_trace
from soundstage.store.claims import insert_part
from soundstage.store.database import Database, Transaction
from soundstage.store.ledger import JobLedger, to_json

SEARCHED_CHARACTERS = 300
"""So much of a description can be searched: it stands in indexes, whose rows PostgreSQL limits to 2,704 bytes."""
SECONDS_A_DAY = 86_400


class RequestName(NamedTuple):
    """How a client names a request that it may send again, and the hash of what it asks for."""

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class NewJob:
    """A checked order. `size` scales its time remaining, `request_key` tells equal orders of one owner.

    With `most_unfinished` it is refused where the owner has so many jobs that have not ended. `trace` is the
    traceparent of what it is ordered in.
    """

    pipeline: PipelineSnapshot
    params: Mapping[str, Any]
    owner: str = "local"
    priority: Priority = Priority.NORMAL
    size: float = 1.0
    request_key: str = ""
    inputs: Sequence[str] = ()
    description: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    request: RequestName | None = None
    most_unfinished: int | None = None
    trace: str = field(default_factory=current_trace)


class Accepted(NamedTuple):
    """The job of an order, which was made now or by an earlier request of the same name."""

    job_id: str
    is_replay: bool = False


Refusal = LimitReached | IdempotencyConflict


class OrderStore:
    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or SystemClock()

    def accept(self, order: NewJob) -> Accepted:
        """The job survives a power cut when this returns. Raises LimitReached, IdempotencyConflict."""
        with self._database.write("create") as tx:
            return accept_order(tx, order, self._new_id)

    def accept_all(self, orders: Sequence[NewJob], is_atomic: bool) -> list[Accepted | Refusal]:
        """One transaction. An atomic one raises the first refusal and accepts nothing then."""
        with self._database.write("create") as tx:
            return [self._accepted_or_refused(tx, order, is_atomic) for order in orders]

    def find(self, owner: str, request: RequestName) -> Accepted | None:
        """The job that an earlier request of this name has made. Raises IdempotencyConflict."""
        with self._database.read() as tx:
            return _find_earlier(tx, owner, request)

    def trace_of(self, job_id: str) -> str:
        """The traceparent of what the job was ordered in; empty where that was not traced."""
        with self._database.read() as tx:
            row = tx.one("get_trace", {"job_id": job_id})
        return row[0] if row else ""

    def forget_requests(self, older_than_seconds: float) -> int:
        """Forget the names of requests, and work of earlier days. Makes no part ready: 0."""
        with self._database.write("control", durable=False) as tx:
            tx.run("delete_idempotency_keys", {"before": tx.now - older_than_seconds})
            tx.run("delete_old_work", {"day": day_of(tx.now)})
        return 0

    def erase_owner(self, owner: str) -> None:
        """Forget all names of requests of an owner."""
        with self._database.write("control") as tx:
            tx.run("delete_owner_idempotency_keys", {"owner": owner})

    def _accepted_or_refused(self, tx: Transaction, order: NewJob, is_atomic: bool) -> Accepted | Refusal:
        try:
            return accept_order(tx, order, self._new_id)
        except (LimitReached, IdempotencyConflict) as refusal:
            if is_atomic:
                raise
            return refusal

    def _new_id(self) -> str:
        return new_id("job", self._clock.now())


def accept_order(tx: Transaction, order: NewJob, make_id: Callable[[], str]) -> Accepted:
    """Every refusal comes before the first row is written. Raises LimitReached, IdempotencyConflict."""
    if order.most_unfinished is not None:
        _wait_for_owner(tx, order.owner)
    earlier = _find_earlier(tx, order.owner, order.request)
    if earlier is not None:
        return earlier
    _check_room(tx, order.owner, order.most_unfinished)
    job_id = make_id()
    if order.request is not None and not _keep_request(tx, order.owner, order.request, job_id):
        # Another transaction committed the same name since we looked.
        return _find_earlier(tx, order.owner, order.request) or Accepted(job_id)
    _insert_job(tx, order, job_id)
    return Accepted(job_id)


def check_room(tx: Transaction, owner: str, most: int | None) -> None:
    """Whether one more job of the owner may be unfinished; None is no limit. Raises LimitReached."""
    if most is not None:
        _wait_for_owner(tx, owner)
    _check_room(tx, owner, most)


def keep_inputs(tx: Transaction, job_id: str, inputs: Sequence[str]) -> None:
    for sha256 in inputs:
        tx.run("insert_input", {"job_id": job_id, "sha256": sha256})


def searched(description: str) -> str:
    """What a list finds a description by."""
    return description[:SEARCHED_CHARACTERS].casefold()[:SEARCHED_CHARACTERS]


def day_of(at: float) -> int:
    """The day, UTC, counted from the epoch."""
    return int(at // SECONDS_A_DAY)


def _find_earlier(tx: Transaction, owner: str, request: RequestName | None) -> Accepted | None:
    if request is None:
        return None
    row = tx.one("find_idempotency_key", {"owner": owner, "key": request.key})
    if row is None:
        return None
    request_hash, job_id = row
    if request_hash != request.request_hash:
        raise IdempotencyConflict(f"Idempotency-Key {request.key!r} was sent before with another body, for {job_id}.")
    return Accepted(job_id, is_replay=True)


def _keep_request(tx: Transaction, owner: str, request: RequestName, job_id: str) -> int:
    columns = {"owner": owner, "key": request.key, "request_hash": request.request_hash, "answer": job_id}
    return tx.run("insert_idempotency_key", {**columns, "now": tx.now})


def _wait_for_owner(tx: Transaction, owner: str) -> None:
    """Where several may write at once, those that count the jobs of one owner do so one after the other."""
    if not tx.is_only_writer:
        tx.one("wait_for_owner", {"owner": owner})


def _check_room(tx: Transaction, owner: str, most: int | None) -> None:
    if most is None:
        return
    row = tx.one("count_unfinished", {"owner": owner, "most": most})
    if row is not None and row[0] >= most:
        raise LimitReached(
            f"You have {row[0]} jobs that have not ended, and your plan allows {most} (unfinished_jobs).",
            hint="A new job is taken as soon as one of them ends: wait for one, or cancel one.",
        )


def _insert_job(tx: Transaction, order: NewJob, job_id: str) -> None:
    fingerprint = order.pipeline.fingerprint
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
            "search_text": searched(order.description),
            "trace": order.trace,
            "now": tx.now,
        },
    )
    keep_inputs(tx, job_id, order.inputs)
    job = JobLedger(tx, job_id)
    job.record(EventKind.JOB_QUEUED, data={"pipeline": order.pipeline.kind})
    insert_part(job, order.pipeline, 0, PartState.READY)
    job.save()
