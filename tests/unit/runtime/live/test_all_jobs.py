"""The stream over all jobs of an owner: one cursor for many jobs, without gap or repeat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from soundstage.core.errors import BadInput
from soundstage.core.events import Event, EventKind, Start, Tick, Told
from soundstage.runtime.live.cursor import MOST_NAMED, OVERLAP_SECONDS, JobsCursor
from soundstage.runtime.live.hub import RESUMABLE_SECONDS, EventHub

JOB, OTHER = "job_1", "job_2"
Facts = Any
"""The fake of conftest.py."""


async def upcoming(reader: Any) -> list[Any]:
    async with asyncio.timeout(10):
        news = await reader.news()
    assert news is not None
    return list(news)


async def begun(hub: EventHub, cursor: str | None = None) -> tuple[Any, Start]:
    reader = await hub.follow_all("ann", cursor)
    (start,) = await upcoming(reader)
    return reader, start


def named(items: list[Any]) -> list[tuple[str, int]]:
    return [(item.fact.job_id, item.fact.seq) for item in items if isinstance(item, Told)]


def test_it_begins_now_and_tells_of_every_job_of_the_owner(hub: EventHub, store: Facts) -> None:
    store.owners |= {OTHER: "ann", "job_3": "bob"}

    async def scenario() -> None:
        reader, start = await begun(hub)
        assert start.reason is None
        for job in (JOB, OTHER, "job_3", OTHER):
            store.add(EventKind.JOB_STARTED, job)
            hub.notice(job)
        told = await upcoming(reader)
        while len(told) < 3:
            told += await upcoming(reader)
        assert sorted(named(told)) == [(JOB, 2), (OTHER, 1), (OTHER, 2)]
        reader.close()

    asyncio.run(scenario())


def test_every_cursor_goes_on_after_what_was_told(hub: EventHub, store: Facts) -> None:
    store.owners[OTHER] = "ann"

    async def scenario() -> None:
        reader, start = await begun(hub)
        for number in range(20):
            store.now += 3
            job = (JOB, OTHER)[number % 2]
            store.add(EventKind.CHECKPOINT_SAVED, job)
            hub.notice(job)
        cursors: list[str] = [start.cursor]
        everything: list[tuple[str, int]] = []
        while len(everything) < 20:
            told = await upcoming(reader)
            cursors += [item.cursor for item in told]
            everything += named(told)
        reader.close()
        for place, cursor in enumerate(cursors):
            again, start = await begun(hub, cursor)
            assert start.reason is None
            rest: list[tuple[str, int]] = []
            while len(rest) < 20 - place:
                rest += named(await upcoming(again))
            assert sorted(rest) == sorted(everything[place:])
            again.close()

    asyncio.run(scenario())


def test_a_job_that_was_quiet_for_long_goes_on_where_it_was(hub: EventHub, store: Facts) -> None:
    store.now += 10 * OVERLAP_SECONDS

    async def scenario() -> None:
        reader, start = await begun(hub)
        assert "~" not in start.cursor
        reader.close()
        store.now += 1
        store.add(EventKind.JOB_STARTED)
        again, _ = await begun(hub, start.cursor)
        assert named(await upcoming(again)) == [(JOB, 2)]
        again.close()

    asyncio.run(scenario())


def test_a_fact_that_was_committed_late_is_told(hub: EventHub, store: Facts) -> None:
    """Its transaction began before the cursor's time and was committed after it."""

    async def scenario() -> None:
        store.now += 100
        reader, start = await begun(hub)
        reader.close()
        store.now -= OVERLAP_SECONDS - 1
        store.add(EventKind.JOB_STARTED)
        store.now += OVERLAP_SECONDS
        again, _ = await begun(hub, start.cursor)
        assert named(await upcoming(again)) == [(JOB, 2)]
        again.close()

    asyncio.run(scenario())


def test_the_cursor_forgets_jobs_that_are_quiet(store: Facts) -> None:
    hub = EventHub(store, poll_seconds=0.005)

    async def scenario() -> None:
        reader, start = await begun(hub)
        assert start.cursor.endswith("~_____job_1.1")
        store.now += OVERLAP_SECONDS + 1
        store.owners[OTHER] = "ann"
        store.add(EventKind.JOB_QUEUED, OTHER)
        (first,) = await upcoming(reader)
        reads = store.reads
        while store.reads < reads + 10:
            await asyncio.sleep(0)
        store.add(EventKind.JOB_STARTED, OTHER)
        (second,) = await upcoming(reader)
        assert first.cursor.endswith("~_____job_1.1~_____job_2.1")
        assert second.cursor.endswith(f"{int(store.now * 1000)}~_____job_2.2")
        reader.close()

    asyncio.run(scenario())


def test_ticks_of_every_job_come_too(hub: EventHub) -> None:
    async def scenario() -> None:
        reader, _ = await begun(hub)
        hub.tick(Tick(JOB, 7, 1, 0.5))
        assert await upcoming(reader) == [Tick(JOB, 7, 1, 0.5)]
        reader.close()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("at", "reason"), [(RESUMABLE_SECONDS + 1, "old"), (-60, "future"), (RESUMABLE_SECONDS - 1, None)]
)
def test_a_cursor_that_lies_too_far_away_begins_anew_and_says_so(
    hub: EventHub, store: Facts, at: float, reason: str | None
) -> None:
    store.now = 1e9

    async def scenario() -> None:
        reader, start = await begun(hub, str(int((store.now - at) * 1000)))
        assert start.reason == reason
        reader.close()

    asyncio.run(scenario())


def test_a_number_that_a_job_has_not_reached_is_from_the_future(hub: EventHub) -> None:
    async def scenario() -> None:
        reader, start = await begun(hub, "1000000~_____job_1.2")
        assert (start.reason, start.cursor) == ("future", "1000000~_____job_1.1")
        reader.close()

    asyncio.run(scenario())


@pytest.mark.parametrize("text", ["", "x", "-1", "1~", "1~short.1", "1~_____job_1", "1~_____job_1.x", "1" * 16, "1!~"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        JobsCursor.parse(text)


def test_a_cursor_survives_its_text() -> None:
    cursor = JobsCursor.at(1234.5678, {"job_06fk3v8q2s5d1n7x9b4c0m8r3t": 12, JOB: 3})
    again = JobsCursor.parse(str(cursor))
    assert str(again) == str(cursor)
    assert [again.seq_of(JOB), again.seq_of("job_06fk3v8q2s5d1n7x9b4c0m8r3t"), again.seq_of(OTHER)] == [3, 12, None]


def test_a_cursor_that_would_name_too_many_jobs_cannot_be_resumed_from(hub: EventHub, store: Facts) -> None:
    cursor = JobsCursor.at(store.now, {f"job_{number}": 1 for number in range(MOST_NAMED + 1)})
    assert len(str(cursor)) < 20

    async def scenario() -> None:
        reader, start = await begun(hub, str(cursor))
        assert start.reason == "old"
        reader.close()

    asyncio.run(scenario())


def test_the_newest_number_counts() -> None:
    cursor = JobsCursor.at(1.0, {})
    for seq in (1, 2):
        cursor.see(Event(JOB, seq, EventKind.JOB_STARTED, 1.0, None, {}))
    assert str(cursor) == "1000~_____job_1.2"
