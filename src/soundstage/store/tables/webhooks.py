"""Addresses that hear of jobs, and each message to them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Index, Integer, SmallInteger, Table, Text, text

from soundstage.store.tables.schema import metadata

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("old_secret", Text),
    Column("old_secret_until", Double),
    Column("events", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("is_active", SmallInteger, nullable=False, server_default=text("1")),
    Column("off_reason", Text),
    Column("created_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
)
Index("ix_webhooks_owner", webhooks.c.owner)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("webhook_id", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("job_id", Text),
    Column("seq", BigInteger),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("due_at", Double),
    Column("last_status", Integer),
    Column("last_error", Text),
    Column("created_at", Double, nullable=False),
    Column("finished_at", Double),
)
Index("ix_deliveries_webhook_id", deliveries.c.webhook_id, deliveries.c.id)
Index(
    "ix_deliveries_due_at",
    deliveries.c.due_at,
    sqlite_where=text("state = 'pending'"),
    postgresql_where=text("state = 'pending'"),
)
Index(
    "ix_deliveries_dead",
    deliveries.c.owner,
    deliveries.c.id,
    sqlite_where=text("state = 'dead'"),
    postgresql_where=text("state = 'dead'"),
)
