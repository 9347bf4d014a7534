"""The document of the studio: speech and video at /api/generate/, and the health of the engines behind them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, model_validator

from soundstage.api.access import JobReader, JobWriter
from soundstage.api.compat.orders import find, place, reference_to
from soundstage.api.jobs.legacy import JobStatus, job_status, type_of_pipeline
from soundstage.api.jobs.pictures import moment
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.jobs.schemas import Request
from soundstage.api.services import JobsNeeded, ServicesNeeded
from soundstage.core.job import JobView
from soundstage.core.states import Priority
from soundstage.studio.engines import Engines

router = APIRouter(prefix="/api/generate", tags=["studio document"])

AssetId = Annotated[str, Field(min_length=1, max_length=100, description="The id of one of the caller's assets")]


class Generation(Request):
    """What both orders have."""

    title: str = Field("", max_length=2_000, pattern=r"^[^\x00]*$", description="For people")
    priority: Priority = Priority.NORMAL


class SpeechGeneration(Generation):
    """With a sample of a voice its speaker is cloned."""

    text: str = Field(min_length=1, examples=["Good morning."])
    voice_asset_id: AssetId | None = None
    voice: str | None = Field(None, description="A voice of the engine")
    engine: str | None = None
    speed: float | None = None
    format: str | None = None


class VideoGeneration(Generation):
    """A portrait that says what is heard in a recording, or what stands in a script."""

    portrait_asset_id: AssetId = Field(examples=["asset_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    audio_asset_id: AssetId | None = None
    script: str | None = Field(None, min_length=1)
    voice: str | None = Field(None, description="Who speaks the script")
    fps: int | None = None
    width: int | None = None
    height: int | None = None

    @model_validator(mode="after")
    def _has_one_thing_to_say(self) -> VideoGeneration:
        if (self.audio_asset_id is None) == (self.script is None):
            raise ValueError("give either audio_asset_id or script")
        return self


class GenerationOut(BaseModel):
    """A job in the words of the document: see `url` for all of it."""

    job_id: str
    type: str = Field(examples=["text_to_speech", "video_generation"])
    status: JobStatus
    progress: int = Field(ge=0, le=100)
    current_stage: str | None
    title: str
    priority: Priority
    created_at: datetime
    url: str


class EngineHealth(BaseModel):
    """Where it is not ready: `missing` says why, `remedy` what to type."""

    name: str
    title: str
    quality: str = Field(examples=["draft", "model", "cloud"])
    ready: bool
    missing: str = ""
    remedy: str = ""


class ServiceHealth(BaseModel):
    """Healthy where an engine is ready; what to expect of it is its `quality`."""

    service: Literal["tts", "video"]
    status: Literal["healthy", "unavailable"]
    engines: list[EngineHealth]


@router.post(
    "/text-to-speech",
    status_code=202,
    summary="Speak a text",
    operation_id="generate_speech",
    response_model=GenerationOut,
)
def generate_speech(wish: SpeechGeneration, jobs: JobsNeeded, caller: JobWriter, response: Response) -> GenerationOut:
    chosen = {"voice": wish.voice, "engine": wish.engine, "rate": wish.speed, "format": wish.format}
    params: dict[str, Any] = {"text": wish.text, **_given(chosen)}
    pipeline = "text_to_speech"
    if wish.voice_asset_id is not None:
        pipeline = "voice_clone"
        params["reference"] = reference_to(wish.voice_asset_id)
    job_id = place(jobs, caller, pipeline, params, description=wish.title, priority=wish.priority)
    return _accepted(find(jobs, caller, job_id), response)


@router.post("/video", status_code=202, summary="Make a portrait speak", operation_id="generate_video")
def generate_video(wish: VideoGeneration, jobs: JobsNeeded, caller: JobWriter, response: Response) -> GenerationOut:
    params: dict[str, Any] = {
        "portrait": reference_to(wish.portrait_asset_id),
        **_given({"fps": wish.fps, "width": wish.width, "height": wish.height, "voice": wish.voice}),
    }
    pipeline = "full_pipeline"
    if wish.audio_asset_id is not None:
        pipeline = "talking_head"
        params["audio"] = reference_to(wish.audio_asset_id)
    else:
        params["script"] = wish.script
    job_id = place(jobs, caller, pipeline, params, description=wish.title, priority=wish.priority)
    return _accepted(find(jobs, caller, job_id), response)


@router.get("/tts/status", summary="Which speech engines are ready", operation_id="get_speech_health")
def get_speech_health(services: ServicesNeeded, _caller: JobReader) -> ServiceHealth:
    return _health("tts", "speech", services.engines)


@router.get("/video/status", summary="Which video engines are ready", operation_id="get_video_health")
def get_video_health(services: ServicesNeeded, _caller: JobReader) -> ServiceHealth:
    return _health("video", "avatar", services.engines)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _accepted(job: JobView, response: Response) -> GenerationOut:
    url = f"{JOBS_PATH}/{job.id}"
    response.headers["Location"] = url
    return GenerationOut(
        job_id=job.id,
        type=type_of_pipeline(job.pipeline),
        status=job_status(job.state),
        progress=job.progress,
        current_stage=job.current_stage,
        title=job.description,
        priority=job.priority,
        created_at=moment(job.created_at),
        url=url,
    )


def _health(service: Literal["tts", "video"], capability: str, engines: Engines) -> ServiceHealth:
    described = [
        EngineHealth(
            name=spec.kind,
            title=spec.title,
            quality=spec.quality,
            ready=readiness.ready,
            missing=readiness.reason,
            remedy=readiness.remedy,
        )
        for spec, readiness in engines.describe(capability)
    ]
    is_ready = any(engine.ready for engine in described)
    return ServiceHealth(service=service, status="healthy" if is_ready else "unavailable", engines=described)
