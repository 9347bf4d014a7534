"""How clients of the first documents see a job: pure views of its state, stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from soundstage.api.jobs.schemas import StageSummaryOut
from soundstage.core.states import JobState, PartState

LegacyStatus = Literal["processing", "finished", "failed"]
"""The three words of the first document."""

JobStatus = Literal["pending", "running", "waiting", "paused", "completed", "failed", "cancelled"]
"""The words of the document of the studio."""

_STATUS: Mapping[JobState, LegacyStatus] = MappingProxyType(
    {JobState.SUCCEEDED: "finished", JobState.FAILED: "failed", JobState.CANCELLED: "failed"}
)
_JOB_STATUS: Mapping[JobState, JobStatus] = MappingProxyType(
    {
        JobState.QUEUED: "pending",
        JobState.RUNNING: "running",
        JobState.WAITING: "waiting",
        JobState.PAUSED: "paused",
        JobState.SUCCEEDED: "completed",
        JobState.FAILED: "failed",
        JobState.CANCELLED: "cancelled",
    }
)
_PIPELINE_OF_TYPE: Mapping[str, str] = MappingProxyType({"video_generation": "talking_head"})
_TYPE_OF_PIPELINE: Mapping[str, str] = MappingProxyType({kind: name for name, kind in _PIPELINE_OF_TYPE.items()})
_STAGE_STATUS: Mapping[PartState, str] = MappingProxyType(
    {
        PartState.PENDING: "pending",
        PartState.READY: "pending",
        PartState.CANCELLED: "pending",
        PartState.ACTIVE: "active",
        PartState.WAITING: "active",
        PartState.COMPLETED: "completed",
        PartState.SKIPPED: "completed",
        PartState.FAILED: "failed",
    }
)


def legacy_status(state: JobState) -> LegacyStatus:
    return _STATUS.get(state, "processing")


def job_status(state: JobState) -> JobStatus:
    return _JOB_STATUS[state]


def states_of_status(status: JobStatus) -> Sequence[JobState]:
    """The jobs that a filter by this word finds: `running` finds waiting and paused ones too.

    Clients that know the five words of the document alone would never see those.
    """
    if status == "running":
        return (JobState.RUNNING, JobState.WAITING, JobState.PAUSED)
    return [state for state, word in _JOB_STATUS.items() if word == status]


def pipeline_of_type(name: str) -> str:
    """The pipeline that a job type of the document of the studio means; other names are those of pipelines."""
    return _PIPELINE_OF_TYPE.get(name, name)


def type_of_pipeline(kind: str) -> str:
    return _TYPE_OF_PIPELINE.get(kind, kind)


def with_legacy_stages(metadata: Mapping[str, Any], stages: Sequence[StageSummaryOut]) -> dict[str, Any]:
    """The job's own metadata, and `pipeline.stages` in it."""
    return {**metadata, "pipeline": {"stages": [_legacy_stage(stage) for stage in stages]}}


def _legacy_stage(stage: StageSummaryOut) -> dict[str, Any]:
    status = _STAGE_STATUS[stage.state]
    is_completed = status == "completed"
    return {
        "key": stage.key,
        "label": stage.label,
        "status": status,
        "progress": 100 if is_completed else stage.progress,
        "completed_at": stage.finished_at if is_completed else None,
    }
