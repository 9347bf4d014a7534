"""Steering jobs: pause, resume, cancel, retry, answer. Each answers with the job as it is then."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from soundstage.api.access import JobWriter, WritableJobId
from soundstage.api.jobs.pictures import job_out
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.jobs.schemas import JobOut, Retry, StageAnswer
from soundstage.api.languages import LanguagesWanted
from soundstage.api.services import JobsNeeded

router = APIRouter(prefix=JOBS_PATH + "/{job_id}", tags=["jobs"])


@router.post("/pause", summary="Start no new part", operation_id="pause_job")
def pause_job(job_id: WritableJobId, jobs: JobsNeeded, languages: LanguagesWanted) -> JobOut:
    jobs.pause(job_id)
    return job_out(jobs.get(job_id), languages)


@router.post("/resume", summary="Go on after a pause", operation_id="resume_job")
def resume_job(job_id: WritableJobId, jobs: JobsNeeded, languages: LanguagesWanted) -> JobOut:
    jobs.resume(job_id)
    return job_out(jobs.get(job_id), languages)


@router.post("/cancel", summary="End the job now", operation_id="cancel_job")
def cancel_job(job_id: WritableJobId, jobs: JobsNeeded, languages: LanguagesWanted) -> JobOut:
    jobs.cancel(job_id)
    return job_out(jobs.get(job_id), languages)


@router.post("/retry", summary="Run an ended job again from a stage", operation_id="retry_job")
def retry_job(
    job_id: WritableJobId,
    jobs: JobsNeeded,
    caller: JobWriter,
    languages: LanguagesWanted,
    retry: Annotated[Retry | None, Body(examples=[{"from": "GENERATION", "params": {"rate": 1.1}}])] = None,
) -> JobOut:
    """What the stages before it left is used again."""
    wanted = retry or Retry()
    jobs.retry(job_id, wanted.from_stage, wanted.params, caller.plan)
    return job_out(jobs.get(job_id), languages)


@router.post("/stages/{stage}/answer", summary="Reply to a stage that waits", operation_id="answer_stage")
def answer_stage(
    job_id: WritableJobId,
    stage: str,
    answer: StageAnswer,
    jobs: JobsNeeded,
    caller: JobWriter,
    languages: LanguagesWanted,
) -> JobOut:
    jobs.answer(job_id, stage, answer.action, answer.data, caller.user_id, answer.item)
    return job_out(jobs.get(job_id), languages)
