"""Each pair of states is allowed or refused, by a table written down a second time."""

from __future__ import annotations

from itertools import product

import pytest

from soundstage.core.errors import IllegalTransition
from soundstage.core.states import FINAL_JOB_STATES, JobState, PartState
from soundstage.core.transitions import check_job_transition, check_part_transition

JOB_MOVES = {
    "queued": "running paused failed cancelled",
    "running": "queued waiting paused succeeded failed cancelled",
    "waiting": "running paused failed cancelled",
    "paused": "queued running waiting succeeded failed cancelled",
    "succeeded": "queued",
    "failed": "queued",
    "cancelled": "queued",
}
PART_MOVES = {
    "pending": "ready active skipped cancelled",
    "ready": "active pending cancelled",
    "active": "completed failed waiting ready pending cancelled",
    "waiting": "ready pending failed cancelled",
    "completed": "",
    "failed": "ready",
    "skipped": "",
    "cancelled": "ready pending",
}


@pytest.mark.parametrize(("before", "after"), list(product(JobState, JobState)))
def test_a_job_moves_only_along_the_table(before: JobState, after: JobState) -> None:
    if after in JOB_MOVES[before].split():
        check_job_transition("job_1", before, after)
    else:
        with pytest.raises(IllegalTransition, match=f"Job job_1 is {before}: it cannot become {after}"):
            check_job_transition("job_1", before, after)


@pytest.mark.parametrize(("before", "after"), list(product(PartState, PartState)))
def test_a_part_moves_only_along_the_table(before: PartState, after: PartState) -> None:
    if after in PART_MOVES[before].split():
        check_part_transition(7, before, after)
    else:
        with pytest.raises(IllegalTransition, match=f"Part 7 is {before}: it cannot become {after}"):
            check_part_transition(7, before, after)


def test_exactly_the_final_states_are_left_by_a_retry_alone() -> None:
    assert {state for state in JobState if JOB_MOVES[state] == "queued"} == FINAL_JOB_STATES
    assert all(state.is_final == (state in FINAL_JOB_STATES) for state in JobState)
