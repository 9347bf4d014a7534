"""SQLite in WAL mode through its own driver: one writer at a time, in the order of asking.

Writers take turns by a file lock, where SQLite alone would have them sleep and look again. The lock is the kernel's:
it ends with the process that held it.

What must survive a power cut is flushed after the turn, before it is answered: nobody waits for the disk of another,
and one flush serves all that was committed before it.
"""

from __future__ import annotations

import fcntl
import os
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from soundstage.core.clock import Clock, SystemClock
from soundstage.core.crashpoints import crashpoint
from soundstage.core.errors import DiskFull, HomeNotWritable, SoundstageError, StoreUnavailable
from soundstage.store.database import Params, Row
from soundstage.store.statements import load_statements

try:
    import pysqlite3.dbapi2 as sqlite3
except ImportError:
    import sqlite3

BUSY_TIMEOUT_SECONDS = 10.0
LONG_WAL_PAGES = 1_000
WAL_AUTOCHECKPOINT_PAGES = 100_000
"""Where nobody calls `checkpoint_wal`, a writer moves the WAL in its turn when it has become so long (400 MB)."""
FIRST_SAFE_SQLITE = (3, 51, 3)
"""Below it, two processes that write and checkpoint at once can corrupt a WAL database (the WAL-reset bug)."""


def sqlite_version() -> tuple[int, ...]:
    return tuple(sqlite3.sqlite_version_info)


def driver_module() -> Any:
    """The driver with the current SQLite inside, for those who open the database in another way."""
    return sqlite3


def connect(path: Path, is_pooled: bool = False) -> Any:
    """A driver connection set up for WAL; a pooled one goes from thread to thread, and serves one at a time.

    Raises HomeNotWritable, StoreUnavailable.
    """
    try:
        connection = sqlite3.connect(
            os.fspath(path),
            isolation_level=None,
            timeout=BUSY_TIMEOUT_SECONDS,
            cached_statements=256,
            check_same_thread=not is_pooled,
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_AUTOCHECKPOINT_PAGES}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -16000")
    except sqlite3.Error as error:
        raise _translated(error, path) from error
    return connection


