"""Who gets which part next: priority first, then fair turns between owners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from soundstage.core.outcome import Wait
from soundstage.core.states import Priority
from soundstage.store.claims import Claim
from soundstage.store.parts import Completion
from soundstage.testing.store_bench import StoreBench, make_snapshot

ONE_STAGE = make_snapshot(1, kind="short")
FOUR_STAGES = make_snapshot(4, kind="long")
WITH_ITEMS = make_snapshot(1, kind="many", items_at=[0])


def test_a_job_goes_through_its_stages_to_success(bench: StoreBench) -> None:
    job_id = bench.create()
    claims = bench.run_until_idle()
    assert [claim.stage for claim in claims] == [0, 1]
    assert bench.job(job_id).state == "succeeded"
    assert bench.job(job_id).progress == 100


def test_an_empty_queue_gives_nothing(bench: StoreBench) -> None:
    assert bench.try_claim() is None


def test_a_worker_gets_no_part_of_a_queue_that_it_does_not_serve(bench: StoreBench) -> None:
    bench.create(make_snapshot(1, queues={0: "gpu"}))
    assert bench.try_claim("w1", ["cpu", "io"]) is None
    assert bench.try_claim("w1", ["gpu"]) is not None


def test_the_most_urgent_priority_is_claimed_first(bench: StoreBench) -> None:
    order = [Priority.LOW, Priority.URGENT, Priority.NORMAL, Priority.HIGH]
    jobs = {priority: bench.create(ONE_STAGE, priority=priority) for priority in order}
    claimed = [claim.job_id for claim in bench.run_until_idle()]
    assert claimed == [jobs[p] for p in (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)]


def test_priority_counts_across_all_queues_of_a_worker(bench: StoreBench) -> None:
    bench.create(make_snapshot(1, queues={0: "cpu"}))
    urgent = bench.create(make_snapshot(1, queues={0: "io"}), priority=Priority.URGENT)
    assert bench.claim().job_id == urgent


def test_jobs_of_one_owner_are_claimed_in_the_order_they_came(bench: StoreBench) -> None:
    jobs = [bench.create(ONE_STAGE) for _ in range(5)]
    assert [claim.job_id for claim in bench.run_until_idle()] == jobs


def test_a_claim_carries_what_the_stage_needs(bench: StoreBench) -> None:
    job_id = bench.create(params={"text": "hello"}, owner="bob", priority=Priority.HIGH)
    claim = bench.claim("w7")
    assert (claim.job_id, claim.owner, claim.worker_id, claim.params) == (job_id, "bob", "w7", '{"text":"hello"}')
    assert (claim.attempt, claim.stage, claim.role, claim.generation) == (1, 0, "single", 1)
    assert (claim.failures, claim.snoozes, claim.answer, claim.item) == (0, 0, None, None)
    assert claim.started_at == bench.clock.now()


def test_the_hand_over_continues_the_same_job(bench: StoreBench) -> None:
    first, second = bench.create(), bench.create()
    claims = bench.run_until_idle()
    assert [claim.job_id for claim in claims] == [first, first, second, second]


def test_the_hand_over_gives_way_to_a_more_urgent_job(bench: StoreBench) -> None:
    slow = bench.create()
    claim = bench.claim()
    urgent = bench.create(ONE_STAGE, priority=Priority.URGENT)
    following = bench.complete(claim, go_on=True)
    assert following is not None
    assert following.job_id == urgent
    assert bench.job(slow).state == "running"
    assert [claim.job_id for claim in bench.run_until_idle("w2")] == [slow]


def test_the_hand_over_does_not_give_way_to_urgent_work_of_another_queue(bench: StoreBench) -> None:
    job_id = bench.create()
    claim = bench.claim()
    bench.create(make_snapshot(1, queues={0: "gpu"}), priority=Priority.URGENT)
    following = bench.complete(claim, go_on=True)
    assert following is not None
    assert (following.job_id, following.stage) == (job_id, 1)


def test_the_next_stage_is_left_for_a_worker_of_its_queue(bench: StoreBench) -> None:
    bench.create(make_snapshot(2, queues={1: "gpu"}))
    claim = bench.claim("w1", ["cpu"])
    assert bench.store.parts.complete(claim, Completion(), bench.slot("w1", ["cpu"]), 0.0) is None
    assert bench.claim("w2", ["gpu"]).stage == 1


def test_a_worker_that_drains_claims_nothing_more(bench: StoreBench) -> None:
    job_id = bench.create()
    assert bench.complete(bench.claim()) is None
    assert bench.job(job_id).stages[1].state == "ready"


@pytest.mark.parametrize("backlogs", [(200, 20, 2), (100, 100, 100, 1)])
def test_every_owner_gets_at_least_half_a_fair_share(bench: StoreBench, backlogs: tuple[int, ...]) -> None:
    for owner, backlog in enumerate(backlogs):
        bench.create_many(backlog, ONE_STAGE, owner=f"owner{owner}")
    remaining = Counter({f"owner{owner}": backlog for owner, backlog in enumerate(backlogs)})
    rounds = min(backlogs) * len(backlogs)
    starts = Counter(claim.owner for claim in bench.run_until_idle(limit=rounds))
    assert all(starts[owner] * 2 * len(backlogs) >= rounds for owner in remaining), starts


def test_a_newcomer_does_not_wait_for_a_long_backlog(bench: StoreBench) -> None:
    bench.create_many(300, ONE_STAGE, owner="ann")
    bench.run_until_idle(limit=20)
    newcomer = bench.create(ONE_STAGE, owner="bob")
    following = [claim.job_id for claim in bench.run_until_idle(limit=3)]
    assert newcomer in following


def test_a_newcomer_is_not_starved_by_ten_thousand_queued_jobs(sqlite_bench: StoreBench) -> None:
    sqlite_bench.create_many(10_000, ONE_STAGE, owner="ann")
    newcomer = sqlite_bench.create(ONE_STAGE, owner="bob")
    assert newcomer in [claim.job_id for claim in sqlite_bench.run_until_idle(limit=3)]


def test_an_owner_who_was_away_has_saved_up_no_turns(bench: StoreBench) -> None:
    bench.create(ONE_STAGE, owner="bob")
    for _ in range(50):
        bench.create(ONE_STAGE, owner="ann")
    bench.run_until_idle(limit=40)
    for _ in range(10):
        bench.create(ONE_STAGE, owner="bob")
    starts = Counter(claim.owner for claim in bench.run_until_idle(limit=10))
    assert starts == {"ann": 5, "bob": 5}


def test_an_owner_of_jobs_with_many_stages_is_charged_for_each_stage(bench: StoreBench) -> None:
    def refill(claim: Claim) -> None:
        bench.create(FOUR_STAGES if claim.owner == "ann" else ONE_STAGE, owner=claim.owner)

    bench.create(FOUR_STAGES, owner="ann")
    bench.create(ONE_STAGE, owner="bob")
    starts = _starts_while_refilled(bench, refill, count=80)
    assert min(starts.values()) >= 32, starts


def test_jobs_with_many_stages_that_were_queued_before_get_no_more_starts(bench: StoreBench) -> None:
    bench.create_many(30, FOUR_STAGES, owner="ann")
    bench.create_many(100, ONE_STAGE, owner="bob")
    starts = Counter(claim.owner for claim in bench.run_until_idle(limit=80))
    assert min(starts.values()) >= 32, starts


def test_the_items_of_a_begun_job_come_before_jobs_of_its_owner_that_have_not_begun(bench: StoreBench) -> None:
    first, *later = [bench.create(WITH_ITEMS, owner="ann") for _ in range(3)]
    bench.complete(bench.claim(), items=["1", "2", "3"])
    following = [bench.claim(f"w{number}") for number in range(4)]
    assert [claim.job_id for claim in following] == [first, first, first, later[0]]


def test_ten_thousand_items_of_one_owner_do_not_starve_another(sqlite_bench: StoreBench) -> None:
    sqlite_bench.create(WITH_ITEMS, owner="ann")
    sqlite_bench.complete(sqlite_bench.claim(), items=[str(number) for number in range(10_000)])
    sqlite_bench.create_many(10, ONE_STAGE, owner="bob")
    starts = Counter(claim.owner for claim in sqlite_bench.run_until_idle(limit=20))
    assert starts["bob"] >= 9, starts


def test_an_answered_job_does_not_wait_behind_the_backlog_of_its_owner(bench: StoreBench) -> None:
    asked = bench.create(ONE_STAGE, owner="ann")
    bench.suspend(bench.claim(), Wait("look at it"))
    bench.create_many(20, ONE_STAGE, owner="ann")
    bench.store.control.answer(asked, "S0", "continue", {}, "ann")
    assert bench.claim().job_id == asked


def _starts_while_refilled(bench: StoreBench, refill: Callable[[Claim], None], count: int) -> Counter[str]:
    starts: Counter[str] = Counter()
    claim: Claim | None = None
    for _ in range(count):
        claim = claim or bench.claim()
        starts[claim.owner] += 1
        if claim.stage == 0:
            refill(claim)
        claim = bench.complete(claim, go_on=True)
    return starts


def test_a_new_priority_moves_the_job_in_the_queue(bench: StoreBench) -> None:
    bench.create(ONE_STAGE)
    late = bench.create(ONE_STAGE)
    bench.store.control.set_priority(late, Priority.HIGH)
    assert bench.claim().job_id == late
    assert bench.job(late).priority is Priority.HIGH
    assert "job.changed" in bench.event_kinds(late)


def test_a_new_priority_takes_a_turn_in_its_new_line(bench: StoreBench) -> None:
    for _ in range(20):
        bench.create(ONE_STAGE, owner="ann")
    moved = bench.create(ONE_STAGE, owner="ann")
    bench.store.control.set_priority(moved, Priority.URGENT)
    for _ in range(5):
        bench.create(ONE_STAGE, owner="bob", priority=Priority.URGENT)
    assert moved in [claim.job_id for claim in bench.run_until_idle(limit=2)]


def test_a_new_priority_holds_for_the_stages_to_come(bench: StoreBench) -> None:
    job_id = bench.create()
    claim = bench.claim()
    bench.store.control.set_priority(job_id, Priority.URGENT)
    bench.complete(claim)
    bench.create(ONE_STAGE, owner="bob", priority=Priority.HIGH)
    assert bench.claim("w2").job_id == job_id


def test_a_worker_of_many_queues_serves_each_of_them(bench: StoreBench) -> None:
    for _ in range(30):
        bench.create(make_snapshot(1, queues={0: "cpu"}), owner="ann")
    small = bench.create(make_snapshot(1, queues={0: "io"}), owner="bob")
    assert small in [claim.job_id for claim in bench.run_until_idle(limit=6)]
