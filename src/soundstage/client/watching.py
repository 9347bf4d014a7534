"""Following a job: its events to the end, however often the connection breaks."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from urllib.parse import quote

from pydantic import ValidationError

from soundstage.client import calls
from soundstage.client.connection import Connection
from soundstage.client.errors import ClientError, ConnectionLost, UnexpectedAnswer, WaitTimedOut
from soundstage.client.models import FINAL_EVENTS, Event, JobData, Model, Tick
from soundstage.client.sse import Message, messages
from soundstage.client.wires import Request

SILENCE_SECONDS = 45.0
"""The server says something every 15 seconds; a connection that is silent for so long is dead."""


class Bye(Model):
    """The last message of a stream."""

    reason: str


class Watch:
    """One job's stream, joined from as many connections as it takes. `ends_at` is by the wire's clock."""

    def __init__(self, connection: Connection, job_id: str, after: int, ends_at: float | None = None) -> None:
        self._connection = connection
        self._job_id = job_id
        self._cursor = after
        self._ends_at = ends_at
        self._endurance = connection.endurance()
        self._is_at_final_event = False
        self._has_ended = False

    async def items(self) -> AsyncGenerator[Event | Tick]:
        """Each fact after the cursor once and in order, and ticks between them, until the job has ended.

        Raises ApiError, ConnectionLost, and WaitTimedOut at `ends_at`.
        """
        while not self._has_ended:
            try:
                async with aclosing(self._received()) as received:
                    async for item in received:
                        yield item
            except ClientError as error:
                await self._come_back_after(error)

    async def _received(self) -> AsyncGenerator[Event | Tick]:
        """What one connection brings. Raises ConnectionLost when it ends before the job does."""
        request = Request(
            "GET",
            f"/api/jobs/{quote(self._job_id, safe='')}/events",
            headers={"Accept": "text/event-stream", "Last-Event-ID": str(self._cursor)},
            read_seconds=SILENCE_SECONDS,
        )
        async with self._in_time(), self._connection.stream(request, self._seconds_left()) as answer:
            async for message in messages(answer.chunks):
                item = await self._read(message)
                if item is not None:
                    yield item
        if not self._has_ended:
            raise ConnectionLost(f"The events of job {self._job_id} broke off.")

    async def _read(self, message: Message) -> Event | Tick | None:
        if message.retry_seconds is not None:
            self._endurance.first_seconds = message.retry_seconds
        self._endurance.note_progress()
        item = _item_of(message)
        if isinstance(item, Bye):
            self._has_ended = item.reason == "ended" and await self._is_over()
            return None
        return self._if_new(item) if isinstance(item, Event) else item

    def _if_new(self, event: Event) -> Event | None:
        if event.seq <= self._cursor:
            return None
        self._cursor = event.seq
        self._is_at_final_event = event.kind in FINAL_EVENTS
        return event

    async def _is_over(self) -> bool:
        """Raises NotFound for a job that was deleted."""
        return self._is_at_final_event or (await self._connection.call(calls.get_job(self._job_id))).has_ended

    async def _come_back_after(self, error: ClientError) -> None:
        async with self._in_time():
            try:
                await self._endurance.bear(error, self._seconds_left())
            except ConnectionLost:
                if not self._is_at_final_event:
                    raise
                self._has_ended = True

    @asynccontextmanager
    async def _in_time(self) -> AsyncGenerator[None]:
        try:
            yield
        except TimeoutError:
            raise WaitTimedOut(f"Job {self._job_id} has not ended in time; it goes on.") from None

    def _seconds_left(self) -> float | None:
        """Raises TimeoutError."""
        left = None if self._ends_at is None else self._ends_at - self._connection.wire.now()
        if left is not None and left <= 0:
            raise TimeoutError
        return left


async def wait(connection: Connection, job: JobData, timeout_seconds: float | None) -> JobData:
    """The job when it has ended. Raises WaitTimedOut."""
    ends_at = None if timeout_seconds is None else connection.wire.now() + timeout_seconds
    watch = Watch(connection, job.id, job.last_seq, ends_at)
    async with aclosing(watch.items()) as items:
        async for _ in items:
            pass
    return await connection.call(calls.get_job(job.id))


def _item_of(message: Message) -> Event | Tick | Bye | None:
    """None for a message that newer servers may send."""
    try:
        if message.event == "tick":
            return Tick.model_validate_json(message.data)
        if message.event == "bye":
            return Bye.model_validate_json(message.data)
        if "." in message.event:
            return Event.model_validate_json(message.data)
    except ValidationError as error:
        raise UnexpectedAnswer(f"The event {message.event!r} has {error.error_count()} problems.") from error
    return None
