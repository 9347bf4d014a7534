"""How jobs of an owner ended lately, and how long those took that succeeded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from sqlalchemy import ColumnElement, Connection, func, select

from soundstage.core.states import JobState
from soundstage.store.tables import jobs


@dataclass(frozen=True, slots=True)
class PipelineStatistics:
    """Jobs of one pipeline that have ended. `median_seconds` is from start to end, of those that succeeded."""

    pipeline: str
    succeeded: int
    failed: int
    cancelled: int
    median_seconds: float | None

    @property
    def success_rate(self) -> float | None:
        """Those that succeeded among those that ran to an end, 0..1. What was cancelled says nothing."""
        ended = self.succeeded + self.failed
        return self.succeeded / ended if ended else None


def read_statistics(connection: Connection, owner: str, since: float) -> Sequence[PipelineStatistics]:
    """Of the jobs that ended after that moment, by the name of the pipeline."""
    lately = [jobs.c.owner == owner, jobs.c.finished_at > since]
    query = select(jobs.c.pipeline, jobs.c.state, func.count()).where(*lately).group_by(jobs.c.pipeline, jobs.c.state)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for pipeline, state, count in connection.execute(query):
        counts[pipeline][state] = count
    return [
        PipelineStatistics(
            pipeline,
            counted.get(JobState.SUCCEEDED, 0),
            counted.get(JobState.FAILED, 0),
            counted.get(JobState.CANCELLED, 0),
            _median_seconds(connection, [*lately, jobs.c.pipeline == pipeline], counted.get(JobState.SUCCEEDED, 0)),
        )
        for pipeline, counted in sorted(counts.items())
    ]


def _median_seconds(connection: Connection, which: Sequence[ColumnElement[bool]], count: int) -> float | None:
    """The one in the middle, or the mean of the two."""
    if not count:
        return None
    seconds = jobs.c.finished_at - func.coalesce(jobs.c.started_at, jobs.c.created_at)
    succeeded = select(seconds).where(*which, jobs.c.state == JobState.SUCCEEDED.value)
    middle = succeeded.order_by(seconds).offset((count - 1) // 2).limit(2 - count % 2)
    return float(mean(connection.execute(middle).scalars()))
