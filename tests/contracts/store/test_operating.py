"""What an operator watches in the database: true counts that cost only what is unfinished and what is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, insert

from soundstage.store.operating import JobCount, OperatingStore
from soundstage.store.records import Records
from soundstage.store.tables import deliveries
from soundstage.testing.store_bench import StoreBench, make_snapshot

LEASE_SECONDS = 15.0
SPEECH, AVATAR = make_snapshot(kind="speech"), make_snapshot(kind="avatar", queues={0: "gpu", 1: "gpu"})
GROWING_TABLES = ("jobs", "parts", "deliveries", "events")
SMALL_INDEXES = ("ix_parts_ready", "ix_parts_worker_id", "ix_deliveries_due_at", "ix_deliveries_dead")
"""Partial ones, which hold only what is unfinished."""


@pytest.fixture
def records(bench: StoreBench) -> Iterator[Records]:
    records = Records(bench.database)
    yield records
    records.close()


@pytest.fixture
def operating(records: Records) -> OperatingStore:
    return OperatingStore(records)


def as_set(counts: list[JobCount]) -> set[tuple[str, str, int]]:
    return {(count.pipeline, count.state, count.jobs) for count in counts}


def test_unfinished_jobs_are_counted_by_pipeline_and_state(bench: StoreBench, operating: OperatingStore) -> None:
    for owner in ("ann", "bob", "zoe"):
        bench.create(SPEECH, owner=owner)
    bench.create(AVATAR, owner="bob")
    bench.run_until_idle()
    bench.create(SPEECH, owner="zoe")
    paused = bench.create(SPEECH, owner="ann")
    bench.store.control.pause(paused)
    bench.create(AVATAR, owner="bob")
    bench.claim(queues=["gpu"])
    counts = operating.picture(LEASE_SECONDS).unfinished
    assert as_set(list(counts)) == {("speech", "queued", 1), ("speech", "paused", 1), ("avatar", "running", 1)}


def test_an_empty_database_has_a_picture(operating: OperatingStore) -> None:
    picture = operating.picture(LEASE_SECONDS)
    assert (picture.unfinished, picture.queues) == ([], [])
    assert picture.database_bytes > 0


def test_queues_tell_how_deep_they_are_and_how_long_the_first_part_waits(
    bench: StoreBench, operating: OperatingStore
) -> None:
    bench.create(AVATAR)
    bench.clock.advance(40)
    bench.create(AVATAR)
    bench.create(SPEECH)
    bench.clock.advance(2)
    found = {queue.queue: (queue.ready_parts, queue.oldest_seconds) for queue in operating.picture(15).queues}
    assert found == {"gpu": (2, 42.0), "cpu": (1, 2.0)}


def test_workers_are_busy_idle_or_silent(bench: StoreBench, operating: OperatingStore) -> None:
    for name in ("w1", "w2", "w3"):
        bench.store.workers.register(bench.slot(name), "host", 1)
    bench.create(SPEECH)
    bench.claim("w1")
    bench.clock.advance(20)
    bench.store.workers.beat("w1")
    bench.store.workers.beat("w2")
    bench.clock.advance(1)
    workers = operating.picture(LEASE_SECONDS).workers
    assert (workers.busy, workers.idle, workers.silent, workers.oldest_heartbeat_seconds) == (1, 1, 1, 21.0)


def test_messages_to_webhooks_are_counted_while_they_wait_and_when_they_are_given_up(
    records: Records, operating: OperatingStore
) -> None:
    row = {"webhook_id": "w", "owner": "ann", "kind": "job.failed", "body": "{}", "created_at": 1.0}
    states = ("pending", "pending", "dead", "delivered")
    with records.write() as connection:
        connection.execute(insert(deliveries), [{**row, "id": str(n), "state": s} for n, s in enumerate(states)])
    picture = operating.picture(LEASE_SECONDS)
    assert (picture.pending_deliveries, picture.dead_deliveries) == (2, 1)


def test_jobs_that_ended_are_counted_once_in_the_time_in_which_they_ended(
    bench: StoreBench, operating: OperatingStore
) -> None:
    began_at = bench.clock.now()
    bench.clock.advance(1)
    bench.create(SPEECH)
    bench.run_until_idle()
    bench.clock.advance(1)
    bench.create(AVATAR)
    bench.fail(bench.claim())
    now = bench.clock.now()
    assert as_set(operating.ended_between(began_at, now - 1)) == {("speech", "succeeded", 1)}
    assert as_set(operating.ended_between(now - 1, now)) == {("avatar", "failed", 1)}
    assert operating.ended_between(now, now + 9) == []


def test_no_look_goes_through_what_has_piled_up(sqlite_bench: StoreBench) -> None:
    records = Records(sqlite_bench.database)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with records.read() as connection:
        event.listen(connection.engine, "before_cursor_execute", note)
    sqlite_bench.create(SPEECH)
    OperatingStore(records).picture(LEASE_SECONDS)
    OperatingStore(records).ended_between(1.0, 2.0)
    statements = [each for each in asked if not each[0].startswith("PRAGMA")]
    with records.read() as connection:
        plans = [
            str(row[-1])
            for statement, parameters in statements
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    records.close()
    scans = [step for step in plans if step.startswith("SCAN") and step.split()[1] in GROWING_TABLES]
    assert len(statements) > 6
    assert [step for step in scans if not any(index in step for index in SMALL_INDEXES)] == []
