"""What an administrator sees of workers, queues, failures and storage is what is in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import event, insert

from soundstage.core.job import ErrorView
from soundstage.core.outcome import Snooze, Wait
from soundstage.core.retry import LOSS_BUDGET
from soundstage.core.states import Priority
from soundstage.store.accounts.audit import AuditNote
from soundstage.store.administration.failures import MOST_CAUSES, Cause, FailureViewStore
from soundstage.store.administration.queues import QueueView, QueueViewStore
from soundstage.store.administration.storage import MOST_OWNERS, Content, Filling, StorageView, StorageViewStore
from soundstage.store.administration.workers import WorkerViewStore
from soundstage.store.records import Records
from soundstage.store.tables import asset_files, assets, uploads, users
from soundstage.testing.store_bench import StoreBench, make_snapshot, stored_file

LEASE_SECONDS = 15.0
DAY_SECONDS = 86_400.0
ONE_STAGE = make_snapshot(1, queues={0: "gpu"})
SMALL_INDEXES = ("ix_parts_ready", "ix_parts_worker_id", "ix_parts_due_at", "ix_events_failed")
"""Partial ones, which hold only what is unfinished, and failures."""
BOOM = ErrorView("engine_failed", "The engine broke.", "Try another one.")


@pytest.fixture
def records(bench: StoreBench) -> Iterator[Records]:
    records = Records(bench.database)
    yield records
    records.close()


def add_user(records: Records, user_id: str, username: str, plan: str = "free") -> None:
    with records.write() as connection:
        connection.execute(
            insert(users).values(
                id=user_id,
                email=f"{username}@example.com",
                email_key=f"{username}@example.com",
                username=username,
                username_key=username,
                password_hash="",
                role="admin",
                plan=plan,
                created_at=0.0,
            )
        )


# Queues


def queues_of(records: Records, known: Sequence[str] = ()) -> dict[str, QueueView]:
    return {queue.name: queue for queue in QueueViewStore(records).list_queues(known, LEASE_SECONDS)}


def pause(bench: StoreBench, queue: str, reason: str = "") -> None:
    bench.store.queues.pause(queue, reason, AuditNote("user_ada", "queue.paused", queue))


def test_a_queue_tells_what_is_ready_by_priority_what_runs_and_what_tries_again(
    bench: StoreBench, records: Records
) -> None:
    for priority in (Priority.URGENT, Priority.URGENT, Priority.HIGH, Priority.HIGH, Priority.LOW, Priority.LOW):
        bench.create(ONE_STAGE, priority=priority)
    bench.fail(bench.claim("w1"), delay_seconds=60.0)
    bench.suspend(bench.claim("w2"), Snooze(60.0))
    bench.suspend(bench.claim("w3"), Wait("Look."))
    bench.claim("w4")
    queue = queues_of(records)["gpu"]
    assert (queue.ready, queue.ready_parts) == ({Priority.LOW: 2}, 2)
    assert (queue.active_parts, queue.retrying_parts) == (1, 2)


def test_the_oldest_ready_part_of_a_queue_tells_how_long_it_waits(bench: StoreBench, records: Records) -> None:
    bench.create(ONE_STAGE)
    bench.clock.advance(90.0)
    bench.create(ONE_STAGE)
    assert queues_of(records)["gpu"].oldest_seconds == 90.0


def test_a_queue_is_served_by_the_workers_that_beat(bench: StoreBench, records: Records) -> None:
    bench.store.workers.register(bench.slot("old", ["cpu", "gpu"]), "one", 1)
    bench.clock.advance(LEASE_SECONDS + 1)
    bench.store.workers.register(bench.slot("w1", ["cpu"]), "one", 2)
    bench.store.workers.register(bench.slot("w2", ["cpu", "io"]), "two", 1)
    assert {name: queue.workers for name, queue in queues_of(records, ["gpu"]).items()} == {"cpu": 2, "gpu": 0, "io": 1}


def test_a_paused_queue_drains_until_nothing_of_it_runs(bench: StoreBench, records: Records) -> None:
    add_user(records, "user_ada", "ada")
    bench.create(ONE_STAGE)
    running = bench.claim()
    assert queues_of(records)["gpu"].state == "open"
    pause(bench, "gpu", "A new card")
    assert queues_of(records)["gpu"].state == "draining"
    bench.complete(running)
    queue = queues_of(records)["gpu"]
    assert queue.state == "paused"
    assert queue.pause is not None
    assert (queue.pause.by, queue.pause.by_name, queue.pause.reason) == ("user_ada", "ada", "A new card")
    assert queue.pause.at == bench.clock.now()


def test_queues_are_named_by_pipelines_workers_parts_and_pauses(bench: StoreBench, records: Records) -> None:
    pause(bench, "night")
    bench.create(ONE_STAGE)
    bench.store.workers.register(bench.slot("w1", ["cpu"]), "one", 2)
    assert list(queues_of(records, ["io"])) == ["cpu", "gpu", "io", "night"]
    assert queues_of(records)["night"].pause is not None


def test_a_ready_stage_of_a_paused_queue_says_so_and_no_other_does(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(3, queues={0: "gpu", 1: "gpu"}))
    pause(bench, "gpu")
    assert [stage.queue_paused for stage in bench.job(job_id).stages] == [True, False, False]
    bench.store.queues.resume("gpu", AuditNote("user_ada", "queue.resumed"))
    assert [stage.queue_paused for stage in bench.job(job_id).stages] == [False, False, False]
    bench.claim()
    pause(bench, "gpu")
    assert [stage.queue_paused for stage in bench.job(job_id).stages] == [False, False, False]


# Workers


def test_a_worker_tells_what_it_does_and_since_when(bench: StoreBench, records: Records) -> None:
    job_id = bench.create(make_snapshot(2, items_at=[0], kind="speech"))
    bench.store.workers.register(bench.slot("w1", ["cpu"]), "studio-1", 4711)
    bench.complete(bench.claim("w1"), items=['"one"', '"two"'])
    bench.clock.advance(5.0)
    assert bench.store.workers.beat("w1")
    claim = bench.claim("w1")
    bench.store.parts.record_progress(claim, 0.25, "Sentence 1 of 4", [])
    [worker] = WorkerViewStore(records).list_workers(LEASE_SECONDS)
    assert (worker.id, worker.host, worker.pid, worker.queues) == ("w1", "studio-1", 4711, ["cpu"])
    assert (worker.state, worker.beat_at - worker.started_at) == ("busy", 5.0)
    work = worker.work
    assert work is not None
    assert (work.job_id, work.pipeline, work.stage.key, work.stage.label) == (job_id, "speech", "S0", "Stage 0")
    assert (work.item_index, work.attempt, work.fraction, work.message) == (0, 1, 0.25, "Sentence 1 of 4")
    assert work.started_at == bench.clock.now()


def test_workers_are_idle_or_lost_when_they_do_not_beat(bench: StoreBench, records: Records) -> None:
    bench.store.workers.register(bench.slot("silent"), "a", 1)
    bench.clock.advance(LEASE_SECONDS + 1)
    bench.store.workers.register(bench.slot("idle"), "b", 1)
    found = WorkerViewStore(records).list_workers(LEASE_SECONDS)
    assert [(worker.id, worker.state, worker.work) for worker in found] == [
        ("silent", "lost", None),
        ("idle", "idle", None),
    ]


# Failures


def causes_of(records: Records, seconds: float = DAY_SECONDS) -> Sequence[Cause]:
    return FailureViewStore(records).list_causes(seconds)


def test_failures_are_grouped_by_stage_and_code_and_tell_of_the_last_one(bench: StoreBench, records: Records) -> None:
    job_id = bench.create(make_snapshot(1, kind="speech"))
    bench.fail(bench.claim(), delay_seconds=0.0, error=BOOM)
    bench.clock.advance(1.0)
    bench.store.due.wake_due()
    bench.fail(bench.claim(), error=ErrorView(BOOM.code, "It broke again."))
    other = bench.create(make_snapshot(1, kind="speech"))
    bench.clock.advance(1.0)
    bench.fail(bench.claim(), error=ErrorView(BOOM.code, "And again."))
    bench.clock.advance(1.0)
    bench.create(make_snapshot(1, kind="avatar"))
    bench.fail(bench.claim())
    newest, oldest = causes_of(records)
    assert (newest.pipeline, newest.code, newest.failed_tries) == ("avatar", "stage_failed", 1)
    assert (oldest.pipeline, oldest.stage, oldest.code) == ("speech", "S0", "engine_failed")
    assert (oldest.failed_tries, oldest.failed_parts, oldest.jobs) == (3, 2, 2)
    assert (oldest.last_job_id, oldest.message) == (other, "And again.")
    assert oldest.last_at == bench.clock.now() - 1.0
    assert job_id != other


def test_lost_workers_are_a_cause_and_the_part_that_is_given_up_counts_once(
    bench: StoreBench, records: Records
) -> None:
    bench.create(make_snapshot(1))
    for number in range(LOSS_BUDGET):
        bench.claim(f"w{number}")
        bench.store.workers.lose(f"w{number}")
    [cause] = causes_of(records)
    assert (cause.code, cause.failed_tries, cause.failed_parts, cause.jobs) == ("worker_lost", LOSS_BUDGET, 1, 1)
    assert "went away" in cause.message


def test_old_failures_are_left_out_and_there_may_be_none(bench: StoreBench, records: Records) -> None:
    assert causes_of(records) == []
    bench.create(make_snapshot(1))
    bench.fail(bench.claim())
    bench.clock.advance(3_601.0)
    assert causes_of(records, 3_600.0) == []
    assert len(causes_of(records, 3_602.0)) == 1


def test_no_more_causes_are_told_than_fit_a_page(bench: StoreBench, records: Records) -> None:
    for number in range(MOST_CAUSES + 1):
        bench.create(make_snapshot(1))
        bench.fail(bench.claim(), error=ErrorView(f"code_{number}", "No."))
        bench.clock.advance(1.0)
    found = causes_of(records)
    assert len(found) == MOST_CAUSES
    assert found[0].code == f"code_{MOST_CAUSES}"


# Storage


def add_asset(records: Records, asset_id: str, owner: str, sha256: str, size_bytes: int, state: str = "ready") -> None:
    with records.write() as connection:
        connection.execute(
            insert(assets).values(
                id=asset_id,
                owner=owner,
                name=asset_id,
                name_key=asset_id,
                state=state,
                size_bytes=size_bytes,
                created_at=0.0,
                updated_at=0.0,
            )
        )
        if state == "ready":
            for role, print_, bytes_ in (("original", sha256, size_bytes), ("thumbnail", f"small {sha256}", 10)):
                file = {"asset_id": asset_id, "role": role, "sha256": print_, "size_bytes": bytes_, "media_type": ""}
                connection.execute(insert(asset_files).values(file))


def add_upload(records: Records, asset_id: str, owner: str, received_bytes: int) -> None:
    add_asset(records, asset_id, owner, "", 1_000, state="pending")
    with records.write() as connection:
        connection.execute(
            insert(uploads).values(
                asset_id=asset_id,
                owner=owner,
                protocol="tus",
                size_bytes=1_000,
                received_bytes=received_bytes,
                expires_at=0.0,
            )
        )


def add_artifact(bench: StoreBench, owner: str, sha256: str) -> None:
    bench.create(make_snapshot(1), owner=owner)
    bench.complete(bench.claim(), files=[stored_file(sha256=sha256)])


def storage_of(records: Records) -> StorageView:
    return StorageViewStore(records).picture()


def test_equal_bytes_count_once_in_the_total_whoever_has_them(bench: StoreBench, records: Records) -> None:
    add_artifact(bench, "ann", "a" * 64)
    add_artifact(bench, "bob", "a" * 64)
    add_artifact(bench, "bob", "b" * 64)
    add_asset(records, "asset_1", "ann", "a" * 64, 44)
    add_asset(records, "asset_2", "bob", "a" * 64, 44)
    add_asset(records, "asset_3", "bob", "c" * 64, 100)
    add_upload(records, "asset_4", "bob", 300)
    found = storage_of(records)
    assert found.by_content == {
        Content.ASSETS: Filling(144, 2),
        Content.PREVIEWS: Filling(20, 2),
        Content.ARTIFACTS: Filling(88, 2),
        Content.UPLOADS: Filling(300, 1),
    }
    assert found.total == Filling(44 + 44 + 100 + 20 + 300, 5)


def test_owners_are_told_by_how_much_they_have(bench: StoreBench, records: Records) -> None:
    add_user(records, "ann", "ann", plan="pro")
    add_asset(records, "asset_1", "bob", "c" * 64, 10)
    add_asset(records, "asset_2", "bob", "d" * 64, 10_000, state="failed")
    add_asset(records, "asset_3", "ann", "c" * 64, 20)
    add_artifact(bench, "ann", "a" * 64)
    ann, bob = storage_of(records).owners
    assert (ann.owner, ann.username, ann.plan, ann.asset_bytes, ann.artifact_bytes) == ("ann", "ann", "pro", 20, 44)
    assert (bob.owner, bob.username, bob.plan, bob.asset_bytes, bob.artifact_bytes) == ("bob", None, None, 10, 0)


def test_an_empty_studio_stores_nothing_and_a_large_one_tells_of_its_largest_owners(
    bench: StoreBench, records: Records
) -> None:
    assert storage_of(records).total == Filling(0, 0)
    for number in range(MOST_OWNERS + 1):
        add_asset(records, f"asset_{number}", f"owner_{number}", f"{number}", 100 + number)
    owners = storage_of(records).owners
    assert [owner.asset_bytes for owner in owners] == list(range(100 + MOST_OWNERS, 100, -1))


# Cost


def test_queues_workers_and_failures_are_looked_up_by_small_indexes(sqlite_bench: StoreBench) -> None:
    """No look goes through the parts, jobs and events that have piled up."""
    records = Records(sqlite_bench.database)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with records.read() as connection:
        event.listen(connection.engine, "before_cursor_execute", note)
    queues_of(records)
    WorkerViewStore(records).list_workers(LEASE_SECONDS)
    causes_of(records)
    statements = [each for each in asked if not each[0].startswith("PRAGMA")]
    with records.read() as connection:
        plans = [
            str(row[-1])
            for statement, parameters in statements
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    records.close()
    scans = [step for step in plans if step.startswith("SCAN") and step.split()[1] in ("jobs", "parts", "events")]
    assert [step for step in scans if not any(index in step for index in SMALL_INDEXES)] == []
    assert any("ix_events_failed" in step for step in plans)
