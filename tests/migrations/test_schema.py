"""The migrations make exactly the tables that the code names, and every hot statement fits them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic import op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from soundstage.store.schema import NEWEST_REVISION, upgrade, view_engine
from soundstage.store.statements import load_statements
from soundstage.store.tables import metadata

HOT = Path(str(files("soundstage.store"))) / "hot"


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    engine = view_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def table_names(url: str) -> set[str]:
    with reading(url) as connection:
        return set(inspect(connection).get_table_names())


def test_an_upgraded_database_has_exactly_the_tables_of_the_code(empty_url: str) -> None:
    upgrade(empty_url)
    with reading(empty_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert table_names(empty_url) == set(metadata.tables) | {"alembic_version"}


def test_a_second_upgrade_changes_nothing(empty_url: str) -> None:
    first = upgrade(empty_url)
    assert first[0] is None
    assert upgrade(empty_url) == (first[1], first[1])


def test_programs_that_start_at_once_upgrade_one_after_the_other(empty_url: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: upgrade(empty_url), range(3)))
    assert sorted(before is None for before, _ in answers) == [False, False, True]


def test_an_upgrade_that_fails_half_way_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    create_table: Callable[..., Any] = op.create_table

    def fail_at_parts(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "parts":
            raise ZeroDivisionError
        return create_table(name, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(op, "create_table", fail_at_parts)
        with pytest.raises(ZeroDivisionError):
            upgrade(empty_url)
    assert table_names(empty_url) == set()
    upgrade(empty_url)
    assert "parts" in table_names(empty_url)


def test_the_newest_revision_is_the_one_that_the_code_expects() -> None:
    assert ScriptDirectory(str(HOT.parent / "migrations")).get_current_head() == NEWEST_REVISION


def test_both_dialects_have_the_same_statements() -> None:
    assert set(load_statements("sqlite")) == set(load_statements("postgres"))
    own = {folder: {entry.name for entry in (HOT / folder).iterdir()} for folder in ("sqlite", "postgres")}
    assert own["sqlite"] == own["postgres"]


@pytest.mark.parametrize("name", sorted(load_statements("sqlite")))
def test_every_statement_fits_the_tables_of_sqlite(sqlite_schema: Connection, name: str) -> None:
    sql = load_statements("sqlite")[name]
    names = re.findall(r":([a-z][a-z0-9_]*)", sql)
    assert sqlite_schema.exec_driver_sql(f"EXPLAIN {sql}", dict.fromkeys(names)).all()


@pytest.mark.parametrize("name", sorted(load_statements("postgres")))
def test_every_statement_fits_the_tables_of_postgres(postgres_schema: Connection, name: str) -> None:
    sql = load_statements("postgres")[name]
    names = re.findall(r"%\(([a-z][a-z0-9_]*)\)s", sql)
    assert postgres_schema.exec_driver_sql(f"EXPLAIN {sql}", dict.fromkeys(names)).all()


@pytest.mark.parametrize(
    ("name", "index"),
    [("list_lines", "ix_lines_next"), ("may_go_on", "ix_lines_next"), ("head_of_line", "ix_parts_ready")],
)
def test_a_claim_finds_its_part_by_an_index(sqlite_schema: Connection, name: str, index: str) -> None:
    """The cost of a claim must not grow with the backlog."""
    sql = load_statements("sqlite")[name]
    given = {"queue": "cpu", "priority": 2, "owner": "ann"}
    plan = str(sqlite_schema.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given).all())
    assert index in plan
    assert "TEMP B-TREE" not in plan


@pytest.fixture(scope="module")
def sqlite_schema(sqlite_template: Path) -> Iterator[Connection]:
    with reading(f"sqlite:///{sqlite_template}") as connection:
        yield connection


@pytest.fixture(scope="module")
def postgres_schema(postgres_server: str, postgres_template: str) -> Iterator[Connection]:
    with reading(postgres_server.replace("/postgres?", f"/{postgres_template}?", 1)) as connection:
        yield connection
