"""What commands need of the place where they work."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from soundstage.core.events import Event
from soundstage.core.job import ArtifactView, AttemptView, JobView
from soundstage.core.states import JobState, Priority
from soundstage.engines.contract import EngineSpec, Readiness, Voice

if TYPE_CHECKING:
    from soundstage.studio.jobs import LogLine


@dataclass(frozen=True, slots=True)
class Picture:
    """A job, and the events since the picture before."""

    job: JobView
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which jobs a list shows."""

    states: Sequence[JobState] = ()
    pipeline: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class OrderedJob:
    """An order that was taken; `is_known` says that an equal job was unfinished and is continued instead."""

    job_id: str
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class StageForm:
    key: str
    weight: int
    queue: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class PipelineForm:
    """A pipeline as it is shown and filled in. `params` is a JSON Schema; `fields` is all of it as JSON."""

    kind: str
    title: str
    description: str
    version: int
    stages: Sequence[StageForm]
    params: Mapping[str, Any]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue as it is listed. `paused_by` and `reason` are empty for one that is open."""

    name: str
    state: str
    ready_parts: int
    active_parts: int
    retrying_parts: int
    oldest_seconds: float
    workers: int
    paused_by: str
    reason: str


class QueueDesk(Protocol):
    """The queues of one place. Raises SoundstageError."""

    def list_queues(self) -> Sequence[QueueRow]: ...

    def pause_queue(self, name: str, reason: str) -> QueueRow: ...

    def resume_queue(self, name: str) -> QueueRow: ...


class Catalog(Protocol):
    """What can be made, and with what. Raises UnknownPipeline, UnknownEngine, EngineNotReady."""

    def pipelines(self) -> Sequence[PipelineForm]: ...

    def broken_pipelines(self) -> Mapping[str, str]:
        """Name to reason of those that cannot be loaded."""

    def pipeline(self, kind: str) -> PipelineForm: ...

    def engines(self) -> Sequence[tuple[EngineSpec, Readiness]]: ...

    def voices(self, engine: str, language: str | None) -> Sequence[tuple[str, Voice]]:
        """Each voice beside the kind of its engine; "auto" means all engines that are ready."""


class JobDesk(Protocol):
    """Jobs of one place. Raises SoundstageError."""

    @property
    def command(self) -> str:
        """How the command line of this place begins: to say what to type next."""

    @property
    def leaves_jobs_running(self) -> bool:
        """Whether jobs go on there when a command ends, so that Ctrl-C need not cancel them."""

    @property
    def max_file_bytes(self) -> int: ...

    def form(self, kind: str) -> PipelineForm: ...

    def store_file(self, path: Path) -> str:
        """Keep a file that a parameter names. Returns what the parameter holds then."""

    def order(self, pipeline: str, params: Mapping[str, Any], priority: Priority, starts_anew: bool) -> OrderedJob: ...

    def notes(self, job_id: str, is_detached: bool) -> Iterator[str]:
        """What a person must do so that the job runs."""

    def is_served(self) -> bool:
        """Whether somebody else runs its jobs."""

    def named(self, name: str) -> str:
        """The id of a job; `last` is the newest."""

    def list_jobs(self, wanted: Wanted) -> Sequence[JobView]: ...

    def get(self, job_id: str) -> JobView: ...

    def attempts(self, job_id: str) -> Sequence[AttemptView]: ...

    def logs(self, job_id: str) -> Sequence[LogLine]: ...

    def looks(self, job_id: str, after: int, follows: bool) -> Generator[Picture]:
        """The events after a number, and when it follows those to come, until the job has ended."""

    def pictures(self, job_id: str) -> Generator[Picture]:
        """Ten pictures a second until the job has ended; somebody is made to run it."""

    def end_work(self) -> None:
        """Nothing of a job runs in this process any more when it returns."""

    def fetch(self, job_id: str, artifact: ArtifactView, target: Path) -> None:
        """Bring the bytes of a file; `target` is there when it is whole. Raises OSError too."""

    def pause(self, job_id: str) -> None: ...

    def resume(self, job_id: str) -> None: ...

    def cancel(self, job_id: str) -> None: ...

    def retry(self, job_id: str, from_stage: str | None, changes: Mapping[str, Any]) -> None: ...

    def answer(self, job_id: str, stage: str, action: str, data: Mapping[str, Any]) -> None: ...

    def set_priority(self, job_id: str, priority: Priority) -> None: ...

    def delete(self, job_id: str) -> None: ...
