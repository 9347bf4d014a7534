"""What each kind of database promises beside its rows: threads, errors, clocks."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path

import pytest

from soundstage.core.errors import HomeNotWritable, StoreUnavailable
from soundstage.store.database import Transaction
from soundstage.store.postgres import PostgresDatabase
from soundstage.store.sqlite import FIRST_SAFE_SQLITE, SqliteDatabase, sqlite_version
from soundstage.store.statements import load_statements
from soundstage.testing.store_bench import StoreBench

DESCRIPTORS = Path("/proc/self/fd")


def test_an_error_inside_a_transaction_leaves_nothing(bench: StoreBench) -> None:
    before = bench.dump()
    with pytest.raises(KeyError, match="no_such_statement"), bench.database.write("control") as tx:
        _insert_worker_then_break(tx)
    assert bench.dump() == before
    bench.create()


def _insert_worker_then_break(tx: Transaction) -> None:
    assert tx.run("insert_worker", {"worker_id": "w", "host": "h", "pid": 1, "queues": "", "now": tx.now}) == 1
    tx.run("no_such_statement", {})


def test_a_broken_statement_is_told_as_the_store_being_unavailable(bench: StoreBench) -> None:
    with pytest.raises(StoreUnavailable), bench.database.write("control") as tx:
        tx.run("insert_worker", {"worker_id": None, "host": "h", "pid": 1, "queues": "", "now": tx.now})
    bench.create()


def test_the_time_of_a_transaction_is_that_of_the_given_clock(bench: StoreBench) -> None:
    bench.clock.advance(5.0)
    with bench.database.write("control") as tx:
        assert tx.now == bench.clock.now()
    with bench.database.read() as tx:
        assert tx.now == bench.clock.now()


def test_a_database_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    database = PostgresDatabase(f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(StoreUnavailable, match="did not answer"), database.read():
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "missing" / "soundstage.db")
    with pytest.raises(HomeNotWritable, match="missing"), database.read():
        pass


def test_postgres_measures_by_the_clock_of_the_server(postgres_url: str) -> None:
    database = PostgresDatabase(postgres_url)
    with database.read() as tx:
        first = tx.now
    with database.read() as tx:
        assert tx.now >= first > 1_000_000_000
    database.close()


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="counts open files by /proc")
def test_threads_that_end_leave_no_open_file(sqlite_bench: StoreBench) -> None:
    sqlite_bench.create()
    before = len(list(DESCRIPTORS.iterdir()))
    for _ in range(10):
        thread = threading.Thread(target=sqlite_bench.create)
        thread.start()
        thread.join()
    assert len(list(DESCRIPTORS.iterdir())) <= before + 3


def test_what_must_last_is_flushed_after_the_turn_so_that_others_write_meanwhile(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    flushed: list[Path] = []

    def flush(descriptor: int) -> None:
        flushed.append((DESCRIPTORS / str(descriptor)).readlink())
        with other.write("beat", durable=False) as tx:
            assert tx.run("beat", {"worker_id": "w", "now": 2.0}) == 1

    other, database = SqliteDatabase(path), SqliteDatabase(path, flush=flush)
    with database.write("register") as tx:
        tx.run("insert_worker", {"worker_id": "w", "host": "h", "pid": 1, "queues": "", "now": 1.0})
    assert flushed == [Path(f"{path}-wal")]
    other.close()
    database.close()


def test_only_what_must_last_is_flushed(sqlite_url: str) -> None:
    flushed: list[int] = []
    for always in (False, True):
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        database = SqliteDatabase(path, always_durable=always, flush=flushed.append)
        with database.write("beat", durable=False) as tx:
            tx.run("beat", {"worker_id": "w", "now": 1.0})
        with pytest.raises(KeyError), database.write("control") as tx:
            tx.run("no_such_statement", {})
        database.close()
        assert len(flushed) == int(always)


@pytest.mark.parametrize(("kilobytes", "waits"), [(1, False), (5_000, True)])
def test_the_end_of_a_long_wal_is_moved_while_nobody_writes(sqlite_url: str, kilobytes: int, waits: bool) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    database = SqliteDatabase(path)
    with database.write("register") as tx:
        tx.run("insert_worker", {"worker_id": "w", "host": "h" * 1024 * kilobytes, "pid": 1, "queues": "", "now": 1.0})
    mover = threading.Thread(target=SqliteDatabase(path).checkpoint_wal)
    with Path(f"{path}-turn").open("rb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        mover.start()
        mover.join(timeout=1.0 if waits else 30.0)
        assert mover.is_alive() is waits
    mover.join(timeout=30.0)
    assert not mover.is_alive()
    database.close()


def test_a_flush_that_fails_is_told(sqlite_url: str) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    database = SqliteDatabase(Path(sqlite_url.removeprefix("sqlite:///")), flush=fail)
    with pytest.raises(StoreUnavailable, match="Input/output error"), database.write("beat") as tx:
        tx.run("beat", {"worker_id": "w", "now": 1.0})
    database.close()


def test_the_sqlite_in_use_is_free_of_the_wal_reset_bug() -> None:
    assert sqlite_version() >= FIRST_SAFE_SQLITE


def test_names_with_digits_are_placeholders_too() -> None:
    assert "%(sha256)s" in load_statements("postgres")["insert_input"]
    assert not any(":" in text.replace("::", "") for text in load_statements("postgres").values())
