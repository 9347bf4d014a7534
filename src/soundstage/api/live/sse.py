"""Server-sent events: of a job, and of all jobs of the caller. Resumed without gap or repeat."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import JSONResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.types import ASGIApp, Receive, Scope, Send

from soundstage.api.access import JobId
from soundstage.api.jobs.pictures import event_out
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.live.callers import StreamReader
from soundstage.api.live.pictures import facts, start_name, start_text, ticks
from soundstage.api.live.streams import LARGEST_SEQ, Bye, Item, Stream, seq_of
from soundstage.api.services import Services, ServicesNeeded
from soundstage.core.events import Start, Tick

MOST_EVENTS_A_PAGE = 1_000
RETRY_MILLISECONDS = (1_000, 10_000)
"""Spread, so that the readers of a server that went away do not all come back at once."""
CHUNK_BYTES = 32_768
LATER = "soundstage.later"
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no", "Content-Type": "text/event-stream; charset=utf-8"}
STREAM: Mapping[int | str, dict[str, Any]] = {
    200: {
        "description": "Facts with their cursor as `id`, and `tick` events without one; `bye` ends the stream",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}

router = APIRouter(tags=["live"])

LastEventId = Annotated[str | None, Header(description="What a browser's EventSource sends when it comes back")]


@router.get(
    JOBS_PATH + "/{job_id}/events",
    summary="The events of a job, live",
    operation_id="follow_events",
    response_class=Response,
    responses={
        200: {
            **STREAM[200],
            "content": {
                **STREAM[200]["content"],
                "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
            },
        }
    },
)
async def follow_events(
    job_id: JobId,
    services: ServicesNeeded,
    caller: StreamReader,
    after: Annotated[int, Query(ge=0, le=LARGEST_SEQ, description="Only what came after this event")] = 0,
    last_event_id: LastEventId = None,
    follow: Annotated[bool, Query(description="False: what there is, as a JSON list")] = True,
    limit: Annotated[int, Query(ge=1, le=MOST_EVENTS_A_PAGE, description="Of the JSON list")] = MOST_EVENTS_A_PAGE,
) -> Response:
    """Ends after the event that ends the job. A reader that comes back goes on from its `Last-Event-ID`."""
    cursor = seq_of(last_event_id) if last_event_id else after
    if follow:
        return _told(services, await services.streams.of_job(services, caller, job_id, cursor))
    await run_sync(services.jobs.check_owner, job_id, caller.sees)
    events = await run_sync(services.jobs.events, job_id, cursor, limit)
    return JSONResponse([event_out(event).model_dump(mode="json") for event in events])


@router.get(
    "/api/events",
    summary="The events of all jobs of the caller, live",
    operation_id="follow_all_events",
    response_class=Response,
    responses=dict(STREAM),
)
async def follow_all_events(
    services: ServicesNeeded,
    caller: StreamReader,
    after: Annotated[str | None, Query(max_length=8_192, description="Only what came after this cursor")] = None,
    last_event_id: LastEventId = None,
) -> Response:
    """Begins with `ready`, from now on, or goes on after the cursor. Where that is not possible any more it begins
    with `snapshot_required`: load the jobs anew.
    """
    return _told(services, await services.streams.of_all(services, caller, last_event_id or after))


class EventStream(Response):
    """The answer that tells a stream, in the format of the HTML standard, section 9.2.

    Where `TellsLater` is outermost it is told from there: what the framework holds for a request is free by then.
    """

    def __init__(self, stream: Stream) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        except BaseException:
            self._stream.close()
            raise
        later = scope.get(LATER)
        if later is None:
            await self.tell(receive, send)
        else:
            later.append(self.tell)

    async def tell(self, receive: Receive, send: Send) -> None:
        """The body, to its end."""
        leaving = asyncio.get_running_loop().create_task(self._end_when_left(receive))
        try:
            await self._tell(send)
        finally:
            leaving.cancel()
            self._stream.close()

    async def _tell(self, send: Send) -> None:
        await _send_chunk(send, format_sse_event(retry=random.randint(*RETRY_MILLISECONDS)))
        async for batch in self._stream.batches():
            for chunk in _chunks(batch):
                await _send_chunk(send, chunk)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _end_when_left(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._stream.end("left")


def _told(services: Services, stream: Stream) -> EventStream:
    stream.count_in(services.operating.metrics, "sse")
    return EventStream(stream)


class TellsLater:
    """ASGI. Tells the body of an EventStream when all layers of the application have done their work."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        later: list[Callable[[Receive, Send], Awaitable[None]]] = []
        scope[LATER] = later
        await self._app(scope, receive, send)
        del scope
        for tell in later:
            await tell(receive, send)


async def _send_chunk(send: Send, chunk: bytes) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": True})


def _chunks(batch: Sequence[Item]) -> Iterator[bytes]:
    """What came at once goes out at once, in pieces that a slow reader may hold."""
    chunk = bytearray()
    for item in batch:
        chunk += _block(item).encode()
        if len(chunk) >= CHUNK_BYTES:
            yield bytes(chunk)
            chunk.clear()
    if chunk or not batch:
        yield bytes(chunk) or KEEPALIVE_COMMENT


def _block(item: Item) -> str:
    """JSON has no line break: each block has one line of data."""
    if isinstance(item, Tick):
        return f"event: tick\ndata: {ticks.of(item)}\n\n"
    if isinstance(item, Start):
        return f"event: {start_name(item)}\ndata: {start_text(item)}\nid: {item.cursor}\n\n"
    if isinstance(item, Bye):
        return f"event: bye\ndata: {json.dumps({'reason': item.reason})}\n\n"
    return f"event: {item.fact.kind}\ndata: {facts.of(item.fact)}\nid: {item.cursor}\n\n"
