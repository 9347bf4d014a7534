"""A paused queue starts nothing, whoever claims and however; what runs goes on."""

from __future__ import annotations

import threading

import pytest

from soundstage.core.states import Priority
from soundstage.store.accounts.audit import AuditFilter, AuditNote, AuditStore
from soundstage.store.records import Records
from soundstage.store.store import Store, open_database
from soundstage.testing.store_bench import StoreBench, make_snapshot

CPU_THEN_GPU = make_snapshot(2, queues={1: "gpu"})
PAUSED = AuditNote("user_ada", "queue.paused", "gpu", data={"reason": "A new card"})
RESUMED = AuditNote("user_ada", "queue.resumed", "gpu")


def pause(bench: StoreBench, queue: str = "gpu") -> None:
    bench.store.queues.pause(queue, "A new card", PAUSED)


def resume(bench: StoreBench, queue: str = "gpu") -> bool:
    return bench.store.queues.resume(queue, RESUMED)


def test_a_paused_queue_starts_nothing_and_the_others_go_on(bench: StoreBench) -> None:
    bench.create(make_snapshot(1, queues={0: "gpu"}))
    other = bench.create(make_snapshot(1))
    pause(bench)
    assert bench.claim().job_id == other
    assert bench.try_claim("w2") is None


def test_a_job_does_not_go_on_into_a_paused_queue(bench: StoreBench) -> None:
    job_id = bench.create(CPU_THEN_GPU)
    first = bench.claim()
    pause(bench)
    assert bench.complete(first, go_on=True) is None
    assert [stage.state for stage in bench.job(job_id).stages] == ["completed", "ready"]
    assert bench.try_claim() is None


def test_what_runs_in_a_paused_queue_goes_on_and_the_same_queue_gives_nothing_after_it(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(2, queues={0: "gpu", 1: "gpu"}))
    running = bench.claim()
    pause(bench)
    assert bench.store.parts.lease_state(running) == "running"
    assert bench.complete(running, go_on=True) is None
    assert bench.job(job_id).state == "running"


def test_a_resumed_queue_starts_what_waited_by_its_priority(bench: StoreBench) -> None:
    later, sooner = (bench.create(CPU_THEN_GPU, priority=priority) for priority in (Priority.LOW, Priority.URGENT))
    pause(bench, "cpu")
    assert bench.try_claim() is None
    assert resume(bench, "cpu")
    assert [bench.claim("w1").job_id, bench.claim("w2").job_id] == [sooner, later]


def test_a_part_that_comes_back_waits_in_its_paused_queue(bench: StoreBench) -> None:
    bench.create(make_snapshot(1, queues={0: "gpu"}))
    running = bench.claim()
    pause(bench)
    bench.store.parts.release(running)
    assert bench.try_claim() is None
    resume(bench)
    assert bench.claim().attempt == running.attempt + 1


def test_a_worker_keeps_the_part_that_it_holds_in_a_paused_queue(bench: StoreBench) -> None:
    bench.create(make_snapshot(1, queues={0: "gpu"}))
    running = bench.claim()
    pause(bench)
    assert bench.try_claim() == running


def test_nobody_is_rung_for_parts_of_a_paused_queue(bench: StoreBench) -> None:
    bench.create(make_snapshot(1, queues={0: "gpu"}))
    bench.create(make_snapshot(1))
    pause(bench)
    assert bench.store.due.ready_counts() == {"cpu": 1}
    resume(bench)
    assert bench.store.due.ready_counts() == {"cpu": 1, "gpu": 1}


def test_a_pause_survives_a_restart(bench: StoreBench) -> None:
    bench.create(make_snapshot(1, queues={0: "gpu"}))
    pause(bench)
    database = open_database(bench.database.url, bench.clock)
    try:
        assert Store(database).parts.claim(bench.slot("w9")) is None
    finally:
        database.close()


def test_a_queue_that_is_paused_again_stays_paused_since_then_for_the_new_reason(bench: StoreBench) -> None:
    pause(bench)
    before = bench.dump()["paused_queues"]
    bench.clock.advance(60.0)
    bench.store.queues.pause("gpu", "Still no card", PAUSED)
    [(queue, actor, at, reason)] = bench.dump()["paused_queues"]
    assert (queue, actor, at, reason) == ("gpu", "user_ada", before[0][2], "Still no card")


def test_pauses_and_resumptions_are_noted_and_a_resumption_of_nothing_is_not(bench: StoreBench) -> None:
    pause(bench)
    assert [resume(bench), resume(bench)] == [True, False]
    records = Records(bench.database)
    entries = AuditStore(records).list_entries(AuditFilter())
    records.close()
    assert [entry.note for entry in entries] == [RESUMED, PAUSED]
    assert {entry.at for entry in entries} == {bench.clock.now()}


@pytest.mark.parametrize("starts_by", ["claim", "go_on"])
def test_a_claim_that_comes_after_a_pause_is_committed_finds_it_on_postgres(
    postgres_bench: StoreBench, starts_by: str
) -> None:
    """The pause holds the lines until it commits, and the claim waits for them."""
    bench = postgres_bench
    bench.create(CPU_THEN_GPU)
    first = bench.claim()
    if starts_by == "claim":
        bench.complete(first)
    started: list[object] = []

    def start() -> None:
        started.append(bench.try_claim("w2") if starts_by == "claim" else bench.complete(first, go_on=True))
        bench.database.close()

    with bench.database.write("pause_queue") as tx:
        tx.one("wait_for_lines", {})
        thread = threading.Thread(target=start)
        thread.start()
        bench.wait_for_lock()
        tx.run("pause_queue", {"queue": "gpu", "paused_by": "ada", "reason": "", "now": tx.now})
    thread.join()
    assert started == [None]
