"""Ids sort by the time they were made."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from soundstage.core.ids import new_id

milliseconds = st.integers(0, 2**47)


@given(milliseconds, milliseconds)
def test_ids_sort_by_their_millisecond(first: int, second: int) -> None:
    earlier, later = sorted((first, second))
    if earlier != later:
        assert new_id("job", earlier / 1000 + 0.0001) < new_id("job", later / 1000 + 0.0001)


def test_an_id_is_its_prefix_and_26_characters_of_crockford_base_32() -> None:
    assert re.fullmatch(r"job_[0-9a-hjkmnp-tv-z]{26}", new_id("job", 1_700_000_000.0))


def test_ids_of_one_moment_differ() -> None:
    assert len({new_id("job", 1.0) for _ in range(1000)}) == 1000
