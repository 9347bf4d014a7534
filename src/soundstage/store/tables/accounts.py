"""People, how they come in, and what administrators did."""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, Integer, SmallInteger, Table, Text, text

from soundstage.store.tables.schema import Serial, metadata

users = Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False),
    Column("username", Text, nullable=False),
    Column("username_key", Text, nullable=False),
    Column("display_name", Text, nullable=False, server_default=""),
    Column("language", Text),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("is_disabled", SmallInteger, nullable=False, server_default=text("0")),
    Column("created_at", Double, nullable=False),
    Column("last_login_at", Double),
)
Index("ix_users_email_key", users.c.email_key, unique=True)
Index("ix_users_username_key", users.c.username_key, unique=True)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("rotated_at", Double, nullable=False),
    Column("is_remembered", SmallInteger, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("last_used_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("ended_at", Double),
    Column("end_reason", Text),
)
Index("ix_sessions_user_id", sessions.c.user_id)
Index("ix_sessions_expires_at", sessions.c.expires_at)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("secret_hash", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("last_used_at", Double),
    Column("expires_at", Double),
)
Index("ix_api_keys_user_id", api_keys.c.user_id)
Index("ix_api_keys_secret_hash", api_keys.c.secret_hash, unique=True)

one_time_tokens = Table(
    "one_time_tokens",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("expires_at", Double, nullable=False),
)
Index("ix_one_time_tokens_expires_at", one_time_tokens.c.expires_at)

login_failures = Table(
    "login_failures",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Double, nullable=False),
)
Index("ix_login_failures_last_at", login_failures.c.last_at)

audit = Table(
    "audit",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("at", Double, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("data", Text, nullable=False),
)
Index("ix_audit_at", audit.c.at)
