"""Parts that wait: for a person, for the world outside, or for their next try."""

from __future__ import annotations

import json

import pytest

from soundstage.core.errors import Conflict, IllegalTransition, UnknownStage
from soundstage.core.outcome import Snooze, Wait
from soundstage.core.states import StageKind
from soundstage.store.claims import Claim
from soundstage.testing.store_bench import FAILURE, StoreBench, make_snapshot

REVIEW = Wait("Look at the script.", actions=("approve", "reject"))
WITH_REVIEW = make_snapshot(2, kinds={0: StageKind.MANUAL})


def start_waiting(bench: StoreBench, wait: Wait | Snooze = REVIEW) -> tuple[str, Claim]:
    job_id = bench.create(WITH_REVIEW)
    claim = bench.claim()
    bench.suspend(claim, wait)
    return job_id, claim


def answer(bench: StoreBench, job_id: str, action: str = "approve", stage: str = "S0") -> None:
    bench.store.control.answer(job_id, stage, action, {"note": "fine"}, "ann")


def test_a_wait_holds_no_worker_and_shows_what_it_offers(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench)
    job = bench.job(job_id)
    assert (job.state, job.stages[0].state) == ("waiting", "waiting")
    wait = job.stages[0].wait
    assert wait is not None
    assert (wait.kind, wait.reason, list(wait.actions), wait.due_at) == (
        "manual",
        "Look at the script.",
        ["approve", "reject"],
        None,
    )
    assert bench.try_claim() is None


def test_an_answer_runs_the_stage_again_with_it(bench: StoreBench) -> None:
    job_id, first = start_waiting(bench)
    answer(bench, job_id)
    assert bench.job(job_id).state == "running"
    again = bench.claim()
    assert (again.part_id, again.attempt, again.failures) == (first.part_id, 2, 0)
    assert json.loads(again.answer or "") == {"action": "approve", "data": {"note": "fine"}, "by": "ann"}


def test_an_action_that_was_not_offered_changes_nothing(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench)
    before = bench.dump()
    with pytest.raises(Conflict, match=r"offers approve, reject: not 'burn'"):
        answer(bench, job_id, "burn")
    assert bench.dump() == before


def test_a_second_answer_is_refused(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench)
    answer(bench, job_id)
    before = bench.dump()
    with pytest.raises(IllegalTransition, match="waits for no answer"):
        answer(bench, job_id, "reject")
    assert bench.dump() == before


def test_an_answer_to_another_stage_is_refused(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench)
    before = bench.dump()
    with pytest.raises(IllegalTransition):
        answer(bench, job_id, stage="S1")
    with pytest.raises(UnknownStage):
        answer(bench, job_id, stage="NONE")
    assert bench.dump() == before


def test_an_answer_during_a_pause_counts_after_it(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench)
    bench.store.control.pause(job_id)
    answer(bench, job_id)
    assert bench.job(job_id).state == "paused"
    assert bench.try_claim() is None
    bench.store.control.resume(job_id)
    assert bench.job(job_id).state == "running"
    assert bench.claim().answer is not None


def test_a_resumed_job_that_still_waits_is_waiting(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench)
    bench.store.control.pause(job_id)
    bench.store.control.resume(job_id)
    assert bench.job(job_id).state == "waiting"


def test_a_stage_may_wait_a_second_time_without_its_old_answer(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench)
    answer(bench, job_id, "reject")
    bench.suspend(bench.claim(), REVIEW)
    assert bench.job(job_id).state == "waiting"
    answer(bench, job_id)
    assert json.loads(bench.claim().answer or "")["action"] == "approve"


def test_the_answer_survives_a_lost_worker_and_a_second_try(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench)
    answer(bench, job_id)
    bench.claim("w1")
    bench.store.workers.lose("w1")
    bench.fail(bench.claim("w2"), delay_seconds=1.0)
    bench.clock.advance(1.0)
    bench.store.due.wake_due()
    assert bench.claim("w3").answer is not None


def test_nobody_answering_in_time_fails_the_job(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench, Wait("Look.", timeout_seconds=60.0))
    bench.clock.advance(59.9)
    assert bench.store.due.wake_due() == 0
    assert bench.job(job_id).state == "waiting"
    bench.clock.advance(0.1)
    assert bench.store.due.wake_due() == 0
    job = bench.job(job_id)
    assert job.state == "failed"
    assert job.error is not None
    assert job.error.code == "timed_out"


def test_an_answered_wait_no_longer_times_out(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench, Wait("Look.", timeout_seconds=60.0))
    answer(bench, job_id, "continue")
    bench.clock.advance(100.0)
    bench.store.due.wake_due()
    assert bench.job(job_id).state == "running"


def test_a_wait_for_the_outside_says_so(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1, kinds={0: StageKind.EXTERNAL}))
    bench.suspend(bench.claim(), Wait("A callback.", timeout_seconds=5.0))
    wait = bench.job(job_id).stages[0].wait
    assert wait is not None
    assert wait.kind == "external"
    answer(bench, job_id, "continue")
    bench.run_until_idle()
    assert bench.job(job_id).state == "succeeded"


