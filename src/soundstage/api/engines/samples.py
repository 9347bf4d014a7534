"""Hearing a voice before it is chosen."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Header, Path, Query, Response

from soundstage.api.access import JobReader
from soundstage.api.downloads import DOWNLOAD_RESPONSES, Download, file_answer
from soundstage.api.engines.routes import ENGINE_NAME, LANGUAGE_TAG
from soundstage.api.services import LiveEvents, ServicesNeeded
from soundstage.core.assets import AssetFile, FileRole
from soundstage.core.errors import TooBusy
from soundstage.core.job import ArtifactView
from soundstage.studio.assets.library import Served

LONGEST_WAIT_SECONDS = 30.0
COME_AGAIN_SECONDS = 3

router = APIRouter(tags=["engines"])


@router.get(
    "/api/voices/{engine}/{name:path}/sample",
    summary="Hear a voice",
    operation_id="get_voice_sample",
    response_class=Download,
    responses=DOWNLOAD_RESPONSES,
)
async def voice_sample(
    engine: Annotated[str, Path(pattern=ENGINE_NAME, description="`auto`: the best engine that has the voice")],
    name: Annotated[str, Path(max_length=100)],
    services: ServicesNeeded,
    _caller: JobReader,
    lang: Annotated[
        str | None, Query(pattern=LANGUAGE_TAG, max_length=35, description="Of the sentence, instead of the voice's")
    ] = None,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """A sentence in the voice's language (English, Indonesian or Portuguese; any other voice speaks English), as WAV.

    It is spoken once and kept, in no list of jobs. While the workers are busy elsewhere: `503`, and `Retry-After`.
    """
    samples = services.voice_samples
    ordered = await run_sync(samples.order, engine, name, lang)
    if not ordered.is_made:
        await _wait(services.live, ordered.job_id, min(LONGEST_WAIT_SECONDS, services.settings.speech_wait_seconds))
    made = await run_sync(samples.made, ordered.job_id)
    if made is None:
        raise TooBusy(
            f"The sample of the voice {name} is being made.",
            hint=f"Ask again in {COME_AGAIN_SECONDS} s.",
            retry_after_seconds=COME_AGAIN_SECONDS,
        )
    artifact, path = made
    return file_answer(_served(artifact), path, "inline", if_none_match)


async def _wait(live: LiveEvents, job_id: str, seconds: float) -> None:
    """Until the job has ended, or for so long. Raises StoreUnavailable."""
    try:
        async with asyncio.timeout(seconds), aclosing(live.watch(job_id)) as items:
            async for _ in items:
                pass
    except TimeoutError:
        return


def _served(artifact: ArtifactView) -> Served:
    file = AssetFile(FileRole.ORIGINAL, artifact.sha256, artifact.size_bytes, artifact.media_type)
    return Served.of(file, artifact.name)
