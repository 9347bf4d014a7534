"""From the values of core to JSON: pure, one function for each thing."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from soundstage.api.jobs.legacy import legacy_status, with_legacy_stages
from soundstage.api.jobs.schemas import (
    ArtifactOut,
    AttemptOut,
    ErrorOut,
    EventOut,
    JobOut,
    LogLineOut,
    PartOut,
    StageOut,
    TickOut,
    WaitOut,
)
from soundstage.api.languages import Languages, label_in
from soundstage.core.events import Event, Tick
from soundstage.core.job import ArtifactView, AttemptView, ErrorView, JobView, PartView, StageView, WaitView
from soundstage.core.progress import job_progress
from soundstage.studio.jobs import LogLine


def job_out(job: JobView, languages: Languages) -> JobOut:
    stages = [stage_out(job.id, stage, languages) for stage in job.stages]
    return JobOut(
        id=job.id,
        pipeline=job.pipeline,
        version=job.version,
        state=job.state,
        status=legacy_status(job.state),
        progress=job.progress,
        current_stage=job.current_stage,
        remaining_seconds=job.remaining_seconds,
        priority=job.priority,
        generation=job.generation,
        last_seq=job.last_seq,
        description=job.description,
        params=dict(job.params),
        metadata=with_legacy_stages(job.metadata, stages),
        created_at=moment(job.created_at),
        started_at=moment_or_none(job.started_at),
        finished_at=moment_or_none(job.finished_at),
        error=error_out(job.error),
        stages=stages,
    )


def stage_out(job_id: str, stage: StageView, languages: Languages) -> StageOut:
    return StageOut(
        key=stage.key,
        label=label_in(languages, stage.label, stage.labels),
        weight=stage.weight,
        kind=stage.kind,
        state=stage.state,
        progress=_percent(stage.fraction),
        started_at=moment_or_none(stage.started_at),
        finished_at=moment_or_none(stage.finished_at),
        wait=wait_out(stage.wait),
        error=error_out(stage.error),
        parts=[part_out(part) for part in stage.parts],
        artifacts=[artifact_out(job_id, artifact) for artifact in stage.artifacts],
    )


def part_out(part: PartView) -> PartOut:
    return PartOut(
        id=part.id,
        item=part.item_index,
        state=part.state,
        progress=_percent(part.fraction),
        message=part.message,
        attempt=part.attempt,
        failures=part.failures,
        losses=part.losses,
        worker=part.worker_id,
        started_at=moment_or_none(part.started_at),
        finished_at=moment_or_none(part.finished_at),
        wait=wait_out(part.wait),
        error=error_out(part.error),
    )


def artifact_out(job_id: str, artifact: ArtifactView) -> ArtifactOut:
    return ArtifactOut(
        name=artifact.name,
        sha256=artifact.sha256,
        size_bytes=artifact.size_bytes,
        media_type=artifact.media_type,
        created_at=moment(artifact.created_at),
        url=f"/api/jobs/{job_id}/artifacts/{quote(artifact.name, safe='')}?sha256={artifact.sha256}",
    )


def wait_out(wait: WaitView | None) -> WaitOut | None:
    if wait is None:
        return None
    return WaitOut(kind=wait.kind, reason=wait.reason, actions=list(wait.actions), due_at=moment_or_none(wait.due_at))


def error_out(error: ErrorView | None) -> ErrorOut | None:
    return None if error is None else ErrorOut(code=error.code, message=error.message, hint=error.hint)


def attempt_out(attempt: AttemptView) -> AttemptOut:
    return AttemptOut(
        stage=attempt.stage,
        item=attempt.item_index,
        part=attempt.part_id,
        attempt=attempt.attempt,
        worker=attempt.worker_id,
        started_at=moment(attempt.started_at),
        finished_at=moment(attempt.finished_at),
        result=attempt.result,
        error=error_out(attempt.error),
    )


def log_line_out(line: LogLine) -> LogLineOut:
    return LogLineOut(stage=line.stage, attempt=line.attempt, at=moment(line.at), line=line.line)


def event_out(event: Event) -> EventOut:
    return EventOut(seq=event.seq, kind=event.kind, at=moment(event.at), stage=event.stage, data=dict(event.data))


def tick_out(tick: Tick) -> TickOut:
    return TickOut(part=tick.part_id, attempt=tick.attempt, fraction=tick.fraction, message=tick.message)


def moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def moment_or_none(at: float | None) -> datetime | None:
    return None if at is None else moment(at)


def _percent(fraction: float) -> int:
    return job_progress([(100, fraction)], succeeded=fraction >= 1)
