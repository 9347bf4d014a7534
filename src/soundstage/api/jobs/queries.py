"""Which jobs a caller asks for, as query or as JSON, and the cursor of the next page."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, FiniteFloat, RootModel, StringConstraints

from soundstage.api.jobs.legacy import JobStatus, pipeline_of_type, states_of_status
from soundstage.core.errors import BadInput
from soundstage.core.states import JobState, Priority
from soundstage.studio.access import Caller, Scope, check
from soundstage.studio.jobs import JobFilter, JobOrder, Position

MOST_JOBS_A_PAGE = 100
MOST_CURSOR_CHARACTERS = 200
SHOWN_AS_EQUAL = 0.5e-6
"""Moments are shown in microseconds: what is shown as the given moment is neither after nor before it."""
EVERYBODY = "*"
JOB_ID_PATTERN = r"^job_[0-9a-z]{26}$"

PipelineKind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class JobQuery(BaseModel):
    """Which jobs: each filter narrows the list, several values of one filter widen it."""

    model_config = ConfigDict(extra="forbid")

    state: list[JobState] = Field(default_factory=list, max_length=20, description="Any of these states")
    status: list[JobStatus] = Field(default_factory=list, max_length=20, description="The same in words of old clients")
    pipeline: list[PipelineKind] = Field(default_factory=list, max_length=50, description="Any of these pipelines")
    type: list[PipelineKind] = Field(
        default_factory=list, max_length=50, description="The same in words of old clients"
    )
    priority: list[Priority] = Field(default_factory=list, max_length=20, description="Any of these priorities")
    text: str = Field(
        "",
        max_length=100,
        pattern=r"^[^\x00]*$",
        description="In the pipeline or the first 300 characters of the description, in any case, or at the beginning "
        "of the id",
    )
    created_after: AwareDatetime | None = Field(None, description="RFC 3339, exclusive")
    created_before: AwareDatetime | None = Field(None, description="RFC 3339, exclusive")
    owner: str | None = Field(None, max_length=64, description="Whose jobs; `*` is everybody's. Administrators only")


class JobListQuery(JobQuery):
    """A page of a list."""

    sort: JobOrder = Field(
        JobOrder.NEWEST,
        description="`-` turns an order round. `-priority` begins with urgent jobs; by `finished_at`, those that have "
        "not ended come last",
    )
    cursor: str | None = Field(None, max_length=MOST_CURSOR_CHARACTERS, description="The `next` of the page before")
    limit: int = Field(50, ge=1, le=MOST_JOBS_A_PAGE)
    detail: Literal["summary", "full"] = Field(
        "summary", description="`full` adds parameters, parts, waits and artifacts"
    )
    lang: str | None = Field(None, description="Language of labels; instead of Accept-Language")


class _Place(RootModel[tuple[JobOrder, FiniteFloat | None, Annotated[str, StringConstraints(pattern=JOB_ID_PATTERN)]]]):
    """What a cursor says: the order, what its job is sorted by, and the id of that job."""


def job_filter(query: JobQuery, caller: Caller, limit: int = 50) -> JobFilter:
    """Raises NotAllowed where one who is no administrator asks for the jobs of others."""
    if query.owner is not None:
        check(caller, [Scope.ADMIN])
    return JobFilter(
        owner=_owner_of(query, caller),
        states=[*query.state, *(state for status in query.status for state in states_of_status(status))],
        pipelines=[*query.pipeline, *map(pipeline_of_type, query.type)],
        priorities=query.priority,
        text=query.text.strip(),
        created_after=None if query.created_after is None else query.created_after.timestamp() + SHOWN_AS_EQUAL,
        created_before=None if query.created_before is None else query.created_before.timestamp() - SHOWN_AS_EQUAL,
        limit=limit,
    )


def cursor_of(order: JobOrder, position: Position | None) -> str | None:
    """An opaque text that names a place in a list of this order."""
    if position is None:
        return None
    text = json.dumps([order.value, position.key, position.job_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def position_of(order: JobOrder, cursor: str | None) -> Position | None:
    """Raises BadInput for a cursor that is not ours, or of a list in another order."""
    if cursor is None:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        place = _Place.model_validate_json(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error) as error:
        raise BadInput("`cursor` is not the `next` of an earlier page: begin again without it.") from error
    if place.root[0] is not order:
        raise BadInput(f"`cursor` belongs to a list sorted by {place.root[0].value}, not by {order.value}.")
    if place.root[1] is None and not order.is_by_finish:
        raise BadInput(f"`cursor` names no place in a list sorted by {order.value}: begin again without it.")
    return Position(place.root[1], place.root[2])


def _owner_of(query: JobQuery, caller: Caller) -> str | None:
    if query.owner is None:
        return caller.user_id
    return None if query.owner == EVERYBODY else query.owner
