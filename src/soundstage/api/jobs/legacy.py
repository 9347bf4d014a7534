"""How clients of the first documents see a job: pure views of its state, stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from soundstage.api.jobs.schemas import StageOut
from soundstage.core.states import JobState, PartState

LegacyStatus = Literal["processing", "finished", "failed"]

_STATUS: Mapping[JobState, LegacyStatus] = MappingProxyType(
    {JobState.SUCCEEDED: "finished", JobState.FAILED: "failed", JobState.CANCELLED: "failed"}
)
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


def with_legacy_stages(metadata: Mapping[str, Any], stages: Sequence[StageOut]) -> dict[str, Any]:
    """The job's own metadata, and `pipeline.stages` in it."""
    return {**metadata, "pipeline": {"stages": [_legacy_stage(stage) for stage in stages]}}


def _legacy_stage(stage: StageOut) -> dict[str, Any]:
    status = _STAGE_STATUS[stage.state]
    is_completed = status == "completed"
    return {
        "key": stage.key,
        "label": stage.label,
        "status": status,
        "progress": 100 if is_completed else stage.progress,
        "completed_at": stage.finished_at if is_completed else None,
    }
