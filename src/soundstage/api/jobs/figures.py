"""Figures from this machine's own jobs: what one will take, before it starts, and how those went that have ended."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from soundstage.api.access import JobReader, JobWriter
from soundstage.api.jobs.legacy import pipeline_of_type
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.jobs.schemas import Request
from soundstage.api.services import JobsNeeded, ServicesNeeded
from soundstage.studio.jobs import PipelineStatistics

CURRENCY = "USD"
MOST_DAYS = 366

router = APIRouter(prefix=JOBS_PATH, tags=["jobs"])


class EstimateWish(Request):
    """What would be ordered."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"pipeline": "text_to_speech", "params": {"text": "Good morning."}}]}
    )

    pipeline: str = Field(max_length=60, description="The kind of an installed pipeline")
    params: dict[str, Any] = Field(default_factory=dict, description="Checked as those of an order are")


class CostOut(BaseModel):
    amount: float = Field(ge=0)
    currency: str = Field(examples=[CURRENCY], description="ISO 4217")


class EstimateOut(BaseModel):
    """What the job would take, learned from earlier jobs of its pipeline here; null where they give no ground for it.

    `seconds` is work alone: not the time in line, nor that of a stage that waits for somebody.
    """

    seconds: float | None = Field(examples=[12.5])
    seconds_by_stage: dict[str, float | None] = Field(examples=[{"GENERATION": 11.0, "UPLOADING": 1.5}])
    cost: CostOut | None = Field(description="0 for engines of this machine; null where an engine is paid for")
    sample_jobs: int = Field(ge=0, description="How many earlier jobs it is learned from", examples=[20])


class StatisticsOut(BaseModel):
    """How the jobs of a pipeline ended. `success_rate`, 0..1, leaves out what was cancelled."""

    pipeline: str = Field(examples=["text_to_speech"])
    succeeded: int
    failed: int
    cancelled: int
    success_rate: float | None = Field(ge=0, le=1, description="Null where none ran to an end")
    median_seconds: float | None = Field(description="From start to end, of those that succeeded")


class StatisticsList(BaseModel):
    days: int
    pipelines: list[StatisticsOut]


@router.post("/estimate", summary="What a job would take", operation_id="estimate_job")
def estimate_job(wish: EstimateWish, services: ServicesNeeded, caller: JobWriter) -> EstimateOut:
    """Refuses what an order would be refused for, and stores nothing."""
    found = services.jobs.estimate(pipeline_of_type(wish.pipeline), wish.params, caller.user_id)
    is_free = not services.engines.costs_money(found.params.values())
    return EstimateOut(
        seconds=found.seconds,
        seconds_by_stage=dict(found.seconds_by_stage),
        cost=CostOut(amount=0, currency=CURRENCY) if is_free else None,
        sample_jobs=found.sample_jobs,
    )


@router.get("/statistics", summary="How jobs ended lately", operation_id="get_job_statistics")
def job_statistics(
    jobs: JobsNeeded, caller: JobReader, days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 30
) -> StatisticsList:
    """The caller's own, by pipeline."""
    found = jobs.statistics(caller.user_id, days)
    return StatisticsList(days=days, pipelines=[_statistics_out(of_one) for of_one in found])


def _statistics_out(found: PipelineStatistics) -> StatisticsOut:
    return StatisticsOut(
        pipeline=found.pipeline,
        succeeded=found.succeeded,
        failed=found.failed,
        cancelled=found.cancelled,
        success_rate=found.success_rate,
        median_seconds=found.median_seconds,
    )
