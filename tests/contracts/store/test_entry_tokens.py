"""Tokens that work once, and failed logins that are counted, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from soundstage.store.accounts.login_failures import Failures, LoginFailureStore
from soundstage.store.accounts.one_time_tokens import OneTimeTokenStore
from soundstage.store.database import Database
from soundstage.store.records import Records
from soundstage.store.tables import metadata
from soundstage.testing.clock import FakeClock

AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


@pytest.fixture
def records(database: Database) -> Iterator[Records]:
    records = Records(database)
    yield records
    records.close()


def test_a_one_time_token_works_once_however_many_take_it(records: Records, at_once: AtOnce) -> None:
    tokens = OneTimeTokenStore(records)
    tokens.add("hash", "stream", {"user_id": "ann"}, 30.0)
    assert tokens.take("hash", "set_up") is None
    answers = at_once(8, lambda _: tokens.take("hash", "stream"))
    assert [answer for answer in answers if answer is not None] == [{"user_id": "ann"}]


def test_a_one_time_token_expires(records: Records, clock: FakeClock) -> None:
    tokens = OneTimeTokenStore(records)
    tokens.add("hash", "stream", {}, 30.0)
    tokens.add("other", "stream", {}, 30.0)
    clock.advance(30.0)
    assert tokens.take("hash", "stream") is None
    tokens.prune()
    assert _rows(records, "one_time_tokens") == 0


def test_a_new_token_of_a_purpose_replaces_those_before(records: Records) -> None:
    tokens = OneTimeTokenStore(records)
    tokens.replace_all("old", "set_up", 60.0)
    tokens.replace_all("new", "set_up", 60.0)
    assert tokens.take("old", "set_up") is None
    assert tokens.take("new", "set_up") == {}


def test_attempts_at_once_are_counted_one_after_the_other(records: Records, at_once: AtOnce) -> None:
    failures = LoginFailureStore(records)

    def rest_seconds(_key: str, found: Failures) -> float:
        return 0.0 if found.count < 5 else 10.0

    answers = at_once(12, lambda _: failures.count_attempt(["account", "address"], rest_seconds)[0])
    assert (answers.count(0.0), answers.count(10.0)) == (5, 7)


def test_a_success_forgives(records: Records, clock: FakeClock) -> None:
    failures = LoginFailureStore(records)

    def count() -> dict[str, int]:
        return dict(failures.count_attempt(["account", "address"], lambda _key, _found: 0.0)[1])

    for _ in range(3):
        count()
    failures.forgive("account", "address")
    assert count() == {"account": 1, "address": 3}
    assert dict(failures.count_attempt(["account"], lambda _key, _found: None)[1]) == {"account": 1}
    clock.advance(100.0)
    failures.prune(99.0)
    assert _rows(records, "login_failures") == 0


def _rows(records: Records, table: str) -> int:
    with records.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(metadata.tables[table])) or 0)
