"""Passwords are hashed a few at a time, and a flood is turned away at the door (B01)."""

from __future__ import annotations

import asyncio
import threading

import pytest

from soundstage.api.accounts import asking
from soundstage.api.accounts.asking import MOST_HASHES_AT_ONCE, MOST_WAITING, in_turn
from soundstage.core.errors import TooManyRequests


def test_two_passwords_are_hashed_at_once_and_those_who_would_wait_too_long_are_turned_away() -> None:
    gate, running, most = threading.Event(), [0], [0]
    lock = threading.Lock()

    def hash_slowly() -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        gate.wait(10)
        with lock:
            running[0] -= 1

    async def flood() -> None:
        tasks = [asyncio.create_task(in_turn(hash_slowly)) for _ in range(MOST_HASHES_AT_ONCE + MOST_WAITING)]
        async with asyncio.timeout(10):
            while asking._hashes.statistics().tasks_waiting < MOST_WAITING or running[0] < MOST_HASHES_AT_ONCE:
                await asyncio.sleep(0)
        with pytest.raises(TooManyRequests):
            await in_turn(hash_slowly)
        gate.set()
        await asyncio.gather(*tasks)
        await in_turn(hash_slowly)

    asyncio.run(flood())
    assert most[0] == MOST_HASHES_AT_ONCE
