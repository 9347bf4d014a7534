"""Many orders in one request, and one action on many jobs: each with a result of its own."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Self

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from soundstage.api.access import JobWriter
from soundstage.api.errors import BadLine, Problem, described_problem, shown_problems
from soundstage.api.jobs.queries import JOB_ID_PATTERN, JobQuery, job_filter
from soundstage.api.jobs.routes import JOBS_PATH, IdempotencyKey, order_of
from soundstage.api.jobs.schemas import NewJob
from soundstage.api.jobs.schemas import Request as Body
from soundstage.api.json_body import check_json
from soundstage.api.json_lines import LineLimits, read_lines
from soundstage.api.services import ServicesNeeded
from soundstage.core.errors import SoundstageError
from soundstage.studio.access import Caller
from soundstage.studio.batches import MOST_AT_ONCE, Batches, BulkAction, BulkOutcome
from soundstage.studio.jobs import Accepted, Order

BATCH_PATH = JOBS_PATH + "/batch"
MOST_BATCH_BYTES = 10 * 1024 * 1024

router = APIRouter(prefix=JOBS_PATH, tags=["jobs"])

JobIdText = Annotated[str, StringConstraints(pattern=JOB_ID_PATTERN)]


class LineResult(BaseModel):
    """What became of one line: 202 with the job, or why not."""

    line: int = Field(description="Counted from 1, without empty ones")
    status: int = Field(examples=[202])
    id: str | None = Field(None, examples=["job_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    is_replay: bool = Field(False, description="Whether an earlier request with the same key made the job")
    problem: Problem | None = None


class BatchResult(BaseModel):
    accepted: int
    refused: int
    results: list[LineResult]


class BulkRequest(Body):
    """Either `ids` or `filter`. A filter means the newest 1,000 jobs that fit it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"action": "cancel", "filter": {"state": ["queued"], "text": "lesson"}}]}
    )

    action: BulkAction
    ids: list[JobIdText] | None = Field(None, min_length=1, max_length=MOST_AT_ONCE)
    filter: JobQuery | None = None

    @model_validator(mode="after")
    def _says_which(self) -> Self:
        if (self.ids is None) == (self.filter is None):
            raise ValueError("give either ids or filter")
        return self


class JobResult(BaseModel):
    """What became of one job: 200, or why not."""

    id: str
    status: int = Field(examples=[200])
    problem: Problem | None = None


class BulkResult(BaseModel):
    done: int
    refused: int
    results: list[JobResult]


@router.post(
    "/batch",
    summary="Order many jobs",
    operation_id="create_jobs",
    responses={207: {"model": BatchResult, "description": "Some lines were refused"}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/x-ndjson": {"schema": {"type": "string"}, "example": '{"pipeline": "..."}\n'}},
        }
    },
)
async def create_jobs(
    request: Request,
    response: Response,
    services: ServicesNeeded,
    caller: JobWriter,
    atomic: Annotated[bool, Query(description="All of them or none")] = False,
    idempotency_key: IdempotencyKey = None,
) -> BatchResult:
    """JSON lines, each an order as `POST /api/jobs` takes it: at most 1,000 lines and 10 MiB.

    Each line is accepted or refused for itself; with `atomic` one that is refused refuses all. An `Idempotency-Key`
    holds for each line by its number.
    """
    limits = LineLimits(MOST_BATCH_BYTES, MOST_AT_ONCE, services.settings.stalled_body_seconds)
    lines = await read_lines(request, limits)
    result = await run_sync(_create_all, services.batches, lines, caller, atomic, idempotency_key)
    if result.refused:
        response.status_code = HTTPStatus.MULTI_STATUS
    return result


@router.post(
    "/bulk",
    summary="Cancel, retry, pause, resume or delete many jobs",
    operation_id="act_on_jobs",
    responses={207: {"model": BulkResult, "description": "Some jobs could not be changed"}},
)
def act_on_jobs(wanted: BulkRequest, services: ServicesNeeded, caller: JobWriter, response: Response) -> BulkResult:
    """Each job is changed for itself; what is another's is not found."""
    ids: Sequence[str] = wanted.ids or ()
    if wanted.filter is not None:
        ids = services.batches.find(job_filter(wanted.filter, caller, MOST_AT_ONCE))
    results = [_job_result(outcome) for outcome in services.batches.act(wanted.action, ids, caller)]
    refused = sum(result.problem is not None for result in results)
    if refused:
        response.status_code = HTTPStatus.MULTI_STATUS
    return BulkResult(done=len(results) - refused, refused=refused, results=results)


def _create_all(
    batches: Batches, lines: Sequence[bytes], caller: Caller, is_atomic: bool, key: str | None
) -> BatchResult:
    orders = [_read_order(line, caller, f"{key}#{number}" if key else None) for number, line in enumerate(lines, 1)]
    made: Sequence[Accepted | SoundstageError]
    made = batches.accept_all_or_none(orders) if is_atomic else batches.accept(orders)
    results = [_line_result(number, result) for number, result in enumerate(made, 1)]
    refused = sum(result.problem is not None for result in results)
    return BatchResult(accepted=len(results) - refused, refused=refused, results=results)


def _read_order(line: bytes, caller: Caller, key: str | None) -> Order | SoundstageError:
    try:
        check_json(line)
        return order_of(NewJob.model_validate_json(line), caller, key)
    except ValidationError as error:
        return BadLine(shown_problems(error.errors(include_url=False, include_context=False)))
    except SoundstageError as error:
        return error


def _line_result(line: int, result: Accepted | SoundstageError) -> LineResult:
    if isinstance(result, Accepted):
        return LineResult(line=line, status=HTTPStatus.ACCEPTED, id=result.job_id, is_replay=result.is_replay)
    problem = described_problem(result)
    return LineResult(line=line, status=problem.status, problem=problem)


def _job_result(outcome: BulkOutcome) -> JobResult:
    if outcome.error is None:
        return JobResult(id=outcome.job_id, status=HTTPStatus.OK)
    problem = described_problem(outcome.error)
    return JobResult(id=outcome.job_id, status=problem.status, problem=problem)
