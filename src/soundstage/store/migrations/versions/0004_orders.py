"""Requests that are told apart by their keys, and jobs that are found by any filter in any order."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name=op.f("pk_idempotency_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "deleted_work",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "day", name=op.f("pk_deleted_work")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_deleted_work_day", "deleted_work", ["day"])
    op.add_column("jobs", sa.Column("search_text", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE jobs SET search_text = lower(substr(description, 1, 300)) WHERE description <> ''")
    op.drop_index("ix_jobs_owner_created_at", "jobs")
    op.drop_index("ix_jobs_state_created_at", "jobs")
    filtered = ["priority", "pipeline", "search_text"]
    op.create_index("ix_jobs_state", "jobs", ["owner", "state", "created_at", "id", *filtered])
    op.create_index(
        "ix_jobs_finished",
        "jobs",
        ["owner", "finished_at", "id", "state", "created_at", *filtered],
        sqlite_where=sa.text("finished_at IS NOT NULL"),
        postgresql_where=sa.text("finished_at IS NOT NULL"),
    )
    op.create_index("ix_jobs_priority", "jobs", ["owner", "priority", "id", "state", "created_at", *filtered[1:]])
