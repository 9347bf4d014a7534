"""Pictures of jobs for people and clients: lists, details, events, logs, and what runs took before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, RowMapping, Select, func, select

from soundstage.core.errors import JobNotFound
from soundstage.core.events import Event, EventKind
from soundstage.core.job import ArtifactView, AttemptView, ErrorView, JobView, PartView, StageView, WaitView
from soundstage.core.pipeline import PipelineSnapshot, StageSnapshot
from soundstage.core.states import PRIORITY_RANKS, JobState, PartState, WaitKind
from soundstage.store.tables import artifacts, attempts, events, jobs, logs, parts, pipelines

_PRIORITY_OF_RANK = {rank: priority for priority, rank in PRIORITY_RANKS.items()}

_ENDING = (parts.c.attempt, parts.c.worker_id, parts.c.started_at, parts.c.finished_at, parts.c.error)


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs to list; None means any."""

    owner: str | None = None
    states: Sequence[JobState] = ()
    pipeline: str | None = None
    before_id: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class LogLine:
    stage: str
    attempt: int
    at: float
    line: str


@dataclass(frozen=True, slots=True)
class StageTiming:
    """Seconds that a stage took in an earlier job of the given size."""

    stage: int
    size: float
    seconds: float


class ViewStore:
    """Reads only. Every answer about one job is one consistent picture."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get_job(self, job_id: str, owner: str | None = None) -> JobView:
        """Raises JobNotFound, also where the job is another owner's."""
        query = _job_query().where(jobs.c.id == job_id)
        found = self._views(query if owner is None else query.where(jobs.c.owner == owner))
        if not found:
            raise JobNotFound(f"There is no job {job_id}.")
        return found[0]

    def list_jobs(self, wanted: JobFilter) -> list[JobView]:
        """Newest first; ids sort by time, so the last id is the cursor of the next page."""
        query = _job_query().order_by(jobs.c.id.desc()).limit(wanted.limit)
        if wanted.owner is not None:
            query = query.where(jobs.c.owner == wanted.owner)
        if wanted.states:
            query = query.where(jobs.c.state.in_([str(state) for state in wanted.states]))
        if wanted.pipeline is not None:
            query = query.where(jobs.c.pipeline == wanted.pipeline)
        if wanted.before_id is not None:
            query = query.where(jobs.c.id < wanted.before_id)
        return self._views(query)

    def count_jobs(self, owner: str | None = None) -> dict[JobState, int]:
        query = select(jobs.c.state, func.count()).group_by(jobs.c.state)
        if owner is not None:
            query = query.where(jobs.c.owner == owner)
        with self._engine.connect() as connection:
            return {JobState(state): count for state, count in connection.execute(query)}

    def list_events(self, job_id: str, after: int = 0, limit: int = 1000) -> list[Event]:
        """Events with a number above `after`, in order."""
        query = (
            select(events).where(events.c.job_id == job_id, events.c.seq > after).order_by(events.c.seq).limit(limit)
        )
        with self._engine.connect() as connection:
            return [
                Event(row.job_id, row.seq, EventKind(row.kind), row.at, row.stage, json.loads(row.data))
                for row in connection.execute(query)
            ]

    def list_attempts(self, job_id: str) -> list[AttemptView]:
        """All that have ended, oldest first. The one that completed a part stands in the part itself."""
        columns = (parts.c.stage, parts.c.item_index, jobs.c.fingerprint)
        ended = (
            select(attempts, *columns)
            .join(parts, parts.c.id == attempts.c.part_id)
            .join(jobs, jobs.c.id == parts.c.job_id)
            .where(parts.c.job_id == job_id)
        )
        completed = (
            select(parts.c.id.label("part_id"), *_ENDING, *columns)
            .join(jobs, jobs.c.id == parts.c.job_id)
            .where(parts.c.job_id == job_id, parts.c.state == PartState.COMPLETED.value)
        )
        with self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(ended).mappings()]
            rows += [{**row, "result": "completed"} for row in connection.execute(completed).mappings()]
            stages = self._stages_of(connection, {row["fingerprint"] for row in rows})
        rows.sort(key=lambda row: row["finished_at"])
        return [_attempt_view(row, stages[row["fingerprint"]]) for row in rows]

    def list_logs(self, job_id: str, limit: int = 1000) -> list[LogLine]:
        """The newest lines, oldest first."""
        query = select(logs).where(logs.c.job_id == job_id).order_by(logs.c.id.desc()).limit(limit)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [LogLine(row.stage, row.attempt, row.at, row.line) for row in reversed(rows)]

    def list_timings(self, pipeline: str, limit: int = 20) -> list[StageTiming]:
        """How long each stage took in the newest jobs of the pipeline that succeeded."""
        newest = (
            select(jobs.c.id, jobs.c.size)
            .where(
                jobs.c.pipeline == pipeline, jobs.c.state == JobState.SUCCEEDED.value, jobs.c.finished_at.is_not(None)
            )
            .order_by(jobs.c.finished_at.desc())
            .limit(limit)
            .subquery()
        )
        query = (
            select(
                parts.c.stage,
                newest.c.size,
                (func.max(parts.c.finished_at) - func.min(parts.c.started_at)).label("seconds"),
            )
            .join(newest, newest.c.id == parts.c.job_id)
            .where(parts.c.current == 1, parts.c.snoozes == 0, parts.c.answer.is_(None))
            .group_by(parts.c.job_id, parts.c.stage, newest.c.size)
        )
        with self._engine.connect() as connection:
            return [StageTiming(*row) for row in connection.execute(query)]

    def get_size(self, job_id: str) -> float:
        with self._engine.connect() as connection:
            return float(connection.execute(select(jobs.c.size).where(jobs.c.id == job_id)).scalar_one())

    def _views(self, query: Select[Any]) -> list[JobView]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
            ids = [row["id"] for row in rows]
            part_rows = _grouped(
                connection.execute(
                    select(parts)
                    .where(parts.c.job_id.in_(ids), parts.c.current == 1)
                    .order_by(parts.c.stage, parts.c.item_index, parts.c.id)
                ).mappings()
            )
            file_rows = _grouped(
                connection.execute(
                    select(artifacts).where(artifacts.c.job_id.in_(ids)).order_by(artifacts.c.id)
                ).mappings()
            )
        return [_job_view(row, part_rows[row["id"]], file_rows[row["id"]]) for row in rows]

    def _stages_of(self, connection: Any, fingerprints: set[str]) -> dict[str, tuple[StageSnapshot, ...]]:
        query = select(pipelines.c.fingerprint, pipelines.c.definition).where(pipelines.c.fingerprint.in_(fingerprints))
        return {print_: PipelineSnapshot.from_json(text).stages for print_, text in connection.execute(query)}


