"""The live event hub: facts from the store without gap or repeat, and the newest ticks between them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass, field

from soundstage.core.errors import SoundstageError
from soundstage.core.events import FINAL_EVENTS, Event, EventKind, Tick

PAGE_EVENTS = 500
IDLE_SECONDS = 15.0
_WHILE_RUNNING = frozenset({EventKind.STAGE_STARTED, EventKind.PART_STARTED, EventKind.CHECKPOINT_SAVED})

ReadEvents = Callable[[str, int, int], Sequence[Event]]
"""(job id, after, limit) to the facts with a number above `after`, in order."""


class EventHub:
    """One for each server process. `notice`, `tick` and `close` are safe from any thread.

    A notice only wakes the readers of that job; what they tell is read from the store, each from its own cursor. So a
    slow reader holds one tick for each running part and no queue of facts.
    """

    def __init__(
        self,
        read_events: ReadEvents,
        watch_workers: Callable[[bool], None] = lambda on: None,
        poll_seconds: float = 1.0,
    ) -> None:
        """`watch_workers` hears whether anybody watches; facts of other processes are found by polling."""
        self._read_events = read_events
        self._watch_workers = watch_workers
        self._poll_seconds = poll_seconds
        self._readers: dict[str, set[_Reader]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._poller: asyncio.Task[None] | None = None
        self._is_closing = False

    @property
    def is_closing(self) -> bool:
        return self._is_closing

    @property
    def reader_count(self) -> int:
        return sum(len(readers) for readers in self._readers.values())

    def notice(self, job_id: str) -> None:
        """The job has new facts, or is gone."""
        if job_id in self._readers:
            self._call(lambda: self._wake(job_id))

    def tick(self, tick: Tick) -> None:
        if tick.job_id in self._readers:
            self._call(lambda: self._show(tick))

    def close(self) -> None:
        """Every watch ends now, and new ones at once."""
        self._is_closing = True
        self._call(self._wake_all)

    async def watch(
        self, job_id: str, after: int = 0, idle_seconds: float = IDLE_SECONDS
    ) -> AsyncGenerator[Event | Tick | None, None]:
        """The facts with a number above `after`, ticks between them, and None after each `idle_seconds` of silence.

        Ends after the fact that ended the job, when the job is gone, or when the hub closes. Raises StoreUnavailable.
        """
        reader = self._enter(job_id, after)
        try:
            while not self._is_closing:
                reader.woken.clear()
                page = await self._read(job_id, reader.cursor, PAGE_EVENTS)
                for item in reader.news(page):
                    yield item
                if _is_over(page):
                    return
                if len(page) < PAGE_EVENTS and not await reader.wait(idle_seconds):
                    yield None
        finally:
            self._leave(job_id, reader)

    async def _read(self, job_id: str, cursor: int, limit: int) -> Sequence[Event]:
        """From the fact at the cursor on: nothing at all means that there is no such job."""
        return await asyncio.to_thread(self._read_events, job_id, max(0, cursor - 1), limit)

    def _enter(self, job_id: str, after: int) -> _Reader:
        reader = _Reader(after)
        if not self._readers:
            self._loop = asyncio.get_running_loop()
            self._poller = self._loop.create_task(self._poll())
            self._watch_workers(True)
        self._readers.setdefault(job_id, set()).add(reader)
        return reader

    def _leave(self, job_id: str, reader: _Reader) -> None:
        self._readers[job_id].discard(reader)
        if not self._readers[job_id]:
            del self._readers[job_id]
        if not self._readers and self._poller is not None:
            self._poller.cancel()
            self._poller = None
            self._watch_workers(False)

    async def _poll(self) -> None:
        """Find what no notice told of: facts that another process made."""
        while True:
            await asyncio.sleep(self._poll_seconds)
            for job_id in list(self._readers):
                with contextlib.suppress(SoundstageError):
                    await self._look(job_id)

    async def _look(self, job_id: str) -> None:
        newest = max((reader.cursor for reader in self._readers.get(job_id, ())), default=0)
        found = await self._read(job_id, newest, 2)
        if not found or found[-1].seq > newest:
            self._wake(job_id)

    def _call(self, act: Callable[[], None]) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and with it every reader
                self._loop.call_soon_threadsafe(act)

    def _wake(self, job_id: str) -> None:
        for reader in self._readers.get(job_id, ()):
            reader.woken.set()

    def _wake_all(self) -> None:
        for job_id in self._readers:
            self._wake(job_id)

    def _show(self, tick: Tick) -> None:
        for reader in self._readers.get(tick.job_id, ()):
            reader.take(tick)


@dataclass(eq=False, slots=True)
class _Reader:
    """Where one watch is, and what it has not told yet. `ended` is the newest ended attempt of each part."""

    cursor: int
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    ticks: dict[int, Tick] = field(default_factory=dict)
    ended: dict[int, int] = field(default_factory=dict)

    def take(self, tick: Tick) -> None:
        if tick.attempt > self.ended.get(tick.part_id, 0):
            self.ticks[tick.part_id] = tick
            self.woken.set()

    def news(self, page: Sequence[Event]) -> Iterator[Event | Tick]:
        for fact in page:
            if fact.seq > self.cursor:
                self._note(fact)
                yield fact
        if len(page) < PAGE_EVENTS:
            ticks, self.ticks = self.ticks, {}
            yield from ticks.values()

    async def wait(self, seconds: float) -> bool:
        """False where nothing came."""
        try:
            async with asyncio.timeout(seconds):
                await self.woken.wait()
        except TimeoutError:
            return False
        return True

    def _note(self, fact: Event) -> None:
        self.cursor = fact.seq
        part, attempt = fact.data.get("part"), fact.data.get("attempt")
        if part is not None and attempt is not None and fact.kind not in _WHILE_RUNNING:
            self.ended[part] = attempt
            self.ticks.pop(part, None)


def _is_over(page: Sequence[Event]) -> bool:
    return not page or (len(page) < PAGE_EVENTS and page[-1].kind in FINAL_EVENTS)
