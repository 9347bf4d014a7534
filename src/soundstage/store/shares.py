"""Shares: links that show the result of a job to whoever holds them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, func, insert, select

from soundstage.core.errors import IllegalTransition, JobNotFound, LimitReached, NotFound
from soundstage.core.ids import new_id
from soundstage.core.states import JobState
from soundstage.store.records import Records
from soundstage.store.tables import jobs, shares, users


@dataclass(frozen=True, slots=True)
class Share:
    """Who holds its link sees the result of the job until `expires_at`, in seconds since the epoch."""

    id: str
    job_id: str
    created_at: float
    expires_at: float


class ShareStore:
    """A share goes with its job."""

    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def now(self) -> float:
        return self._records.now

    def add(self, job_id: str, seconds: float, most: int) -> Share:
        """Raises JobNotFound, IllegalTransition for a job that has not succeeded, LimitReached where it has `most`."""
        now = self._records.now
        share = Share(new_id("shr", now), job_id, now, now + seconds)
        with self._records.write() as connection:
            _check_succeeded(connection, job_id)
            connection.execute(delete(shares).where(shares.c.job_id == job_id, shares.c.expires_at <= now))
            count = select(func.count()).where(shares.c.job_id == job_id)
            if connection.execute(count).scalar_one() >= most:
                raise LimitReached(
                    f"Job {job_id} is shared by {most} links already, which is the most.", hint="Revoke one first."
                )
            connection.execute(
                insert(shares).values(id=share.id, job_id=job_id, created_at=now, expires_at=share.expires_at)
            )
        return share

    def list_of(self, job_id: str) -> list[Share]:
        """Those that are good still, oldest first."""
        good = select(shares).where(shares.c.job_id == job_id, shares.c.expires_at > self._records.now)
        with self._records.read() as connection:
            return [_share(row) for row in connection.execute(good.order_by(shares.c.id))]

    def remove(self, job_id: str, share_id: str) -> None:
        """Raises NotFound."""
        with self._records.write() as connection:
            removed = connection.execute(delete(shares).where(shares.c.job_id == job_id, shares.c.id == share_id))
            if not removed.rowcount:
                raise NotFound(f"Job {job_id} has no share of this id.")

    def find(self, share_id: str) -> Share | None:
        """None where it was revoked or is over, and where its job, or the account of the owner, is closed to others."""
        query = (
            select(shares)
            .join(jobs, jobs.c.id == shares.c.job_id)
            .join(users, users.c.id == jobs.c.owner)
            .where(shares.c.id == share_id, shares.c.expires_at > self._records.now, users.c.is_disabled == 0)
        )
        with self._records.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _share(row)


def _check_succeeded(connection: Connection, job_id: str) -> None:
    """Holds the job, so that it is not deleted meanwhile."""
    state = connection.scalar(select(jobs.c.state).where(jobs.c.id == job_id).with_for_update(read=True))
    if state is None:
        raise JobNotFound(f"There is no job {job_id}.")
    if state != JobState.SUCCEEDED:
        raise IllegalTransition(
            f"Job {job_id} is {state}: it has no result to share.", hint="Share it when it has succeeded."
        )


def _share(row: Row[tuple[str, str, float, float]]) -> Share:
    return Share(row.id, row.job_id, row.created_at, row.expires_at)
