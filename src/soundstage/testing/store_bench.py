"""A store on a test bench: jobs are made, claimed and ended by hand, and every row can be looked at."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, select

from soundstage.core.job import ErrorView, JobView
from soundstage.core.outcome import Snooze, Wait
from soundstage.core.pipeline import PipelineSnapshot, StageSnapshot
from soundstage.core.states import PartState, StageKind
from soundstage.store.claims import Claim, WorkerSlot, insert_part
from soundstage.store.control import NewJob
from soundstage.store.database import Database
from soundstage.store.ledger import JobLedger
from soundstage.store.parts import Completion, StoredFile
from soundstage.store.schema import view_engine
from soundstage.store.store import Store
from soundstage.store.summaries import SummaryStore
from soundstage.store.tables import metadata
from soundstage.store.views import ViewStore
from soundstage.testing.clock import FakeClock

QUEUES = ("cpu", "gpu", "io")
FAILURE = ErrorView("stage_failed", "The stage failed.", "Try it again.")


def make_snapshot(
    stage_count: int = 2,
    items_at: Collection[int] = (),
    queues: Mapping[int, str] | None = None,
    kinds: Mapping[int, StageKind] | None = None,
    kind: str = "bench",
) -> PipelineSnapshot:
    """A pipeline of stages S0, S1 ... of nearly equal weight, without code."""
    stages = tuple(
        StageSnapshot(
            key=f"S{index}",
            weight=100 // stage_count + (100 % stage_count if index == 0 else 0),
            label=f"Stage {index}",
            kind=(kinds or {}).get(index, StageKind.AUTOMATIC),
            queue=(queues or {}).get(index, "cpu"),
            has_items=index in items_at,
            labels={},
        )
        for index in range(stage_count)
    )
    return PipelineSnapshot(kind=kind, version=1, stages=stages)


def make_order(pipeline: PipelineSnapshot | None = None, **fields: Any) -> NewJob:
    """An order of Ann's with everything that a test does not care about filled in."""
    return NewJob(**{"pipeline": pipeline or make_snapshot(), "params": {}, "owner": "ann", **fields})


def stored_file(name: str = "speech.wav", sha256: str = "a" * 64) -> StoredFile:
    return StoredFile(name, sha256, size_bytes=44, media_type="audio/wav")


class StoreBench:
    """One database with a clock of its own."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database = database
        self.clock = clock
        self.store = Store(database, clock)
        self.engine: Engine = view_engine(database.url)
        self.views = ViewStore(self.engine)
        self.summaries = SummaryStore(self.engine)

    def close(self) -> None:
        self.engine.dispose()
        self.database.close()

    def create(self, pipeline: PipelineSnapshot | None = None, **fields: Any) -> str:
        return self.store.control.create(make_order(pipeline, **fields))

    def create_many(self, count: int, pipeline: PipelineSnapshot, **fields: Any) -> None:
        """A backlog in one transaction: copies of one job, each with a turn of its own."""
        first = self.create(pipeline, **fields)
        with self.database.write("create") as tx:
            job = JobLedger(tx, first)
            columns = {
                "owner": job.owner,
                "pipeline": pipeline.kind,
                "fingerprint": job.fingerprint,
                "priority": job.priority,
                "params": job.params,
                "size": 1.0,
                "request_key": "",
                "description": "",
                "metadata": "{}",
                "search_text": "",
                "trace": "",
                "now": tx.now,
            }
            for number in range(1, count):
                job.job_id = f"{first}_{number}"
                tx.run("insert_job", {**columns, "job_id": job.job_id})
                insert_part(job, pipeline, 0, PartState.READY)

    def slot(self, worker: str = "w1", queues: Sequence[str] = QUEUES) -> WorkerSlot:
        return WorkerSlot(worker, queues)

    def try_claim(self, worker: str = "w1", queues: Sequence[str] = QUEUES) -> Claim | None:
        return self.store.parts.claim(self.slot(worker, queues))

    def claim(self, worker: str = "w1", queues: Sequence[str] = QUEUES) -> Claim:
        claim = self.try_claim(worker, queues)
        assert claim is not None, f"Nothing was ready for {worker}."  # noqa: S101 - a check of the test itself
        return claim

    def complete(self, claim: Claim, go_on: bool = False, seconds: float = 0.0, **completion: Any) -> Claim | None:
        slot = self.slot(claim.worker_id) if go_on else None
        return self.store.parts.complete(claim, Completion(**completion), slot, seconds)

    def fail(self, claim: Claim, delay_seconds: float | None = None, error: ErrorView = FAILURE) -> None:
        self.store.parts.fail(claim, error, delay_seconds, None)

    def suspend(self, claim: Claim, outcome: Wait | Snooze) -> None:
        self.store.parts.suspend(claim, outcome, None)

    def run_until_idle(self, worker: str = "w1", limit: int = 100_000) -> list[Claim]:
        """Claim and complete until nothing is ready, as a worker would. Returns what was claimed, in order."""
        claims: list[Claim] = []
        claim = self.try_claim(worker)
        while claim is not None and len(claims) < limit:
            claims.append(claim)
            claim = self.complete(claim, go_on=True)
        return claims

    def wait_for_lock(self, timeout_seconds: float = 10.0) -> None:
        """Return when another connection to this PostgreSQL database waits for a lock."""
        question = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        deadline = time.monotonic() + timeout_seconds
        with self.engine.connect() as connection:
            while not connection.exec_driver_sql(question).scalar_one():
                if time.monotonic() > deadline:
                    raise TimeoutError("No connection waited for a lock.")

    def job(self, job_id: str) -> JobView:
        return self.views.get_job(job_id)

    def event_kinds(self, job_id: str, after: int = 0) -> list[str]:
        return [str(event.kind) for event in self.views.list_events(job_id, after, limit=100_000)]

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table but the turns, which only order the queues."""
        with self.engine.connect() as connection:
            return {
                table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
                for table in metadata.sorted_tables
                if table.name != "turns"
            }
