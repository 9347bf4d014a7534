"""For programs elsewhere that do the work of a stage: a token of the job, how far they are, and what they hand in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body
from pydantic import BaseModel, Field, FiniteFloat

from soundstage.api.access import JobExecutor, JobId, WritableJobId
from soundstage.api.jobs.pictures import moment
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.jobs.schemas import Request
from soundstage.api.services import ServicesNeeded

LONGEST_TOKEN_SECONDS = 7 * 86_400

router = APIRouter(prefix=JOBS_PATH + "/{job_id}", tags=["jobs"])

StageKey = Annotated[str, Field(max_length=40, examples=["RENDER"])]
Item = Annotated[int | None, Field(ge=0, le=2**31 - 1, description="Which, where several items of the stage wait")]


class TokenWish(Request):
    seconds: int = Field(
        86_400, ge=60, le=LONGEST_TOKEN_SECONDS, description="How long the token is good", examples=[3_600]
    )


class ExecutorTokenOut(BaseModel):
    """Shown once. It opens `/progress` and `/result` of this job, and nothing else."""

    token: str
    stages: list[str] = Field(description="The stages that wait for work outside now", examples=[["RENDER"]])
    expires_at: datetime


class Report(Request):
    """How far the work is. Less than before is taken, and changes nothing."""

    stage: StageKey
    percent: FiniteFloat = Field(ge=0, le=100, examples=[40])
    message: str | None = Field(None, max_length=500, pattern=r"^[^\x00]*$")
    item: Item = None


class ReportOut(BaseModel):
    part: int
    percent: float
    message: str | None


class Result(Request):
    """What the stage waits for: one of the actions that it offers, and data for it."""

    stage: StageKey
    action: str = Field("continue", max_length=100)
    data: dict[str, Any] = Field(default_factory=dict)
    item: Item = None


@router.post("/executor-token", summary="A token for who works on a stage outside", operation_id="issue_executor_token")
def issue_executor_token(
    job_id: WritableJobId, services: ServicesNeeded, wish: Annotated[TokenWish | None, Body()] = None
) -> ExecutorTokenOut:
    """Only while a stage of the job waits for work outside."""
    issued = services.executors.issue(job_id, (wish or TokenWish()).seconds)
    return ExecutorTokenOut(token=issued.token, stages=list(issued.stages), expires_at=moment(issued.expires_at))


@router.post("/progress", summary="Tell how far work outside is", operation_id="report_progress")
def report_progress(job_id: JobId, report: Report, services: ServicesNeeded, caller: JobExecutor) -> ReportOut:
    """By the token of the job alone, while the stage waits."""
    told = services.executors.report(caller, job_id, report.stage, report.percent / 100, report.message, report.item)
    return ReportOut(part=told.part_id, percent=told.fraction * 100, message=told.message)


@router.post("/result", status_code=204, summary="Hand in what a stage waits for", operation_id="hand_in_result")
def hand_in_result(job_id: JobId, result: Result, services: ServicesNeeded, caller: JobExecutor) -> None:
    """By the token of the job alone. The stage goes on with it."""
    services.executors.hand_in(caller, job_id, result.stage, result.action, result.data, result.item)
