"""Pictures of jobs for people and clients: lists, details, events, logs, and what runs took before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, func, select

from soundstage.core.errors import Incompatible, JobNotFound
from soundstage.core.events import Event, EventKind
from soundstage.core.job import ArtifactView, AttemptView, InputView, JobView, PartView, StageView, WaitView
from soundstage.core.pipeline import PipelineSnapshot, StageSnapshot
from soundstage.core.states import JobState, PartState, WaitKind
from soundstage.store.finding import JobFilter as JobFilter
from soundstage.store.finding import Page, find_jobs
from soundstage.store.held import IS_HELD
from soundstage.store.lineage import engines_used, read_inputs
from soundstage.store.reading import PRIORITY_OF_RANK, error_view, json_object, read_each
from soundstage.store.tables import artifacts, attempts, events, jobs, logs, parts, pipelines

_ENDING = (parts.c.attempt, parts.c.worker_id, parts.c.started_at, parts.c.finished_at, parts.c.error)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line that a stage wrote. Ids grow with time."""

    id: int
    stage: str
    attempt: int
    at: float
    line: str


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines of a job: of a stage, of one attempt, and those after the line of that id; None means any."""

    stage: str | None = None
    attempt: int | None = None
    after: int | None = None
    limit: int = 1000


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
        """Raises JobNotFound, also where the job is another owner's, and Incompatible where its rows are unreadable."""
        with self._engine.connect() as connection:
            found = _read_jobs(connection, [job_id])
            if not found or owner not in (None, found[0].owner):
                _check_owner(connection, job_id, owner)
        if not found:
            raise Incompatible(
                f"What the database holds of job {job_id} cannot be read.",
                hint="Delete it and start a new one. If you changed the database by hand, restore it from a backup.",
            )
        return found[0]

    def check_owner(self, job_id: str, owner: str | None) -> None:
        """Raises JobNotFound, also where the job is another owner's."""
        with self._engine.connect() as connection:
            _check_owner(connection, job_id, owner)

    def list_jobs(self, wanted: JobFilter) -> list[JobView]:
        return list(self.page(wanted).jobs)

    def page(self, wanted: JobFilter) -> Page[JobView]:
        """Jobs whose rows are unreadable are left out, and logged."""
        with self._engine.connect() as connection:
            found = find_jobs(connection, wanted)
            return Page(_read_jobs(connection, found.jobs), found.end)

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

    def list_logs(self, job_id: str, wanted: LogFilter | None = None) -> list[LogLine]:
        """Oldest first: the newest lines, or the first after `wanted.after`."""
        wanted = wanted or LogFilter()
        query = select(logs).where(logs.c.job_id == job_id).limit(wanted.limit)
        if wanted.stage is not None:
            query = query.where(logs.c.stage == wanted.stage)
        if wanted.attempt is not None:
            query = query.where(logs.c.attempt == wanted.attempt)
        if wanted.after is not None:
            query = query.where(logs.c.id > wanted.after)
        query = query.order_by(logs.c.id.desc() if wanted.after is None else logs.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        lines = [LogLine(row.id, row.stage, row.attempt, row.at, row.line) for row in rows]
        return sorted(lines, key=lambda line: line.id)

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

    def _stages_of(self, connection: Any, fingerprints: set[str]) -> dict[str, tuple[StageSnapshot, ...]]:
        query = select(pipelines.c.fingerprint, pipelines.c.definition).where(pipelines.c.fingerprint.in_(fingerprints))
        return {print_: PipelineSnapshot.from_json(text).stages for print_, text in connection.execute(query)}


def _check_owner(connection: Connection, job_id: str, owner: str | None) -> None:
    found = connection.execute(select(jobs.c.owner).where(jobs.c.id == job_id)).scalar_one_or_none()
    if found is None or (owner is not None and found != owner):
        raise JobNotFound(f"There is no job {job_id}.")


def _read_jobs(connection: Connection, ids: Sequence[str]) -> list[JobView]:
    """The jobs in the order of their ids; an unreadable one is left out."""
    query = select(jobs, pipelines.c.definition).join(pipelines, pipelines.c.fingerprint == jobs.c.fingerprint)
    rows = {row["id"]: row for row in connection.execute(query.where(jobs.c.id.in_(ids))).mappings()}
    part_rows = _grouped(
        connection.execute(
            select(parts, IS_HELD.label("is_held"))
            .where(parts.c.job_id.in_(ids), parts.c.current == 1)
            .order_by(parts.c.stage, parts.c.item_index, parts.c.id)
        ).mappings()
    )
    file_rows = _grouped(
        connection.execute(select(artifacts).where(artifacts.c.job_id.in_(ids)).order_by(artifacts.c.id)).mappings()
    )
    inputs = read_inputs(connection, rows.values())
    return read_each(ids, lambda job_id: _job_view(rows[job_id], part_rows[job_id], file_rows[job_id], inputs[job_id]))


def _grouped(rows: Iterable[RowMapping]) -> Mapping[str, list[RowMapping]]:
    groups: dict[str, list[RowMapping]] = defaultdict(list)
    for row in rows:
        groups[row["job_id"]].append(row)
    return groups


def _job_view(
    row: RowMapping,
    part_rows: Sequence[RowMapping],
    file_rows: Sequence[RowMapping],
    inputs: Sequence[InputView],
) -> JobView:
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
        priority=PRIORITY_OF_RANK[row["priority"]],
        params=json_object(row["params"]),
        description=row["description"],
        metadata=json_object(row["metadata"]),
        generation=row["generation"],
        last_seq=row["last_seq"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        stages=stages,
        size=row["size"],
        inputs=inputs,
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
        values=json_object(shown[0]["result"]) if len(shown) == 1 and shown[0]["result"] else {},
        made_by=engines_used(shown),
        queue_paused=any(row["is_held"] for row in part_rows),
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
        error=error_view(row["error"]),
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
        error=error_view(row["error"]),
    )
