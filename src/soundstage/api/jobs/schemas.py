"""Jobs as JSON: what comes in, and what goes out."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from soundstage.core.events import EventKind
from soundstage.core.states import JobState, PartState, Priority, StageKind, WaitKind

MOST_METADATA_CHARACTERS = 16_384


def _small(metadata: dict[str, Any]) -> dict[str, Any]:
    if len(json.dumps(metadata)) > MOST_METADATA_CHARACTERS:
        raise ValueError(f"metadata may hold {MOST_METADATA_CHARACTERS} characters as JSON")
    return metadata


class Request(BaseModel):
    """A body that comes in; a name that it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class NewJob(Request):
    """An order. `metadata` is the caller's own and comes back as it was given."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"pipeline": "text_to_speech", "params": {"text": "Good morning."}}]}
    )

    pipeline: str = Field(max_length=60, description="The kind of an installed pipeline")
    params: dict[str, Any] = Field(default_factory=dict, description="Checked against the pipeline's schema")
    priority: Priority = Priority.NORMAL
    description: str = Field("", max_length=2_000, pattern=r"^[^\x00]*$", description="For people")
    metadata: Annotated[dict[str, Any], AfterValidator(_small)] = Field(default_factory=dict)


class Retry(Request):
    """Without `from`: where the job failed. With changed parameters they replace those of the same name."""

    from_stage: str | None = Field(None, alias="from", max_length=40, examples=["GENERATION"])
    params: dict[str, Any] = Field(default_factory=dict)


class StageAnswer(Request):
    """A reply to what a stage waits for: one of the offered actions, and data for the stage."""

    action: str = Field(max_length=100, examples=["continue"])
    data: dict[str, Any] = Field(default_factory=dict)


class JobChange(Request):
    priority: Priority


class ErrorOut(BaseModel):
    """`code` is stable; `message` and `hint` are for people."""

    code: str = Field(examples=["engine_failed"])
    message: str
    hint: str


class WaitOut(BaseModel):
    """What a part waits for, and the actions that answer it. At `due_at` it goes on, or fails, by itself."""

    kind: WaitKind
    reason: str
    actions: list[str]
    due_at: datetime | None


class ArtifactOut(BaseModel):
    """A file that a stage left; `url` is where its bytes are."""

    name: str = Field(examples=["speech.wav"])
    sha256: str
    size_bytes: int
    media_type: str
    created_at: datetime
    url: str


class PartOut(BaseModel):
    """What one attempt does: the whole stage, or one item of it."""

    id: int
    item: int | None = Field(description="The index of the item in a stage that has items")
    state: PartState
    progress: int = Field(ge=0, le=100)
    message: str | None
    attempt: int
    failures: int
    losses: int
    worker: str | None
    started_at: datetime | None
    finished_at: datetime | None
    wait: WaitOut | None
    error: ErrorOut | None


class StageOut(BaseModel):
    key: str = Field(examples=["GENERATION"])
    label: str = Field(examples=["Speaking"])
    weight: int
    kind: StageKind
    state: PartState
    progress: int = Field(ge=0, le=100)
    started_at: datetime | None
    finished_at: datetime | None
    wait: WaitOut | None
    error: ErrorOut | None
    parts: list[PartOut]
    artifacts: list[ArtifactOut]


class JobOut(BaseModel):
    """A job and its stages in one consistent picture.

    `last_seq` is the newest event that the picture includes: follow the events after it. `status` and
    `metadata.pipeline` are views for older clients.
    """

    id: str = Field(examples=["job_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    pipeline: str
    version: int
    state: JobState
    status: Literal["processing", "finished", "failed"]
    progress: int = Field(ge=0, le=100)
    current_stage: str | None
    remaining_seconds: float | None = Field(description="None where it is not known")
    priority: Priority
    generation: int
    last_seq: int
    description: str
    params: dict[str, Any]
    metadata: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: ErrorOut | None
    stages: list[StageOut]


class JobList(BaseModel):
    """Newest first. `next` is the `before` of the following page; None on the last."""

    jobs: list[JobOut]
    next: str | None


class AttemptOut(BaseModel):
    """One try that has ended."""

    stage: str
    item: int | None
    part: int
    attempt: int
    worker: str
    started_at: datetime
    finished_at: datetime
    result: str = Field(examples=["completed"])
    error: ErrorOut | None


class LogLineOut(BaseModel):
    stage: str
    attempt: int
    at: datetime
    line: str


class EventOut(BaseModel):
    """A fact. `seq` is 1, 2, 3 ... within the job."""

    seq: int
    kind: EventKind
    at: datetime
    stage: str | None
    data: dict[str, Any]


class TickOut(BaseModel):
    """How far a running part is, 0..1; only the newest counts."""

    part: int
    attempt: int
    fraction: float
    message: str | None
