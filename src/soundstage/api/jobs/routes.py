"""Ordering jobs, looking at them, and removing them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from soundstage.api.access import JobId, JobReader, JobWriter, ReadableJobId, WritableJobId
from soundstage.api.jobs.legacy import pipeline_of_type
from soundstage.api.jobs.pictures import attempt_out, job_out, log_line_out
from soundstage.api.jobs.schemas import AttemptOut, JobChange, JobOut, LogLineOut, NewJob
from soundstage.api.languages import LanguagesWanted
from soundstage.api.services import JobsNeeded
from soundstage.studio.access import Caller
from soundstage.studio.jobs import JobChange as Change
from soundstage.studio.jobs import LogFilter, Order

JOBS_PATH = "/api/jobs"
MOST_LINES_A_PAGE = 1000
MOST_INTEGER = 2**31 - 1
REPLAYED = "Idempotency-Replayed"

IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern=r"^[\x21-\x7e]+$",
        min_length=1,
        max_length=255,
        description="A name of this request, so that it makes one job however often it is sent",
        examples=["5f1e7c1e-lesson-3"],
    ),
]

router = APIRouter(prefix=JOBS_PATH, tags=["jobs"])


@router.post(
    "",
    status_code=202,
    summary="Order a job",
    operation_id="create_job",
    responses={202: {"headers": {REPLAYED: {"schema": {"type": "string"}, "description": "`true` for a repetition"}}}},
)
def create_job(
    order: NewJob,
    jobs: JobsNeeded,
    caller: JobWriter,
    languages: LanguagesWanted,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> JobOut:
    """The answer means that the job is stored: it survives any crash.

    The same `Idempotency-Key` with the same body gives the same job, for a day; with another body it is a conflict.
    """
    accepted = jobs.accept(order_of(order, caller, idempotency_key))
    response.headers["Location"] = f"{JOBS_PATH}/{accepted.job_id}"
    if accepted.is_replay:
        response.headers[REPLAYED] = "true"
    return job_out(jobs.get(accepted.job_id, caller.sees), languages)


@router.get("/{job_id}", summary="One job with its stages", operation_id="get_job")
def get_job(job_id: JobId, jobs: JobsNeeded, caller: JobReader, languages: LanguagesWanted) -> JobOut:
    return job_out(jobs.get(job_id, caller.sees), languages)


@router.get("/{job_id}/attempts", summary="Every try that has ended", operation_id="list_attempts")
def list_attempts(job_id: ReadableJobId, jobs: JobsNeeded) -> list[AttemptOut]:
    return [attempt_out(attempt) for attempt in jobs.attempts(job_id)]


@router.get("/{job_id}/logs", summary="The lines that the stages wrote", operation_id="list_log_lines")
def list_log_lines(
    job_id: ReadableJobId,
    jobs: JobsNeeded,
    stage: Annotated[str | None, Query(max_length=40, description="Only of this stage")] = None,
    attempt: Annotated[int | None, Query(ge=0, le=MOST_INTEGER, description="Only of attempts of this number")] = None,
    after: Annotated[int | None, Query(ge=0, le=2**63 - 1, description="Only lines with a greater id")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_LINES_A_PAGE)] = MOST_LINES_A_PAGE,
) -> list[LogLineOut]:
    """Oldest first: the newest lines, or with `after` the first ones that follow."""
    return [log_line_out(line) for line in jobs.logs(job_id, LogFilter(stage, attempt, after, limit))]


@router.put("/{job_id}", summary="Change priority, description or metadata", operation_id="change_job")
@router.patch("/{job_id}", summary="Change priority, description or metadata", operation_id="patch_job")
def change_job(job_id: WritableJobId, change: JobChange, jobs: JobsNeeded, languages: LanguagesWanted) -> JobOut:
    """What is given is replaced, what is not stays."""
    jobs.change(job_id, Change(change.priority, change.description, change.metadata))
    return job_out(jobs.get(job_id), languages)


@router.delete("/{job_id}", status_code=204, summary="Remove a job that has ended", operation_id="delete_job")
def delete_job(
    job_id: WritableJobId,
    jobs: JobsNeeded,
    cancel: Annotated[bool, Query(description="Cancel it first where it has not ended")] = False,
) -> None:
    """Its files go a while later, where no other job or asset needs them."""
    jobs.delete(job_id, cancel_first=cancel)


def order_of(order: NewJob, caller: Caller, idempotency_key: str | None = None) -> Order:
    return Order(
        pipeline=pipeline_of_type(order.pipeline),
        params=order.params,
        owner=caller.user_id,
        priority=order.priority,
        description=order.description,
        metadata=order.metadata,
        plan=caller.plan,
        idempotency_key=idempotency_key,
    )
