"""From the values of core to JSON: pure, one function for each thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from soundstage.api.jobs.legacy import legacy_status, with_legacy_stages
from soundstage.api.jobs.schemas import (
    ArtifactOut,
    AttemptOut,
    ErrorOut,
    EventOut,
    InputOut,
    JobCounts,
    JobOut,
    JobSummaryOut,
    LogLineOut,
    MadeByOut,
    PartOut,
    StageArtifactOut,
    StageOut,
    StageSummaryOut,
    TickOut,
    WaitOut,
)
from soundstage.api.languages import Languages, label_in
from soundstage.core.events import Event, Tick
from soundstage.core.job import (
    ArtifactView,
    AttemptView,
    EngineUse,
    ErrorView,
    JobSummary,
    JobView,
    PartView,
    StageSummary,
    StageView,
    WaitView,
)
from soundstage.core.progress import job_progress
from soundstage.core.states import JobState
from soundstage.studio.jobs import JobCount, LogLine


def job_out(job: JobView, languages: Languages) -> JobOut:
    stages = [stage_out(job.id, stage, languages) for stage in job.stages]
    return JobOut(**_job_fields(job, stages), params=dict(job.params), inputs=_inputs_out(job), stages=stages)


def job_summary_out(job: JobSummary, languages: Languages) -> JobSummaryOut:
    stages = [StageSummaryOut(**_stage_fields(stage, languages)) for stage in job.stages]
    return JobSummaryOut(**_job_fields(job, stages), stages=stages)


def stage_out(job_id: str, stage: StageView, languages: Languages) -> StageOut:
    return StageOut(
        **_stage_fields(stage, languages),
        queue=stage.queue,
        wait=wait_out(stage.wait),
        parts=[part_out(part) for part in stage.parts],
        artifacts=[artifact_out(job_id, artifact) for artifact in stage.artifacts],
        values=dict(stage.values),
        made_by=[_made_by_out(use, stage.values) for use in stage.made_by],
    )


def _inputs_out(job: JobView) -> list[InputOut]:
    return [InputOut(**asdict(found)) for found in job.inputs]


def _made_by_out(use: EngineUse, values: Mapping[str, Any]) -> MadeByOut:
    """With what the stage says of it, where it says so of this engine."""
    said = values if values.get("engine", use.engine) == use.engine else {}
    voice, seed = said.get("voice"), said.get("seed")
    return MadeByOut(
        engine=use.engine,
        version=use.version,
        voice=voice if isinstance(voice, str) else None,
        seed=seed if isinstance(seed, int) else None,
    )


def _job_fields(job: JobView | JobSummary, stages: Sequence[StageSummaryOut]) -> dict[str, Any]:
    return {
        "id": job.id,
        "pipeline": job.pipeline,
        "version": job.version,
        "state": job.state,
        "status": legacy_status(job.state),
        "progress": job.progress,
        "current_stage": job.current_stage,
        "remaining_seconds": job.remaining_seconds,
        "priority": job.priority,
        "generation": job.generation,
        "last_seq": job.last_seq,
        "description": job.description,
        "metadata": with_legacy_stages(job.metadata, stages),
        "created_at": moment(job.created_at),
        "started_at": moment_or_none(job.started_at),
        "finished_at": moment_or_none(job.finished_at),
        "error": error_out(job.error),
    }


def _stage_fields(stage: StageView | StageSummary, languages: Languages) -> dict[str, Any]:
    return {
        "key": stage.key,
        "label": label_in(languages, stage.label, stage.labels),
        "weight": stage.weight,
        "kind": stage.kind,
        "items": stage.items,
        "queue_paused": stage.queue_paused,
        "state": stage.state,
        "progress": _percent(stage.fraction),
        "started_at": moment_or_none(stage.started_at),
        "finished_at": moment_or_none(stage.finished_at),
        "error": error_out(stage.error),
    }


def counts_out(counts: Iterable[JobCount]) -> JobCounts:
    by_state: Counter[JobState] = Counter()
    by_pipeline: Counter[str] = Counter()
    for count in counts:
        by_state[count.state] += count.jobs
        by_pipeline[count.pipeline] += count.jobs
    every_state = {state: by_state[state] for state in JobState}
    return JobCounts(total=by_state.total(), by_state=every_state, by_pipeline=dict(sorted(by_pipeline.items())))


def artifacts_out(job: JobView) -> list[StageArtifactOut]:
    """In the order of the stages that left them."""
    return [
        StageArtifactOut(stage=stage.key, **artifact_out(job.id, artifact).model_dump())
        for stage in job.stages
        for artifact in stage.artifacts
    ]


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
        part=artifact.part_id,
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
    return LogLineOut(id=line.id, stage=line.stage, attempt=line.attempt, at=moment(line.at), line=line.line)


def event_out(event: Event) -> EventOut:
    return EventOut(
        job=event.job_id,
        seq=event.seq,
        kind=event.kind,
        at=moment(event.at),
        stage=event.stage,
        data=dict(event.data),
    )


def tick_out(tick: Tick) -> TickOut:
    return TickOut(
        job=tick.job_id,
        stage=tick.stage,
        item=tick.item,
        part=tick.part_id,
        attempt=tick.attempt,
        fraction=tick.fraction,
        message=tick.message,
    )


def moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def moment_or_none(at: float | None) -> datetime | None:
    return None if at is None else moment(at)


def _percent(fraction: float) -> int:
    return job_progress([(100, fraction)], succeeded=fraction >= 1)
