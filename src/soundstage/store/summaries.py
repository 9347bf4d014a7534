"""Jobs as lists show them, and how many there are: quick however many parts the jobs have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, RowMapping, func, select

from soundstage.core.job import JobSummary, StageSummary, stage_state
from soundstage.core.pipeline import PipelineSnapshot, StageSnapshot
from soundstage.core.states import JobState, PartState
from soundstage.store.finding import JobFilter, Page, find_jobs
from soundstage.store.held import IS_HELD
from soundstage.store.reading import PRIORITY_OF_RANK, error_view, json_object, read_each
from soundstage.store.statistics import PipelineStatistics, read_statistics
from soundstage.store.tables import jobs, parts, pipelines

_SHOWN = tuple(column for column in jobs.c if column.name not in ("params", "request_key", "search_text", "trace"))
_SUMS = (
    parts.c.job_id,
    parts.c.stage,
    parts.c.role,
    parts.c.state,
    func.count().label("parts"),
    func.sum(parts.c.fraction).label("fraction"),
    func.min(parts.c.started_at).label("started_at"),
    func.max(parts.c.finished_at).label("finished_at"),
    func.count(parts.c.finished_at).label("finished_parts"),
    func.min(parts.c.error).label("error"),
    func.count().filter(IS_HELD).label("held_parts"),
)


@dataclass(frozen=True, slots=True)
class JobCount:
    """How many jobs of a pipeline are in a state."""

    pipeline: str
    state: JobState
    jobs: int


class SummaryStore:
    """Reads only. Every page is one consistent picture."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, wanted: JobFilter) -> Page[JobSummary]:
        """Jobs whose rows are unreadable are left out, and logged."""
        with self._engine.connect() as connection:
            found = find_jobs(connection, wanted)
            return Page(_read_summaries(connection, found.jobs), found.end)

    def find_ids(self, wanted: JobFilter) -> Page[str]:
        with self._engine.connect() as connection:
            return find_jobs(connection, wanted)

    def count(self, owner: str | None = None) -> list[JobCount]:
        with self._engine.connect() as connection:
            kinds = connection.execute(select(pipelines.c.kind).distinct()).scalars().all()
            # Grouped by the state alone, which the index holds apart: by both, every row would be sorted.
            columns = [func.count().filter(jobs.c.pipeline == kind) for kind in kinds]
            query = select(jobs.c.state, *columns).group_by(jobs.c.state)
            if owner is not None:
                query = query.where(jobs.c.owner == owner)
            rows = connection.execute(query).all() if kinds else ()
        return [
            JobCount(kind, JobState(state), count)
            for state, *counts in rows
            for kind, count in zip(kinds, counts, strict=True)
            if count
        ]

    def statistics(self, owner: str, since: float) -> Sequence[PipelineStatistics]:
        """How the jobs of the owner ended that did so after that moment, by pipeline."""
        with self._engine.connect() as connection:
            return read_statistics(connection, owner, since)


def _read_summaries(connection: Connection, ids: Sequence[str]) -> list[JobSummary]:
    rows = {row["id"]: row for row in connection.execute(select(*_SHOWN).where(jobs.c.id.in_(ids))).mappings().all()}
    known = select(pipelines.c.fingerprint, pipelines.c.definition).where(
        pipelines.c.fingerprint.in_({row["fingerprint"] for row in rows.values()})
    )
    definitions = {row.fingerprint: row.definition for row in connection.execute(known)}
    snapshots: dict[str, PipelineSnapshot] = {}
    sums: dict[str, list[RowMapping]] = defaultdict(list)
    query = select(*_SUMS).where(parts.c.job_id.in_(ids), parts.c.current == 1)
    for row in connection.execute(query.group_by(*_SUMS[:4])).mappings().all():
        sums[row["job_id"]].append(row)

    def summary_of(job_id: str) -> JobSummary:
        fingerprint = rows[job_id]["fingerprint"]
        if fingerprint not in snapshots:
            snapshots[fingerprint] = PipelineSnapshot.from_json(definitions[fingerprint])
        return _job_summary(rows[job_id], snapshots[fingerprint], sums[job_id])

    return read_each(ids, summary_of)


def _job_summary(row: RowMapping, snapshot: PipelineSnapshot, sums: Iterable[RowMapping]) -> JobSummary:
    by_stage: dict[int, list[RowMapping]] = defaultdict(list)
    for found in sums:
        by_stage[found["stage"]].append(found)
    return JobSummary(
        id=row["id"],
        owner=row["owner"],
        pipeline=row["pipeline"],
        version=snapshot.version,
        state=JobState(row["state"]),
        priority=PRIORITY_OF_RANK[row["priority"]],
        size=row["size"],
        description=row["description"],
        metadata=json_object(row["metadata"]),
        generation=row["generation"],
        last_seq=row["last_seq"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        stages=[_stage_summary(stage, by_stage[index]) for index, stage in enumerate(snapshot.stages)],
    )


def _stage_summary(stage: StageSnapshot, sums: Sequence[RowMapping]) -> StageSummary:
    """The part that lists the items steps back once there are items."""
    items = [row for row in sums if row["role"] == "item"]
    shown = items or sums
    count = sum(row["parts"] for row in shown)
    is_over = count > 0 and count == sum(row["finished_parts"] for row in shown)
    return StageSummary(
        key=stage.key,
        label=stage.label,
        labels=stage.labels,
        weight=stage.weight,
        kind=stage.kind,
        state=stage_state(PartState(row["state"]) for row in shown),
        fraction=sum(row["fraction"] for row in shown) / count if count else 0.0,
        started_at=min((row["started_at"] for row in shown if row["started_at"] is not None), default=None),
        finished_at=max(row["finished_at"] for row in shown) if is_over else None,
        error=next((error_view(row["error"]) for row in shown if row["error"]), None),
        queue_paused=any(row["held_parts"] for row in sums),
        items=sum(row["parts"] for row in items) or None,
    )
