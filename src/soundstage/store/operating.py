"""What an operator watches in the database. Costs what is unfinished and what is new, never what has piled up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select, text

from soundstage.core.states import JobState, PartState
from soundstage.store.records import Records
from soundstage.store.tables import deliveries, events, jobs, parts, pipelines, workers

ENDED = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)
_UNFINISHED_JOBS = text(
    # From owner to owner and from state to state by the index, past all jobs that have ended.
    """
    WITH RECURSIVE owners (owner) AS (
        SELECT MIN(owner) FROM jobs
        UNION ALL
        SELECT (SELECT MIN(jobs.owner) FROM jobs WHERE jobs.owner > owners.owner)
        FROM owners WHERE owners.owner IS NOT NULL
    ), states (state) AS (VALUES ('queued'), ('running'), ('waiting'), ('paused'))
    SELECT jobs.pipeline, jobs.state, COUNT(*)
    FROM owners CROSS JOIN states
    JOIN jobs ON jobs.owner = owners.owner AND jobs.state = states.state
    GROUP BY jobs.pipeline, jobs.state
    """
)


@dataclass(frozen=True, slots=True)
class JobCount:
    pipeline: str
    state: str
    jobs: int


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """`oldest_seconds` is how long nothing has happened to the job of the part that has been there longest."""

    queue: str
    ready_parts: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class WorkerCounts:
    """A worker is silent when its heartbeat is older than a lease; otherwise it is busy or idle."""

    busy: int
    idle: int
    silent: int
    oldest_heartbeat_seconds: float


@dataclass(frozen=True, slots=True)
class Picture:
    """One moment of the installation."""

    unfinished: Sequence[JobCount]
    queues: Sequence[QueueDepth]
    workers: WorkerCounts
    pending_deliveries: int
    dead_deliveries: int
    database_bytes: int


class OperatingStore:
    """Reads only. Raises StoreUnavailable."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def now(self) -> float:
        return self._records.now

    def picture(self, silent_after_seconds: float) -> Picture:
        now = self._records.now
        with self._records.read() as connection:
            return Picture(
                unfinished=[JobCount(*row) for row in connection.execute(_UNFINISHED_JOBS)],
                queues=queue_depths(connection, now),
                workers=_workers(connection, now, silent_after_seconds),
                pending_deliveries=_deliveries_in(connection, "pending"),
                dead_deliveries=_deliveries_in(connection, "dead"),
                database_bytes=_database_bytes(connection),
            )

    def ended_between(self, after: float, until: float) -> list[JobCount]:
        """Jobs that ended after one moment and until another, in seconds since the epoch."""
        counts = []
        with self._records.read() as connection:
            for kind in connection.execute(select(pipelines.c.kind).distinct()).scalars().all():
                query = (
                    select(jobs.c.state, func.count())
                    .where(jobs.c.pipeline == kind, jobs.c.finished_at > after, jobs.c.finished_at <= until)
                    .group_by(jobs.c.state)
                )
                counts += [JobCount(kind, state, count) for state, count in connection.execute(query)]
        return counts


def queue_depths(connection: Connection, now: float) -> list[QueueDepth]:
    """Of the queues in which parts are ready."""
    ready = (
        select(parts.c.queue, func.count().label("parts"), func.min(parts.c.id).label("oldest"))
        .where(parts.c.state == text("'ready'"))  # literally, so that the index of ready parts is used
        .group_by(parts.c.queue)
        .subquery()
    )
    newest_fact = (
        select(events.c.at)
        .join(jobs, (jobs.c.id == events.c.job_id) & (jobs.c.last_seq == events.c.seq))
        .where(events.c.job_id == parts.c.job_id)
        .scalar_subquery()
    )
    query = select(ready.c.queue, ready.c.parts, newest_fact).join(parts, parts.c.id == ready.c.oldest)
    return [QueueDepth(queue, count, max(0.0, now - (at or now))) for queue, count, at in connection.execute(query)]


def _workers(connection: Connection, now: float, silent_after_seconds: float) -> WorkerCounts:
    is_silent = workers.c.heartbeat_at < now - silent_after_seconds
    holds = (
        select(parts.c.id).where(parts.c.worker_id == workers.c.id, parts.c.state == text(f"'{PartState.ACTIVE}'"))
    ).exists()
    state = case((is_silent, "silent"), (holds, "busy"), else_="idle").label("state")
    each = select(state, workers.c.heartbeat_at).subquery()
    query = select(each.c.state, func.count(), func.min(each.c.heartbeat_at)).group_by(each.c.state)
    rows = connection.execute(query).all()
    counts = {state: count for state, count, _ in rows}
    oldest = max((now - beat for _, _, beat in rows), default=0.0)
    return WorkerCounts(counts.get("busy", 0), counts.get("idle", 0), counts.get("silent", 0), max(0.0, oldest))


def _deliveries_in(connection: Connection, state: str) -> int:
    query = select(func.count()).select_from(deliveries).where(deliveries.c.state == text(f"'{state}'"))
    return int(connection.execute(query).scalar_one())


def _database_bytes(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        return int(pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
