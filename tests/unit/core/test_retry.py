"""When a failed part is tried again, and after how long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundstage.core.errors import BadInput, DiskFull, EngineFailed, NoFace, StageTimedOut
from soundstage.core.retry import LOSS_BUDGET, NEVER, RetryPolicy, is_retryable, retry_delay_seconds


def test_the_delay_doubles_up_to_its_limit() -> None:
    policy = RetryPolicy(first_delay_seconds=2.0, max_delay_seconds=30.0)
    assert [policy.delay_seconds(failures) for failures in range(1, 7)] == [2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


@given(st.integers(1, 10**9))
def test_any_number_of_failures_has_a_delay(failures: int) -> None:
    assert 2.0 <= RetryPolicy().delay_seconds(failures) <= 120.0


def test_a_part_is_tried_as_often_as_its_policy_says() -> None:
    policy = RetryPolicy(max_failures=3)
    assert [retry_delay_seconds(policy, True, failures) for failures in (1, 2, 3)] == [2.0, 4.0, None]
    assert retry_delay_seconds(NEVER, True, 1) is None


def test_an_error_that_will_come_again_is_not_retried() -> None:
    assert retry_delay_seconds(RetryPolicy(), False, 1) is None


@pytest.mark.parametrize(
    "error", [EngineFailed(), DiskFull(), StageTimedOut(), OSError(), MemoryError(), TimeoutError()]
)
def test_passing_errors_are_retried(error: BaseException) -> None:
    assert is_retryable(error)


@pytest.mark.parametrize("error", [BadInput(), NoFace(), ValueError(), KeyError("x"), ZeroDivisionError()])
def test_lasting_errors_are_not(error: BaseException) -> None:
    assert not is_retryable(error)


def test_three_losses_are_the_budget() -> None:
    assert LOSS_BUDGET == 3
