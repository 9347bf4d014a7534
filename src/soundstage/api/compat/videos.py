"""The document of the story video: generate, status, list and get at /api/video/, in its field names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from soundstage.api.access import JobReader, JobWriter
from soundstage.api.compat.orders import PageNeeded, error_text, find, newest, place, results
from soundstage.api.jobs.links import artifact_link
from soundstage.api.jobs.pictures import moment, moment_or_none
from soundstage.api.services import Services, ServicesNeeded
from soundstage.core.job import JobView
from soundstage.core.states import JobState

PIPELINE = "story_video"
OWN_METADATA = ("pipeline", "postId")
VIDEO_FILE, THUMBNAIL_FILE = "video.mp4", "thumbnail.jpg"

VideoStatus = Literal["pending", "processing", "completed", "failed"]
_STATUS: Mapping[JobState, VideoStatus] = MappingProxyType(
    {
        JobState.QUEUED: "pending",
        JobState.SUCCEEDED: "completed",
        JobState.FAILED: "failed",
        JobState.CANCELLED: "failed",
    }
)

router = APIRouter(prefix="/api/video", tags=["story video document"])


class VideoWish(BaseModel):
    """`niche` and `postId` come back as they were given."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"prompt": "A lighthouse in a storm", "niche": "travel"}]}
    )

    prompt: str = Field(min_length=1, max_length=10_000)
    niche: str = Field("general", min_length=1, max_length=100)
    scene_count: int = Field(3, ge=1, le=5, alias="sceneCount")
    duration: int = Field(30, ge=15, le=60, description="Seconds")
    post_id: str | None = Field(None, max_length=255, alias="postId")


class InCamelCase(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True)


class VideoProgress(InCamelCase):
    video_id: str
    status: VideoStatus
    progress: int = Field(ge=0, le=100)
    current_stage: str | None
    error: str | None


class VideoOut(VideoProgress):
    """`duration` in seconds: of the finished video, before that the wanted one."""

    post_id: str | None
    niche: str
    prompt: str
    metadata: dict[str, Any]
    video_url: str | None
    thumbnail_url: str | None
    duration: float | None
    created_at: datetime
    completed_at: datetime | None


VideoId = Annotated[str, Query(alias="videoId", max_length=100)]


@router.post("/generate", status_code=202, summary="Order a story video", operation_id="generate_story_video")
def generate(wish: VideoWish, services: ServicesNeeded, caller: JobWriter) -> VideoOut:
    params = {
        "prompt": wish.prompt,
        "niche": wish.niche,
        "scene_count": wish.scene_count,
        "duration_seconds": wish.duration,
    }
    metadata = {} if wish.post_id is None else {"postId": wish.post_id}
    job_id = place(services.jobs, caller, PIPELINE, params, metadata=metadata)
    return video_out(services, find(services.jobs, caller, job_id))


@router.get("/status", summary="How far a story video is", operation_id="get_story_video_status")
def get_status(video_id: VideoId, services: ServicesNeeded, caller: JobReader) -> VideoProgress:
    return VideoProgress(**_progress(find(services.jobs, caller, video_id, PIPELINE)))


@router.get("/list", summary="Story videos, newest first", operation_id="list_story_videos")
def list_videos(services: ServicesNeeded, caller: JobReader, page: PageNeeded) -> list[VideoOut]:
    return [video_out(services, job) for job in newest(services.jobs, caller, PIPELINE, page)]


@router.get("/get", summary="One story video", operation_id="get_story_video")
def get(video_id: VideoId, services: ServicesNeeded, caller: JobReader) -> VideoOut:
    return video_out(services, find(services.jobs, caller, video_id, PIPELINE))


def video_out(services: Services, job: JobView) -> VideoOut:
    links = {file.name: artifact_link(services, job.id, file) for file in results(job)}
    made = job.stages[-1].values
    return VideoOut(
        **_progress(job),
        post_id=job.metadata.get("postId"),
        niche=job.params.get("niche", ""),
        prompt=job.params.get("prompt", ""),
        metadata={**made, **{name: value for name, value in job.metadata.items() if name not in OWN_METADATA}},
        video_url=links.get(VIDEO_FILE),
        thumbnail_url=links.get(THUMBNAIL_FILE),
        duration=made.get("duration_seconds", job.params.get("duration_seconds")),
        created_at=moment(job.created_at),
        completed_at=moment_or_none(job.finished_at),
    )


def _progress(job: JobView) -> dict[str, Any]:
    return {
        "video_id": job.id,
        "status": _STATUS.get(job.state, "processing"),
        "progress": job.progress,
        "current_stage": job.current_stage,
        "error": error_text(job),
    }
