"""Each queue: what stands in it, what runs, who serves it, and whether it is paused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, select, text

from soundstage.core.states import Priority
from soundstage.store.operating import queue_depths
from soundstage.store.reading import PRIORITY_OF_RANK
from soundstage.store.records import Records
from soundstage.store.tables import parts, paused_queues, users, workers


class QueueState(StrEnum):
    """A queue that is paused drains as long as parts of it still run."""

    OPEN = "open"
    DRAINING = "draining"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class QueuePause:
    """`by` is the id of the actor, `by_name` the user name where there is such a user still."""

    by: str
    by_name: str | None
    at: float
    reason: str


@dataclass(frozen=True, slots=True)
class QueueView:
    """`oldest_seconds` is how long nothing has happened to the job of the part that has been ready longest.

    Retrying parts wait for a moment of their own: for the next try after an error, or for the next look outside.
    """

    name: str
    ready: Mapping[Priority, int]
    active_parts: int
    retrying_parts: int
    oldest_seconds: float
    workers: int
    pause: QueuePause | None

    @property
    def ready_parts(self) -> int:
        return sum(self.ready.values())

    @property
    def state(self) -> QueueState:
        if self.pause is None:
            return QueueState.OPEN
        return QueueState.DRAINING if self.active_parts else QueueState.PAUSED


class QueueViewStore:
    """Reads only. Raises StoreUnavailable."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def list_queues(self, known: Iterable[str], silent_after_seconds: float) -> Sequence[QueueView]:
        """The known ones, those that workers serve, and those that anything stands in or that are paused; by name.

        A worker whose last beat is older than `silent_after_seconds` serves none.
        """
        now = self._records.now
        with self._records.read() as connection:
            ready = _ready(connection)
            active = _count(connection, _in_state("active"))
            retrying = _count(
                connection, _in_state("waiting"), parts.c.due_at.is_not(None), parts.c.wait_actions.is_(None)
            )
            oldest = {depth.queue: depth.oldest_seconds for depth in queue_depths(connection, now)}
            served = _served(connection, now - silent_after_seconds)
            pauses = _pauses(connection)
        names = {*known, *ready, *active, *retrying, *served, *pauses}
        return [
            QueueView(
                name=name,
                ready=ready.get(name, {}),
                active_parts=active.get(name, 0),
                retrying_parts=retrying.get(name, 0),
                oldest_seconds=oldest.get(name, 0.0),
                workers=served[name],
                pause=pauses.get(name),
            )
            for name in sorted(names)
        ]


def _in_state(state: str) -> ColumnElement[bool]:
    """Literally, so that the small index of that state is used."""
    return parts.c.state == text(f"'{state}'")


def _ready(connection: Connection) -> dict[str, dict[Priority, int]]:
    by_priority = (parts.c.queue, parts.c.priority)
    query = select(*by_priority, func.count()).where(_in_state("ready")).group_by(*by_priority)
    found: dict[str, dict[Priority, int]] = defaultdict(dict)
    for queue, rank, count in connection.execute(query):
        found[queue][PRIORITY_OF_RANK[rank]] = count
    return dict(found)


def _count(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, int]:
    query = select(parts.c.queue, func.count()).where(*conditions).group_by(parts.c.queue)
    return dict(connection.execute(query).all())


def _served(connection: Connection, beating_since: float) -> Counter[str]:
    query = select(workers.c.queues).where(workers.c.heartbeat_at >= beating_since)
    return Counter(name for queues in connection.scalars(query) for name in queues.split(",") if name)


def _pauses(connection: Connection) -> dict[str, QueuePause]:
    query = select(paused_queues, users.c.username).outerjoin(users, users.c.id == paused_queues.c.paused_by)
    return {
        row.queue: QueuePause(row.paused_by, row.username, row.paused_at, row.reason)
        for row in connection.execute(query)
    }
