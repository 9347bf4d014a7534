"""Bringing a database to the newest schema, by Alembic, and opening it for views."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, inspect, text

from soundstage.core.errors import StoreUnavailable
from soundstage.store import sqlite

NEWEST_REVISION = "0008"
"""The last of `migrations/versions`, so that a database that has it is opened without loading Alembic."""

MAPPED_BYTES = 256 << 20

_TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtext('soundstage.store.migrations'))"


def view_engine(url: str) -> Engine:
    """A pool of connections for reading, whose failures are StoreUnavailable.

    All that one connection reads between begin and end is of one moment. SQLite is opened with the same library that
    writes.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    else:
        timeout = {"timeout": sqlite.BUSY_TIMEOUT_SECONDS}
        engine = create_engine(url, module=sqlite.driver_module(), connect_args=timeout)
        event.listen(engine, "connect", _set_up_reader)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    event.listen(engine, "handle_error", _translate)
    return engine


def upgrade(url: str) -> tuple[str | None, str]:
    """Apply the migrations that are missing. Returns the revisions before and after."""
    engine = _writing_engine(url)
    try:
        with engine.begin() as connection:
            before = _revision(connection)
            if before != NEWEST_REVISION:
                _migrate(connection)
    finally:
        engine.dispose()
    return before, NEWEST_REVISION


def revisions(url: str) -> tuple[str | None, str]:
    """The revision of the database, None where it has no tables yet, and the newest that is known. Changes nothing."""
    if url.startswith("sqlite") and not Path(url.removeprefix("sqlite:///")).exists():
        return None, NEWEST_REVISION
    engine = view_engine(url)
    try:
        with engine.connect() as connection:
            return _revision(connection), NEWEST_REVISION
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "soundstage.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, NEWEST_REVISION)


def _writing_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        engine = create_engine(url)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_TAKE_TURNS))
        return engine
    path = Path(url.removeprefix("sqlite:///"))
    engine = create_engine(url, creator=lambda: sqlite.connect(path), module=sqlite.driver_module())

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver would begin late and not for every statement: two starting processes take turns this way.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _set_up_reader(connection: Any, _record: Any) -> None:
    # Left to itself the driver begins no transaction for a read, and each query would see another moment.
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")
    # Lists search whole indexes: through the page cache of the system that costs half as much, and no memory of ours.
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")


def _translate(failed: ExceptionContext) -> None:
    raise StoreUnavailable(f"The database did not answer: {failed.original_exception}.") from failed.original_exception
