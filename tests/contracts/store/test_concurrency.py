"""Many workers at once: each part is run by one of them, and nobody is told that the database is locked."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from soundstage.core.errors import IllegalTransition, LeaseLost
from soundstage.store.claims import Claim
from soundstage.store.ledger import JobLedger
from soundstage.testing.store_bench import StoreBench, make_snapshot

THREADS = 6


def in_threads(bench: StoreBench, work: Callable[[int], object], count: int = THREADS) -> list[object]:
    """Run in threads that begin together; an error of any is raised here."""
    start = threading.Barrier(count)

    def run(number: int) -> object:
        try:
            start.wait(timeout=30)
            return work(number)
        finally:
            bench.database.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_concurrent_workers_never_get_the_same_part(bench: StoreBench) -> None:
    jobs = [bench.create(make_snapshot(2), owner=f"owner{number % 3}") for number in range(30)]
    claims: list[Claim] = []
    in_threads(bench, lambda number: claims.extend(bench.run_until_idle(f"w{number}")))
    bench.run_until_idle()
    runs = Counter((claim.part_id, claim.attempt) for claim in claims)
    assert set(runs.values()) == {1}
    assert all(bench.job(job_id).state == "succeeded" for job_id in jobs)


def test_concurrent_workers_share_the_items_of_one_job(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1, items_at=[0]))
    bench.complete(bench.claim(), items=[str(number) for number in range(24)])
    claims: list[Claim] = []
    in_threads(bench, lambda number: claims.extend(bench.run_until_idle(f"w{number}")))
    assert sorted(claim.item_index or 0 for claim in claims) == list(range(24))
    assert bench.job(job_id).state == "succeeded"


def test_a_part_completed_by_two_threads_is_completed_once(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    claim = bench.claim()
    in_threads(bench, lambda _: bench.complete(claim))
    assert bench.event_kinds(job_id).count("job.succeeded") == 1


def test_cancel_and_completion_at_the_same_time_leave_one_of_them(bench: StoreBench) -> None:
    for _ in range(5):
        job_id = bench.create(make_snapshot(1))
        claim = bench.claim()

        def act(number: int, claim: Claim = claim) -> None:
            with contextlib.suppress(LeaseLost, IllegalTransition):
                bench.store.control.cancel(claim.job_id) if number % 2 else bench.complete(claim)

        in_threads(bench, act, count=4)
        ends = [kind for kind in bench.event_kinds(job_id) if kind in ("job.succeeded", "job.cancelled")]
        assert len(ends) == 1


def test_a_due_part_is_woken_by_one_of_many_sweepers(bench: StoreBench) -> None:
    bench.create()
    bench.fail(bench.claim(), delay_seconds=1.0)
    bench.clock.advance(1.0)
    assert sum(int(str(woken)) for woken in in_threads(bench, lambda _: bench.store.due.wake_due())) == 1


def test_a_lost_worker_is_rescued_by_one_of_many_sweepers(bench: StoreBench) -> None:
    job_id = bench.create()
    bench.claim("w1")
    assert sum(int(str(rescued)) for rescued in in_threads(bench, lambda _: bench.store.workers.lose("w1"))) == 1
    assert bench.job(job_id).stages[0].parts[0].losses == 1


def test_a_report_does_not_wait_for_a_change_of_the_job(postgres_bench: StoreBench) -> None:
    """Neither may wait for the other: the report holds its part and names the job, the change holds the job."""
    bench = postgres_bench
    bench.create()
    claim = bench.claim()
    with bench.database.write("control") as tx, ThreadPoolExecutor(1) as pool:
        JobLedger(tx, claim.job_id)
        pool.submit(bench.store.parts.record_progress, claim, 0.5, None, ["a line"]).result(timeout=10)
        pool.submit(bench.database.close).result(timeout=10)
    assert bench.job(claim.job_id).stages[0].fraction == pytest.approx(0.5)


def test_a_worker_waits_for_an_item_whose_job_is_being_changed(postgres_bench: StoreBench) -> None:
    bench = postgres_bench
    job_id = bench.create(make_snapshot(1, items_at=[0]))
    bench.complete(bench.claim(), items=["1", "2"])
    with ThreadPoolExecutor(1) as pool:
        with bench.database.write("control") as tx:
            JobLedger(tx, job_id)
            waiting = pool.submit(bench.try_claim, "w2")
            bench.wait_for_lock()
        claim = waiting.result(timeout=10)
        pool.submit(bench.database.close).result(timeout=10)
    assert claim is not None
