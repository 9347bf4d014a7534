"""What callers named their requests, so that one that is sent twice makes one job, and work that still counts.

`deleted_work` keeps the seconds of work of jobs that were deleted, by day (UTC, counted from the epoch): deleting a job
gives nobody more of a day's work.
"""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Integer, Table, Text

from soundstage.store.tables.schema import metadata

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request_hash", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_idempotency_keys_created_at", idempotency_keys.c.created_at)

deleted_work = Table(
    "deleted_work",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("seconds", Double, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_deleted_work_day", deleted_work.c.day)
