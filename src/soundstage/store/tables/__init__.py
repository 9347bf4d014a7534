"""The tables, for migrations and for queries. Times are seconds since the epoch, UTC; JSON is text."""

from soundstage.store.tables.accounts import api_keys, audit, login_failures, one_time_tokens, sessions, users
from soundstage.store.tables.assets import asset_files, asset_tags, assets, uploads
from soundstage.store.tables.orders import deleted_work, idempotency_keys
from soundstage.store.tables.runtime import (
    FAILED_EVENTS,
    artifacts,
    attempts,
    checkpoints,
    events,
    inputs,
    jobs,
    lines,
    logs,
    parts,
    paused_queues,
    pipelines,
    workers,
)
from soundstage.store.tables.schema import metadata
from soundstage.store.tables.shares import shares
from soundstage.store.tables.webhooks import deliveries, webhooks

__all__ = [
    "FAILED_EVENTS",
    "api_keys",
    "artifacts",
    "asset_files",
    "asset_tags",
    "assets",
    "attempts",
    "audit",
    "checkpoints",
    "deleted_work",
    "deliveries",
    "events",
    "idempotency_keys",
    "inputs",
    "jobs",
    "lines",
    "login_failures",
    "logs",
    "metadata",
    "one_time_tokens",
    "parts",
    "paused_queues",
    "pipelines",
    "sessions",
    "shares",
    "uploads",
    "users",
    "webhooks",
    "workers",
]
