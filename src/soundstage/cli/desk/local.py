"""The home folder of this computer as the place where commands work."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soundstage.cli.desk.contract import OrderedJob, Picture, PipelineForm, StageForm, Wanted
from soundstage.cli.follow import Follower
from soundstage.cli.made import copy_whole
from soundstage.core.errors import NotFound
from soundstage.core.events import Event
from soundstage.core.job import ArtifactView, AttemptView, JobView
from soundstage.core.pipeline import Pipeline
from soundstage.core.states import JobState, Priority
from soundstage.engines.contract import EngineSpec, Readiness, Voice

if TYPE_CHECKING:
    from soundstage.bootstrap.parts import Parts
    from soundstage.bootstrap.studio import Studio
    from soundstage.studio.jobs import LogLine

COMMAND = "soundstage"
NEWEST = "last"
FOLLOW_SECONDS = 0.2


class LocalCatalog:
    """What is installed here."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def pipelines(self) -> Sequence[PipelineForm]:
        return [form_of(pipeline) for pipeline in self._parts.pipelines.installed()]

    def broken_pipelines(self) -> Mapping[str, str]:
        return self._parts.pipelines.broken()

    def pipeline(self, kind: str) -> PipelineForm:
        return form_of(self._parts.pipelines.get(kind))

    def engines(self) -> Sequence[tuple[EngineSpec, Readiness]]:
        return self._parts.engines.describe()

    def voices(self, engine: str, language: str | None) -> Sequence[tuple[str, Voice]]:
        from soundstage.engines.speech.voices import voices_of

        return voices_of(self._parts.engines, engine, language)


class LocalDesk:
    """Jobs of this home. They run here for as long as no other process serves it."""

    command = COMMAND
    leaves_jobs_running = False

    def __init__(self, studio: Studio, pipeline_files: Sequence[Path] = ()) -> None:
        self._studio = studio
        self._pipeline_files = pipeline_files
        self._jobs = studio.jobs

    @property
    def max_file_bytes(self) -> int:
        return self._studio.settings.max_upload_bytes

    def form(self, kind: str) -> PipelineForm:
        return form_of(self._studio.parts.pipelines.get(kind))

    def store_file(self, path: Path) -> str:
        return self._jobs.store_path(path)

    def order(self, pipeline: str, params: Mapping[str, Any], priority: Priority, starts_anew: bool) -> OrderedJob:
        from soundstage.studio.jobs import Order

        order = Order(pipeline, params, priority=priority)
        known = None if starts_anew else self._jobs.find_unfinished(order)
        if known is None:
            return OrderedJob(self._jobs.create(order))
        if self._jobs.get(known).state is JobState.PAUSED:
            self._jobs.resume(known)
        return OrderedJob(known, is_known=True)

    def notes(self, job_id: str, is_detached: bool) -> Iterator[str]:
        is_served = self.is_served()
        if self._pipeline_files and (is_detached or is_served):
            names = ", ".join(str(path) for path in self._pipeline_files)
            folder = self._studio.home.root / "pipelines"
            yield f"The process that serves this home must know {names} too: copy it to {folder}."
        if is_detached and not is_served:
            watch = f"{COMMAND} jobs watch {job_id}"
            yield f"It starts when a Soundstage serves this home: `{COMMAND} serve`, or `{watch}`."

    def is_served(self) -> bool:
        from soundstage.runtime.doorbell.local import ring_local

        return ring_local(self._studio.home.run)

    def named(self, name: str) -> str:
        if name != NEWEST:
            return self._jobs.get(name).id
        newest = self.list_jobs(Wanted(limit=1))
        if not newest:
            raise NotFound("There is no job yet.", hint="`soundstage run` starts one.")
        return newest[0].id

    def list_jobs(self, wanted: Wanted) -> Sequence[JobView]:
        from soundstage.studio.jobs import JobFilter

        pipelines = [wanted.pipeline] if wanted.pipeline else []
        return self._jobs.list_jobs(JobFilter(states=wanted.states, pipelines=pipelines, limit=wanted.limit))

    def get(self, job_id: str) -> JobView:
        return self._jobs.get(job_id)

    def attempts(self, job_id: str) -> Sequence[AttemptView]:
        return self._jobs.attempts(job_id)

    def logs(self, job_id: str) -> Sequence[LogLine]:
        return self._jobs.logs(job_id)

    def looks(self, job_id: str, after: int, follows: bool) -> Generator[Picture]:
        never = threading.Event()
        while True:
            job = self._jobs.get(job_id)
            batch = self._events(job_id, after)
            after = batch[-1].seq if batch else after
            yield Picture(job, batch)
            if not follows or job.state.is_final:
                return
            never.wait(FOLLOW_SECONDS)

    def pictures(self, job_id: str) -> Generator[Picture]:
        return Follower(self._studio, job_id).pictures()

    def end_work(self) -> None:
        self._studio.close()

    def fetch(self, job_id: str, artifact: ArtifactView, target: Path) -> None:
        copy_whole(self._studio.parts.blobs.path(artifact.sha256), target)

    def pause(self, job_id: str) -> None:
        self._jobs.pause(job_id)

    def resume(self, job_id: str) -> None:
        self._jobs.resume(job_id)

    def cancel(self, job_id: str) -> None:
        self._jobs.cancel(job_id)

    def retry(self, job_id: str, from_stage: str | None, changes: Mapping[str, Any]) -> None:
        self._jobs.retry(job_id, from_stage, changes)

    def answer(self, job_id: str, stage: str, action: str, data: Mapping[str, Any]) -> None:
        self._jobs.answer(job_id, stage, action, data, by="command line")

    def set_priority(self, job_id: str, priority: Priority) -> None:
        from soundstage.studio.jobs import JobChange

        self._jobs.change(job_id, JobChange(priority=priority))

    def delete(self, job_id: str) -> None:
        self._jobs.delete(job_id)

    def _events(self, job_id: str, after: int) -> list[Event]:
        found: list[Event] = []
        while batch := self._jobs.events(job_id, after):
            found += batch
            after = batch[-1].seq
        return found


def form_of(pipeline: Pipeline) -> PipelineForm:
    schema = pipeline.params.model_json_schema()
    snapshot = json.loads(pipeline.snapshot().to_json())
    told = {"title": pipeline.title, "description": pipeline.description, "params": schema}
    return PipelineForm(
        kind=pipeline.kind,
        title=pipeline.title,
        description=pipeline.description,
        version=pipeline.version,
        stages=[StageForm(s.key, s.weight, s.queue, str(s.kind), s.label) for s in pipeline.stages],
        params=schema,
        fields={**snapshot, **told},
    )
