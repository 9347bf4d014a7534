"""What a job shows of its stages and parts."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from soundstage.core.job import ErrorView, JobView, PartView, StageView, stage_state
from soundstage.core.states import JobState, PartState, Priority, StageKind

ERROR = ErrorView("stage_failed", "It failed.")


def part(state: PartState, fraction: float = 0.0, error: ErrorView | None = None) -> PartView:
    return PartView(1, None, state, fraction, None, 1, 0, 0, None, 1.0, 2.0, None, error)


def stage(key: str, *parts: PartView, weight: int = 50) -> StageView:
    return StageView(key, key, {}, weight, StageKind.AUTOMATIC, "cpu", parts, (), {})


def job(state: JobState, *stages: StageView) -> JobView:
    return JobView("job_1", "ann", "bench", 1, state, Priority.NORMAL, {}, "", {}, 1, 1, 0.0, 0.0, None, stages)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("", "pending"),
        ("pending", "pending"),
        ("ready", "ready"),
        ("ready pending", "ready"),
        ("active", "active"),
        ("active completed ready", "active"),
        ("completed", "completed"),
        ("completed ready", "active"),
        ("completed pending", "active"),
        ("completed skipped", "completed"),
        ("skipped", "skipped"),
        ("waiting", "waiting"),
        ("waiting active", "active"),
        ("waiting completed", "waiting"),
        ("failed active", "failed"),
        ("failed completed cancelled", "failed"),
        ("cancelled completed", "cancelled"),
    ],
)
def test_a_stage_is_the_sum_of_its_parts(parts: str, expected: str) -> None:
    assert stage_state(PartState(name) for name in parts.split()) == expected


def test_every_mixture_of_parts_has_a_state() -> None:
    mixtures = chain.from_iterable(combinations(PartState, size) for size in range(len(PartState) + 1))
    assert all(stage_state(mixture) in PartState for mixture in mixtures)


def test_a_stage_is_completed_only_when_all_its_parts_have_ended() -> None:
    for other in set(PartState) - {PartState.COMPLETED, PartState.SKIPPED}:
        assert stage_state([PartState.COMPLETED, other]) != PartState.COMPLETED


def test_progress_is_100_only_for_a_job_that_succeeded() -> None:
    done = stage("A", part(PartState.COMPLETED, 1.0), weight=100)
    assert job(JobState.RUNNING, done).progress == 99
    assert job(JobState.SUCCEEDED, done).progress == 100


def test_the_current_stage_is_the_first_that_has_not_ended() -> None:
    first, second = stage("A", part(PartState.COMPLETED, 1.0)), stage("B", part(PartState.ACTIVE))
    assert job(JobState.RUNNING, first, second).current_stage == "B"
    assert job(JobState.SUCCEEDED, first).current_stage == "A"


def test_a_failed_job_shows_the_error_of_its_failed_stage() -> None:
    retried = stage("A", part(PartState.COMPLETED, 1.0))
    broken = stage("B", part(PartState.FAILED, 0.5, ERROR))
    assert job(JobState.FAILED, retried, broken).error == ERROR
    assert job(JobState.RUNNING, retried, broken).error is None


def test_a_stage_has_ended_when_its_last_part_has() -> None:
    open_part = PartView(2, 1, PartState.ACTIVE, 0.0, None, 1, 0, 0, "w", 0.5, None, None, None)
    assert stage("A", part(PartState.COMPLETED), open_part).finished_at is None
    assert stage("A", part(PartState.COMPLETED), open_part).started_at == 0.5
    assert stage("A", part(PartState.COMPLETED)).finished_at == 2.0
    assert stage("A").finished_at is None
