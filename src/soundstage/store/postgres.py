"""PostgreSQL through psycopg 3; the clock is the server's."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import psycopg

from soundstage.core.clock import Clock
from soundstage.core.crashpoints import crashpoint
from soundstage.core.errors import DiskFull, SoundstageError, StoreUnavailable
from soundstage.store.database import Params, Row
from soundstage.store.statements import load_statements

CLOCK_SYNC_SECONDS = 30.0


class PostgresDatabase:
    """A PostgreSQL database. Opens a connection for each thread that uses it, and anew after one broke."""

    dialect = "postgres"

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self.url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        self._conninfo = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._clock = clock
        self._statements = load_statements(self.dialect)
        self._local = threading.local()

    @contextmanager
    def write(self, name: str, durable: bool = True) -> Iterator[PostgresTransaction]:
        with self._transaction(durable) as transaction:
            yield transaction
            crashpoint(f"commit.{name}.before")
        crashpoint(f"commit.{name}.after")

    @contextmanager
    def read(self) -> Iterator[PostgresTransaction]:
        with self._transaction(durable=True) as transaction:
            yield transaction

    @contextmanager
    def turn(self) -> Iterator[None]:
        yield

    @property
    def now(self) -> float:
        try:
            return self._now(self._connection())
        except psycopg.Error as error:
            raise _translated(error) from error

    def close(self) -> None:
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    @contextmanager
    def _transaction(self, durable: bool) -> Iterator[PostgresTransaction]:
        try:
            connection = self._connection()
            with connection.transaction():
                cursor = connection.cursor()
                if not durable:
                    cursor.execute("SET LOCAL synchronous_commit = off")
                yield PostgresTransaction(cursor, self._statements, self._now(connection))
        except psycopg.Error as error:
            raise _translated(error) from error

    def _connection(self) -> psycopg.Connection[Row]:
        connection: psycopg.Connection[Row] | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = psycopg.connect(self._conninfo, autocommit=True)
            self._local.connection = connection
            self._local.synced_at = None
        return connection

    def _now(self, connection: psycopg.Connection[Row]) -> float:
        if self._clock is not None:
            return self._clock.now()
        monotonic = time.monotonic()
        synced_at: float | None = getattr(self._local, "synced_at", None)
        if synced_at is None or monotonic - synced_at > CLOCK_SYNC_SECONDS:
            row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
            self._local.offset = (row[0] if row else 0.0) - monotonic
            self._local.synced_at = monotonic
        return monotonic + cast("float", self._local.offset)


class PostgresTransaction:
    is_only_writer = False

    def __init__(self, cursor: psycopg.Cursor[Row], statements: dict[str, str], now: float) -> None:
        self._cursor = cursor
        self._statements = cast("dict[str, Any]", statements)
        self.now = now

    def run(self, name: str, params: Params) -> int:
        return self._cursor.execute(self._statements[name], params).rowcount

    def run_many(self, name: str, params: Sequence[Params]) -> None:
        self._cursor.executemany(self._statements[name], params)

    def one(self, name: str, params: Params) -> Row | None:
        return self._cursor.execute(self._statements[name], params).fetchone()

    def all(self, name: str, params: Params) -> list[Row]:
        return self._cursor.execute(self._statements[name], params).fetchall()


def _translated(error: psycopg.Error) -> SoundstageError:
    if isinstance(error, psycopg.errors.DiskFull):
        return DiskFull("The disk of the PostgreSQL server is full: nothing was written.")
    return StoreUnavailable(f"PostgreSQL did not answer: {str(error).strip()}. It will be tried again.")
