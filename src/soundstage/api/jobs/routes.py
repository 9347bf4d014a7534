"""Ordering jobs, looking at them, and removing them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from soundstage.api.jobs.pictures import attempt_out, job_out, log_line_out
from soundstage.api.jobs.schemas import AttemptOut, JobList, JobOut, LogLineOut, NewJob
from soundstage.api.languages import LanguagesWanted
from soundstage.api.services import JobId, JobsNeeded, OwnedJobId, Owner
from soundstage.core.states import JobState
from soundstage.studio.jobs import JobFilter, Order

JOBS_PATH = "/api/jobs"
MOST_JOBS_A_PAGE = 100

router = APIRouter(prefix=JOBS_PATH, tags=["jobs"])


@router.post("", status_code=202, summary="Order a job", operation_id="create_job")
def create_job(order: NewJob, jobs: JobsNeeded, owner: Owner, languages: LanguagesWanted, response: Response) -> JobOut:
    """The answer means that the job is stored: it survives any crash."""
    job_id = jobs.create(Order(order.pipeline, order.params, owner, order.priority, order.description, order.metadata))
    response.headers["Location"] = f"{JOBS_PATH}/{job_id}"
    return job_out(jobs.get(job_id, owner), languages)


@router.get("", summary="Jobs, newest first", operation_id="list_jobs")
def list_jobs(
    jobs: JobsNeeded,
    owner: Owner,
    languages: LanguagesWanted,
    state: Annotated[list[JobState], Query(default_factory=list, description="Any of these states")],
    pipeline: Annotated[str | None, Query(pattern=r"^[a-z][a-z0-9_]{0,59}$")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_JOBS_A_PAGE)] = 50,
    before: Annotated[
        str | None, Query(pattern=r"^job_[0-9a-z]{26}$", description="The `next` of the page before")
    ] = None,
) -> JobList:
    found = jobs.list_jobs(JobFilter(owner, state, pipeline, before, limit + 1))
    page = found[:limit]
    following = page[-1].id if len(found) > limit else None
    return JobList(jobs=[job_out(job, languages) for job in page], next=following)


@router.get("/{job_id}", summary="One job with its stages", operation_id="get_job")
def get_job(job_id: JobId, jobs: JobsNeeded, owner: Owner, languages: LanguagesWanted) -> JobOut:
    return job_out(jobs.get(job_id, owner), languages)


@router.get("/{job_id}/attempts", summary="Every try that has ended", operation_id="list_attempts")
def list_attempts(job_id: OwnedJobId, jobs: JobsNeeded) -> list[AttemptOut]:
    return [attempt_out(attempt) for attempt in jobs.attempts(job_id)]


@router.get("/{job_id}/logs", summary="The newest lines that the stages wrote", operation_id="list_log_lines")
def list_log_lines(job_id: OwnedJobId, jobs: JobsNeeded) -> list[LogLineOut]:
    return [log_line_out(line) for line in jobs.logs(job_id)]


@router.delete("/{job_id}", status_code=204, summary="Remove a job that has ended", operation_id="delete_job")
def delete_job(job_id: OwnedJobId, jobs: JobsNeeded) -> None:
    jobs.delete(job_id)
