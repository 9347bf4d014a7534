"""The percentage: exact, never falling, and 100 for success alone."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from soundstage.core.progress import clamped_fraction, job_progress, stage_fraction

Stages = list[tuple[int, Fraction]]


@st.composite
def stages(draw: Any) -> Stages:
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=4)))
    weights = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    parts = draw(st.integers(1, 200))
    return [(weight, Fraction(draw(st.integers(0, parts)), parts)) for weight in weights]


def percent(of: Stages, succeeded: bool = False) -> int:
    return job_progress([(weight, float(fraction)) for weight, fraction in of], succeeded)


@given(stages())
def test_progress_is_the_exact_floor_of_the_weighted_sum(of: Stages) -> None:
    exact = sum(weight * fraction for weight, fraction in of)
    assert percent(of) == min(99, math.floor(exact))


@given(stages())
def test_progress_stays_below_a_hundred_before_success(of: Stages) -> None:
    assert 0 <= percent(of) <= 99
    assert percent([(weight, Fraction(1)) for weight, _ in of]) == 99
    assert percent(of, succeeded=True) == 100


@given(stages(), st.data())
def test_progress_does_not_fall_when_a_stage_advances(of: Stages, data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(of) - 1))
    more = data.draw(st.fractions(of[chosen][1], 1, max_denominator=1000))
    advanced = [(weight, more if index == chosen else share) for index, (weight, share) in enumerate(of)]
    assert percent(advanced) >= percent(of)


def test_sums_of_tenths_lose_no_point() -> None:
    assert job_progress([(10, 0.1), (90, 0.1), (0, 0.0)], succeeded=False) == 10
    assert job_progress([(100, 0.29)], succeeded=False) == 29


@given(st.lists(st.floats(0, 1), min_size=1))
def test_a_stage_is_the_mean_of_its_parts(fractions: list[float]) -> None:
    assert min(fractions) - 1e-9 <= stage_fraction(fractions) <= max(fractions) + 1e-9


def test_a_stage_without_parts_has_not_begun_and_one_of_finished_parts_is_whole() -> None:
    assert stage_fraction([]) == 0.0
    assert all(stage_fraction([1.0] * count) == 1.0 for count in range(1, 200))


@given(st.floats(), st.floats())
def test_any_report_becomes_a_share_between_nothing_and_all(done: float, total: float) -> None:
    assert 0.0 <= clamped_fraction(done, total) <= 1.0


def test_senseless_reports_count_as_nothing_and_excess_as_all() -> None:
    nan = float("nan")
    nothing = [(nan, 1.0), (1.0, nan), (1.0, 0.0), (-1.0, 2.0), (1.0, -2.0), (0.0, 0.0)]
    assert [clamped_fraction(*report) for report in nothing] == [0.0] * len(nothing)
    assert clamped_fraction(1.0, 4.0) == 0.25
    assert clamped_fraction(9.0, 4.0) == 1.0
