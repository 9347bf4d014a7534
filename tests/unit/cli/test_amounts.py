"""Numbers as people read them."""

from __future__ import annotations

import pytest

from soundstage.cli.amounts import age_text, clock_text, duration_text, size_text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 KB"),
        (9_940, "9.9 KB"),
        (9_960, "10 KB"),
        (999_400, "999 KB"),
        (999_600, "1.0 MB"),
        (2_345_678, "2.3 MB"),
        (5 * 10**9, "5.0 GB"),
        (7 * 10**15, "7000.0 TB"),
    ],
)
def test_sizes_have_two_or_three_digits(size_bytes: int, text: str) -> None:
    assert size_text(size_bytes) == text


@pytest.mark.parametrize(("seconds", "text"), [(-3, "0:00"), (7.9, "0:07"), (750, "12:30"), (3723, "1:02:03")])
def test_running_times_look_like_a_clock(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(0.4242, "0.42 s"), (7.34, "7.3 s"), (750, "12:30")])
def test_finished_times_are_as_exact_as_they_are_short(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(-1, "0 s"), (40, "40 s"), (300, "5 min"), (9000, "2 h"), (864_000, "10 d")]
)
def test_ages_are_rough(seconds: float, text: str) -> None:
    assert age_text(seconds) == text
