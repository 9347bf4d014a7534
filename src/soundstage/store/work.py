"""How much work an owner's jobs took today."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Engine, Select, func, or_, select, union_all

from soundstage.core.states import PartState
from soundstage.store.finding import UNFINISHED_STATES
from soundstage.store.orders import SECONDS_A_DAY, day_of
from soundstage.store.tables import attempts, deleted_work, jobs, parts


class WorkStore:
    """Reads only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def seconds_today(self, owner: str, now: float) -> float:
        """The sum of all attempts that ended since midnight (UTC) or run now, and of those of jobs deleted since."""
        since = float(day_of(now) * SECONDS_A_DAY)
        ended = _of(owner, since, attempts.c.finished_at - attempts.c.started_at).join(
            attempts, attempts.c.part_id == parts.c.id
        )
        completed = _of(owner, since, parts.c.finished_at - parts.c.started_at)
        active = _of(owner, since, now - parts.c.started_at)
        deleted = select(deleted_work.c.seconds).where(deleted_work.c.owner == owner, deleted_work.c.day == day_of(now))
        seconds = union_all(
            ended.where(attempts.c.finished_at >= since),
            completed.where(parts.c.state == PartState.COMPLETED.value, parts.c.finished_at >= since),
            active.where(parts.c.state == PartState.ACTIVE.value),
            deleted,
        ).subquery()
        with self._engine.connect() as connection:
            return float(connection.execute(select(func.coalesce(func.sum(seconds.c[0]), 0.0))).scalar_one())


def _of(owner: str, since: float, seconds: ColumnElement[float]) -> Select[float]:
    """Of all parts of jobs that were at work since."""
    unfinished = jobs.c.state.in_([state.value for state in UNFINISHED_STATES])
    at_work = select(jobs.c.id).where(jobs.c.owner == owner, or_(unfinished, jobs.c.finished_at >= since))
    return select(seconds.label("seconds")).where(parts.c.job_id.in_(at_work))
