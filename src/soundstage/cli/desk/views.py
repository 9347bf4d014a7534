"""What a server tells, as the values that commands show."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from soundstage import client
from soundstage.cli.desk.contract import PipelineForm, StageForm
from soundstage.core.events import Event, EventKind, Tick
from soundstage.core.job import ArtifactView, AttemptView, ErrorView, JobView, PartView, StageView, WaitView
from soundstage.core.states import JobState, PartState, Priority, StageKind, WaitKind
from soundstage.engines.contract import EngineSpec, Quality, Readiness

if TYPE_CHECKING:
    from soundstage.studio.jobs import LogLine


def job_view(job: client.JobData) -> JobView:
    return JobView(
        id=job.id,
        owner="",
        pipeline=job.pipeline,
        version=job.version,
        state=JobState(job.state),
        priority=Priority(job.priority),
        params=job.params,
        description=job.description,
        metadata=job.metadata,
        generation=job.generation,
        last_seq=job.last_seq,
        created_at=job.created_at.timestamp(),
        started_at=_seconds(job.started_at),
        finished_at=_seconds(job.finished_at),
        stages=[_stage_view(stage) for stage in job.stages],
        remaining_seconds=job.remaining_seconds,
    )


def event_of(job_id: str, event: client.Event) -> Event:
    return Event(job_id, event.seq, EventKind(event.kind), event.at.timestamp(), event.stage, event.data)


def tick_of(job_id: str, tick: client.Tick) -> Tick:
    return Tick(job_id, tick.part, tick.attempt, tick.fraction, tick.message, tick.stage, tick.item)


def attempt_view(attempt: client.Attempt) -> AttemptView:
    return AttemptView(
        part_id=attempt.part,
        stage=attempt.stage,
        item_index=attempt.item,
        attempt=attempt.attempt,
        worker_id=attempt.worker,
        started_at=attempt.started_at.timestamp(),
        finished_at=attempt.finished_at.timestamp(),
        result=attempt.result,
        error=_error_view(attempt.error),
    )


def log_line_of(line: client.LogLine) -> LogLine:
    from soundstage.studio.jobs import LogLine

    return LogLine(line.id, line.stage, line.attempt, line.at.timestamp(), line.line)


def pipeline_form(pipeline: client.Pipeline) -> PipelineForm:
    return PipelineForm(
        kind=pipeline.kind,
        title=pipeline.title,
        description=pipeline.description,
        version=pipeline.version,
        stages=[StageForm(s.key, s.weight, s.queue, s.kind, s.label) for s in pipeline.stages],
        params=pipeline.params,
        fields=pipeline.model_dump(mode="json"),
    )


def engine_view(engine: client.Engine) -> tuple[EngineSpec, Readiness]:
    spec = EngineSpec(
        kind=engine.kind,
        capability=engine.capability,
        title=engine.title,
        quality=Quality(engine.quality),
        licence=engine.licence,
        queue=engine.queue,
        languages=engine.languages,
        note=engine.note,
    )
    return spec, Readiness(engine.ready, engine.reason, engine.remedy)


def _stage_view(stage: client.Stage) -> StageView:
    return StageView(
        key=stage.key,
        label=stage.label,
        labels={},
        weight=stage.weight,
        kind=StageKind(stage.kind),
        queue=stage.queue,
        parts=[_part_view(part) for part in stage.parts],
        artifacts=[_artifact_view(artifact) for artifact in stage.artifacts],
        values=stage.values,
        queue_paused=stage.queue_paused,
    )


def _part_view(part: client.Part) -> PartView:
    return PartView(
        id=part.id,
        item_index=part.item,
        state=PartState(part.state),
        fraction=part.progress / 100,
        message=part.message,
        attempt=part.attempt,
        failures=part.failures,
        losses=part.losses,
        worker_id=part.worker,
        started_at=_seconds(part.started_at),
        finished_at=_seconds(part.finished_at),
        wait=_wait_view(part.wait),
        error=_error_view(part.error),
    )


def _artifact_view(artifact: client.Artifact) -> ArtifactView:
    return ArtifactView(
        name=artifact.name,
        sha256=artifact.sha256,
        size_bytes=artifact.size_bytes,
        media_type=artifact.media_type,
        part_id=artifact.part or 0,
        created_at=artifact.created_at.timestamp(),
    )


def _wait_view(wait: client.Wait | None) -> WaitView | None:
    if wait is None:
        return None
    return WaitView(WaitKind(wait.kind), wait.reason, wait.actions, _seconds(wait.due_at))


def _error_view(error: client.Failure | None) -> ErrorView | None:
    return None if error is None else ErrorView(error.code, error.message, error.hint)


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()
