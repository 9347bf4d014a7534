"""Every write names its attempt: one that lost its lease changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soundstage.core.errors import LeaseLost
from soundstage.core.outcome import Snooze, Wait
from soundstage.store.claims import Claim
from soundstage.testing.store_bench import StoreBench, make_snapshot, stored_file

Write = Callable[[StoreBench, Claim], object]
Loss = Callable[[StoreBench, Claim], object]

WRITES: dict[str, Write] = {
    "complete": lambda bench, claim: bench.complete(claim, go_on=True, values={"n": 1}, files=[stored_file()]),
    "complete a list": lambda bench, claim: bench.complete(claim, items=["1", "2"]),
    "fail for good": lambda bench, claim: bench.fail(claim),
    "fail and try again": lambda bench, claim: bench.fail(claim, delay_seconds=1.0),
    "wait": lambda bench, claim: bench.suspend(claim, Wait("Look at it.")),
    "snooze": lambda bench, claim: bench.suspend(claim, Snooze(5.0)),
    "release": lambda bench, claim: bench.store.parts.release(claim),
    "checkpoint": lambda bench, claim: bench.store.parts.save_checkpoint(claim, "chunk", 0, {}, [stored_file()]),
}


def lose_worker(bench: StoreBench, claim: Claim) -> None:
    bench.store.workers.lose(claim.worker_id)


def lose_worker_and_claim_again(bench: StoreBench, claim: Claim) -> None:
    lose_worker(bench, claim)
    bench.claim("w2")


def lose_worker_and_finish(bench: StoreBench, claim: Claim) -> None:
    lose_worker(bench, claim)
    bench.run_until_idle("w2")


def cancel(bench: StoreBench, claim: Claim) -> None:
    bench.store.control.cancel(claim.job_id)


def cancel_and_delete(bench: StoreBench, claim: Claim) -> None:
    cancel(bench, claim)
    bench.store.retention.delete_job(claim.job_id)


def cancel_and_retry(bench: StoreBench, claim: Claim) -> None:
    cancel(bench, claim)
    bench.store.control.retry(claim.job_id)
    bench.claim("w2")


def cancel_and_retry_from_the_start(bench: StoreBench, claim: Claim) -> None:
    cancel(bench, claim)
    bench.store.control.retry(claim.job_id, from_stage="S0")
    bench.claim("w2")


def time_out(bench: StoreBench, claim: Claim) -> None:
    bench.fail(claim, delay_seconds=1.0)


def release(bench: StoreBench, claim: Claim) -> None:
    bench.store.parts.release(claim)


LOSSES: list[Loss] = [
    lose_worker,
    lose_worker_and_claim_again,
    lose_worker_and_finish,
    cancel,
    cancel_and_delete,
    cancel_and_retry,
    cancel_and_retry_from_the_start,
    time_out,
    release,
]


@pytest.mark.parametrize("loss", LOSSES)
def test_no_write_of_a_stale_attempt_leaves_a_trace(bench: StoreBench, loss: Loss) -> None:
    bench.create(make_snapshot(2))
    stale = bench.claim("w1")
    loss(bench, stale)
    before = bench.dump()
    for name, write in WRITES.items():
        with pytest.raises(LeaseLost, match=r"(?i)no longer holds the lease"):
            write(bench, stale)
        assert bench.dump() == before, name


@pytest.mark.parametrize("loss", LOSSES)
def test_progress_and_log_lines_of_a_stale_attempt_are_dropped(bench: StoreBench, loss: Loss) -> None:
    bench.create(make_snapshot(2))
    stale = bench.claim("w1")
    loss(bench, stale)
    before = bench.dump()
    bench.store.parts.record_progress(stale, 0.9, "stale", ["a stale line"])
    assert bench.dump() == before


@pytest.mark.parametrize("loss", LOSSES)
def test_a_stale_attempt_learns_that_its_lease_is_gone(bench: StoreBench, loss: Loss) -> None:
    bench.create(make_snapshot(2))
    claim = bench.claim("w1")
    assert bench.store.parts.lease_state(claim) == "running"
    loss(bench, claim)
    assert bench.store.parts.lease_state(claim) is None


def test_a_lost_part_can_be_claimed_again_with_the_next_attempt(bench: StoreBench) -> None:
    bench.create()
    first = bench.claim("w1")
    lose_worker(bench, first)
    second = bench.claim("w2")
    assert (second.part_id, second.attempt) == (first.part_id, 2)
    bench.complete(second)


def test_a_completion_whose_answer_was_lost_is_accepted_once(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    claim = bench.claim()
    bench.complete(claim, values={"n": 1}, files=[stored_file()])
    before = bench.dump()
    assert bench.complete(claim, values={"n": 1}, files=[stored_file()]) is None
    assert bench.dump() == before
    assert len(bench.job(job_id).stages[0].artifacts) == 1


def test_a_repeated_completion_claims_what_is_next(bench: StoreBench) -> None:
    bench.create(make_snapshot(1))
    claim = bench.claim()
    bench.complete(claim)
    other = bench.create(make_snapshot(1))
    following = bench.complete(claim, go_on=True)
    assert following is not None
    assert following.job_id == other


def test_a_claim_made_in_a_commit_whose_answer_was_lost_is_not_orphaned(bench: StoreBench) -> None:
    bench.create()
    bench.create()
    claim = bench.claim()
    lost_answer = bench.complete(claim, go_on=True)
    assert bench.complete(claim, go_on=True) == lost_answer


def test_a_worker_that_claims_again_gets_the_part_that_it_already_holds(bench: StoreBench) -> None:
    bench.create()
    bench.create(owner="bob")
    lost_answer = bench.claim("w1")
    assert bench.claim("w1") == lost_answer
    assert bench.claim("w2").job_id != lost_answer.job_id


def test_a_checkpoint_whose_answer_was_lost_is_kept_once(bench: StoreBench) -> None:
    job_id = bench.create()
    claim = bench.claim()
    bench.store.parts.save_checkpoint(claim, "chunk", 0, {"n": 1}, [stored_file()])
    before = bench.dump()
    bench.store.parts.save_checkpoint(claim, "chunk", 0, {"n": 1}, [stored_file()])
    assert bench.dump() == before
    assert bench.event_kinds(job_id).count("checkpoint.saved") == 1


def test_a_parallel_item_of_a_lost_worker_is_fenced_alone(bench: StoreBench) -> None:
    bench.create(make_snapshot(1, items_at=[0]))
    bench.complete(bench.claim(), items=["1", "2"])
    lost, kept = bench.claim("w1"), bench.claim("w2")
    lose_worker(bench, lost)
    bench.complete(kept)
    with pytest.raises(LeaseLost):
        bench.complete(lost)
