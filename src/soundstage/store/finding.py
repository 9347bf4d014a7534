"""Which jobs a list holds, in which order, and where its next page begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, literal, null, or_, select, tuple_

from soundstage.core.ids import ALPHABET
from soundstage.core.states import FINAL_JOB_STATES, JobState, Priority
from soundstage.store.tables import jobs, pipelines

_ID_CHARACTERS = frozenset(ALPHABET)
_FIRST_ID_CHARACTERS = frozenset(ALPHABET[:8])
"""26 characters of 5 bits hold the 128 bits of an id, so the first one is below 8."""
UNFINISHED_STATES = tuple(state for state in JobState if state not in FINAL_JOB_STATES)
ListedT_co = TypeVar("ListedT_co", covariant=True)


class JobOrder(StrEnum):
    """How a list is sorted; each order has its exact reverse. By their end: those that have not ended come last."""

    NEWEST = "-created_at"
    OLDEST = "created_at"
    LAST_FINISHED = "-finished_at"
    FIRST_FINISHED = "finished_at"
    MOST_URGENT = "-priority"
    LEAST_URGENT = "priority"

    @property
    def is_descending(self) -> bool:
        return self.value.startswith("-")

    @property
    def is_by_finish(self) -> bool:
        return self in (JobOrder.LAST_FINISHED, JobOrder.FIRST_FINISHED)

    @property
    def is_by_priority(self) -> bool:
        return self in (JobOrder.MOST_URGENT, JobOrder.LEAST_URGENT)


@dataclass(frozen=True, slots=True)
class Position:
    """The place of one job in an order: what it is sorted by, and its id. The key is None where it has not ended."""

    key: float | None
    job_id: str


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs to list; None and empty mean any. Times are seconds since the epoch, both exclusive.

    `text` is found in any case in the pipeline and the first 300 characters of the description, and at the beginning of
    the id, with or without its `job_`.
    """

    owner: str | None = None
    states: Sequence[JobState] = ()
    pipelines: Sequence[str] = ()
    priorities: Sequence[Priority] = ()
    text: str = ""
    created_after: float | None = None
    created_before: float | None = None
    order: JobOrder = JobOrder.NEWEST
    after: Position | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[ListedT_co]):
    """Some jobs of a list, and the position after which the next page begins; None on the last."""

    jobs: Sequence[ListedT_co]
    end: Position | None


def find_jobs(connection: Connection, wanted: JobFilter) -> Page[str]:
    """The ids of one page."""
    holds_text = _holds_text(connection, wanted.text)
    found: list[Position] = []
    for queries in _runs(wanted):
        if len(found) <= wanted.limit:
            found += _merged(connection, [query.where(*holds_text) for query in queries], wanted)
    page = found[: wanted.limit]
    return Page([position.job_id for position in page], page[-1] if len(found) > wanted.limit else None)


def _merged(connection: Connection, queries: Iterable[Select[Any]], wanted: JobFilter) -> list[Position]:
    rows = [row for query in queries for row in connection.execute(query.limit(wanted.limit + 1)).all()]
    rows.sort(key=lambda row: (row.key or 0, row.id), reverse=wanted.order.is_descending)
    return [Position(row.key, row.id) for row in rows[: wanted.limit + 1]]


def _runs(wanted: JobFilter) -> Iterator[Iterable[Select[Any]]]:
    """One after the other they give the whole list. A list by end has two: those that have ended, and the rest; one
    by priority has one for each."""
    states = wanted.states or tuple(JobState)
    if wanted.order.is_by_priority:
        yield from _by_priority(wanted)
        return
    if not wanted.order.is_by_finish:
        yield [_sorted(wanted, some, jobs.c.created_at) for some in _apart(wanted, states)]
        return
    if wanted.after is None or wanted.after.key is not None:
        yield [_sorted(wanted, states, jobs.c.finished_at).where(jobs.c.finished_at.is_not(None))]
    rest = replace(wanted, after=None) if wanted.after is not None and wanted.after.key is not None else wanted
    unfinished = [state for state in states if not state.is_final]
    yield [_sorted(rest, some, None) for some in _apart(wanted, unfinished)]


def _by_priority(wanted: JobFilter) -> Iterator[Iterable[Select[Any]]]:
    is_descending, after = wanted.order.is_descending, wanted.after
    for key in sorted((-priority.rank for priority in wanted.priorities or Priority), reverse=is_descending):
        if after is not None and after.key is not None and (key > after.key if is_descending else key < after.key):
            continue
        begins_here = replace(wanted, after=after if after is not None and after.key == key else None)
        query = _sorted(begins_here, wanted.states, None).where(jobs.c.priority == -key)
        yield [query.with_only_columns(jobs.c.id, literal(key).label("key"))]


def _apart(wanted: JobFilter, states: Sequence[JobState]) -> list[Sequence[JobState]]:
    """One query for each state of an owner: the index holds them apart, each in order of time."""
    return [states] if wanted.owner is None else [[state] for state in states]


def _sorted(wanted: JobFilter, states: Sequence[JobState], key: ColumnElement[Any] | None) -> Select[Any]:
    """Sorted by the key and the id, or where there is no key by the id alone. No states mean any."""
    query = select(jobs.c.id, (null() if key is None else key).label("key")).where(*_conditions(wanted))
    if states:
        in_state = jobs.c.state.in_([state.value for state in states]) if len(states) > 1 else jobs.c.state == states[0]
        query = query.where(in_state)
    columns = [jobs.c.id] if key is None else [key, jobs.c.id]
    is_descending = wanted.order.is_descending
    query = query.order_by(*(column.desc() if is_descending else column for column in columns))
    if wanted.after is None:
        return query
    values = [wanted.after.job_id] if key is None else [wanted.after.key, wanted.after.job_id]
    place, last = tuple_(*columns), tuple_(*map(literal, values))
    return query.where(place < last if is_descending else place > last)


def _conditions(wanted: JobFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.owner is not None:
        yield jobs.c.owner == wanted.owner
    if wanted.pipelines:
        yield jobs.c.pipeline.in_(wanted.pipelines)
    if wanted.priorities:
        yield jobs.c.priority.in_([priority.rank for priority in wanted.priorities])
    if wanted.created_after is not None:
        yield jobs.c.created_at > wanted.created_after
    if wanted.created_before is not None:
        yield jobs.c.created_at < wanted.created_before


def _holds_text(connection: Connection, text: str) -> list[ColumnElement[bool]]:
    """The condition, or none where there is no text. Each comparison is made for each job of the owner, so those that
    no job can meet are left out."""
    if not text:
        return []
    folded = text.casefold()
    comparisons = [jobs.c.search_text.contains(folded, autoescape=True)]
    kinds = connection.scalars(select(pipelines.c.kind).where(pipelines.c.kind.contains(folded, autoescape=True))).all()
    if kinds:
        comparisons.append(jobs.c.pipeline.in_(kinds))
    beginning = folded.removeprefix("job_")
    if _FIRST_ID_CHARACTERS.issuperset(beginning[:1]) and _ID_CHARACTERS.issuperset(beginning):
        comparisons.append(jobs.c.id.startswith(f"job_{beginning}", autoescape=True))
    return [or_(*comparisons)]
