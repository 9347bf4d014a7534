"""From the fields of an old client to a job, and from a job to the links of what it made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from soundstage.api.compat.bodies import Fields
from soundstage.core.errors import JobNotFound
from soundstage.core.job import ArtifactView, JobView
from soundstage.core.states import Priority
from soundstage.studio.access import Caller
from soundstage.studio.jobs import JobFilter, Jobs, Order

ASSET = "asset:"
REFERENCES = (ASSET, "sha256:")
MOST_JOBS_A_PAGE = 100
LARGEST_OFFSET = 10_000


class Page(BaseModel):
    """Of a list, newest first."""

    limit: int = Field(20, ge=1, le=MOST_JOBS_A_PAGE)
    offset: int = Field(0, ge=0, le=LARGEST_OFFSET)


PageNeeded = Annotated[Page, Query()]


def place(
    jobs: Jobs,
    caller: Caller,
    pipeline: str,
    params: Mapping[str, Any],
    *,
    description: str = "",
    metadata: Mapping[str, Any] | None = None,
    priority: Priority = Priority.NORMAL,
) -> str:
    """The id of the new job. Raises UnknownPipeline, BadParameters."""
    return jobs.create(Order(pipeline, params, caller.user_id, priority, description, metadata, caller.plan))


def renamed(fields: Fields, names: Mapping[str, str]) -> dict[str, Any]:
    """The fields under the names of a pipeline's parameters."""
    return {names.get(name, name): value for name, value in fields.items()}


def reference_to(asset_id: str) -> str:
    """What a parameter says for an asset that an old client names by its id alone."""
    return asset_id if asset_id.startswith(REFERENCES) else f"{ASSET}{asset_id}"


def find(jobs: Jobs, caller: Caller, job_id: str, pipeline: str | None = None) -> JobView:
    """The caller's job, of that pipeline where it is named. Raises JobNotFound."""
    job = jobs.get(job_id, caller.sees)
    if pipeline not in (None, job.pipeline):
        raise JobNotFound("There is no job of this id.")
    return job


def newest(jobs: Jobs, caller: Caller, pipeline: str, page: Page) -> Sequence[JobView]:
    """The caller's own jobs of that pipeline."""
    wanted = JobFilter(owner=caller.user_id, pipelines=[pipeline], limit=page.limit)
    if page.offset:
        skipped = jobs.find_ids(replace(wanted, limit=page.offset))
        if skipped.end is None:
            return []
        wanted = replace(wanted, after=skipped.end)
    return jobs.list_jobs(wanted)


def results(job: JobView) -> Sequence[ArtifactView]:
    """The files that the last stage left."""
    return job.stages[-1].artifacts


def error_text(job: JobView) -> str | None:
    return None if job.error is None else job.error.message
