"""Finds the jobs that speak samples of voices: what they leave is kept as long as they are."""

from __future__ import annotations

from sqlalchemy import select

from soundstage.core.states import JobState
from soundstage.store.records import Records
from soundstage.store.tables import jobs


class VoiceSampleStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    def find(self, owner: str, request_key: str) -> tuple[str, JobState] | None:
        """The owner's job of an equal order, and its state: one that has succeeded, or else one that has not ended."""
        is_made = jobs.c.state == JobState.SUCCEEDED.value
        query = (
            select(jobs.c.id, jobs.c.state)
            .where(
                jobs.c.request_key == request_key,
                jobs.c.owner == owner,
                jobs.c.state.not_in([JobState.FAILED.value, JobState.CANCELLED.value]),
            )
            .order_by(is_made.desc(), jobs.c.created_at)
            .limit(1)
        )
        with self._records.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (row.id, JobState(row.state))
