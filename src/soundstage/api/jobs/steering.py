"""Steering jobs: pause, resume, cancel, retry, answer, priority. Each answers with the job as it is then."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from soundstage.api.jobs.pictures import job_out
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.jobs.schemas import JobChange, JobOut, Retry, StageAnswer
from soundstage.api.languages import LanguagesWanted
from soundstage.api.services import JobsNeeded, OwnedJobId, Owner

router = APIRouter(prefix=JOBS_PATH + "/{job_id}", tags=["jobs"])


@router.post("/pause", summary="Start no new part", operation_id="pause_job")
def pause_job(job_id: OwnedJobId, jobs: JobsNeeded, languages: LanguagesWanted) -> JobOut:
    jobs.pause(job_id)
    return job_out(jobs.get(job_id), languages)


@router.post("/resume", summary="Go on after a pause", operation_id="resume_job")
def resume_job(job_id: OwnedJobId, jobs: JobsNeeded, languages: LanguagesWanted) -> JobOut:
    jobs.resume(job_id)
    return job_out(jobs.get(job_id), languages)


@router.post("/cancel", summary="End the job now", operation_id="cancel_job")
def cancel_job(job_id: OwnedJobId, jobs: JobsNeeded, languages: LanguagesWanted) -> JobOut:
    jobs.cancel(job_id)
    return job_out(jobs.get(job_id), languages)


@router.post("/retry", summary="Run an ended job again from a stage", operation_id="retry_job")
def retry_job(
    job_id: OwnedJobId,
    jobs: JobsNeeded,
    languages: LanguagesWanted,
    retry: Annotated[Retry | None, Body(examples=[{"from": "GENERATION", "params": {"rate": 1.1}}])] = None,
) -> JobOut:
    """What the stages before it left is used again."""
    wanted = retry or Retry()
    jobs.retry(job_id, wanted.from_stage, wanted.params)
    return job_out(jobs.get(job_id), languages)


@router.post("/stages/{stage}/answer", summary="Reply to a stage that waits", operation_id="answer_stage")
def answer_stage(
    job_id: OwnedJobId,
    stage: str,
    answer: StageAnswer,
    jobs: JobsNeeded,
    owner: Owner,
    languages: LanguagesWanted,
) -> JobOut:
    jobs.answer(job_id, stage, answer.action, answer.data, by=owner)
    return job_out(jobs.get(job_id), languages)


@router.put("", summary="Change the priority", operation_id="change_job")
def change_job(job_id: OwnedJobId, change: JobChange, jobs: JobsNeeded, languages: LanguagesWanted) -> JobOut:
    jobs.set_priority(job_id, change.priority)
    return job_out(jobs.get(job_id), languages)
