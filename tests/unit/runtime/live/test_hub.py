"""The live event hub: gapless facts, newest ticks, bounded readers, an end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest

from soundstage.core.errors import JobNotFound, StoreUnavailable
from soundstage.core.events import Event, EventKind, Start, Tick, Told
from soundstage.runtime.live.feed import PAGE_FACTS
from soundstage.runtime.live.hub import EventHub

JOB = "job_1"
Item = Event | Tick | None
Facts = Any
"""The fake of conftest.py."""


async def upcoming(items: AsyncGenerator[Item, None]) -> Item:
    async with asyncio.timeout(10):
        return await anext(items)


async def seqs(items: AsyncGenerator[Item, None]) -> list[int]:
    async with asyncio.timeout(10):
        return [item.seq async for item in items if isinstance(item, Event)]


def told(news: Sequence[Any] | None) -> list[Told]:
    assert news is not None
    return [item for item in news if isinstance(item, Told)]


def tick(fraction: float, part: int = 7, attempt: int = 1) -> Tick:
    return Tick(JOB, part, attempt, fraction)


def test_history_and_what_comes_later_are_one_gapless_row(hub: EventHub, store: Facts) -> None:
    async def scenario() -> None:
        items = hub.watch(JOB)
        assert await upcoming(items) == store.facts[0]
        for kind in (EventKind.JOB_STARTED, EventKind.STAGE_COMPLETED, EventKind.JOB_SUCCEEDED):
            store.add(kind)
            hub.notice(JOB)
        assert await seqs(items) == [2, 3, 4]

    asyncio.run(scenario())


def test_every_cursor_sees_the_rest_of_the_same_row(hub: EventHub, store: Facts) -> None:
    for _ in range(PAGE_FACTS + 20):
        store.add(EventKind.CHECKPOINT_SAVED)
    store.add(EventKind.JOB_SUCCEEDED)
    last = len(store.facts)

    async def scenario() -> None:
        for after in (0, 1, 19, 20, 21, 22, last - 1, last):
            assert await seqs(hub.watch(JOB, after)) == list(range(after + 1, last + 1))

    asyncio.run(scenario())


def test_a_notice_from_another_thread_wakes_the_reader(hub: EventHub, store: Facts) -> None:
    async def scenario() -> None:
        items = hub.watch(JOB, after=1)
        waiting = asyncio.ensure_future(upcoming(items))
        await asyncio.to_thread(lambda: None)

        def work() -> None:
            store.add(EventKind.JOB_STARTED)
            hub.notice(JOB)

        thread = threading.Thread(target=work)
        thread.start()
        assert await waiting == Event(JOB, 2, EventKind.JOB_STARTED, store.now, None, {})
        thread.join()
        await items.aclose()

    asyncio.run(scenario())


def test_facts_of_another_process_are_found_by_polling(store: Facts) -> None:
    hub = EventHub(store, poll_seconds=0.01)

    async def scenario() -> None:
        items = hub.watch(JOB)
        await upcoming(items)
        store.add(EventKind.JOB_CANCELLED)
        assert await seqs(items) == [2]

    asyncio.run(scenario())


def test_polling_survives_a_database_that_is_away(store: Facts) -> None:
    hub = EventHub(store, poll_seconds=0.01)

    async def scenario() -> None:
        items = hub.watch(JOB)
        await upcoming(items)
        waiting = asyncio.ensure_future(upcoming(items))
        before = store.reads
        while store.reads == before:
            await asyncio.sleep(0)
        store.is_away = True
        before = store.reads
        while store.reads < before + 2:
            await asyncio.sleep(0)
        store.is_away = False
        store.add(EventKind.JOB_SUCCEEDED)
        assert isinstance(await waiting, Event)
        await items.aclose()

    asyncio.run(scenario())


def test_only_the_newest_tick_of_each_part_is_told(hub: EventHub) -> None:
    async def scenario() -> None:
        items = hub.watch(JOB)
        await upcoming(items)
        for number in range(1, 1000):
            hub.tick(tick(number / 1000))
            hub.tick(tick(number / 2000, part=8))
        assert [await upcoming(items), await upcoming(items)] == [tick(0.999), tick(0.4995, part=8)]
        await items.aclose()

    asyncio.run(scenario())


def test_a_tick_of_an_ended_attempt_is_not_told(hub: EventHub, store: Facts) -> None:
    async def scenario() -> None:
        slow, quick = await hub.follow(JOB, after=1), hub.watch(JOB, after=1)
        hub.tick(tick(0.9))
        assert await upcoming(quick) == tick(0.9)
        store.add(EventKind.PART_FAILED, part=7, attempt=1)
        hub.notice(JOB)
        assert isinstance(await upcoming(quick), Event)
        hub.tick(tick(0.95))
        hub.tick(tick(0.1, attempt=2))
        assert await upcoming(quick) == tick(0.1, attempt=2)
        told = await slow.news()
        assert told is not None
        assert [getattr(item, "fraction", None) for item in told] == [None, 0.1]
        slow.close()
        await quick.aclose()

    asyncio.run(scenario())


def test_a_checkpoint_does_not_hide_the_ticks_after_it(hub: EventHub, store: Facts) -> None:
    async def scenario() -> None:
        items = hub.watch(JOB)
        await upcoming(items)
        store.add(EventKind.CHECKPOINT_SAVED, part=7, attempt=1)
        hub.notice(JOB)
        await upcoming(items)
        hub.tick(tick(0.5))
        assert await upcoming(items) == tick(0.5)
        await items.aclose()

    asyncio.run(scenario())


def test_silence_is_told_so_that_a_transport_can_say_it_lives(store: Facts) -> None:
    hub = EventHub(store, poll_seconds=0.01)

    async def scenario() -> None:
        items = hub.watch(JOB, idle_seconds=0.01)
        await upcoming(items)
        assert [await upcoming(items), await upcoming(items)] == [None, None]
        await items.aclose()

    asyncio.run(scenario())


def test_a_slow_reader_holds_up_nobody_and_catches_up(hub: EventHub, store: Facts) -> None:
    async def scenario() -> None:
        slow, quick = hub.watch(JOB), hub.watch(JOB)
        await upcoming(slow)
        for _ in range(3000):
            store.add(EventKind.CHECKPOINT_SAVED)
            hub.notice(JOB)
        store.add(EventKind.JOB_SUCCEEDED)
        assert await seqs(quick) == list(range(1, 3003))
        assert await seqs(slow) == list(range(2, 3003))

    asyncio.run(scenario())


def test_a_retried_job_is_followed_past_its_earlier_end(hub: EventHub, store: Facts) -> None:
    for kind in (EventKind.JOB_FAILED, EventKind.JOB_RETRIED):
        store.add(kind)

    async def scenario() -> None:
        items = hub.watch(JOB)
        for _ in range(3):
            await upcoming(items)
        store.add(EventKind.JOB_SUCCEEDED)
        hub.notice(JOB)
        assert await seqs(items) == [4]

    asyncio.run(scenario())


@pytest.mark.parametrize("after", [0, 1])
def test_a_watch_ends_when_the_job_is_removed(hub: EventHub, store: Facts, after: int) -> None:
    async def scenario() -> None:
        items = hub.watch(JOB, after)
        if after == 0:
            await upcoming(items)
        store.facts.clear()
        hub.notice(JOB)
        assert await seqs(items) == []

    asyncio.run(scenario())


def test_workers_are_told_when_the_first_reader_comes_and_the_last_leaves(hub: EventHub, watched: list[bool]) -> None:
    async def scenario() -> None:
        first, second = hub.watch(JOB), hub.watch(JOB)
        await upcoming(first)
        await upcoming(second)
        assert (watched, hub.reader_count) == ([True], 2)
        await first.aclose()
        assert watched == [True]
        await second.aclose()
        assert (watched, hub.reader_count) == ([True, False], 0)
        await upcoming(again := hub.watch(JOB))
        assert watched == [True, False, True]
        await again.aclose()

    asyncio.run(scenario())


def test_a_cancelled_reader_leaves(hub: EventHub, watched: list[bool]) -> None:
    async def scenario() -> None:
        items = hub.watch(JOB)
        await upcoming(items)
        waiting = asyncio.ensure_future(anext(items))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert (hub.reader_count, watched) == (0, [True, False])

    asyncio.run(scenario())


def test_closing_ends_every_watch_and_lets_no_new_one_in(hub: EventHub) -> None:
    async def scenario() -> None:
        items = hub.watch(JOB)
        await upcoming(items)
        waiting = asyncio.ensure_future(seqs(items))
        await asyncio.sleep(0)
        hub.close()
        assert await waiting == []
        assert hub.is_closing
        assert await seqs(hub.watch(JOB)) == []

    asyncio.run(scenario())


def test_notices_without_readers_or_loop_cost_nothing(hub: EventHub, store: Facts) -> None:
    hub.notice(JOB)
    hub.tick(tick(0.5))
    assert store.reads == 0

    async def scenario() -> None:
        await upcoming(items := hub.watch(JOB))
        await items.aclose()

    asyncio.run(scenario())
    reads = store.reads
    hub.notice(JOB)
    hub.tick(tick(0.5))
    hub.close()
    assert store.reads == reads


def test_a_fact_is_read_once_for_all_who_follow_the_job(hub: EventHub, store: Facts) -> None:
    async def scenario() -> None:
        readers = [await hub.follow(JOB) for _ in range(100)]
        assert store.reads == 1
        for reader in readers:
            assert [item.cursor for item in told(await reader.news())] == ["1"]
        store.add(EventKind.JOB_SUCCEEDED)
        hub.notice(JOB)
        for reader in readers:
            assert [item.cursor for item in told(await reader.news())] == ["2"]
            assert await reader.news() is None
            assert reader.reason == "ended"
            reader.close()
        assert store.reads == 2

    asyncio.run(scenario())


def test_a_cursor_from_the_future_is_told_to_load_the_job_anew(hub: EventHub, store: Facts) -> None:
    async def scenario() -> None:
        reader = await hub.follow(JOB, after=99)
        assert await reader.news() == [Start("1", "future")]
        store.add(EventKind.JOB_SUCCEEDED)
        hub.notice(JOB)
        assert [item.cursor for item in told(await reader.news())] == ["2"]
        reader.close()

    asyncio.run(scenario())


def test_the_job_of_another_is_not_there(hub: EventHub) -> None:
    async def scenario() -> None:
        with pytest.raises(JobNotFound) as foreign:
            await hub.follow(JOB, owner="bob")
        with pytest.raises(JobNotFound) as missing:
            await hub.follow("job_2", owner="bob")
        assert str(foreign.value).replace(JOB, "job_2") == str(missing.value)
        assert hub.reader_count == 0

    asyncio.run(scenario())


def test_a_reader_ends_when_the_job_gets_another_owner(store: Facts) -> None:
    hub = EventHub(store, poll_seconds=0.01)

    async def scenario() -> None:
        reader = await hub.follow(JOB, after=1, owner="ann")
        administrator = await hub.follow(JOB, after=1)
        store.owners[JOB] = "bob"
        store.add(EventKind.JOB_STARTED)
        assert await reader.news() is None
        assert reader.reason == "gone"
        assert len(told(await administrator.news())) == 1
        reader.close()
        administrator.close()

    asyncio.run(scenario())


def test_a_failed_opening_leaves_nothing_behind(hub: EventHub, store: Facts, watched: list[bool]) -> None:
    store.is_away = True

    async def scenario() -> None:
        with pytest.raises(StoreUnavailable):
            await hub.follow(JOB)
        with pytest.raises(StoreUnavailable):
            await hub.follow_all("ann")
        assert (hub.reader_count, watched) == (0, [True, False, True, False])

    asyncio.run(scenario())


def test_an_ended_reader_says_why_and_tells_no_more(hub: EventHub, store: Facts) -> None:
    async def scenario() -> None:
        reader = await hub.follow(JOB, after=1)
        waiting = asyncio.ensure_future(reader.news())
        await asyncio.sleep(0)
        store.add(EventKind.JOB_STARTED)
        reader.end("revoked")
        assert await waiting is None
        hub.close()
        assert reader.reason == "revoked"
        reader.close()

    asyncio.run(scenario())
