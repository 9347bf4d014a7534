"""Links that show the result of a job to whoever holds them."""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Index, Table, Text

from soundstage.store.tables.schema import metadata

shares = Table(
    "shares",
    metadata,
    Column("id", Text, primary_key=True),
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
)
Index("ix_shares_job_id", shares.c.job_id, shares.c.id)
