"""Bringing a database to the newest schema, by Alembic, and opening it for views."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event

from soundstage.store import sqlite


def view_engine(url: str) -> Engine:
    """A pool of connections for reading. SQLite is opened with the same library that writes."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, module=sqlite.driver_module(), connect_args={"timeout": sqlite.BUSY_TIMEOUT_SECONDS})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA query_only = ON")

    return engine


def upgrade(url: str) -> tuple[str | None, str]:
    """Apply the migrations that are missing. Returns the revisions before and after."""
    engine = _writing_engine(url)
    try:
        with engine.begin() as connection:
            config = _config()
            before = MigrationContext.configure(connection).get_current_revision()
            head = ScriptDirectory.from_config(config).get_current_head() or ""
            if before != head:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    finally:
        engine.dispose()
    return before, head


def _writing_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url)
    path = Path(url.removeprefix("sqlite:///"))
    engine = create_engine(url, creator=lambda: sqlite.connect(path), module=sqlite.driver_module())

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver would begin late and not for every statement: two starting processes take turns this way.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "soundstage.store:migrations")
    return config
