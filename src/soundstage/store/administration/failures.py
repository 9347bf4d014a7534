"""What went wrong of late, by its cause: which stage of which pipeline, and the code of the error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import JSON, ColumnElement, Connection, Subquery, and_, cast, distinct, func, not_, select, type_coerce

from soundstage.core.errors import WorkerLost
from soundstage.core.events import EventKind
from soundstage.store.records import Records
from soundstage.store.tables import FAILED_EVENTS, events, jobs

MOST_CAUSES = 100
LOST_MESSAGE = "A worker went away while it ran this part; mostly the machine ran out of memory."


@dataclass(frozen=True, slots=True)
class Cause:
    """Failures of one stage with one error code. `message` and `last_job_id` are those of the last one.

    A try that failed may have been followed by another; `failed_parts` is how many were given up.
    """

    pipeline: str
    stage: str
    code: str
    failed_tries: int
    failed_parts: int
    jobs: int
    last_at: float
    last_job_id: str
    message: str


class FailureViewStore:
    """Reads only. Raises StoreUnavailable."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def list_causes(self, seconds: float) -> Sequence[Cause]:
        """Of the last so many seconds, the newest first, at most 100. What befell jobs that were deleted is gone."""
        since = self._records.now - seconds
        with self._records.read() as connection:
            failures = _failures(connection, since)
            sums, last = _sums(failures), _last(failures)
            is_same = and_(*(sums.c[name] == last.c[name] for name in ("pipeline", "stage", "code")))
            query = (
                select(sums, last.c.at, last.c.job_id, last.c.message)
                .join(last, is_same & (last.c.place == 1))
                .order_by(last.c.at.desc(), last.c.job_id, last.c.seq.desc())
                .limit(MOST_CAUSES)
            )
            return [Cause(*row) for row in connection.execute(query)]


def _failures(connection: Connection, since: float) -> Subquery:
    """One row for each event that tells of a failure."""
    told = _json(connection, events.c.data)
    columns = (jobs.c.pipeline, events.c.stage, events.c.kind, events.c.at, events.c.seq, events.c.job_id)
    code = func.coalesce(told["code"].as_string(), WorkerLost.code).label("code")
    message = func.coalesce(told["message"].as_string(), LOST_MESSAGE).label("message")
    query = select(*columns, code, message).join(jobs, jobs.c.id == events.c.job_id)
    return query.where(FAILED_EVENTS, events.c.at >= since).subquery()


def _sums(failures: Subquery) -> Subquery:
    by_cause = (failures.c.pipeline, failures.c.stage, failures.c.code)
    is_end = failures.c.kind == EventKind.PART_FAILED.value
    is_told_twice = is_end & (failures.c.code == WorkerLost.code)  # the loss that ended the part tells of itself
    tries = func.count().filter(not_(is_told_twice))
    ends = func.count().filter(is_end)
    return select(*by_cause, tries, ends, func.count(distinct(failures.c.job_id))).group_by(*by_cause).subquery()


def _last(failures: Subquery) -> Subquery:
    """The newest of a cause has the place 1."""
    by_cause = (failures.c.pipeline, failures.c.stage, failures.c.code)
    newest = (failures.c.at.desc(), failures.c.job_id.desc(), failures.c.seq.desc())
    return select(failures, func.row_number().over(partition_by=by_cause, order_by=newest).label("place")).subquery()


def _json(connection: Connection, column: ColumnElement[str]) -> ColumnElement[dict[str, str]]:
    """A text as JSON: SQLite looks into it as it is."""
    return type_coerce(column, JSON) if connection.dialect.name == "sqlite" else cast(column, JSON)
