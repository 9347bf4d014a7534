"""The mixer's document: POST /upload, GET /status/{id} until the stems are ready, and the same live at /ws/{id}."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from soundstage.api.access import AssetWriter, JobId, JobReader, JobWriter
from soundstage.api.assets.form import FileForm
from soundstage.api.compat.bodies import FORM
from soundstage.api.compat.orders import error_text, find, place
from soundstage.api.jobs.links import artifact_link
from soundstage.api.services import Services, ServicesNeeded
from soundstage.api.streamed_body import announced_bytes, in_a_thread, streamed_body
from soundstage.core.job import JobView
from soundstage.core.states import JobState
from soundstage.studio.assets.library import ASSET_PREFIX
from soundstage.studio.assets.names import clean_name

PIPELINE = "stems"
UPLOAD_PATH = "/upload"
FORM_PATHS = frozenset({UPLOAD_PATH, f"{UPLOAD_PATH}/"})
STEM_OF: Mapping[str, str] = MappingProxyType(
    {"vocal.wav": "vocal", "vocals.wav": "vocal", "drums.wav": "drums", "bass.wav": "bass", "other.wav": "other"}
)
_STATUS: Mapping[JobState, Literal["ready", "failed"]] = MappingProxyType(
    {JobState.SUCCEEDED: "ready", JobState.FAILED: "failed", JobState.CANCELLED: "failed"}
)
A_RECORDING = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}}
        },
    }
}

router = APIRouter(tags=["mixer document"])


class UploadOut(BaseModel):
    project_id: str
    status: Literal["processing"] = "processing"


class Stem(BaseModel):
    name: str = Field(examples=["vocal"])
    url: str


class StemsOut(BaseModel):
    """`stems` are those that are done, each as soon as it is; all of them when `ready`. `error` where it failed."""

    project_id: str
    status: Literal["pending", "ready", "failed"]
    progress: int = Field(ge=0, le=100)
    stems: list[Stem] | None = None
    error: str | None = None


@router.post(UPLOAD_PATH + "/", status_code=202, include_in_schema=False)
@router.post(
    UPLOAD_PATH,
    status_code=202,
    summary="Take a recording apart into stems",
    operation_id="upload_recording",
    openapi_extra=A_RECORDING,
)
async def upload_recording(
    request: Request, services: ServicesNeeded, caller: JobWriter, _storer: AssetWriter
) -> UploadOut:
    """The form's one file: MP3, WAV or FLAC by its content. Its job is queued when this is answered."""
    await run_sync(services.pipelines.get, PIPELINE)
    form = FileForm(request.headers.get("content-type", ""))
    body = streamed_body(request, services.settings)
    announced = announced_bytes(request)

    def order() -> str:
        file = form.file_chunks(body.chunks())
        asset = services.recordings.take(caller, file, announced, lambda: clean_name(form.file_name or ""))
        params = {"audio": f"{ASSET_PREFIX}{asset.id}"}
        return place(services.jobs, caller, PIPELINE, params, description=asset.name)

    return UploadOut(project_id=await in_a_thread(caller.user_id, order))


@router.get("/status/{job_id}/", include_in_schema=False)
@router.get(
    "/status/{job_id}",
    summary="The stems, when they are ready",
    operation_id="get_stems",
    response_model_exclude_none=True,
)
def get_stems(job_id: JobId, services: ServicesNeeded, caller: JobReader) -> StemsOut:
    return stems_out(services, find(services.jobs, caller, job_id, PIPELINE))


def stems_out(services: Services, job: JobView) -> StemsOut:
    status = _STATUS.get(job.state, "pending")
    error = None
    if status == "failed":
        error = error_text(job) or "It was cancelled."
    return StemsOut(
        project_id=job.id, status=status, progress=job.progress, stems=list(_stems(services, job)) or None, error=error
    )


def _stems(services: Services, job: JobView) -> Iterator[Stem]:
    """Each once: what a later stage left counts."""
    newest = {STEM_OF[file.name]: file for stage in job.stages for file in stage.artifacts if file.name in STEM_OF}
    for name in dict.fromkeys(STEM_OF.values()):
        if name in newest:
            yield Stem(name=name, url=artifact_link(services, job.id, newest[name]))
