"""Projects of the first document: talking heads at /api/v1/projects/, speech at /api/v1/audio/."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from soundstage.api.access import JobId, JobReader, JobWriter
from soundstage.api.compat.bodies import Fields, fields_for, form_body
from soundstage.api.compat.orders import PageNeeded, error_text, find, newest, place, renamed, results
from soundstage.api.jobs.links import artifact_link
from soundstage.api.jobs.pictures import job_out
from soundstage.api.languages import Languages, LanguagesWanted
from soundstage.api.services import Services, ServicesNeeded
from soundstage.core.errors import BadParameters
from soundstage.core.job import JobView
from soundstage.studio.access import Caller

PROJECTS_PATH = "/api/v1/projects"
KOKORO_PATH = "/api/v1/audio/kokoro/generate"
KOKORO_LIST_PATH = "/api/v1/audio/kokoro"
CHATTERBOX_PATH = "/api/v1/audio/chatterbox/tts/generate"
CHATTERBOX_LIST_PATH = "/api/v1/audio/chatterbox/projects"
FORM_PATHS = frozenset(path + slash for path in (PROJECTS_PATH, KOKORO_PATH, CHATTERBOX_PATH) for slash in ("", "/"))
LONGEST_NAME = 2_000
TEXT = {"type": "string", "example": "Good morning."}
NAME = {"type": "string", "example": "Lesson 3"}
VOICE = {"type": "string"}
NUMBER = {"type": "number", "example": 1.0}

TALKING_HEAD_NAMES = {"image": "portrait"}
SPEECH_NAMES = {"speed": "rate"}
CLONE_NAMES = {"audio": "reference", "reference_audio": "reference"}

router = APIRouter(tags=["first document"])


class StageStatus(BaseModel):
    key: str = Field(examples=["INFERENCE"])
    label: str = Field(examples=["Animating the portrait"])
    status: Literal["pending", "active", "completed", "failed"]
    progress: int = Field(ge=0, le=100)
    completed_at: datetime | None


class PipelineStatus(BaseModel):
    stages: list[StageStatus]


class ResultOut(BaseModel):
    name: str = Field(examples=["video.mp4"])
    url: str


class ProjectOut(BaseModel):
    """Old clients read `status` and `progress`; `pipeline` is lifted out of `metadata`, where it is as well."""

    id: str
    status: Literal["processing", "finished", "failed"]
    progress: int = Field(ge=0, le=100)
    current_stage: str | None = Field(examples=["INFERENCE"])
    pipeline: PipelineStatus
    metadata: dict[str, Any]
    error: str | None = Field(description="Why it failed; `current_stage` says where")
    name: str
    created_at: datetime
    completed_at: datetime | None
    results: list[ResultOut] = Field(description="What the last stage left")


def project_out(services: Services, job: JobView, languages: Languages) -> ProjectOut:
    shown = job_out(job, languages)
    return ProjectOut(
        id=job.id,
        status=shown.status,
        progress=shown.progress,
        current_stage=shown.current_stage,
        pipeline=PipelineStatus.model_validate(shown.metadata["pipeline"]),
        metadata=shown.metadata,
        error=error_text(job),
        name=job.description,
        created_at=shown.created_at,
        completed_at=shown.finished_at,
        results=[ResultOut(name=file.name, url=artifact_link(services, job.id, file)) for file in results(job)],
    )


@router.post(PROJECTS_PATH, status_code=202, include_in_schema=False)
@router.post(
    PROJECTS_PATH + "/",
    status_code=202,
    summary="Order a talking head",
    operation_id="v1_create_project",
    openapi_extra=form_body("portrait", "image", "audio", name=NAME),
)
def create_project(
    fields: Annotated[Fields, Depends(fields_for("talking_head"))],
    services: ServicesNeeded,
    caller: JobWriter,
    languages: LanguagesWanted,
) -> ProjectOut:
    """The fields are the parameters of the pipeline talking_head; `image` is another word for `portrait`."""
    return _ordered("talking_head", renamed(fields, TALKING_HEAD_NAMES), services, caller, languages)


@router.get(PROJECTS_PATH, include_in_schema=False)
@router.get(PROJECTS_PATH + "/", summary="Talking heads, newest first", operation_id="v1_list_projects")
def list_projects(
    services: ServicesNeeded, caller: JobReader, languages: LanguagesWanted, page: PageNeeded
) -> list[ProjectOut]:
    return [project_out(services, job, languages) for job in newest(services.jobs, caller, "talking_head", page)]


@router.get(PROJECTS_PATH + "/{job_id}/", include_in_schema=False)
@router.get(PROJECTS_PATH + "/{job_id}", summary="One project", operation_id="v1_get_project")
def get_project(job_id: JobId, services: ServicesNeeded, caller: JobReader, languages: LanguagesWanted) -> ProjectOut:
    return project_out(services, find(services.jobs, caller, job_id), languages)


@router.post(KOKORO_PATH + "/", status_code=202, include_in_schema=False)
@router.post(
    KOKORO_PATH,
    status_code=202,
    summary="Order speech",
    operation_id="v1_create_speech",
    openapi_extra=form_body(text=TEXT, voice=VOICE, speed=NUMBER, name=NAME),
)
def create_speech(
    fields: Annotated[Fields, Depends(fields_for("text_to_speech"))],
    services: ServicesNeeded,
    caller: JobWriter,
    languages: LanguagesWanted,
) -> ProjectOut:
    """The fields are the parameters of the pipeline text_to_speech; `speed` is another word for `rate`."""
    return _ordered("text_to_speech", renamed(fields, SPEECH_NAMES), services, caller, languages)


@router.get(KOKORO_LIST_PATH, include_in_schema=False)
@router.get(KOKORO_LIST_PATH + "/", summary="Speech, newest first", operation_id="v1_list_speech")
def list_speech(
    services: ServicesNeeded, caller: JobReader, languages: LanguagesWanted, page: PageNeeded
) -> list[ProjectOut]:
    return [project_out(services, job, languages) for job in newest(services.jobs, caller, "text_to_speech", page)]


@router.post(CHATTERBOX_PATH + "/", status_code=202, include_in_schema=False)
@router.post(
    CHATTERBOX_PATH,
    status_code=202,
    summary="Order speech in a cloned voice",
    operation_id="v1_create_clone",
    openapi_extra=form_body("reference", "audio", "reference_audio", text=TEXT, name=NAME),
)
def create_clone(
    fields: Annotated[Fields, Depends(fields_for("voice_clone"))],
    services: ServicesNeeded,
    caller: JobWriter,
    languages: LanguagesWanted,
) -> ProjectOut:
    """The fields are the parameters of the pipeline voice_clone: `text`, and the sample of the voice as `reference`."""
    return _ordered("voice_clone", renamed(fields, CLONE_NAMES), services, caller, languages)


@router.get(CHATTERBOX_LIST_PATH + "/", include_in_schema=False)
@router.get(CHATTERBOX_LIST_PATH, summary="Cloned voices, newest first", operation_id="v1_list_clones")
def list_clones(
    services: ServicesNeeded, caller: JobReader, languages: LanguagesWanted, page: PageNeeded
) -> list[ProjectOut]:
    return [project_out(services, job, languages) for job in newest(services.jobs, caller, "voice_clone", page)]


def _ordered(
    pipeline: str, fields: dict[str, Any], services: Services, caller: Caller, languages: Languages
) -> ProjectOut:
    name = fields.pop("name", "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or "\0" in name:
        raise BadParameters(f"name: it must be a text of at most {LONGEST_NAME} characters.")
    job_id = place(services.jobs, caller, pipeline, fields, description=name)
    return project_out(services, find(services.jobs, caller, job_id), languages)
