"""The live event hub: facts from the store without gap or repeat, and the newest ticks between them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Iterator

from soundstage.core.errors import JobNotFound, SoundstageError
from soundstage.core.events import Event, Start, Tick, Told
from soundstage.runtime.live.cursor import OVERLAP_SECONDS, JobsCursor
from soundstage.runtime.live.desk import Desk
from soundstage.runtime.live.feed import Feed
from soundstage.runtime.live.feeds import FactStore, Feeds
from soundstage.runtime.live.readers import JobReader, JobsReader, Reader
from soundstage.store.follow import Look

IDLE_SECONDS = 15.0
FIRST_POLL_SECONDS = 0.05
RESUMABLE_SECONDS = 3_600.0
FUTURE_SECONDS = 5.0
MOST_JOBS = 2_000
MOST_STRANGERS = 10_000


class EventHub:
    """One for each server process. `notice`, `tick` and `close` are safe from any thread.

    A notice only says that a job has new facts. They are read once, into the feed of that job; each reader takes them
    from there at its own pace, or from the store where it is further behind. So a slow reader holds one tick for each
    running part and no queue of facts.
    """

    def __init__(
        self,
        facts: FactStore,
        watch_workers: Callable[[bool], None] = lambda on: None,
        poll_seconds: float = 1.0,
        first_poll_seconds: float = FIRST_POLL_SECONDS,
    ) -> None:
        """`watch_workers` hears whether anybody watches; facts of other processes are found by polling."""
        self._facts = facts
        self._watch_workers = watch_workers
        self._poll_seconds = poll_seconds
        self._first_poll_seconds = min(first_poll_seconds, poll_seconds)
        self._feeds = Feeds(facts, self._join)
        self._desks: dict[str, Desk] = {}
        self._strangers: set[str] = set()
        self._readers: set[Reader] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._poller: asyncio.Task[None] | None = None
        self._is_closing = False

    @property
    def is_closing(self) -> bool:
        return self._is_closing

    @property
    def reader_count(self) -> int:
        return len(self._readers)

    def notice(self, job_id: str) -> None:
        """The job has new facts, or is gone."""
        if job_id in self._feeds or self._desks:
            self._call(lambda: self._hear(job_id))

    def tick(self, tick: Tick) -> None:
        if tick.job_id in self._feeds or self._desks:
            self._call(lambda: self._show(tick))

    def close(self) -> None:
        """Every reader ends now, and new ones at once."""
        self._is_closing = True
        self._call(self._end_all)

    async def follow(
        self, job_id: str, after: int = 0, owner: str | None = None, idle_seconds: float = IDLE_SECONDS
    ) -> JobReader:
        """The facts of a job after number `after`, and its ticks. With an owner, only while the job is theirs.

        The reader must be closed. Raises JobNotFound, StoreUnavailable.
        """
        feed = self._feeds.opened(job_id)
        reader = JobReader(feed, after, owner, self._feeds, idle_seconds)
        feed.listeners.add(reader)
        self._enter(reader, lambda: self._feeds.leave(feed, reader))
        with _closed_on_failure(reader):
            await reader.settle()
        return reader

    async def follow_all(self, owner: str, cursor: str | None = None, idle_seconds: float = IDLE_SECONDS) -> JobsReader:
        """The facts of all jobs of an owner after the cursor, or from now on, and their ticks.

        The reader must be closed. Raises BadInput for what is no cursor, StoreUnavailable.
        """
        wanted = None if cursor is None else JobsCursor.parse(cursor)
        desk = self._desk(owner)
        reader = JobsReader(lambda: desk.looked_at, self._feeds, idle_seconds)
        desk.readers.add(reader)
        self._enter(reader, lambda: self._leave_desk(desk, reader))
        with _closed_on_failure(reader):
            await self._place(reader, desk, wanted)
        return reader

    async def watch(
        self, job_id: str, after: int = 0, idle_seconds: float = IDLE_SECONDS
    ) -> AsyncGenerator[Event | Tick | None, None]:
        """As `follow`, one by one, for those inside: None after each silence. Of no such job there is nothing."""
        with contextlib.suppress(JobNotFound):
            reader = await self.follow(job_id, after, idle_seconds=idle_seconds)
            with contextlib.closing(reader):
                while (news := await reader.news()) is not None:
                    for item in news:
                        if not isinstance(item, Start):
                            yield item.fact if isinstance(item, Told) else item
                    if not news:
                        yield None

    def _enter(self, reader: Reader, leave: Callable[[], None]) -> None:
        def close() -> None:
            leave()
            self._leave(reader)

        reader.on_close(close)
        if self._is_closing:
            reader.end("shutdown")
        if not self._readers:
            self._loop = asyncio.get_running_loop()
            self._poller = self._loop.create_task(self._poll())
            self._watch_workers(True)
        self._readers.add(reader)

    def _leave(self, reader: Reader) -> None:
        self._readers.discard(reader)
        if not self._readers and self._poller is not None:
            self._poller.cancel()
            self._poller = None
            self._watch_workers(False)

    def _desk(self, owner: str) -> Desk:
        desk = self._desks.get(owner)
        if desk is None:
            desk = self._desks[owner] = Desk(owner)
            self._strangers.clear()
            for feed in self._feeds.of_owner(owner):
                feed.listeners.add(desk)
        return desk

    def _leave_desk(self, desk: Desk, reader: JobsReader) -> None:
        desk.readers.discard(reader)
        if not desk.readers and self._desks.get(desk.owner) is desk:
            del self._desks[desk.owner]
            for feed in self._feeds.of_owner(desk.owner):
                self._feeds.leave(feed, desk)

    async def _place(self, reader: JobsReader, desk: Desk, wanted: JobsCursor | None) -> None:
        look = await self._look(desk.owner, wanted)
        reason = None if wanted is None else _why_not(wanted, look)
        if wanted is None or reason is not None:
            look = await self._look(desk.owner, None) if reason else look
            reader.cursor = JobsCursor.at(look.at, look.last_seqs)
        else:
            reader.cursor = wanted
            wanted.resume(look.at, look.last_seqs)
            for job_id, last_seq in look.last_seqs.items():
                if last_seq > (wanted.seq_of(job_id) or 0):
                    reader.note(job_id)
        desk.looked_at = desk.looked_at or look.at
        reader.begin(Start(str(reader.cursor), reason))

    async def _look(self, owner: str, cursor: JobsCursor | None) -> Look:
        def look() -> Look:
            since = self._facts.now - OVERLAP_SECONDS if cursor is None else cursor.boundary
            return self._facts.look(owner, since, MOST_JOBS)

        return await self._feeds.read(look)

    async def _poll(self) -> None:
        """Find what no notice told of. At first often: workers hear only now that somebody watches."""
        pause_seconds = self._first_poll_seconds
        while True:
            await asyncio.sleep(pause_seconds)
            pause_seconds = min(2 * pause_seconds, self._poll_seconds)
            with contextlib.suppress(SoundstageError):
                await self._feeds.look_at_heads()
            for desk in list(self._desks.values()):
                with contextlib.suppress(SoundstageError):
                    await self._look_for(desk)
            now = asyncio.get_running_loop().time()
            for reader in self._readers:
                reader.remind(now)

    async def _look_for(self, desk: Desk) -> None:
        look = await self._feeds.read(lambda: self._facts.look(desk.owner, desk.looked_at - OVERLAP_SECONDS, MOST_JOBS))
        await self._feeds.catch_up(look.last_seqs)
        if len(look.last_seqs) < MOST_JOBS:
            desk.looked_at = look.at
        for feed in self._feeds.of_owner(desk.owner):
            if feed.job_id not in look.last_seqs and feed.listeners == {desk}:
                self._feeds.leave(feed, desk)

    def _call(self, act: Callable[[], None]) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and with it every reader
                self._loop.call_soon_threadsafe(act)

    def _hear(self, job_id: str) -> None:
        feed = self._meet(job_id)
        if feed is not None:
            self._feeds.refresh(feed)

    def _show(self, tick: Tick) -> None:
        feed = self._meet(tick.job_id)
        if feed is not None:
            feed.take(tick)

    def _meet(self, job_id: str) -> Feed | None:
        """The feed of a job that somebody may follow; None for those that are known to be of others."""
        if job_id in self._feeds:
            return self._feeds.get(job_id)
        if not self._desks or job_id in self._strangers:
            return None
        return self._feeds.opened(job_id)

    def _join(self, feed: Feed) -> None:
        """Let the desk of its owner hear it; a feed that nobody hears is forgotten."""
        desk = self._desks.get(feed.owner)
        if desk is not None:
            feed.listeners.add(desk)
        if not feed.listeners:
            if len(self._strangers) >= MOST_STRANGERS:
                self._strangers.clear()
            self._strangers.add(feed.job_id)
            self._feeds.drop_unheard(feed)

    def _end_all(self) -> None:
        for reader in self._readers:
            reader.end("shutdown")


@contextlib.contextmanager
def _closed_on_failure(reader: Reader) -> Iterator[None]:
    try:
        yield
    except BaseException:
        reader.close()
        raise


def _why_not(wanted: JobsCursor, look: Look) -> str | None:
    """Why a reader cannot go on from its cursor."""
    at = wanted.at_ms / 1000
    if at > look.at + FUTURE_SECONDS or any((wanted.seq_of(job) or 0) > seq for job, seq in look.last_seqs.items()):
        return "future"
    is_old = not wanted.is_resumable or at < look.at - RESUMABLE_SECONDS or len(look.last_seqs) >= MOST_JOBS
    return "old" if is_old else None
