"""One reader each of a stream: of a job, or of all jobs of an owner. They pull, so that a slow one holds up nobody."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Protocol

from soundstage.core.errors import JobNotFound
from soundstage.core.events import Event, Start, Tick, Told
from soundstage.runtime.live.cursor import JobsCursor
from soundstage.runtime.live.feed import REPLAYED_FACTS, Feed

Item = Told | Tick | Start


class Shelf(Protocol):
    """Where readers find what their feed does not keep any more."""

    async def page_after(self, job_id: str, seq: int) -> Sequence[Event]: ...

    async def page_since(self, job_id: str, at: float) -> Sequence[Event]: ...

    def get(self, job_id: str) -> Feed | None: ...


class Reader(ABC):
    """What both kinds share: waiting, ticks, and an end. `reason` says why it has ended, once it has."""

    def __init__(self, idle_seconds: float) -> None:
        self.reason: str | None = None
        self._idle_seconds = idle_seconds
        self._quiet_since = asyncio.get_running_loop().time()
        self._leave: Callable[[], None] = lambda: None
        self._woken = asyncio.Event()
        self._is_reminded = False
        self._start: list[Item] = []
        self._ticks: dict[int, Tick] = {}

    async def news(self) -> Sequence[Item] | None:
        """What came, once something has; empty after a silence; None at the end. Raises StoreUnavailable."""
        while self.reason is None:
            self._woken.clear()
            told = await self._next()
            if told:
                self._quiet_since = asyncio.get_running_loop().time()
                return told
            if self.reason is None:
                await self._woken.wait()
            if self._is_reminded:
                self._is_reminded = False
                return ()
        return None

    def begin(self, start: Start) -> None:
        """Tell this first."""
        self._start = [start]

    def end(self, reason: str) -> None:
        """No more is told. Only the first reason counts."""
        self.reason = self.reason or reason
        self._woken.set()

    def on_close(self, leave: Callable[[], None]) -> None:
        """What is to happen when the reader is closed."""
        self._leave = leave

    def close(self) -> None:
        self.end("left")
        self._leave()
        self._leave = lambda: None

    def remind(self, now: float) -> None:
        """Give a sign of life where a silence has lasted long enough."""
        if now - self._quiet_since >= self._idle_seconds:
            self._quiet_since = now
            self._is_reminded = True
            self._woken.set()

    def hear_tick(self, tick: Tick) -> None:
        self._ticks[tick.part_id] = tick
        self._woken.set()

    def forget(self, part_id: int) -> None:
        self._ticks.pop(part_id, None)

    async def _next(self) -> Sequence[Item]:
        if self._start:
            start, self._start = self._start, []
            return start
        facts = await self._facts()
        if len(facts) >= REPLAYED_FACTS:
            return facts
        ticks, self._ticks = self._ticks, {}
        return [*facts, *ticks.values()]

    @abstractmethod
    async def _facts(self) -> Sequence[Told]: ...


class JobReader(Reader):
    """Ends after the fact that ended the job ("ended"), and where the job is deleted or another's ("gone")."""

    def __init__(self, feed: Feed, after: int, owner: str | None, shelf: Shelf, idle_seconds: float) -> None:
        super().__init__(idle_seconds)
        self.cursor = after
        self._feed = feed
        self._owner = owner
        self._shelf = shelf

    async def settle(self) -> None:
        """Wait until the feed is open, and check the cursor. Raises JobNotFound, StoreUnavailable."""
        await self._feed.until_open()
        if self._is_hidden():
            raise JobNotFound(f"There is no job {self._feed.job_id}.")
        if self.cursor > self._feed.head:
            self.cursor = self._feed.head
            self.begin(Start(str(self.cursor), "future"))

    def hear(self, feed: Feed) -> None:
        if self._is_hidden():
            self.end("gone")
        self._woken.set()

    async def _facts(self) -> Sequence[Told]:
        told = self._feed.after(self.cursor)
        if told is None:
            told = [Told(fact, str(fact.seq)) for fact in await self._shelf.page_after(self._feed.job_id, self.cursor)]
        if told:
            self.cursor = told[-1].fact.seq
        elif self._feed.is_over:
            self.end("ended")
        return told

    def _is_hidden(self) -> bool:
        return self._feed.is_gone or self._owner not in (None, self._feed.owner)


class JobsReader(Reader):
    """Of all jobs of an owner. `looked_at` tells up to which time no job with news is missing in those noted."""

    def __init__(self, looked_at: Callable[[], float], shelf: Shelf, idle_seconds: float) -> None:
        super().__init__(idle_seconds)
        self.cursor = JobsCursor(0)
        self._changed: dict[str, None] = {}
        self._looked_at = looked_at
        self._shelf = shelf

    def note(self, job_id: str) -> None:
        """The job has facts that this reader may not have told."""
        self._changed[job_id] = None
        self._woken.set()

    async def _facts(self) -> Sequence[Told]:
        looked_at = self._looked_at()
        told: list[Told] = []
        while self._changed and len(told) < REPLAYED_FACTS:
            told += await self._unseen(next(iter(self._changed)))
        if not self._changed:
            self.cursor.advance(looked_at)
        return told

    async def _unseen(self, job_id: str) -> Sequence[Told]:
        """Of one job; it counts as changed again where there is more."""
        del self._changed[job_id]
        facts = self._kept(job_id)
        if facts is None:
            facts = await self._page(job_id)
            if len(facts) >= REPLAYED_FACTS:
                self._changed[job_id] = None
        return [self._seen(fact) for fact in facts]

    def _kept(self, job_id: str) -> Sequence[Event] | None:
        feed, seq = self._shelf.get(job_id), self.cursor.seq_of(job_id)
        if feed is None or not feed.is_open:
            return None
        told = feed.since(self.cursor.boundary) if seq is None else feed.after(seq)
        return None if told is None else [each.fact for each in told]

    async def _page(self, job_id: str) -> Sequence[Event]:
        seq = self.cursor.seq_of(job_id)
        if seq is None:
            return await self._shelf.page_since(job_id, self.cursor.boundary)
        return await self._shelf.page_after(job_id, seq)

    def _seen(self, fact: Event) -> Told:
        self.cursor.see(fact)
        return Told(fact, str(self.cursor))
