"""Bringing a database to the newest schema, by Alembic, and opening it for views."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event

from soundstage.core.errors import StoreUnavailable
from soundstage.store import sqlite


def view_engine(url: str) -> Engine:
    """A pool of connections for reading, whose failures are StoreUnavailable.

    SQLite is opened with the same library that writes.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True)
    else:
        timeout = {"timeout": sqlite.BUSY_TIMEOUT_SECONDS}
        engine = create_engine(url, module=sqlite.driver_module(), connect_args=timeout)
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    event.listen(engine, "handle_error", _translate)
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


def revisions(url: str) -> tuple[str | None, str]:
    """The revision of the database, None where it has no tables yet, and the newest that is known. Changes nothing."""
    newest = ScriptDirectory.from_config(_config()).get_current_head() or ""
    if url.startswith("sqlite") and not Path(url.removeprefix("sqlite:///")).exists():
        return None, newest
    engine = view_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), newest
    finally:
        engine.dispose()


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


def _translate(failed: ExceptionContext) -> None:
    raise StoreUnavailable(f"The database did not answer: {failed.original_exception}.") from failed.original_exception


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "soundstage.store:migrations")
    return config
