"""SQLAlchemy Core over the same database, for what is not hot: accounts, assets, webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import IntegrityError

from soundstage.core.errors import StoreUnavailable
from soundstage.store import sqlite
from soundstage.store.database import Database
from soundstage.store.schema import view_engine


class Records:
    """Reads see one moment; a write is one transaction that survives a power cut when it has ended.

    Raises StoreUnavailable. An IntegrityError of SQLAlchemy goes through: it tells that a unique name is taken.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def look_up(self) -> Iterator[Connection]:
        """For one statement that needs no transaction around it: on PostgreSQL two trips fewer."""
        with self._looker.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Never opened inside another write: on SQLite the second would wait for the first."""
        with self._database.turn(), self._writer.begin() as connection:
            yield connection

    @property
    def now(self) -> float:
        """The database's clock."""
        return self._database.now

    def close(self) -> None:
        for engine in (self._reader, self._writer):
            engine.dispose()

    @cached_property
    def _reader(self) -> Engine:
        return view_engine(self._database.url)

    @cached_property
    def _looker(self) -> Engine:
        """Shares the connections of the reader."""
        if self._database.dialect == "sqlite":
            return self._reader
        return self._reader.execution_options(isolation_level="AUTOCOMMIT")

    @cached_property
    def _writer(self) -> Engine:
        url = self._database.url
        engine = _sqlite_writer(url) if url.startswith("sqlite") else create_engine(url, pool_pre_ping=True)
        event.listen(engine, "handle_error", _translate)
        return engine


def _sqlite_writer(url: str) -> Engine:
    path = Path(url.removeprefix("sqlite:///"))
    engine = create_engine(url, creator=lambda: sqlite.connect(path, is_pooled=True), module=sqlite.driver_module())
    event.listen(engine, "connect", _leave_flushing_to_the_turn)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _leave_flushing_to_the_turn(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")


def _translate(failed: ExceptionContext) -> None:
    if isinstance(failed.sqlalchemy_exception, IntegrityError):
        return
    raise StoreUnavailable(f"The database did not answer: {failed.original_exception}.") from failed.original_exception