def test_a_snooze_runs_the_part_again_and_charges_nothing(bench: StoreBench) -> None:
    job_id, first = start_waiting(bench, Snooze(5.0, "The provider renders."))
    assert bench.job(job_id).state == "waiting"
    assert bench.store.due.next_due_at() == bench.clock.now() + 5.0
    bench.clock.advance(5.0)
    assert bench.store.due.wake_due() == 1
    again = bench.claim()
    assert (again.part_id, again.failures, again.snoozes) == (first.part_id, 0, 1)
    assert bench.job(job_id).stages[0].parts[0].failures == 0


def test_a_hundred_snoozes_leave_no_flood_of_events(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench, Snooze(1.0))
    before = bench.job(job_id).last_seq
    for _ in range(100):
        bench.clock.advance(1.0)
        bench.store.due.wake_due()
        bench.suspend(bench.claim(), Snooze(1.0))
    assert bench.job(job_id).last_seq == before


def test_a_snooze_after_a_lost_look_is_told_as_the_end_of_what_was_told_to_run(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench, Snooze(1.0))
    bench.clock.advance(1.0)
    bench.store.due.wake_due()
    bench.claim("w1")
    bench.store.workers.lose("w1")
    bench.suspend(bench.claim("w2"), Snooze(1.0))
    assert bench.event_kinds(job_id)[-3:] == ["part.started", "part.waiting", "job.waiting"]


def test_the_job_goes_on_after_its_last_snooze(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench, Snooze(1.0))
    bench.clock.advance(1.0)
    bench.store.due.wake_due()
    bench.complete(bench.claim())
    assert bench.job(job_id).state == "running"
    bench.run_until_idle()
    assert bench.job(job_id).state == "succeeded"


def test_the_last_stage_may_snooze(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    bench.suspend(bench.claim(), Snooze(1.0))
    bench.clock.advance(1.0)
    bench.store.due.wake_due()
    bench.run_until_idle()
    assert bench.job(job_id).state == "succeeded"


@pytest.mark.parametrize("final", [False, True])
def test_a_look_after_a_snooze_may_fail(bench: StoreBench, final: bool) -> None:
    job_id, _ = start_waiting(bench, Snooze(1.0))
    bench.clock.advance(1.0)
    bench.store.due.wake_due()
    bench.fail(bench.claim(), None if final else 1.0)
    assert bench.job(job_id).state == ("failed" if final else "running")


def test_a_look_after_a_snooze_may_ask_a_person(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench, Snooze(1.0))
    bench.clock.advance(1.0)
    bench.store.due.wake_due()
    bench.suspend(bench.claim(), REVIEW)
    answer(bench, job_id)
    assert bench.job(job_id).state == "running"


def test_a_part_that_looks_outside_beside_others_keeps_the_job_running(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1, items_at=[0]))
    bench.complete(bench.claim(), items=["1", "2"])
    looking, working = bench.claim("w1"), bench.claim("w2")
    bench.suspend(looking, Snooze(1.0))
    assert bench.job(job_id).state == "running"
    bench.complete(working)
    assert bench.job(job_id).state == "waiting"


def test_a_snooze_that_becomes_due_during_a_pause_waits_for_the_end_of_it(bench: StoreBench) -> None:
    job_id, _ = start_waiting(bench, Snooze(1.0))
    bench.store.control.pause(job_id)
    bench.clock.advance(1.0)
    assert bench.store.due.wake_due() == 0
    assert bench.try_claim() is None
    bench.store.control.resume(job_id)
    assert bench.try_claim() is not None


def test_a_failed_attempt_is_tried_again_after_its_delay(bench: StoreBench) -> None:
    job_id = bench.create()
    first = bench.claim()
    bench.fail(first, delay_seconds=8.0)
    job = bench.job(job_id)
    assert (job.state, job.stages[0].state) == ("running", "waiting")
    bench.clock.advance(7.9)
    assert bench.store.due.wake_due() == 0
    assert bench.try_claim() is None
    bench.clock.advance(0.1)
    assert bench.store.due.wake_due() == 1
    again = bench.claim()
    assert (again.part_id, again.attempt, again.failures) == (first.part_id, 2, 1)


def test_a_part_that_failed_for_good_fails_the_job_and_says_why(bench: StoreBench) -> None:
    job_id = bench.create()
    bench.fail(bench.claim())
    job = bench.job(job_id)
    assert (job.state, job.stages[0].state, job.error) == ("failed", "failed", FAILURE)
    assert job.finished_at == bench.clock.now()
    assert bench.try_claim() is None


def test_waking_twice_makes_a_part_ready_once(bench: StoreBench) -> None:
    bench.create()
    bench.fail(bench.claim(), delay_seconds=1.0)
    bench.clock.advance(1.0)
    assert [bench.store.due.wake_due(), bench.store.due.wake_due()] == [1, 0]


def test_ready_parts_are_counted_by_queue(bench: StoreBench) -> None:
    bench.create()
    bench.create(make_snapshot(1, queues={0: "gpu"}))
    bench.create(make_snapshot(1, queues={0: "gpu"}))
    assert bench.store.due.ready_counts() == {"cpu": 1, "gpu": 2}
    assert bench.store.due.next_due_at() is None
