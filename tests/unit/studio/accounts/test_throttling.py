"""B01: how often one may try, for an account and for an address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from soundstage.core.errors import TooManyRequests
from soundstage.store.accounts.login_failures import LoginFailureStore
from soundstage.store.records import Records
from soundstage.studio.accounts.throttling import Pace, Throttle
from soundstage.testing.clock import FakeClock
from soundstage.testing.store_bench import StoreBench


@pytest.fixture
def throttle(sqlite_bench: StoreBench) -> Iterator[Throttle]:
    records = Records(sqlite_bench.database)
    yield Throttle(LoginFailureStore(records))
    records.close()


def refused_for(throttle: Throttle, account: str = "ann", address: str = "192.0.2.1") -> int:
    """Seconds, or zero where the attempt was let through."""
    try:
        throttle.try_login(account, address)
    except TooManyRequests as error:
        return error.retry_after_seconds
    return 0


def test_each_failure_after_the_free_ones_doubles_the_rest_up_to_a_longest() -> None:
    pace = Pace(3, 2.0, 10.0, 60.0)
    assert [pace.rest_after(count) for count in range(7)] == [0, 0, 0, 2, 4, 8, 10]
    assert pace.rest_after(10**9) == 10


def test_b01_an_account_rests_whichever_address_tries(throttle: Throttle, clock: FakeClock) -> None:
    assert [refused_for(throttle, address=f"192.0.2.{number}") for number in range(8)] == [0, 0, 0, 0, 0, 1, 1, 1]
    clock.advance(1.0)
    assert [refused_for(throttle, address=f"198.51.100.{number}") for number in range(3)] == [0, 2, 2]
    clock.advance(2.0)
    assert refused_for(throttle) == 0
    assert refused_for(throttle) == 4
    assert refused_for(throttle, "ben") == 0


def test_b01_an_address_rests_whichever_account_it_tries(throttle: Throttle) -> None:
    answers = [refused_for(throttle, f"account{number}") for number in range(25)]
    assert answers == [0] * 20 + [1] * 5
    assert refused_for(throttle, "another", "192.0.2.2") == 0


def test_the_rest_of_an_account_ends_after_five_minutes_at_most(throttle: Throttle, clock: FakeClock) -> None:
    for number in range(40):
        clock.advance(300.0)
        assert refused_for(throttle, address=f"192.0.2.{number}") == 0
    assert refused_for(throttle) == 300


def test_failures_are_forgotten_after_an_hour(throttle: Throttle, clock: FakeClock) -> None:
    for _ in range(5):
        throttle.try_login("ann", "192.0.2.1")
    clock.advance(3_600.0)
    assert [refused_for(throttle) for _ in range(5)] == [0] * 5


def test_a_success_forgives_the_account_but_one_attempt_of_the_address_alone(throttle: Throttle) -> None:
    """Or else a guesser with an account of their own would begin anew as often as they like."""
    for number in range(19):
        throttle.try_login(f"account{number}", "192.0.2.1")
    throttle.try_login("own", "192.0.2.1")
    throttle.succeeded("own", "192.0.2.1")
    assert [refused_for(throttle, f"more{number}") for number in range(2)] == [0, 1]


def test_who_is_locked_next_is_told_with_the_attempt_that_locks(throttle: Throttle) -> None:
    assert [throttle.try_login("ann", "192.0.2.1") for _ in range(5)] == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("first", "second", "are_one"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "192.0.2.1", False),
        ("not an address", "not an address", True),
    ],
)
def test_the_addresses_of_one_caller_are_counted_together(
    throttle: Throttle, first: str, second: str, are_one: bool
) -> None:
    for number in range(20):
        throttle.try_login(f"account{number}", first)
    assert (refused_for(throttle, "another", second) > 0) == are_one


def test_registering_is_limited_for_an_address(throttle: Throttle, clock: FakeClock) -> None:
    for _ in range(10):
        throttle.try_register("192.0.2.1")
    with pytest.raises(TooManyRequests) as refused:
        throttle.try_register("192.0.2.1")
    assert refused.value.retry_after_seconds == 30
    throttle.try_register("192.0.2.2")
    assert refused_for(throttle) == 0
    clock.advance(7_200.0)
    throttle.prune()
    throttle.try_register("192.0.2.1")
