"""What happened to a job and what happens now: server-sent events, resumed without gap or repeat."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import JSONResponse
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from soundstage.api.jobs.pictures import event_out, tick_out
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.jobs.schemas import EventOut
from soundstage.api.services import JobId, Owner, Services, ServicesNeeded
from soundstage.core.errors import BadInput, SoundstageError
from soundstage.core.events import Event, Tick

LARGEST_SEQ = 2**63 - 1
MOST_EVENTS_A_PAGE = 1000
RETRY_MILLISECONDS = (1_000, 5_000)
"""Spread, so that the readers of a server that went away do not all come back at once."""

router = APIRouter(prefix=JOBS_PATH + "/{job_id}", tags=["jobs"])

Seq = Annotated[int | None, Query(ge=0, le=LARGEST_SEQ, description="Only what came after this event")]


@router.get(
    "/events",
    summary="The events of a job, live",
    operation_id="follow_events",
    response_class=Response,
    responses={
        200: {
            "description": "Facts with their number as `id`, and `tick` events without one; `bye` ends the stream",
            "content": {
                "text/event-stream": {"schema": {"type": "string"}},
                "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
            },
        }
    },
)
async def follow_events(
    job_id: JobId,
    services: ServicesNeeded,
    owner: Owner,
    after: Seq = None,
    last_event_id: Annotated[int | None, Header(ge=0, le=LARGEST_SEQ)] = None,
    follow: Annotated[bool, Query(description="False: what there is, as a JSON list")] = True,
    limit: Annotated[int, Query(ge=1, le=MOST_EVENTS_A_PAGE, description="Of the JSON list")] = MOST_EVENTS_A_PAGE,
) -> Response:
    """Ends after the event that ends the job. A reader that comes back goes on from its `Last-Event-ID`."""
    cursor = last_event_id if last_event_id is not None else after or 0
    job = await run_sync(services.jobs.get, job_id, owner)
    if cursor > job.last_seq:
        raise BadInput(f"Job {job_id} has {job.last_seq} events: there is nothing to resume after {cursor}.")
    if not follow:
        events = await run_sync(services.jobs.events, job_id, cursor, limit)
        return JSONResponse([event_out(event).model_dump(mode="json") for event in events])
    return EventSourceResponse(
        _stream(services, job_id, cursor), headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    )


async def _stream(services: Services, job_id: str, cursor: int) -> AsyncIterator[bytes]:
    live = services.live
    yield format_sse_event(retry=random.randint(*RETRY_MILLISECONDS))
    reason = "ended"
    try:
        async with aclosing(live.watch(job_id, cursor, services.settings.idle_seconds)) as items:
            async for item in items:
                yield _line(item)
    except SoundstageError as error:
        reason = error.code
    yield format_sse_event(event="bye", data_str=json.dumps({"reason": "shutdown" if live.is_closing else reason}))


def _line(item: Event | Tick | None) -> bytes:
    if item is None:
        return KEEPALIVE_COMMENT
    if isinstance(item, Tick):
        return format_sse_event(event="tick", data_str=tick_out(item).model_dump_json())
    fact: EventOut = event_out(item)
    return format_sse_event(event=fact.kind, data_str=fact.model_dump_json(), id=str(fact.seq))
