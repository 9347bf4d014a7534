"""How an attempt ends: its log, its time limit, pause and resume, and cancelling what does not listen."""

from __future__ import annotations

import pytest
from tests.acceptance.faults.figures import percentile, record
from tests.acceptance.faults.rig import Rig, group_of, is_alive, wait_until

from soundstage.core.events import EventKind
from soundstage.core.states import JobState


def logged(rig: Rig, job_id: str) -> list[str]:
    return [line.line for line in rig.orders.jobs.logs(job_id)]


def test_the_last_lines_of_a_stage_are_kept_however_it_ends(rig: Rig) -> None:
    rig.start()
    done, failed = rig.order("log_and_end", turn_seconds=0.0), rig.order("log_and_fail")
    overrun = rig.order("overrun")
    rig.wait_for_state(done, JobState.SUCCEEDED)
    rig.wait_for_state(failed, JobState.FAILED)
    rig.wait_for_state(overrun, JobState.FAILED)
    assert logged(rig, done) == ["the first line", "the last line"]
    assert logged(rig, failed) == ["what was tried"]
    assert logged(rig, overrun) == ["still at it", "still at it"]


def test_a_stage_over_its_time_is_closed_first_then_stopped_and_tried_again(rig: Rig) -> None:
    rig.start()
    job_id = rig.order("overrun")
    rig.wait_for_line(" 1 begin")
    first_worker = rig.worker_of(job_id)
    rig.wait_for_state(job_id, JobState.FAILED)
    assert rig.results(job_id) == ["failed", "failed"]
    errors = [attempt.error.code for attempt in rig.orders.jobs.attempts(job_id) if attempt.error]
    assert errors == ["timed_out", "timed_out"]
    seconds = [attempt.finished_at - attempt.started_at for attempt in rig.orders.jobs.attempts(job_id)]
    assert max(seconds) < 3.0
    assert rig.part(job_id).losses == 0
    wait_until(lambda: set(group_of(first_worker)) <= {first_worker}, "the child of the first attempt is gone", 5.0)


def test_a_stage_that_asks_python_to_exit_fails_and_its_worker_lives(rig: Rig) -> None:
    rig.choose(workers=1)
    rig.start()
    job_id = rig.order("ask_to_exit")
    rig.wait_for_state(job_id, JobState.FAILED)
    assert rig.results(job_id) == ["failed"]
    pid = rig.worker_of(job_id)
    after = rig.order("log_and_end")
    rig.wait_for_state(after, JobState.SUCCEEDED)
    assert rig.worker_of(after) == pid


def test_a_pause_stops_a_long_stage_at_its_next_checkpoint_and_resume_goes_on_there(rig: Rig) -> None:
    rig.start()
    job_id = rig.order("take_turns", turns=30)
    rig.wait_for_line("turn 2 kept")
    rig.orders.jobs.pause(job_id)
    seconds = wait_until(lambda: rig.part(job_id).state == "pending", "the stage has stopped", 5.0)
    kept = len([line for line in rig.lines() if "kept" in line])
    assert kept < 30
    rig.orders.jobs.resume(job_id)
    rig.wait_for_state(job_id, JobState.SUCCEEDED)
    assert len([line for line in rig.lines() if "kept" in line]) == 30, "a kept turn ran again, or one was left out"
    kinds = [event.kind for event in rig.events(job_id)]
    stopped, resumed = kinds.index(EventKind.PART_RELEASED), kinds.index(EventKind.JOB_RESUMED)
    assert EventKind.STAGE_STARTED not in kinds[stopped:resumed]
    assert EventKind.PART_STARTED not in kinds[stopped:resumed]
    assert rig.results(job_id) == ["released", "completed"]
    record("G9", pause_to_stop_seconds=seconds, turns_before=kept, turns_again=0)


@pytest.mark.parametrize("pipeline", ["encode_for_long", "wait_for_deaf_child", "never_look_up", "match_for_ever"])
def test_a_cancelled_stage_is_gone_soon_whatever_it_does(pipeline: str, rig: Rig) -> None:
    rig.start()
    rig.wait_for_state(rig.order("log_and_end"), JobState.SUCCEEDED)
    gone_seconds = [seconds_to_cancel(rig, pipeline) for _ in range(2)]
    record("F22", what=pipeline, cancel_to_gone_seconds=percentile(gone_seconds, 100))
    assert max(gone_seconds) <= 5.0
    rig.wait_for_state(rig.order("log_and_end"), JobState.SUCCEEDED)


def seconds_to_cancel(rig: Rig, pipeline: str) -> float:
    has_children = pipeline in ("encode_for_long", "wait_for_deaf_child")
    job_id = rig.order(pipeline)
    rig.wait_for_line(f"{job_id} ONLY 1 begin")
    pid = rig.worker_of(job_id)
    wait_until(lambda: len(group_of(pid)) > has_children, "what it started runs")
    rig.orders.jobs.cancel(job_id)
    events = len(rig.events(job_id))
    seconds = wait_until(lambda: is_gone(pid, has_children), f"the work of {pipeline} is gone", 10.0)
    assert len(rig.events(job_id)) == events, "something was told after the end"
    assert rig.results(job_id) == ["cancelled"]
    return seconds


def is_gone(worker: int, stays: bool) -> bool:
    """The children of the worker, and the worker itself where it cannot be stopped in another way."""
    return set(group_of(worker)) <= {worker} if stays else not is_alive(worker)


def test_a_queued_job_is_cancelled_at_once_and_never_starts(rig: Rig) -> None:
    rig.choose(workers=0)
    rig.start()
    job_id = rig.order("log_and_end")
    rig.orders.jobs.cancel(job_id)
    seconds = rig.wait_for_state(job_id, JobState.CANCELLED, 5.0)
    assert [event.kind for event in rig.events(job_id)] == [EventKind.JOB_QUEUED, EventKind.JOB_CANCELLED]
    record("F22", what="queued", cancel_to_gone_seconds=seconds)
