"""OpenAI's speech as a job of the caller: the answer waits for it, and who leaves ends it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from contextlib import aclosing
from http import HTTPStatus
from types import MappingProxyType

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from soundstage.api.access import JobWriter
from soundstage.api.openai.errors import NO_RETRY, error_answer
from soundstage.api.openai.names import engine_of, voice_of
from soundstage.api.openai.schemas import SpeechWish
from soundstage.api.services import LiveEvents, Services, ServicesNeeded
from soundstage.core.errors import Conflict
from soundstage.core.job import JobView
from soundstage.core.states import JobState, Priority
from soundstage.studio.access import Caller
from soundstage.studio.engines import Engines
from soundstage.studio.jobs import Order

PIPELINE = "text_to_speech"
JOB_HEADER = "X-Soundstage-Job"
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "mp3": "audio/mpeg",
        "opus": "audio/opus",
        "aac": "audio/aac",
        "flac": "audio/flac",
        "wav": "audio/wav",
        "pcm": "audio/pcm",
    }
)
_STATUS_OF_FAILURE: Mapping[str, HTTPStatus] = MappingProxyType(
    {
        "nothing_to_say": HTTPStatus.BAD_REQUEST,
        "unknown_voice": HTTPStatus.BAD_REQUEST,
        "engine_not_ready": HTTPStatus.SERVICE_UNAVAILABLE,
    }
)

router = APIRouter(prefix="/v1", tags=["openai"])


@router.post(
    "/audio/speech",
    summary="Speak a text",
    operation_id="openai_create_speech",
    response_class=Response,
    responses={200: {"content": {name: {"schema": {"type": "string", "format": "binary"}} for name in ("audio/*",)}}},
)
async def create_speech(wish: SpeechWish, request: Request, services: ServicesNeeded, caller: JobWriter) -> Response:
    """The audio of a job that the caller also finds among the jobs, under the id in `X-Soundstage-Job`."""
    order = await run_sync(order_of, wish, caller, services.engines)
    job_id = await run_sync(services.jobs.create, order)
    await _wait(services, job_id, request)
    job = await run_sync(services.jobs.get, job_id, caller.user_id)
    if not job.state.is_final:
        await run_sync(_cancel, services, job_id)
        return _unfinished(services, job_id)
    if job.state is not JobState.SUCCEEDED:
        return _failed(job)
    _, path = await run_sync(services.jobs.artifact, job_id, f"speech.{wish.response_format}", caller.user_id)
    return FileResponse(path, media_type=MEDIA_TYPES[wish.response_format], headers={JOB_HEADER: job_id})


def order_of(wish: SpeechWish, caller: Caller, engines: Engines) -> Order:
    """Raises ModelNotFound, UnknownVoice, EngineNotReady."""
    engine = engine_of(wish.model, (spec for spec, _ in engines.describe("speech")))
    params = {
        "text": wish.input,
        "engine": engine,
        "voice": voice_of(wish.voice_name, engines.voices(engine)),
        "rate": wish.speed,
        "format": wish.response_format,
    }
    metadata = {"openai": {"model": wish.model, "voice": wish.voice_name}}
    return Order(PIPELINE, params, caller.user_id, Priority.HIGH, metadata=metadata, plan=caller.plan)


async def _wait(services: Services, job_id: str, request: Request) -> None:
    """Until the job has ended, the caller has left, it takes too long, or the server stops. Raises StoreUnavailable."""
    watching = asyncio.create_task(_until_ended(services.live, job_id))
    leaving = asyncio.create_task(_until_left(request))
    try:
        ended, _ = await asyncio.wait(
            {watching, leaving},
            timeout=services.settings.speech_wait_seconds,
            return_when=asyncio.FIRST_COMPLETED,
        )
        for task in ended:
            task.result()
    finally:
        for task in (watching, leaving):
            task.cancel()
        await asyncio.gather(watching, leaving, return_exceptions=True)


async def _until_ended(live: LiveEvents, job_id: str) -> None:
    async with aclosing(live.watch(job_id)) as items:
        async for _ in items:
            pass


async def _until_left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _cancel(services: Services, job_id: str) -> None:
    with contextlib.suppress(Conflict):  # it ended just now
        services.jobs.cancel(job_id)


def _unfinished(services: Services, job_id: str) -> Response:
    headers = {**NO_RETRY, JOB_HEADER: job_id}
    if services.live.is_closing:
        message = "The server stops; the speech was cancelled. Ask again in a moment."
        return error_answer(HTTPStatus.SERVICE_UNAVAILABLE, message, "shutdown", headers)
    message = (
        f"The speech was not ready within {services.settings.speech_wait_seconds:g} seconds and was cancelled. "
        "Send less text, or order it at /api/jobs and come back for it."
    )
    return error_answer(HTTPStatus.GATEWAY_TIMEOUT, message, "timed_out", headers)


def _failed(job: JobView) -> Response:
    headers = {**NO_RETRY, JOB_HEADER: job.id}
    if job.error is None:
        return error_answer(HTTPStatus.CONFLICT, f"Job {job.id} was cancelled.", "job_cancelled", headers)
    status = _STATUS_OF_FAILURE.get(job.error.code, HTTPStatus.INTERNAL_SERVER_ERROR)
    return error_answer(status, f"{job.error.message} {job.error.hint}".strip(), job.error.code, headers)
