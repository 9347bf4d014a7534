"""What the server tells, typed. A name or a state that a newer server adds breaks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

FINAL_STATES = frozenset({"succeeded", "failed", "cancelled"})
FINAL_EVENTS = frozenset({"job.succeeded", "job.failed", "job.cancelled"})


class Model(BaseModel):
    """Frozen; unknown fields are left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class FieldError(Model):
    """What is wrong with one field; `path` leads to it."""

    path: str
    message: str


class Problem(Model):
    """A refusal, by RFC 9457."""

    code: str
    title: str = ""
    detail: str = ""
    hint: str = ""
    errors: list[FieldError] = Field(default_factory=list)


class Failure(Model):
    """Why a part, stage or job failed. `code` is stable."""

    code: str
    message: str
    hint: str = ""


class Wait(Model):
    """What a part waits for, and the actions that answer it. At `due_at` it goes on, or fails, by itself."""

    kind: str
    reason: str = ""
    actions: list[str] = Field(default_factory=list)
    due_at: datetime | None = None


class Artifact(Model):
    """A file that a stage left. `part` is the id of the part that left it; `url` is a path on the server."""

    name: str
    sha256: str
    size_bytes: int
    media_type: str = "application/octet-stream"
    created_at: datetime
    url: str
    part: int | None = None


class Part(Model):
    """What one attempt does: the whole stage, or one item of it. `progress` is in percent."""

    id: int
    item: int | None = None
    state: str
    progress: int = 0
    message: str | None = None
    attempt: int = 0
    failures: int = 0
    losses: int = 0
    worker: str | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    wait: Wait | None = None
    error: Failure | None = None


class MadeBy(Model):
    """An engine that a stage worked with, and the version of the package that brings it."""

    engine: str
    version: str = ""
    voice: str | None = None
    seed: int | None = None


class Input(Model):
    """A file that a parameter names; with its asset while that is in the owner's library."""

    param: str
    reference: str
    sha256: str
    asset_id: str | None = None
    name: str | None = None
    size_bytes: int | None = None


class Stage(Model):
    """A stage of a job. `weight` is its share of the job and `progress` how far it is, both in percent."""

    key: str
    label: str = ""
    weight: int
    kind: str = "automatic"
    queue: str = ""
    items: int | None = None
    state: str
    progress: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None
    wait: Wait | None = None
    error: Failure | None = None
    parts: list[Part] = Field(default_factory=list)
    artifacts: list[Artifact] = Field(default_factory=list)
    values: dict[str, Any] = Field(default_factory=dict)
    made_by: list[MadeBy] = Field(default_factory=list)
    queue_paused: bool = False


class JobData(Model):
    """A picture of a job. `last_seq` is the newest event that it includes; `progress` is in percent.

    States: queued, running, waiting, paused, succeeded, failed, cancelled.
    """

    id: str
    pipeline: str
    version: int = 1
    state: str
    progress: int
    current_stage: str | None = None
    remaining_seconds: float | None = None
    priority: str = "normal"
    generation: int = 1
    last_seq: int = 0
    description: str = ""
    params: dict[str, Any] = Field(default_factory=dict)
    metadata: dict[str, Any] = Field(default_factory=dict)
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    error: Failure | None = None
    inputs: list[Input] = Field(default_factory=list)
    stages: list[Stage] = Field(default_factory=list)

    @property
    def has_ended(self) -> bool:
        return self.state in FINAL_STATES

    def artifacts(self) -> Iterator[Artifact]:
        """All files of all stages, in the order of the stages."""
        return (artifact for stage in self.stages for artifact in stage.artifacts)

    def artifact(self, name: str) -> Artifact:
        """The file of that name; of several, that of the last stage. Raises LookupError."""
        found = [artifact for artifact in self.artifacts() if artifact.name == name]
        if not found:
            names = ", ".join(artifact.name for artifact in self.artifacts()) or "none"
            raise LookupError(f"Job {self.id} is {self.state} and has no file {name!r}; it has {names}.")
        return found[-1]


class Event(Model):
    """A fact. `seq` is 1, 2, 3 ... within the job, without gap or repeat."""

    seq: int
    kind: str
    at: datetime
    stage: str | None = None
    data: dict[str, Any] = Field(default_factory=dict)


class Tick(Model):
    """How far a running part is, 0..1; only the newest counts. Without an `item` the part is the whole stage."""

    stage: str = ""
    item: int | None = None
    part: int
    attempt: int
    fraction: float
    message: str | None = None


class Share(Model):
    """A link: whoever has the `url` sees the result of the job until `expires_at`."""

    id: str
    url: str
    token: str
    created_at: datetime
    expires_at: datetime


class Cost(Model):
    amount: float
    currency: str


class Estimate(Model):
    """What a job would take, learned from `sample_jobs` earlier ones; None where they give no ground for a number."""

    seconds: float | None = None
    seconds_by_stage: dict[str, float | None] = Field(default_factory=dict)
    cost: Cost | None = None
    sample_jobs: int = 0


class Attempt(Model):
    """One try of a part that has ended."""

    stage: str
    item: int | None = None
    part: int
    attempt: int
    worker: str = ""
    started_at: datetime
    finished_at: datetime
    result: str
    error: Failure | None = None


class LogLine(Model):
    id: int = 0
    stage: str
    attempt: int
    at: datetime
    line: str


class Asset(Model):
    """A file of the user's library. `facts` is what its content showed: duration, width, rate ..."""

    id: str
    kind: str | None = None
    name: str
    state: str
    size_bytes: int
    media_type: str = ""
    tags: list[str] = Field(default_factory=list)
    facts: dict[str, Any] = Field(default_factory=dict)
    error: Failure | None = None
    created_at: datetime

    @property
    def reference(self) -> str:
        """What a parameter of a job takes."""
        return f"asset:{self.id}"


class PipelineStage(Model):
    key: str
    label: str = ""
    weight: int
    kind: str = "automatic"
    queue: str = ""
    has_items: bool = False


class Pipeline(Model):
    """What can be made. `params` is the JSON Schema of the parameters of a job."""

    kind: str
    title: str = ""
    description: str = ""
    version: int = 1
    stages: list[PipelineStage] = Field(default_factory=list)
    params: dict[str, Any] = Field(default_factory=dict)


class Engine(Model):
    """An adapter to a model or service. Where it is not ready, `reason` says why and `remedy` what to type."""

    kind: str
    capability: str
    title: str = ""
    quality: str = "draft"
    licence: str = ""
    queue: str = "cpu"
    languages: list[str] = Field(default_factory=list)
    note: str = ""
    ready: bool
    reason: str = ""
    remedy: str = ""


class Voice(Model):
    name: str
    language: str
    engine: str
    title: str = ""


class QueuePause(Model):
    """Who paused a queue, since when, and why. `by` is an id, `by_name` the user name where there is one."""

    by: str
    by_name: str | None = None
    at: datetime
    reason: str = ""


class Queue(Model):
    """What waits for workers and what they run. States: open, draining (paused, but parts still run), paused."""

    name: str
    state: str
    ready_parts: int = 0
    ready_by_priority: dict[str, int] = Field(default_factory=dict)
    active_parts: int = 0
    retrying_parts: int = 0
    oldest_seconds: float = 0.0
    workers: int = 0
    pause: QueuePause | None = None
