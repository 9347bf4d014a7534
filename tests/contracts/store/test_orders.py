"""An order becomes one job, within the limits of its owner, however often and from wherever it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from soundstage.core.errors import IdempotencyConflict, LimitReached
from soundstage.core.outcome import Wait
from soundstage.store.control import ChangedParameters
from soundstage.store.finding import JobFilter
from soundstage.store.orders import Accepted, NewJob, OrderStore, RequestName
from soundstage.store.work import WorkStore
from soundstage.testing.store_bench import StoreBench, make_order, make_snapshot

HOUR = 3600.0
DAY = 24 * HOUR
ONE_STAGE = make_snapshot(1)


def named(key: str = "k", body: str = "body", **fields: object) -> NewJob:
    return make_order(ONE_STAGE, request=RequestName(key, body), **fields)


def accept_at_once(bench: StoreBench, orders: list[NewJob], threads: int = 10) -> list[Accepted | Exception]:
    def accept(order: NewJob) -> Accepted | Exception:
        try:
            return bench.store.orders.accept(order)
        except LimitReached as refusal:
            return refusal
        finally:
            bench.database.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(accept, orders))


def job_count(bench: StoreBench, owner: str | None = None) -> int:
    return sum(count.jobs for count in bench.summaries.count(owner))


def test_a_hundred_equal_orders_at_once_make_one_job_f16(bench: StoreBench) -> None:
    results = accept_at_once(bench, [named()] * 100)
    assert all(isinstance(result, Accepted) for result in results)
    assert len({result.job_id for result in results if isinstance(result, Accepted)}) == 1
    assert sum(not result.is_replay for result in results if isinstance(result, Accepted)) == 1
    assert job_count(bench) == 1


def test_a_key_with_another_body_is_a_conflict_and_makes_nothing(bench: StoreBench) -> None:
    first = bench.store.orders.accept(named())
    before = bench.dump()
    with pytest.raises(IdempotencyConflict, match=first.job_id):
        bench.store.orders.accept(named(body="another"))
    assert bench.dump() == before


def test_keys_of_two_owners_are_two_keys(bench: StoreBench) -> None:
    ids = {bench.store.orders.accept(named(owner=owner)).job_id for owner in ("ann", "bob")}
    assert len(ids) == 2
    assert bench.store.orders.find("cid", RequestName("k", "body")) is None


def test_a_key_is_kept_for_the_time_that_is_said_and_then_forgotten(bench: StoreBench) -> None:
    first = bench.store.orders.accept(named())
    bench.clock.advance(DAY - 1)
    bench.store.orders.forget_requests(DAY)
    assert bench.store.orders.accept(named()) == Accepted(first.job_id, is_replay=True)
    bench.clock.advance(2)
    bench.store.orders.forget_requests(DAY)
    assert not bench.store.orders.accept(named()).is_replay


def test_a_refused_order_leaves_no_key_behind(bench: StoreBench) -> None:
    bench.store.orders.accept(make_order(ONE_STAGE))
    with pytest.raises(LimitReached):
        bench.store.orders.accept(named(most_unfinished=1))
    bench.run_until_idle()
    assert not bench.store.orders.accept(named(most_unfinished=1)).is_replay


def test_a_repetition_is_answered_though_the_limit_is_reached(bench: StoreBench) -> None:
    first = bench.store.orders.accept(named(most_unfinished=1))
    assert bench.store.orders.accept(named(most_unfinished=1)) == Accepted(first.job_id, is_replay=True)


def test_orders_at_once_never_go_beyond_the_limit_x10(bench: StoreBench) -> None:
    results = accept_at_once(bench, [make_order(ONE_STAGE, most_unfinished=7)] * 40)
    assert sum(isinstance(result, Accepted) for result in results) == 7
    assert job_count(bench) == 7


def test_the_limit_counts_what_has_not_ended_and_of_this_owner_alone(bench: StoreBench) -> None:
    limited = make_order(ONE_STAGE, most_unfinished=3)
    bench.create(ONE_STAGE, owner="bob")
    done, waiting, paused = (bench.store.orders.accept(limited).job_id for _ in range(3))
    with pytest.raises(LimitReached, match=r"3 jobs that have not ended.*allows 3 \(unfinished_jobs\)"):
        bench.store.orders.accept(limited)
    bench.store.control.pause(paused)
    bench.store.control.cancel(done)
    bench.claim()
    bench.suspend(bench.claim(), Wait("Look."))
    assert {bench.job(job_id).state for job_id in (waiting, paused)} == {"waiting", "paused"}
    assert bench.store.orders.accept(limited).job_id
    with pytest.raises(LimitReached):
        bench.store.orders.accept(limited)


def test_many_orders_are_each_taken_or_refused(bench: StoreBench) -> None:
    bench.store.orders.accept(named("b", "other body"))
    orders = [
        named("a"),
        named("b"),
        make_order(ONE_STAGE, most_unfinished=3),
        make_order(ONE_STAGE, most_unfinished=3),
    ]
    results = bench.store.orders.accept_all(orders, is_atomic=False)
    assert [type(result) for result in results] == [Accepted, IdempotencyConflict, Accepted, LimitReached]
    assert job_count(bench) == 3


def test_of_orders_that_belong_together_all_are_taken_or_none(bench: StoreBench) -> None:
    before = bench.dump()
    limited = make_order(ONE_STAGE, most_unfinished=3)
    with pytest.raises(LimitReached):
        bench.store.orders.accept_all([limited] * 4, is_atomic=True)
    assert bench.dump() == before
    assert len(bench.store.orders.accept_all([limited] * 3, is_atomic=True)) == 3


def test_a_retry_with_changed_parameters_is_found_by_its_new_key(bench: StoreBench) -> None:
    job_id = bench.create(ONE_STAGE, request_key="before")
    bench.run_until_idle()
    bench.store.control.retry(job_id, "S0", ChangedParameters({"voice": "b"}, "after"))
    assert bench.store.control.find_unfinished("ann", "before") is None
    assert bench.store.control.find_unfinished("ann", "after") == job_id


def test_the_work_of_today_is_that_of_all_attempts_since_midnight(bench: StoreBench) -> None:
    work = WorkStore(bench.engine)
    start_day(bench)
    assert work.seconds_today("ann", bench.clock.now()) == 0.0
    run_for(bench, 60.0)
    bench.create(make_snapshot(1), owner="bob")
    bench.fail(bench.claim(), delay_seconds=5.0)
    bench.clock.advance(5.0)
    bench.create(ONE_STAGE)
    failing = bench.claim("w2")
    bench.clock.advance(30.0)
    bench.fail(failing)
    bench.create(ONE_STAGE)
    bench.claim("w3")
    bench.clock.advance(10.0)
    assert work.seconds_today("ann", bench.clock.now()) == pytest.approx(60.0 + 30.0 + 10.0)
    bench.clock.advance(DAY)
    bench.store.workers.lose("w3")
    assert work.seconds_today("ann", bench.clock.now()) == pytest.approx(DAY + 10.0)


def test_deleting_a_job_gives_no_work_back(bench: StoreBench) -> None:
    work = WorkStore(bench.engine)
    start_day(bench)
    for _ in range(2):
        bench.store.retention.delete_job(run_for(bench, 45.0))
    assert work.seconds_today("ann", bench.clock.now()) == pytest.approx(90.0)
    bench.clock.advance(DAY)
    assert work.seconds_today("ann", bench.clock.now()) == 0.0
    bench.store.orders.forget_requests(DAY)
    assert bench.dump()["deleted_work"] == []


def test_what_an_owner_named_is_forgotten_with_the_owner(bench: StoreBench) -> None:
    for owner in ("ann", "bob"):
        bench.store.orders.accept(named(owner=owner))
    bench.store.orders.erase_owner("ann")
    assert bench.store.orders.find("ann", RequestName("k", "body")) is None
    assert bench.store.orders.find("bob", RequestName("k", "body")) is not None


@pytest.mark.parametrize("flooders", [1, 3])
def test_one_with_five_hundred_queued_jobs_delays_another_by_few_d10(bench: StoreBench, flooders: int) -> None:
    """Whatever their plans: fairness is of owners, and a plan only limits how long a line may grow."""
    for flooder in range(flooders):
        flood = make_order(ONE_STAGE, owner=f"flood{flooder}", most_unfinished=500)
        bench.store.orders.accept_all([flood] * 500, is_atomic=True)
    late = bench.store.orders.accept(make_order(ONE_STAGE, owner="ann", most_unfinished=10)).job_id
    served = []
    while late not in served:
        claim = bench.claim()
        bench.complete(claim)
        served.append(claim.job_id)
    assert len(served) - 1 <= flooders + 1


def test_ids_are_made_by_the_clock_that_is_given(bench: StoreBench) -> None:
    store = OrderStore(bench.database, bench.clock)
    first = store.accept(make_order(ONE_STAGE)).job_id
    bench.clock.advance(1.0)
    second = store.accept(make_order(ONE_STAGE)).job_id
    assert bench.summaries.find_ids(JobFilter("ann")).jobs == [second, first]


def start_day(bench: StoreBench) -> None:
    bench.clock.advance(DAY - bench.clock.now() % DAY)


def run_for(bench: StoreBench, seconds: float) -> str:
    job_id = bench.create(ONE_STAGE)
    claim = bench.claim()
    bench.clock.advance(seconds)
    bench.complete(claim)
    return job_id