class SqliteDatabase:
    """The embedded database. Opens a connection for each thread that uses it."""

    dialect = "sqlite"

    def __init__(
        self,
        path: Path,
        clock: Clock | None = None,
        always_durable: bool = False,
        flush: Callable[[int], None] = os.fdatasync,
    ) -> None:
        self.path = path
        self.url = f"sqlite:///{path}"
        self._clock = clock or SystemClock()
        self._always_durable = always_durable
        self._flush = flush
        self._statements = load_statements(self.dialect)
        self._local = threading.local()

    def write(self, name: str, durable: bool = True) -> _Write:
        flush = self._flush if durable or self._always_durable else None
        return _Write(self._connection(), self._statements, self._clock.now, name, flush)

    def read(self) -> _Read:
        return _Read(self._connection(), self._statements, self._clock.now)

    @contextmanager
    def turn(self) -> Iterator[None]:
        connection = self._connection()
        fcntl.flock(connection.turn_fd, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(connection.turn_fd, fcntl.LOCK_UN)
        connection.flush_wal(self._flush)

    @property
    def now(self) -> float:
        return self._clock.now()

    def checkpoint_wal(self) -> int:
        """Move what the WAL holds into the database file, beside those who write. Makes no part ready: 0.

        A long WAL begins anew only where all of it has been moved: its last pages are moved while nobody writes.
        """
        connection = self._connection()
        try:
            if connection.move_wal() > LONG_WAL_PAGES:
                connection.move_wal()
                connection.move_wal_in_turn()
        except sqlite3.Error as error:
            raise _translated(error, self.path) from error
        return 0

    def close(self) -> None:
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def _connection(self) -> _Connection:
        connection: _Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = _Connection(self.path)
        return connection


class _Connection:
    """A driver connection with its place in the writers' line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.driver = connect(path)
        self.cursor = self.driver.cursor()
        # A commit reaches the file of the WAL; `flush_wal` brings it to the disk.
        self.cursor.execute("PRAGMA synchronous = NORMAL")
        self._closers: list[Callable[[], object]] = []
        self.turn_fd = self._open(f"{path}-turn", os.O_CREAT | os.O_RDWR)
        self._wal_fd: int | None = None

    def move_wal(self) -> int:
        """How many pages the WAL held; those that came meanwhile stay in it."""
        _, pages, _ = self.cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return int(pages)

    def move_wal_in_turn(self) -> None:
        fcntl.flock(self.turn_fd, fcntl.LOCK_EX)
        try:
            self.move_wal()
        finally:
            fcntl.flock(self.turn_fd, fcntl.LOCK_UN)

    def flush_wal(self, flush: Callable[[int], None]) -> None:
        """The WAL stays the same file for as long as any connection is open. Raises StoreUnavailable."""
        try:
            if self._wal_fd is None:
                self._wal_fd = self._open(f"{self.path}-wal", os.O_RDWR)
            flush(self._wal_fd)
        except OSError as error:
            raise StoreUnavailable(f"The disk of {self.path} did not take what was written: {error}.") from error

    def _open(self, name: str, flags: int) -> int:
        descriptor = os.open(name, flags | os.O_CLOEXEC, 0o600)
        # The connection of a thread that ends is never closed by hand.
        self._closers.append(weakref.finalize(self, os.close, descriptor))
        return descriptor

    def close(self) -> None:
        self.driver.close()
        for close in self._closers:
            close()


class _Statements:
    """Runs named statements on an open connection; shared by reads and writes."""

    __slots__ = ("_connection", "_execute", "_now", "_sql", "now")

    def __init__(self, connection: _Connection, sql: dict[str, str], now: Callable[[], float]) -> None:
        self._connection = connection
        self._execute = connection.cursor.execute
        self._sql = sql
        self._now = now
        self.now = 0.0

    def run(self, name: str, params: Params) -> int:
        return int(self._execute(self._sql[name], params).rowcount)

    def run_many(self, name: str, params: Sequence[Params]) -> None:
        self._connection.cursor.executemany(self._sql[name], params)

    def one(self, name: str, params: Params) -> Row | None:
        # All rows are fetched: a RETURNING statement takes effect only when it is stepped to its end.
        rows: list[Row] = self._execute(self._sql[name], params).fetchall()
        return rows[0] if rows else None

    def all(self, name: str, params: Params) -> list[Row]:
        rows: list[Row] = self._execute(self._sql[name], params).fetchall()
        return rows


class _Write(_Statements):
    is_only_writer = True

    __slots__ = ("_flush", "_name")

    def __init__(
        self,
        connection: _Connection,
        sql: dict[str, str],
        now: Callable[[], float],
        name: str,
        flush: Callable[[int], None] | None,
    ) -> None:
        super().__init__(connection, sql, now)
        self._name = name
        self._flush = flush

    def __enter__(self) -> Self:
        connection = self._connection
        fcntl.flock(connection.turn_fd, fcntl.LOCK_EX)
        try:
            self._execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            fcntl.flock(connection.turn_fd, fcntl.LOCK_UN)
            raise _translated(error, connection.path) from error
        self.now = self._now()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if error is None:
                crashpoint(f"commit.{self._name}.before")
                self._execute("COMMIT")
                crashpoint(f"commit.{self._name}.after")
            else:
                self._roll_back()
        except sqlite3.Error as failure:
            self._roll_back()
            raise _translated(failure, self._connection.path) from failure
        finally:
            fcntl.flock(self._connection.turn_fd, fcntl.LOCK_UN)
        if isinstance(error, sqlite3.Error):
            raise _translated(error, self._connection.path) from error
        if error is None and self._flush is not None:
            self._connection.flush_wal(self._flush)

    def _roll_back(self) -> None:
        if self._connection.driver.in_transaction:
            self._execute("ROLLBACK")


class _Read(_Statements):
    is_only_writer = False

    __slots__ = ()

    def __enter__(self) -> Self:
        try:
            self._execute("BEGIN")
        except sqlite3.Error as error:
            raise _translated(error, self._connection.path) from error
        self.now = self._now()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._connection.driver.in_transaction:
            self._execute("COMMIT")
        if isinstance(error, sqlite3.Error):
            raise _translated(error, self._connection.path) from error


def _translated(error: Any, path: Path) -> SoundstageError:
    name = getattr(error, "sqlite_errorname", "") or ""
    text = str(error)
    if name.startswith("SQLITE_FULL") or "is full" in text:
        return DiskFull(f"The disk that holds {path} is full: nothing was written.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or "readonly" in text:
        return HomeNotWritable(f"The database {path} cannot be written: {text}.")
    return StoreUnavailable(f"The database {path} did not answer: {text}. It will be tried again.")
