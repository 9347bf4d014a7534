"""The feeds of all jobs that somebody follows: opened when first asked for, and kept up to date."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from soundstage.core.errors import SoundstageError
from soundstage.core.events import Event
from soundstage.runtime.live.feed import PAGE_FACTS, REPLAYED_FACTS, Feed, Listener
from soundstage.store.follow import Head, Look

TAIL_FACTS = 100
REPLAYS_AT_ONCE = 8

Result = TypeVar("Result")


class FactStore(Protocol):
    """What is read; `store.follow.FollowStore` says more of each."""

    @property
    def now(self) -> float: ...

    def tail(self, job_id: str, most: int) -> tuple[Head, Sequence[Event]]: ...

    def after(self, job_id: str, after: int, most: int) -> Sequence[Event]: ...

    def since(self, job_id: str, at: float, most: int) -> Sequence[Event]: ...

    def heads(self, job_ids: Sequence[str]) -> Mapping[str, Head]: ...

    def look(self, owner: str, since: float, most: int) -> Look: ...


class Feeds:
    """`joined` is told of each feed once it is open and its owner known, and again when the owner changes."""

    def __init__(self, facts: FactStore, joined: Callable[[Feed], None]) -> None:
        self._facts = facts
        self._joined = joined
        self._feeds: dict[str, Feed] = {}
        self._replays = asyncio.Semaphore(REPLAYS_AT_ONCE)

    def __contains__(self, job_id: object) -> bool:
        return job_id in self._feeds

    def get(self, job_id: str) -> Feed | None:
        return self._feeds.get(job_id)

    def of_owner(self, owner: str) -> list[Feed]:
        return [feed for feed in self._feeds.values() if feed.is_open and feed.owner == owner]

    def opened(self, job_id: str) -> Feed:
        """The feed of a job, which opens now where it is new."""
        feed = self._feeds.get(job_id)
        if feed is None:
            feed = self._feeds[job_id] = Feed(job_id)
            feed.opened = asyncio.get_running_loop().create_task(self._open(feed))
            feed.opened.add_done_callback(_look_at_error)
        return feed

    def leave(self, feed: Feed, listener: Listener) -> None:
        """A feed that nobody listens to is dropped."""
        feed.listeners.discard(listener)
        self.drop_unheard(feed)

    def drop_unheard(self, feed: Feed) -> None:
        if not feed.listeners and self._feeds.get(feed.job_id) is feed:
            del self._feeds[feed.job_id]

    def refresh(self, feed: Feed) -> asyncio.Task[None] | None:
        """Read what is new, once at a time. The task that does; None where the feed only opens now."""
        feed.is_stale = True
        if feed.is_open and feed.pump is None:
            feed.pump = asyncio.get_running_loop().create_task(self._pump(feed))
        return feed.pump

    async def look_at_heads(self) -> None:
        """Find what no notice told of: facts, owners and deletions by other processes. Raises StoreUnavailable."""
        open_feeds = [feed for feed in self._feeds.values() if feed.is_open]
        heads = await self.read(lambda: self._facts.heads([feed.job_id for feed in open_feeds]))
        for feed in open_feeds:
            self._compare(feed, heads.get(feed.job_id))

    async def catch_up(self, last_seqs: Mapping[str, int]) -> None:
        """Until the feeds of these jobs have their facts up to these numbers. Raises StoreUnavailable."""
        for feed in [self.opened(job_id) for job_id in last_seqs]:
            await feed.until_open()
            if feed.head < last_seqs[feed.job_id]:
                pump = self.refresh(feed)
                if pump is not None:
                    await pump

    async def page_after(self, job_id: str, seq: int) -> Sequence[Event]:
        """For readers that are further behind than the feed reaches back."""
        async with self._replays:
            return await self.read(lambda: self._facts.after(job_id, seq, REPLAYED_FACTS))

    async def page_since(self, job_id: str, at: float) -> Sequence[Event]:
        async with self._replays:
            return await self.read(lambda: self._facts.since(job_id, at, REPLAYED_FACTS))

    async def read(self, read: Callable[[], Result]) -> Result:
        """In a thread: nothing that asks the database may hold the event loop."""
        return await asyncio.get_running_loop().run_in_executor(None, read)

    async def _open(self, feed: Feed) -> None:
        try:
            head, facts = await self.read(lambda: self._facts.tail(feed.job_id, TAIL_FACTS))
        except BaseException:
            self._feeds.pop(feed.job_id, None)
            raise
        feed.owner = head.owner
        feed.head = facts[0].seq - 1 if facts else head.last_seq
        self._joined(feed)
        feed.grow(facts)
        if feed.is_stale:
            asyncio.get_running_loop().call_soon(self.refresh, feed)

    async def _pump(self, feed: Feed) -> None:
        try:
            while feed.is_stale and not feed.is_gone:
                feed.is_stale = False
                await self._extend(feed)
        except SoundstageError:
            pass  # the next look at the heads finds what is missing
        finally:
            feed.pump = None

    async def _extend(self, feed: Feed) -> None:
        """Reads from the newest known fact on: nothing at all means that the job is gone."""
        page = await self.read(lambda: self._facts.after(feed.job_id, feed.head - 1, PAGE_FACTS))
        if not page:
            feed.vanish()
        feed.is_stale = feed.is_stale or len(page) == PAGE_FACTS
        feed.grow(page)

    def _compare(self, feed: Feed, head: Head | None) -> None:
        if head is None:
            feed.vanish()
            return
        if head.owner != feed.owner:
            feed.owner = head.owner
            self._joined(feed)
            feed.tell()
        if head.last_seq > feed.head:
            self.refresh(feed)


def _look_at_error(task: asyncio.Task[None]) -> None:
    """So that asyncio does not complain where nobody waited for it."""
    if not task.cancelled():
        task.exception()
