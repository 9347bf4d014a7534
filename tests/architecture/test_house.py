"""The rules of the house that no linter holds: sizes, names, docstrings, no sleep, no path of a machine."""

from __future__ import annotations

import ast
import math
import os
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

CODE_FOLDERS = ("src", "bench", "examples", "tests")
TEXT_FOLDERS = (*CODE_FOLDERS, "docs", "tools", "deploy", "web", ".ci")
TEXT_SUFFIXES = {
    "",
    ".css",
    ".html",
    ".js",
    ".json",
    ".md",
    ".py",
    ".sh",
    ".sql",
    ".toml",
    ".ts",
    ".tsx",
    ".yaml",
    ".yml",
}
FOREIGN_FOLDERS = {"__pycache__", "node_modules", "dist"}

MAX_FILE_LINES = 450
MAX_FUNCTION_LINES = 60
USUAL_FUNCTION_LINES = 25
MIGRATIONS = ROOT / "src" / "soundstage" / "store" / "migrations" / "versions"
FORBIDDEN_NAMES = {"utils", "common", "helpers", "manager", "base", "misc"}


def _files(folders: tuple[str, ...], suffixes: set[str]) -> Iterator[Path]:
    for folder in folders:
        for where, inner, names in os.walk(ROOT / folder):
            inner[:] = sorted(set(inner) - FOREIGN_FOLDERS)
            yield from (Path(where, name) for name in sorted(names) if Path(name).suffix in suffixes)


def _modules(*folders: str) -> list[Path]:
    found = list(_files(folders or CODE_FOLDERS, {".py"}))
    assert found, f"No Python files were found in {folders or CODE_FOLDERS}."
    return found


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=_named(path))


def _functions() -> Iterator[tuple[str, int]]:
    """Name and length of each function of ours. A migration is left out: a list of tables, frozen once shipped."""
    for path in _modules("src"):
        if MIGRATIONS in path.parents:
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{_named(path)}:{node.lineno} {node.name} has {lines} lines", lines


def _refuse(offenders: list[str], rule: str) -> None:
    assert not offenders, "\n  ".join([rule, *offenders])


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _modules()}
    offenders = [f"{_named(path)} has {lines}" for path, lines in lengths.items() if lines > MAX_FILE_LINES]
    _refuse(offenders, f"A file has at most {MAX_FILE_LINES} lines. Split these by duty:")


def test_no_function_is_longer_than_a_page() -> None:
    offenders = [text for text, lines in _functions() if lines > MAX_FUNCTION_LINES]
    _refuse(offenders, f"A function has at most {MAX_FUNCTION_LINES} lines. Name the steps of these:")


def test_nine_functions_of_ten_are_short() -> None:
    by_length = sorted(_functions(), key=lambda function: function[1])
    usual = by_length[math.ceil(len(by_length) * 0.9) - 1][1]
    longest = [text for text, lines in by_length if lines > USUAL_FUNCTION_LINES]
    assert usual <= USUAL_FUNCTION_LINES, "\n  ".join(
        [f"Nine of ten functions have at most {USUAL_FUNCTION_LINES} lines, here {usual}. The longer ones:", *longest]
    )


def test_nothing_sleeps_for_a_fixed_time() -> None:
    offenders = [f"{_named(path)}:{line}" for path in _modules("src", "tests") for line in _sleeps(_tree(path))]
    _refuse(offenders, "Wait for a condition or an event, not for time. These call or import time.sleep:")


def _sleeps(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="time", names=names) if any(alias.name == "sleep" for alias in names):
                yield node.lineno
            case ast.Attribute(attr="sleep", value=ast.Name(id="time")):
                yield node.lineno


def test_modules_and_folders_are_named_for_their_duty() -> None:
    offenders = [
        _named(path)
        for path in _modules()
        if FORBIDDEN_NAMES & {part.strip("_") for part in path.relative_to(ROOT).with_suffix("").parts}
    ]
    _refuse(offenders, f"Nothing is called {', '.join(sorted(FORBIDDEN_NAMES))}. Name these for what they do:")


def test_every_module_says_what_its_duty_is() -> None:
    offenders = [_named(path) for path in _modules() if not ast.get_docstring(_tree(path))]
    _refuse(offenders, "Every module begins with a docstring of one or two lines: its duty. These have none:")


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    machine_path = _machine_path()
    offenders = [
        f"{_named(path)}:{number} {line.strip()[:80]}"
        for path in [*_files(TEXT_FOLDERS, TEXT_SUFFIXES), *_root_files()]
        for number, line in enumerate(_text(path).splitlines(), start=1)
        if machine_path.search(line)
    ]
    _refuse(offenders, "Paths are relative to the checkout or come from settings. These hold one of this machine:")


def _machine_path() -> re.Pattern[str]:
    folders = [folder for folder in (ROOT, ROOT.parent) if folder != Path(folder.anchor)]
    return re.compile(rf"(?<![\w.])(?:{'|'.join(re.escape(str(folder)) for folder in folders)})/")


def _root_files() -> list[Path]:
    return [path for path in sorted(ROOT.iterdir()) if path.is_file() and path.suffix in TEXT_SUFFIXES]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
