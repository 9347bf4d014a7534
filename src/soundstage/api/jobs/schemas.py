"""Jobs as JSON: what comes in, and what goes out."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from soundstage.api.jobs.examples import JOB_EXAMPLE
from soundstage.core.events import EventKind
from soundstage.core.states import JobState, PartState, Priority, StageKind, WaitKind

MOST_METADATA_CHARACTERS = 16_384


def _small(metadata: dict[str, Any]) -> dict[str, Any]:
    if len(json.dumps(metadata)) > MOST_METADATA_CHARACTERS:
        raise ValueError(f"metadata may hold {MOST_METADATA_CHARACTERS} characters as JSON")
    return metadata


Description = Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$", description="For people")]
Metadata = Annotated[dict[str, Any], AfterValidator(_small)]


class Request(BaseModel):
    """A body that comes in; a name that it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class NewJob(Request):
    """An order. `metadata` is the caller's own and comes back as it was given."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"pipeline": "text_to_speech", "params": {"text": "Good morning."}}]}
    )

    pipeline: str = Field(
        max_length=60, description="The kind of an installed pipeline; `video_generation` is `talking_head`"
    )
    params: dict[str, Any] = Field(default_factory=dict, description="Checked against the pipeline's schema")
    priority: Priority = Priority.NORMAL
    description: Description = ""
    metadata: Metadata = Field(default_factory=dict)


class JobChange(Request):
    """New values of what is given; the rest stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"priority": "high"}, {"description": "Lesson 3", "metadata": {"course": 7}}]}
    )

    priority: Priority | None = Field(None, description="Of a job that has not ended")
    description: Description | None = None
    metadata: Metadata | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set or all(value is None for value in self.__dict__.values()):
            raise ValueError("give priority, description or metadata")
        return self


class Retry(Request):
    """Without `from`: where the job failed. With changed parameters they replace those of the same name."""

    from_stage: str | None = Field(None, alias="from", max_length=40, examples=["GENERATION"])
    params: dict[str, Any] = Field(default_factory=dict)


class StageAnswer(Request):
    """A reply to what a stage waits for: one of the offered actions, and data for the stage.

    Where several items of the stage wait, `item` says for which one it is.
    """

    item: int | None = Field(None, ge=0, le=2**31 - 1)
    action: str = Field(max_length=100, examples=["continue"])
    data: dict[str, Any] = Field(default_factory=dict)


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
    part: int = Field(description="The id of the part that left it")
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


class StageSummaryOut(BaseModel):
    key: str = Field(examples=["GENERATION"])
    label: str = Field(examples=["Speaking"])
    weight: int
    kind: StageKind
    items: int | None = Field(description="How many items it has; None without items, and until they are listed")
    queue_paused: bool = Field(description="It is ready and does not start: an administrator has paused its queue")
    state: PartState
    progress: int = Field(ge=0, le=100)
    started_at: datetime | None
    finished_at: datetime | None
    error: ErrorOut | None


class MadeByOut(BaseModel):
    """An engine that the stage worked with. What it does not say of itself is null."""

    engine: str = Field(examples=["flite"])
    version: str = Field(description="Of the package that brings the engine; empty where it is not known")
    voice: str | None = Field(examples=["slt"])
    seed: int | None


class InputOut(BaseModel):
    """A file that a parameter names. `asset_id`, `name` and `size_bytes` while it is in the owner's library."""

    param: str = Field(examples=["portrait"])
    reference: str = Field(examples=["sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    sha256: str
    asset_id: str | None
    name: str | None = Field(examples=["ann.jpg"])
    size_bytes: int | None


class StageOut(StageSummaryOut):
    queue: str = Field(examples=["cpu"])
    wait: WaitOut | None
    parts: list[PartOut]
    artifacts: list[ArtifactOut]
    values: dict[str, Any] = Field(description="What the stage found out, beside its files")
    made_by: list[MadeByOut] = Field(description="The engines that it worked with, once it has completed")


class JobFields(BaseModel):
    """What lists and pictures of a job share.

    `last_seq` is the newest event that the picture includes: follow the events after it. `status` and
    `metadata.pipeline` are views for older clients.
    """

    id: str = Field(examples=["job_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    pipeline: str = Field(examples=["text_to_speech"])
    version: int
    state: JobState
    status: Literal["processing", "finished", "failed"]
    progress: int = Field(ge=0, le=100)
    current_stage: str | None
    remaining_seconds: float | None = Field(description="None where it is not known")
    priority: Priority
    generation: int = Field(description="How often it was started: 1, and one more for each retry")
    last_seq: int
    description: str
    metadata: dict[str, Any]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: ErrorOut | None


class JobSummaryOut(JobFields):
    """A job as lists show it: without parameters, parts, waits and artifacts."""

    stages: list[StageSummaryOut]


class JobOut(JobFields):
    """A job and its stages in one consistent picture."""

    model_config = ConfigDict(json_schema_extra={"examples": [JOB_EXAMPLE]})

    params: dict[str, Any]
    inputs: list[InputOut]
    stages: list[StageOut]


class JobList(BaseModel):
    """`next` is the `cursor` of the following page; None on the last."""

    jobs: list[JobSummaryOut] | list[JobOut]
    next: str | None


class JobCounts(BaseModel):
    """How many jobs there are, by state and by pipeline."""

    total: int
    by_state: dict[JobState, int]
    by_pipeline: dict[str, int] = Field(examples=[{"text_to_speech": 12}])


class StageArtifactOut(ArtifactOut):
    """A file, and the stage that left it."""

    stage: str = Field(examples=["GENERATION"])


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
    """`id` is the `after` of the lines that follow."""

    id: int
    stage: str
    attempt: int
    at: datetime
    line: str


class EventOut(BaseModel):
    """A fact. `seq` is 1, 2, 3 ... within the job."""

    job: str
    seq: int
    kind: EventKind
    at: datetime
    stage: str | None
    data: dict[str, Any]


class TickOut(BaseModel):
    """How far a running part is, 0..1; only the newest counts. Without an `item` the part is the whole stage."""

    job: str
    stage: str = Field(examples=["GENERATION"])
    item: int | None = Field(description="The index of the item in a stage that has items")
    part: int
    attempt: int
    fraction: float
    message: str | None