def _job_query() -> Select[Any]:
    return select(jobs, pipelines.c.definition).join(pipelines, pipelines.c.fingerprint == jobs.c.fingerprint)


def _grouped(rows: Iterable[RowMapping]) -> Mapping[str, list[RowMapping]]:
    groups: dict[str, list[RowMapping]] = defaultdict(list)
    for row in rows:
        groups[row["job_id"]].append(row)
    return groups


def _job_view(row: RowMapping, part_rows: Sequence[RowMapping], file_rows: Sequence[RowMapping]) -> JobView:
    snapshot = PipelineSnapshot.from_json(row["definition"])
    stages = [
        _stage_view(stage, [part for part in part_rows if part["stage"] == index], file_rows)
        for index, stage in enumerate(snapshot.stages)
    ]
    return JobView(
        id=row["id"],
        owner=row["owner"],
        pipeline=row["pipeline"],
        version=snapshot.version,
        state=JobState(row["state"]),
        priority=_PRIORITY_OF_RANK[row["priority"]],
        params=json.loads(row["params"]),
        description=row["description"],
        metadata=json.loads(row["metadata"]),
        generation=row["generation"],
        last_seq=row["last_seq"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        stages=stages,
    )


def _stage_view(stage: StageSnapshot, part_rows: Sequence[RowMapping], file_rows: Sequence[RowMapping]) -> StageView:
    shown = _shown_parts(part_rows)
    ids = {row["id"] for row in part_rows}
    return StageView(
        key=stage.key,
        label=stage.label,
        labels=stage.labels,
        weight=stage.weight,
        kind=stage.kind,
        queue=stage.queue,
        parts=[_part_view(row) for row in shown],
        artifacts=[_artifact_view(row) for row in file_rows if row["part_id"] in ids and row["checkpoint"] is None],
        values=json.loads(shown[0]["result"]) if len(shown) == 1 and shown[0]["result"] else {},
    )


def _shown_parts(part_rows: Sequence[RowMapping]) -> Sequence[RowMapping]:
    """The part that lists the items steps back once there are items."""
    items = [row for row in part_rows if row["role"] == "item"]
    return items or part_rows


def _part_view(row: RowMapping) -> PartView:
    state = PartState(row["state"])
    return PartView(
        id=row["id"],
        item_index=row["item_index"],
        state=state,
        fraction=row["fraction"],
        message=row["message"],
        attempt=row["attempt"],
        failures=row["failures"],
        losses=row["losses"],
        worker_id=row["worker_id"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        wait=_wait_view(row) if state is PartState.WAITING else None,
        error=_error_view(row["error"]),
    )


def _wait_view(row: RowMapping) -> WaitView:
    return WaitView(
        kind=WaitKind(row["wait_kind"]),
        reason=row["wait_reason"] or "",
        actions=json.loads(row["wait_actions"]) if row["wait_actions"] else (),
        due_at=row["due_at"],
    )


def _artifact_view(row: RowMapping) -> ArtifactView:
    return ArtifactView(
        name=row["name"],
        sha256=row["sha256"],
        size_bytes=row["size_bytes"],
        media_type=row["media_type"],
        part_id=row["part_id"],
        created_at=row["created_at"],
    )


def _attempt_view(row: Mapping[str, Any], stages: Sequence[StageSnapshot]) -> AttemptView:
    return AttemptView(
        part_id=row["part_id"],
        stage=stages[row["stage"]].key,
        item_index=row["item_index"],
        attempt=row["attempt"],
        worker_id=row["worker_id"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        result=row["result"],
        error=_error_view(row["error"]),
    )


def _error_view(text: str | None) -> ErrorView | None:
    return ErrorView(**json.loads(text)) if text else None
