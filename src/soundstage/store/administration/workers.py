"""Each worker process, and what it does at this moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Row, and_, select, text

from soundstage.core.pipeline import PipelineSnapshot, StageSnapshot
from soundstage.store.records import Records
from soundstage.store.tables import jobs, parts, pipelines, workers

MOST_WORKERS = 500


class WorkerState(StrEnum):
    """A lost worker has not been heard of for a lease; its part is put back within seconds."""

    IDLE = "idle"
    BUSY = "busy"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class WorkView:
    """The part that a worker runs. `fraction` lies in 0..1; `started_at` is when this attempt began."""

    job_id: str
    pipeline: str
    stage: StageSnapshot
    item_index: int | None
    attempt: int
    fraction: float
    message: str | None
    started_at: float


@dataclass(frozen=True, slots=True)
class WorkerView:
    id: str
    host: str
    pid: int
    queues: Sequence[str]
    started_at: float
    beat_at: float
    state: WorkerState
    work: WorkView | None


class WorkerViewStore:
    """Reads only. Raises StoreUnavailable."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def list_workers(self, silent_after_seconds: float) -> Sequence[WorkerView]:
        """By host and process, at most 500. One whose last beat is older than `silent_after_seconds` is lost."""
        beating_since = self._records.now - silent_after_seconds
        holds = and_(parts.c.worker_id == workers.c.id, parts.c.state == text("'active'"))
        columns = (parts.c.job_id, parts.c.stage, parts.c.item_index, parts.c.attempt, parts.c.fraction)
        query = (
            select(workers, *columns, parts.c.message, parts.c.started_at.label("since"))
            .add_columns(jobs.c.pipeline, jobs.c.fingerprint)
            .select_from(workers)
            .outerjoin(parts, holds)
            .outerjoin(jobs, jobs.c.id == parts.c.job_id)
            .order_by(workers.c.host, workers.c.pid, workers.c.id)
            .limit(MOST_WORKERS)
        )
        with self._records.read() as connection:
            rows = connection.execute(query).all()
            kept = select(pipelines.c.fingerprint, pipelines.c.definition)
            kept = kept.where(pipelines.c.fingerprint.in_({row.fingerprint for row in rows}))
            stages = {print_: PipelineSnapshot.from_json(text_).stages for print_, text_ in connection.execute(kept)}
        return [_worker_view(row, beating_since, stages) for row in rows]


def _worker_view(
    row: Row[tuple[object, ...]], beating_since: float, stages: Mapping[str, Sequence[StageSnapshot]]
) -> WorkerView:
    work = _work_view(row, stages[row.fingerprint][row.stage]) if row.job_id is not None else None
    return WorkerView(
        id=row.id,
        host=row.host,
        pid=row.pid,
        queues=row.queues.split(","),
        started_at=row.started_at,
        beat_at=row.heartbeat_at,
        state=_state_of(row.heartbeat_at < beating_since, work),
        work=work,
    )


def _state_of(is_silent: bool, work: WorkView | None) -> WorkerState:
    if is_silent:
        return WorkerState.LOST
    return WorkerState.IDLE if work is None else WorkerState.BUSY


def _work_view(row: Row[tuple[object, ...]], stage: StageSnapshot) -> WorkView:
    return WorkView(
        job_id=row.job_id,
        pipeline=row.pipeline,
        stage=stage,
        item_index=row.item_index,
        attempt=row.attempt,
        fraction=row.fraction,
        message=row.message,
        started_at=row.since,
    )
