"""Queues that are paused, and failures that are found by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "paused_queues",
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("paused_by", sa.Text(), nullable=False),
        sa.Column("paused_at", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("queue", name=op.f("pk_paused_queues")),
        sqlite_with_rowid=False,
    )
    failed = sa.text("kind IN ('part.failed', 'part.retrying', 'part.lost')")
    op.create_index("ix_events_failed", "events", ["at"], sqlite_where=failed, postgresql_where=failed)
