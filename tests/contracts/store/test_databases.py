"""What each kind of database promises beside its rows: threads, errors, clocks."""

from __future__ import annotations

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


def test_the_sqlite_in_use_is_free_of_the_wal_reset_bug() -> None:
    assert sqlite_version() >= FIRST_SAFE_SQLITE


def test_names_with_digits_are_placeholders_too() -> None:
    assert "%(sha256)s" in load_statements("postgres")["insert_input"]
    assert not any(":" in text.replace("::", "") for text in load_statements("postgres").values())
