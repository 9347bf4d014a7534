"""Many writers, and a reader of all their jobs that loses its connection again and again: no gap, no repeat."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from soundstage.core.events import Start, Told
from soundstage.runtime.live.hub import EventHub
from soundstage.store.follow import FollowStore
from soundstage.store.views import JobFilter
from soundstage.testing.clock import FakeClock
from soundstage.testing.store_bench import StoreBench, make_snapshot

WRITERS = 3
RECONNECTS = 150
SECONDS_A_RECONNECT = 1.0
"""On the tests' clock, so that the cursor's memory of jobs turns over several times."""


@pytest.mark.slow
@pytest.mark.parametrize("is_told", [True, False], ids=["notices", "polling"])
def test_all_jobs_are_followed_across_reconnects(
    database_url: str, open_bench: Callable[[str], StoreBench], clock: FakeClock, is_told: bool
) -> None:
    bench = open_bench(database_url)
    hub = EventHub(FollowStore(bench.database), poll_seconds=0.005)
    told = asyncio.run(follow_and_lose(hub, clock, Writers(bench, hub.notice if is_told else None)))
    seen: dict[str, list[int]] = defaultdict(list)
    for item in told:
        seen[item.fact.job_id].append(item.fact.seq)
    assert len(seen) > 20
    for job_id, seqs in seen.items():
        assert seqs == list(range(1, bench.job(job_id).last_seq + 1))
    assert len(seen) == len(bench.views.list_jobs(JobFilter(limit=10_000)))


async def follow_and_lose(hub: EventHub, clock: FakeClock, writers: Writers) -> list[Told]:
    """What was told, each time by a new stream from the last cursor, until nothing more comes."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    dice = random.Random(7)
    told: list[Told] = []
    cursor = await first_cursor(hub)
    with writers:
        for _ in range(RECONNECTS):
            writers.let_do(dice.randrange(12))
            told += (kept := await a_few(hub, cursor, dice))
            cursor = kept[-1].cursor if kept else cursor
            clock.advance(SECONDS_A_RECONNECT)
    told += await the_rest(hub, cursor)
    await asyncio.to_thread(writers.close_connection)
    return told


async def first_cursor(hub: EventHub) -> str:
    with closing(await hub.follow_all("ann")) as reader:
        (start,) = await reader.news() or ()
    assert isinstance(start, Start)
    return start.cursor


async def a_few(hub: EventHub, cursor: str, dice: random.Random) -> list[Told]:
    """A stream that breaks anywhere, also in the midst of what came at once."""
    told: list[Told] = []
    with closing(await hub.follow_all("ann", cursor, idle_seconds=0.03)) as reader:
        (start,) = await reader.news() or ()
        assert isinstance(start, Start)
        assert start.reason is None
        for _ in range(dice.randrange(1, 4)):
            told += [item for item in await reader.news() or () if isinstance(item, Told)]
    return told[: dice.randrange(1, 120)]


async def the_rest(hub: EventHub, cursor: str) -> list[Told]:
    told: list[Told] = []
    with closing(await hub.follow_all("ann", cursor, idle_seconds=0.5)) as reader:
        while news := await reader.news():
            told += [item for item in news if isinstance(item, Told)]
    return told


class Writers:
    """Threads that order jobs and run them, step by step as they are let, from the start of the block to its end."""

    def __init__(self, bench: StoreBench, notice: Callable[[str], None] | None) -> None:
        self._bench = bench
        self._notice = notice or (lambda job_id: None)
        self._stop = threading.Event()
        self._steps = threading.Semaphore(0)
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(WRITERS)]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self.let_do(WRITERS)
        for thread in self._threads:
            thread.join()

    def let_do(self, steps: int) -> None:
        for _ in range(steps):
            self._steps.release()

    def close_connection(self) -> None:
        """That of this thread."""
        self._bench.database.close()

    def _write(self, number: int) -> None:
        bench, queue, worker = self._bench, f"q{number}", f"w{number}"
        snapshot = make_snapshot(4, queues=dict.fromkeys(range(4), queue), kind=f"kind{number}")
        while self._steps.acquire() and not self._stop.is_set():
            claim = bench.try_claim(worker, [queue])
            if claim is not None:
                bench.complete(claim)
            self._notice(claim.job_id if claim is not None else bench.create(snapshot, owner="ann"))
        bench.database.close()
