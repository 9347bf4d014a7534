"""Readable assertions for the shipped suites, and what several suites of the store need."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from soundstage.store.database import Database

AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]

pytest.register_assert_rewrite("soundstage.testing.engine_contracts")


@pytest.fixture
def at_once(database: Database) -> AtOnce:
    """Does the same in so many threads, and gives what came of each."""

    def do(times: int, act: Callable[[int], Any]) -> list[Any]:
        def act_and_close(number: int) -> Any:
            try:
                return act(number)
            finally:
                database.close()

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(act_and_close, range(times)))

    return do
