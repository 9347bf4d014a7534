"""What all transports share: a stream of facts and ticks that resumes from a cursor, and ends with a reason."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from soundstage.api.live.guard import Guard
from soundstage.core.errors import BadInput, SoundstageError, TooBusy
from soundstage.core.events import Start, Tick, Told
from soundstage.studio.access import Caller, Scope, check

if TYPE_CHECKING:
    from soundstage.api.operating.metrics import Metrics
    from soundstage.api.services import LiveReader, Services

MOST_STREAMS = 5_000
OPENINGS_AT_ONCE = 32
OPENING_SECONDS = 10.0
COME_AGAIN_SECONDS = (1, 10)
SENT_TOGETHER = 8
LARGEST_SEQ = 2**63 - 1


class Bye(NamedTuple):
    """The end. `reason` is ended, gone, shutdown or revoked, or the code of an error."""

    reason: str


Item = Told | Tick | Start | Bye


class Stream:
    """Opened by `Streams`, for one connection. Whoever opened it closes it."""

    def __init__(self, reader: LiveReader) -> None:
        self._reader = reader
        self._at_close = contextlib.ExitStack()
        self._at_close.callback(reader.close)

    async def batches(self) -> AsyncIterator[Sequence[Item]]:
        """What came, as it comes; empty as a sign of life. The last one is a Bye."""
        reason = "ended"
        try:
            while (news := await self._reader.news()) is not None:
                yield news
            reason = self._reader.reason or reason
        except SoundstageError as error:
            reason = error.code
        yield [Bye(reason)]

    def end(self, reason: str) -> None:
        """No more is told, apart from the Bye."""
        self._reader.end(reason)

    def at_close(self, act: Callable[[], None]) -> None:
        self._at_close.callback(act)

    def count_in(self, metrics: Metrics, transport: str) -> None:
        """As open, until it is closed."""
        metrics.stream_opened(transport)
        self.at_close(lambda: metrics.stream_closed(transport))

    def close(self) -> None:
        """Again, it does nothing."""
        self._at_close.close()


class Streams:
    """One for each server. Opens streams for those who may, so many at once, and ends them when they may no longer."""

    def __init__(
        self,
        guard: Guard | None = None,
        most: int = MOST_STREAMS,
        at_once: int = OPENINGS_AT_ONCE,
        wait_seconds: float = OPENING_SECONDS,
    ) -> None:
        self._guard = guard or Guard()
        self._most = most
        self._wait_seconds = wait_seconds
        self._openings = asyncio.Semaphore(at_once)
        self._count = 0

    async def of_job(self, services: Services, caller: Caller, job_id: str, after: int = 0) -> Stream:
        """The facts of a job after that number. Raises JobNotFound, NotAllowed, TooBusy, StoreUnavailable."""
        idle_seconds = services.settings.idle_seconds
        return await self._open(
            services, caller, lambda: services.live.follow(job_id, after, caller.sees, idle_seconds)
        )

    async def of_all(self, services: Services, caller: Caller, cursor: str | None = None) -> Stream:
        """The facts of the caller's own jobs after the cursor, or from now on. Raises BadInput too."""
        idle_seconds = services.settings.idle_seconds
        return await self._open(
            services, caller, lambda: services.live.follow_all(caller.user_id, cursor, idle_seconds)
        )

    async def _open(self, services: Services, caller: Caller, follow: Callable[[], Awaitable[LiveReader]]) -> Stream:
        check(caller, [Scope.JOBS_READ])
        with self._counted() as counted:
            async with self._admitted():
                stream = Stream(await follow())
            stream.at_close(self._guard.hold(services.identities, caller, lambda: stream.end("revoked")))
            stream.at_close(counted.pop_all().close)
        return stream

    @contextlib.contextmanager
    def _counted(self) -> Iterator[contextlib.ExitStack]:
        if self._count >= self._most:
            raise _too_busy(f"{self._most} live streams are open, which is the most that this server holds.")
        with contextlib.ExitStack() as stack:
            self._count += 1
            stack.callback(self._uncount)
            yield stack

    def _uncount(self) -> None:
        self._count -= 1

    @contextlib.asynccontextmanager
    async def _admitted(self) -> AsyncIterator[None]:
        """A few are opened at once: after a restart all readers come back together."""
        try:
            await asyncio.wait_for(self._openings.acquire(), self._wait_seconds)
        except TimeoutError:
            raise _too_busy("Too many live streams are being opened at this moment.") from None
        try:
            yield
        finally:
            self._openings.release()


def portions(batch: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """What is sent together: few enough to be held for as long as a connection takes nothing."""
    return (batch[start : start + SENT_TOGETHER] for start in range(0, len(batch), SENT_TOGETHER))


def seq_of(text: str | None) -> int:
    """A cursor within one job; 0 where none is given. Raises BadInput."""
    if text is None or text == "":
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= LARGEST_SEQ):
        raise BadInput(f"{text[:40]!r} is no number of an event.", hint="Use the `seq` of the last event that came.")
    return int(text)


def _too_busy(message: str) -> TooBusy:
    return TooBusy(message, retry_after_seconds=random.randint(*COME_AGAIN_SECONDS))
