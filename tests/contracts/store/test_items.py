"""A stage with items: a part lists them, one part runs each, and the stage goes on when all have ended."""

from __future__ import annotations

import pytest

from soundstage.core.pipeline import PipelineSnapshot
from soundstage.store.claims import Claim
from soundstage.testing.store_bench import StoreBench, make_snapshot

ITEMS_THEN_ONE = make_snapshot(2, items_at=[0])


def start_items(bench: StoreBench, count: int, pipeline: PipelineSnapshot = ITEMS_THEN_ONE) -> tuple[str, list[Claim]]:
    job_id = bench.create(pipeline)
    bench.complete(bench.claim(), items=[str(number * 10) for number in range(count)])
    return job_id, [bench.claim(f"w{number}") for number in range(count)]


def test_the_items_run_side_by_side_in_their_order(bench: StoreBench) -> None:
    _, claims = start_items(bench, 3)
    assert [(claim.role, claim.item_index, claim.item) for claim in claims] == [
        ("item", 0, "0"),
        ("item", 1, "10"),
        ("item", 2, "20"),
    ]
    assert bench.try_claim("w9") is None


def test_the_next_stage_begins_after_the_last_item(bench: StoreBench) -> None:
    job_id, claims = start_items(bench, 3)
    for claim in reversed(claims[1:]):
        assert bench.complete(claim) is None
        assert bench.job(job_id).stages[0].state == "active"
        assert bench.job(job_id).stages[1].state == "pending"
    following = bench.complete(claims[0], go_on=True)
    assert following is not None
    assert (following.stage, following.role) == (1, "single")


def test_the_stage_shows_its_items_and_their_mean_progress(bench: StoreBench) -> None:
    job_id, claims = start_items(bench, 4)
    bench.complete(claims[0])
    bench.store.parts.record_progress(claims[1], 0.5, "half", [])
    stage = bench.job(job_id).stages[0]
    assert [part.item_index for part in stage.parts] == [0, 1, 2, 3]
    assert stage.fraction == pytest.approx(0.375)


def test_progress_made_while_listing_does_not_fall_when_the_items_begin(bench: StoreBench) -> None:
    job_id = bench.create(ITEMS_THEN_ONE)
    claim = bench.claim()
    bench.store.parts.record_progress(claim, 0.8, "listing", [])
    before = bench.job(job_id).progress
    bench.complete(claim, items=["1", "2"])
    assert bench.job(job_id).progress >= before


def test_a_stage_without_any_item_is_completed_at_once(bench: StoreBench) -> None:
    job_id = bench.create(ITEMS_THEN_ONE)
    following = bench.complete(bench.claim(), go_on=True, items=[])
    assert following is not None
    assert following.stage == 1
    assert bench.job(job_id).stages[0].state == "completed"
    bench.complete(following)
    assert bench.job(job_id).progress == 100


def test_results_come_in_the_order_of_the_items(bench: StoreBench) -> None:
    job_id, claims = start_items(bench, 3)
    for claim in reversed(claims):
        bench.complete(claim, values={"item": claim.item})
    results = bench.store.results.stage_results(job_id, 0)
    assert [result.values for result in results] == [{"item": "0"}, {"item": "10"}, {"item": "20"}]


def test_the_others_finish_before_a_failed_item_fails_the_job(bench: StoreBench) -> None:
    job_id, claims = start_items(bench, 3)
    bench.fail(claims[0])
    assert bench.job(job_id).state == "running"
    bench.complete(claims[1])
    assert bench.job(job_id).state == "running"
    bench.complete(claims[2])
    assert bench.job(job_id).state == "failed"
    assert [part.state for part in bench.job(job_id).stages[0].parts] == ["failed", "completed", "completed"]


def test_no_item_is_started_after_one_has_failed(bench: StoreBench) -> None:
    job_id = bench.create(ITEMS_THEN_ONE)
    bench.complete(bench.claim(), items=["1", "2", "3"])
    failing, running = bench.claim("w1"), bench.claim("w2")
    bench.fail(failing)
    assert bench.try_claim("w3") is None
    bench.complete(running)
    assert bench.job(job_id).state == "failed"
    assert [part.state for part in bench.job(job_id).stages[0].parts] == ["failed", "completed", "cancelled"]


def test_a_retry_reuses_the_completed_items(bench: StoreBench) -> None:
    job_id, claims = start_items(bench, 3)
    bench.fail(claims[1])
    bench.complete(claims[0])
    bench.complete(claims[2])
    bench.store.control.retry(job_id)
    again = bench.claim()
    assert (again.part_id, again.attempt, again.failures) == (claims[1].part_id, 2, 0)
    assert bench.try_claim("w2") is None
    bench.complete(again)
    bench.run_until_idle()
    assert bench.job(job_id).state == "succeeded"


def test_an_item_that_is_tried_again_holds_nobody_up(bench: StoreBench) -> None:
    job_id, claims = start_items(bench, 2)
    bench.fail(claims[0], delay_seconds=5.0)
    bench.complete(claims[1])
    assert bench.job(job_id).state == "running"
    bench.clock.advance(5.0)
    assert bench.store.due.wake_due() == 1
    bench.run_until_idle()
    assert bench.job(job_id).state == "succeeded"


def test_the_last_stage_may_have_items(bench: StoreBench) -> None:
    job_id, claims = start_items(bench, 2, make_snapshot(1, items_at=[0]))
    for claim in claims:
        bench.complete(claim)
    assert bench.job(job_id).state == "succeeded"


def test_the_end_of_the_listing_is_told(bench: StoreBench) -> None:
    job_id, _ = start_items(bench, 2)
    listed = next(e for e in bench.views.list_events(job_id) if e.kind == "part.completed")
    assert listed.data["items"] == 2
