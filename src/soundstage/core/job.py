"""A job as people and clients see it: one frozen picture of its stages, parts and results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from soundstage.core.progress import job_progress, stage_fraction
from soundstage.core.states import JobState, PartState, Priority, StageKind, WaitKind


class EngineUse(NamedTuple):
    """An engine that a stage worked with, and the version of the package that brings it; empty where none is known."""

    engine: str
    version: str


@dataclass(frozen=True, slots=True)
class InputView:
    """A file that a parameter names. `asset_id` and `name` are set while it is in the library of the job's owner."""

    param: str
    reference: str
    sha256: str
    asset_id: str | None
    name: str | None
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class ErrorView:
    """Why something failed. `code` is stable, `message` and `hint` are for people."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class WaitView:
    """What a part waits for. `due_at` is when it runs again by itself, or when the wait times out."""

    kind: WaitKind
    reason: str
    actions: Sequence[str]
    due_at: float | None


@dataclass(frozen=True, slots=True)
class ArtifactView:
    """An immutable file that a stage left, addressed by its sha256."""

    name: str
    sha256: str
    size_bytes: int
    media_type: str
    part_id: int
    created_at: float


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of a stage. `item_index` is None in a stage without items; `fraction` lies in 0..1."""

    id: int
    item_index: int | None
    state: PartState
    fraction: float
    message: str | None
    attempt: int
    failures: int
    losses: int
    worker_id: str | None
    started_at: float | None
    finished_at: float | None
    wait: WaitView | None
    error: ErrorView | None


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One try of a part that has ended. `result` is completed, failed, lost, waiting, released or cancelled."""

    part_id: int
    stage: str
    item_index: int | None
    attempt: int
    worker_id: str
    started_at: float
    finished_at: float
    result: str
    error: ErrorView | None


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage with its parts of the current generation; a stage without parts has not begun.

    Where `queue_paused`, parts of it are ready and do not start, because an administrator has paused its queue.
    """

    key: str
    label: str
    labels: Mapping[str, str]
    weight: int
    kind: StageKind
    queue: str
    parts: Sequence[PartView]
    artifacts: Sequence[ArtifactView]
    values: Mapping[str, Any]
    made_by: Sequence[EngineUse] = ()
    queue_paused: bool = False

    @property
    def items(self) -> int | None:
        """How many items the stage has; None without items, and until they are listed."""
        return sum(part.item_index is not None for part in self.parts) or None

    @property
    def state(self) -> PartState:
        return stage_state(part.state for part in self.parts)

    @property
    def fraction(self) -> float:
        return stage_fraction(part.fraction for part in self.parts)

    @property
    def started_at(self) -> float | None:
        return min((p.started_at for p in self.parts if p.started_at is not None), default=None)

    @property
    def finished_at(self) -> float | None:
        if not self.parts or any(p.finished_at is None for p in self.parts):
            return None
        return max(p.finished_at for p in self.parts if p.finished_at is not None)

    @property
    def error(self) -> ErrorView | None:
        return next((p.error for p in self.parts if p.error is not None), None)

    @property
    def wait(self) -> WaitView | None:
        return next((p.wait for p in self.parts if p.wait is not None), None)


@dataclass(frozen=True, slots=True)
class StageSummary:
    """A stage as the sum of its parts, without them. `items` is None without items, and until they are listed."""

    key: str
    label: str
    labels: Mapping[str, str]
    weight: int
    kind: StageKind
    state: PartState
    fraction: float
    started_at: float | None
    finished_at: float | None
    error: ErrorView | None
    items: int | None = None
    queue_paused: bool = False


@dataclass(frozen=True, slots=True)
class JobSummary:
    """A job as lists show it: all but its parameters, parts and artifacts. `size` is its amount of work."""

    id: str
    owner: str
    pipeline: str
    version: int
    state: JobState
    priority: Priority
    size: float
    description: str
    metadata: Mapping[str, Any]
    generation: int
    last_seq: int
    created_at: float
    started_at: float | None
    finished_at: float | None
    stages: Sequence[StageSummary]
    remaining_seconds: float | None = None

    @property
    def progress(self) -> int:
        """Percent, 0-100; 100 only when succeeded."""
        return job_progress(((s.weight, s.fraction) for s in self.stages), self.state is JobState.SUCCEEDED)

    @property
    def current_stage(self) -> str | None:
        return _current_stage(self.stages)

    @property
    def error(self) -> ErrorView | None:
        return _job_error(self.state, self.stages)


@dataclass(frozen=True, slots=True)
class JobView:
    """A job and its stages. `last_seq` is the newest event that this picture includes, `size` the amount of work."""

    id: str
    owner: str
    pipeline: str
    version: int
    state: JobState
    priority: Priority
    params: Mapping[str, Any]
    description: str
    metadata: Mapping[str, Any]
    generation: int
    last_seq: int
    created_at: float
    started_at: float | None
    finished_at: float | None
    stages: Sequence[StageView]
    remaining_seconds: float | None = None
    size: float = 1.0
    inputs: Sequence[InputView] = ()

    @property
    def progress(self) -> int:
        """Percent, 0-100; 100 only when succeeded."""
        return job_progress(((s.weight, s.fraction) for s in self.stages), self.state is JobState.SUCCEEDED)

    @property
    def current_stage(self) -> str | None:
        """The key of the first stage that is not completed; the last one of a job that succeeded."""
        return _current_stage(self.stages)

    @property
    def error(self) -> ErrorView | None:
        return _job_error(self.state, self.stages)


def _current_stage(stages: Sequence[StageView] | Sequence[StageSummary]) -> str | None:
    for stage in stages:
        if stage.state not in (PartState.COMPLETED, PartState.SKIPPED):
            return stage.key
    return stages[-1].key if stages else None


def _job_error(state: JobState, stages: Sequence[StageView] | Sequence[StageSummary]) -> ErrorView | None:
    if state is not JobState.FAILED:
        return None
    return next((stage.error for stage in stages if stage.state is PartState.FAILED and stage.error), None)


_PRECEDENCE = (
    PartState.FAILED,
    PartState.ACTIVE,
    PartState.WAITING,
    PartState.CANCELLED,
    PartState.READY,
    PartState.PENDING,
    PartState.COMPLETED,
    PartState.SKIPPED,
)


def stage_state(parts: Iterable[PartState]) -> PartState:
    """The state of a stage as the sum of its parts'. Some finished and some not yet started is `active`."""
    states = set(parts) or {PartState.PENDING}
    if PartState.COMPLETED in states and states & {PartState.READY, PartState.PENDING}:
        states.add(PartState.ACTIVE)
    return next(state for state in _PRECEDENCE if state in states)
