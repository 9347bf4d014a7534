"""Jobs, their parts and what those left: the tables of the runtime."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    text,
)

from soundstage.store.tables.schema import Serial, metadata

pipelines = Table(
    "pipelines",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("definition", Text, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("pipeline", Text, nullable=False),
    Column("fingerprint", Text, ForeignKey("pipelines.fingerprint"), nullable=False),
    Column("state", Text, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("params", Text, nullable=False),
    Column("size", Double, nullable=False),
    Column("request_key", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("metadata", Text, nullable=False, server_default="{}"),
    Column("generation", Integer, nullable=False, server_default=text("1")),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("created_at", Double, nullable=False),
    Column("started_at", Double),
    Column("finished_at", Double),
    Column("search_text", Text, nullable=False, server_default=""),
    Column("trace", Text, nullable=False, server_default=""),
)
_FILTERED = (jobs.c.priority, jobs.c.pipeline, jobs.c.search_text)
Index("ix_jobs_state", jobs.c.owner, jobs.c.state, jobs.c.created_at, jobs.c.id, *_FILTERED)
Index(
    "ix_jobs_finished",
    jobs.c.owner,
    jobs.c.finished_at,
    jobs.c.id,
    jobs.c.state,
    jobs.c.created_at,
    *_FILTERED,
    sqlite_where=text("finished_at IS NOT NULL"),
    postgresql_where=text("finished_at IS NOT NULL"),
)
Index("ix_jobs_priority", jobs.c.owner, jobs.c.priority, jobs.c.id, jobs.c.state, jobs.c.created_at, *_FILTERED[1:])
Index("ix_jobs_pipeline_finished_at", jobs.c.pipeline, jobs.c.finished_at)
Index("ix_jobs_request_key", jobs.c.request_key)

parts = Table(
    "parts",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("stage", SmallInteger, nullable=False),
    Column("role", Text, nullable=False),
    Column("item_index", Integer),
    Column("item", Text),
    Column("generation", Integer, nullable=False),
    Column("current", SmallInteger, nullable=False, server_default=text("1")),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("rank", SmallInteger, nullable=False),
    Column("attempt", Integer, nullable=False, server_default=text("0")),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("losses", Integer, nullable=False, server_default=text("0")),
    Column("snoozes", Integer, nullable=False, server_default=text("0")),
    Column("worker_id", Text),
    Column("started_at", Double),
    Column("finished_at", Double),
    Column("due_at", Double),
    Column("wait_kind", Text),
    Column("wait_reason", Text),
    Column("wait_actions", Text),
    Column("answer", Text),
    Column("fraction", Double, nullable=False, server_default=text("0")),
    Column("message", Text),
    Column("error", Text),
    Column("result", Text),
    Column("made_by", Text),
    sqlite_autoincrement=True,
)
Index("ix_parts_job_id", parts.c.job_id, parts.c.stage)
Index(
    "ix_parts_ready",
    parts.c.queue,
    parts.c.priority,
    parts.c.owner,
    parts.c.rank,
    parts.c.id,
    sqlite_where=text("state = 'ready'"),
    postgresql_where=text("state = 'ready'"),
)
Index(
    "ix_parts_due_at",
    parts.c.due_at,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
Index(
    "ix_parts_worker_id",
    parts.c.worker_id,
    sqlite_where=text("state = 'active'"),
    postgresql_where=text("state = 'active'"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("part_id", Serial, ForeignKey("parts.id", ondelete="CASCADE"), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("worker_id", Text, nullable=False),
    Column("started_at", Double, nullable=False),
    Column("finished_at", Double, nullable=False),
    Column("result", Text, nullable=False),
    Column("error", Text),
    sqlite_with_rowid=False,
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("part_id", Serial, ForeignKey("parts.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("attempt", Integer, nullable=False),
    Column("result", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    sqlite_with_rowid=False,
)

artifacts = Table(
    "artifacts",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("part_id", Serial, ForeignKey("parts.id", ondelete="CASCADE"), nullable=False),
    Column("checkpoint", Text),
    Column("position", Integer),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("created_at", Double, nullable=False),
)
Index("ix_artifacts_job_id", artifacts.c.job_id)
Index("ix_artifacts_part_id", artifacts.c.part_id)
Index("ix_artifacts_sha256", artifacts.c.sha256)

inputs = Table(
    "inputs",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", Text, primary_key=True),
)
Index("ix_inputs_sha256", inputs.c.sha256)

events = Table(
    "events",
    metadata,
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("stage", Text),
    Column("data", Text, nullable=False),
    sqlite_with_rowid=False,
)
FAILED_EVENTS = text("kind IN ('part.failed', 'part.retrying', 'part.lost')")
"""Told of tries that failed. A query that has this very condition is answered from the index."""
Index("ix_events_failed", events.c.at, sqlite_where=FAILED_EVENTS, postgresql_where=FAILED_EVENTS)

logs = Table(
    "logs",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("job_id", Text, ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("part_id", Serial, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("stage", Text, nullable=False),
    Column("at", Double, nullable=False),
    Column("line", Text, nullable=False),
)
Index("ix_logs_job_id", logs.c.job_id, logs.c.id)

workers = Table(
    "workers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("queues", Text, nullable=False),
    Column("started_at", Double, nullable=False),
    Column("heartbeat_at", Double, nullable=False),
)
Index("ix_workers_heartbeat_at", workers.c.heartbeat_at)

paused_queues = Table(
    "paused_queues",
    metadata,
    Column("queue", Text, primary_key=True),
    Column("paused_by", Text, nullable=False),
    Column("paused_at", Double, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

lines = Table(
    "lines",
    metadata,
    Column("queue", Text, primary_key=True),
    Column("priority", SmallInteger, primary_key=True),
    Column("owner", Text, primary_key=True),
    Column("tag", Double, nullable=False),
    Column("has_parts", SmallInteger, nullable=False),
    Column("joins", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
Index(
    "ix_lines_next",
    lines.c.queue,
    lines.c.priority,
    lines.c.tag,
    lines.c.owner,
    sqlite_where=text("has_parts = 1"),
    postgresql_where=text("has_parts = 1"),
)
