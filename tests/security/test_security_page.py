"""docs/security.md tells of every bad input of the list where it is tried, and the files that it names do so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
LAST = {"J": 12, "C": 8, "R": 6, "S": 15, "D": 11, "T": 17, "P": 12, "M": 24, "B": 5, "X": 4, "L": 2}
IDS = [f"{group}{number:02}" for group, last in LAST.items() for number in range(1, last + 1)]
ROW = re.compile(r"^\| ([A-Z]\d\d) \| .+ \| (.+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_every_bad_input_stands_in_the_page_once(rows: list[tuple[str, str]]) -> None:
    assert [name for name, _ in rows] == IDS


def test_what_is_not_tried_says_what_it_will_come_with(rows: list[tuple[str, str]]) -> None:
    assert [(name, where) for name, where in rows if "](" not in where and not where.startswith("with the ")] == []


def test_every_file_that_is_named_tries_the_bad_input(rows: list[tuple[str, str]]) -> None:
    for name, where in rows:
        for target in re.findall(r"\]\(\.\./([^)]+)\)", where):
            assert re.search(rf"(?<![A-Za-z0-9]){name}(?![0-9])", (ROOT / target).read_text(), re.IGNORECASE), name
