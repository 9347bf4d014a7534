"""Lists of jobs, by any filter and in any order, and how many there are."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query

from soundstage.api.access import JobReader
from soundstage.api.jobs.pictures import counts_out, job_out, job_summary_out
from soundstage.api.jobs.queries import JobListQuery, cursor_of, job_filter, position_of
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.jobs.schemas import JobCounts, JobList
from soundstage.api.languages import LanguagesWanted
from soundstage.api.services import JobsNeeded

router = APIRouter(prefix=JOBS_PATH, tags=["jobs"])


@router.get("", summary="Jobs, by any filter and in any order", operation_id="list_jobs")
def list_jobs(
    query: Annotated[JobListQuery, Query()], jobs: JobsNeeded, caller: JobReader, languages: LanguagesWanted
) -> JobList:
    """The next page goes on exactly behind the last job of this one, whatever has changed in between."""
    wanted = replace(
        job_filter(query, caller, query.limit), order=query.sort, after=position_of(query.sort, query.cursor)
    )
    if query.detail == "full":
        detailed = jobs.detailed_page(wanted)
        return JobList(
            jobs=[job_out(job, languages) for job in detailed.jobs], next=cursor_of(query.sort, detailed.end)
        )
    page = jobs.page(wanted)
    return JobList(jobs=[job_summary_out(job, languages) for job in page.jobs], next=cursor_of(query.sort, page.end))


@router.get("/counts", summary="How many jobs there are", operation_id="count_jobs")
def count_jobs(jobs: JobsNeeded, caller: JobReader) -> JobCounts:
    """The caller's own, by state and by pipeline."""
    return counts_out(jobs.count(caller.user_id))
