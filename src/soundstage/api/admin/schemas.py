"""Workers, queues, failures and storage as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from soundstage.core.states import Priority
from soundstage.store.administration.queues import QueueState
from soundstage.store.administration.storage import Content
from soundstage.store.administration.workers import WorkerState
from soundstage.studio.access import Plan

MOST_REASON_CHARACTERS = 200


class WorkOut(BaseModel):
    """The part that a worker runs; `started_at` is when this attempt began."""

    job: str = Field(examples=["job_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    pipeline: str = Field(examples=["text_to_speech"])
    stage: str = Field(examples=["GENERATION"])
    label: str = Field(examples=["Speaking"])
    item: int | None = Field(description="The index of the item in a stage that has items")
    attempt: int
    progress: int = Field(ge=0, le=100)
    message: str | None = Field(examples=["Sentence 3 of 8"])
    started_at: datetime


class WorkerOut(BaseModel):
    """A worker process. A lost one has not been heard of for a while: what it ran soon starts again elsewhere."""

    id: str = Field(examples=["worker_4711_9f86d081"])
    host: str
    pid: int
    queues: list[str] = Field(examples=[["cpu", "gpu", "io"]])
    state: WorkerState
    started_at: datetime
    beat_at: datetime = Field(description="When it was last heard of")
    work: WorkOut | None


class WorkerList(BaseModel):
    workers: list[WorkerOut]


class QueuePauseIn(BaseModel):
    """Why, for those who wonder later."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"reason": "A new graphics card"}]})

    reason: Annotated[str, Field(max_length=MOST_REASON_CHARACTERS, pattern=r"^[^\x00]*$")] = ""


class QueuePauseOut(BaseModel):
    """`by` is the id of the administrator, or `local` for the command line; `by_name` the user name, if any."""

    by: str
    by_name: str | None
    at: datetime
    reason: str


class QueueOut(BaseModel):
    """A paused queue is `draining` while parts of it run. `oldest_seconds` tells how long the first part waits."""

    name: str = Field(examples=["gpu"])
    state: QueueState
    ready_parts: int
    ready_by_priority: dict[Priority, int]
    active_parts: int
    retrying_parts: int = Field(description="Those that wait for their next try, or to look outside again")
    oldest_seconds: float
    workers: int = Field(description="How many worker processes serve it")
    pause: QueuePauseOut | None


class QueueList(BaseModel):
    queues: list[QueueOut]


class CauseOut(BaseModel):
    """Failures of one stage with one error code. `message` and `last_job` are those of the last one."""

    pipeline: str = Field(examples=["text_to_speech"])
    stage: str = Field(examples=["GENERATION"])
    code: str = Field(examples=["engine_failed"])
    failed_tries: int = Field(description="Each try that failed, whether or not another followed")
    failed_parts: int = Field(description="Parts that were given up")
    jobs: int
    last_at: datetime
    last_job: str
    message: str


class FailureList(BaseModel):
    """Of jobs that were not deleted since; the newest first."""

    causes: list[CauseOut]


class FillingOut(BaseModel):
    bytes: int
    count: int


class OwnerStorageOut(BaseModel):
    """`asset_bytes` is what `limit_bytes` bounds, with what is promised to uploads; null without limit."""

    owner: str
    username: str | None
    plan: Plan | None
    asset_bytes: int
    artifact_bytes: int
    limit_bytes: int | None


class StorageOut(BaseModel):
    """What is stored. Bytes that are equal are stored once: `total` counts them once, each content counts its own.

    Files that only a parameter of a job names are not counted. The disk is that of the home folder.
    """

    total: FillingOut
    by_content: dict[Content, FillingOut]
    disk_free_bytes: int
    disk_total_bytes: int
    owners: list[OwnerStorageOut] = Field(description="The 20 with the most bytes")
