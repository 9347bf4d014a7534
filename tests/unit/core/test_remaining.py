"""X6: the time remaining is learned, and absent where nothing is known."""

from __future__ import annotations

import pytest

from soundstage.core.remaining import StagePace, remaining_seconds
from soundstage.core.states import PartState

DONE = StagePace(PartState.COMPLETED, 1.0, 5.0)
OPEN = StagePace(PartState.PENDING, 0.0, 0.0)


def active(fraction: float, elapsed_seconds: float) -> StagePace:
    return StagePace(PartState.ACTIVE, fraction, elapsed_seconds)


def test_nothing_is_said_before_anything_was_measured() -> None:
    assert remaining_seconds([OPEN], {}, size=10) is None


def test_one_earlier_run_is_not_enough() -> None:
    assert remaining_seconds([OPEN], {0: [0.5]}, size=10) is None


def test_an_open_stage_takes_the_median_of_earlier_runs_times_the_size() -> None:
    assert remaining_seconds([OPEN], {0: [0.1, 0.2, 9.0]}, size=10) == pytest.approx(2.0)


def test_one_unknown_stage_among_known_ones_keeps_the_number_away() -> None:
    assert remaining_seconds([OPEN, OPEN], {0: [0.1, 0.1]}, size=10) is None


def test_completed_stages_take_no_time() -> None:
    assert remaining_seconds([DONE, OPEN], {1: [1.0, 1.0]}, size=3) == pytest.approx(3.0)
    assert remaining_seconds([DONE, DONE], {}, size=3) == 0


def test_a_stage_under_way_without_a_past_goes_by_its_own_pace() -> None:
    assert remaining_seconds([active(0.25, 10.0)], {}, size=1) == pytest.approx(30.0)


def test_a_stage_that_has_hardly_begun_says_nothing_by_itself() -> None:
    assert remaining_seconds([active(0.05, 10.0)], {}, size=1) is None
    assert remaining_seconds([active(0.5, 0.5)], {}, size=1) is None


def test_the_further_a_stage_is_the_more_its_own_pace_counts() -> None:
    learned = {0: [10.0, 10.0]}
    early = remaining_seconds([active(0.1, 4.0)], learned, size=1)
    late = remaining_seconds([active(0.9, 36.0)], learned, size=1)
    assert early == pytest.approx((0.1 * 40 + 0.9 * 10) * 0.9)
    assert late == pytest.approx((0.9 * 40 + 0.1 * 10) * 0.1)
