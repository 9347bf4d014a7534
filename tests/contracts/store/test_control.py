"""What people may ask of a job in each of its states, and what then holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soundstage.core.errors import IllegalTransition, JobNotFound, UnknownStage
from soundstage.core.outcome import Wait
from soundstage.core.states import Priority
from soundstage.store.control import ChangedParameters
from soundstage.testing.store_bench import StoreBench, make_snapshot, stored_file

Act = Callable[[StoreBench, str], None]


def queued(bench: StoreBench, job_id: str) -> None:
    """As created."""


def running(bench: StoreBench, job_id: str) -> None:
    bench.claim()


def waiting(bench: StoreBench, job_id: str) -> None:
    bench.suspend(bench.claim(), Wait("Look."))


def paused(bench: StoreBench, job_id: str) -> None:
    bench.claim()
    bench.store.control.pause(job_id)


def succeeded(bench: StoreBench, job_id: str) -> None:
    bench.run_until_idle()


def failed(bench: StoreBench, job_id: str) -> None:
    bench.fail(bench.claim())


def cancelled(bench: StoreBench, job_id: str) -> None:
    bench.claim()
    bench.store.control.cancel(job_id)


STATES: dict[str, Act] = {act.__name__: act for act in (queued, running, waiting, paused, succeeded, failed, cancelled)}
ACTIONS: dict[str, Act] = {
    "pause": lambda bench, job_id: bench.store.control.pause(job_id),
    "resume": lambda bench, job_id: bench.store.control.resume(job_id),
    "cancel": lambda bench, job_id: bench.store.control.cancel(job_id),
    "retry": lambda bench, job_id: bench.store.control.retry(job_id),
    "retry from the start": lambda bench, job_id: bench.store.control.retry(job_id, from_stage="S0"),
    "change priority": lambda bench, job_id: bench.store.control.set_priority(job_id, Priority.HIGH),
    "answer": lambda bench, job_id: bench.store.control.answer(job_id, "S0", "continue", {}, "ann"),
    "delete": lambda bench, job_id: bench.store.retention.delete_job(job_id),
}
ALLOWED: dict[tuple[str, str], str | None] = {
    ("queued", "pause"): "paused",
    ("running", "pause"): "paused",
    ("waiting", "pause"): "paused",
    ("paused", "pause"): "paused",
    ("paused", "resume"): "running",
    ("queued", "cancel"): "cancelled",
    ("running", "cancel"): "cancelled",
    ("waiting", "cancel"): "cancelled",
    ("paused", "cancel"): "cancelled",
    ("cancelled", "cancel"): "cancelled",
    ("failed", "retry"): "queued",
    ("cancelled", "retry"): "queued",
    ("succeeded", "retry from the start"): "queued",
    ("failed", "retry from the start"): "queued",
    ("cancelled", "retry from the start"): "queued",
    ("queued", "change priority"): "queued",
    ("running", "change priority"): "running",
    ("waiting", "change priority"): "waiting",
    ("paused", "change priority"): "paused",
    ("waiting", "answer"): "running",
    ("succeeded", "delete"): None,
    ("failed", "delete"): None,
    ("cancelled", "delete"): None,
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_done_or_refused_by_the_state_of_the_job(bench: StoreBench, state: str, action: str) -> None:
    job_id = bench.create()
    STATES[state](bench, job_id)
    assert bench.job(job_id).state == state
    before = bench.dump()
    if (state, action) not in ALLOWED:
        with pytest.raises(IllegalTransition, match=job_id):
            ACTIONS[action](bench, job_id)
        assert bench.dump() == before
        return
    ACTIONS[action](bench, job_id)
    after = ALLOWED[state, action]
    if after is None:
        assert not [job for job in bench.dump()["jobs"] if job[0] == job_id]
    else:
        assert bench.job(job_id).state == after


@pytest.mark.parametrize("action", ACTIONS)
def test_an_unknown_job_is_not_found(bench: StoreBench, action: str) -> None:
    with pytest.raises(JobNotFound, match="job_nobody"):
        ACTIONS[action](bench, "job_nobody")


@pytest.mark.parametrize("action", ["pause", "cancel"])
def test_asking_twice_is_asking_once(bench: StoreBench, action: str) -> None:
    job_id = bench.create()
    ACTIONS[action](bench, job_id)
    before = bench.dump()
    ACTIONS[action](bench, job_id)
    assert bench.dump() == before


def test_nothing_starts_while_the_job_is_paused(bench: StoreBench) -> None:
    job_id = bench.create()
    bench.store.control.pause(job_id)
    assert bench.try_claim() is None
    bench.store.control.resume(job_id)
    assert bench.job(job_id).state == "queued"
    bench.run_until_idle()
    assert bench.job(job_id).state == "succeeded"


def test_what_runs_during_a_pause_may_finish_but_the_next_stage_waits(bench: StoreBench) -> None:
    job_id = bench.create()
    claim = bench.claim()
    bench.store.control.pause(job_id)
    assert bench.store.parts.lease_state(claim) == "paused"
    assert bench.complete(claim, go_on=True) is None
    assert [stage.state for stage in bench.job(job_id).stages] == ["completed", "pending"]
    bench.store.control.resume(job_id)
    assert bench.claim().stage == 1


def test_the_last_stage_may_finish_during_a_pause(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    claim = bench.claim()
    bench.store.control.pause(job_id)
    bench.complete(claim)
    assert bench.job(job_id).state == "succeeded"


def test_items_listed_during_a_pause_wait_for_the_end_of_it(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1, items_at=[0]))
    claim = bench.claim()
    bench.store.control.pause(job_id)
    bench.complete(claim, items=["1", "2"])
    assert bench.try_claim() is None
    bench.store.control.resume(job_id)
    bench.run_until_idle()
    assert bench.job(job_id).state == "succeeded"


def test_cancelling_closes_the_running_attempt(bench: StoreBench) -> None:
    job_id = bench.create()
    bench.claim()
    bench.store.control.cancel(job_id)
    attempts = bench.views.list_attempts(job_id)
    assert [attempt.result for attempt in attempts] == ["cancelled"]
    assert bench.job(job_id).stages[0].state == "cancelled"
    assert bench.try_claim() is None


def test_a_retry_goes_on_where_the_job_failed(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(3))
    following = bench.complete(bench.claim(), go_on=True, values={"kept": True})
    assert following is not None
    bench.store.parts.save_checkpoint(following, "chunk", 0, {"n": 0}, [])
    bench.fail(following)
    bench.store.control.retry(job_id)
    assert bench.job(job_id).generation == 2
    again = bench.claim()
    assert (again.stage, again.part_id, again.failures) == (1, following.part_id, 0)
    assert ("chunk", 0) in bench.store.results.checkpoints(again)
    bench.complete(again)
    bench.run_until_idle()
    assert bench.job(job_id).stages[0].values == {"kept": True}


def test_a_retry_from_a_stage_runs_it_and_those_after_it_anew(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(3))
    bench.run_until_idle()
    bench.store.control.retry(job_id, from_stage="S1")
    job = bench.job(job_id)
    assert [stage.state for stage in job.stages] == ["completed", "ready", "pending"]
    assert job.progress < 100
    assert [(claim.stage, claim.attempt, claim.generation) for claim in bench.run_until_idle()] == [
        (1, 1, 2),
        (2, 1, 2),
    ]
    assert bench.job(job_id).progress == 100


def test_a_retry_with_changed_parameters_keeps_the_earlier_results(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(2), params={"voice": "a"})
    first = bench.claim()
    second = bench.complete(first, go_on=True, values={"take": 1}, files=[stored_file(sha256="1" * 64)])
    assert second is not None
    bench.complete(second, files=[stored_file(sha256="2" * 64)])
    bench.store.control.retry(job_id, from_stage="S1", changed=ChangedParameters({"voice": "b"}, "key", ["3" * 64]))
    again = bench.claim()
    assert (again.stage, again.params, again.generation) == (1, '{"voice":"b"}', 2)
    assert [result.values for result in bench.store.results.stage_results(job_id, 0)] == [{"take": 1}]
    assert bench.store.results.stage_results(job_id, 1) == []
    assert all(bench.store.retention.is_referenced(digit * 64) for digit in "123")


def test_a_retry_from_a_stage_that_was_never_reached_changes_nothing(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(3))
    bench.fail(bench.claim())
    before = bench.dump()
    with pytest.raises(IllegalTransition, match="has not completed S0"):
        bench.store.control.retry(job_id, from_stage="S2")
    with pytest.raises(UnknownStage, match="Its stages are S0, S1, S2"):
        bench.store.control.retry(job_id, from_stage="NONE")
    assert bench.dump() == before


def test_a_cancelled_pause_between_stages_can_be_retried(bench: StoreBench) -> None:
    job_id = bench.create()
    claim = bench.claim()
    bench.store.control.pause(job_id)
    bench.complete(claim)
    bench.store.control.cancel(job_id)
    bench.store.control.retry(job_id)
    assert [again.stage for again in bench.run_until_idle()] == [1]
    assert bench.job(job_id).state == "succeeded"


def test_many_retries_make_many_generations(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    for generation in range(1, 5):
        assert bench.job(job_id).generation == generation
        bench.fail(bench.claim())
        bench.store.control.retry(job_id)
    bench.run_until_idle()
    assert bench.job(job_id).state == "succeeded"


def test_an_unfinished_job_of_an_equal_order_is_found(bench: StoreBench) -> None:
    job_id = bench.create(request_key="key")
    find = bench.store.control.find_unfinished
    assert find("ann", "key") == job_id
    assert find("bob", "key") is None
    assert find("ann", "other") is None
    bench.store.control.pause(job_id)
    assert find("ann", "key") == job_id
    bench.store.control.cancel(job_id)
    assert find("ann", "key") is None


def test_new_words_for_a_job_that_has_ended_leave_its_end_the_last_event(bench: StoreBench) -> None:
    job_id = bench.create()
    bench.run_until_idle()
    bench.store.control.change(job_id, description="the good one")
    assert bench.job(job_id).description == "the good one"
    assert bench.event_kinds(job_id)[-1] == "job.succeeded"
