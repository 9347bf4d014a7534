"""The named statements of `hot/`: one file each, a dialect's own folder before the shared one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_NAMED = re.compile(r"(?<!:):([a-z][a-z0-9_]*)")


@cache
def load_statements(dialect: str) -> dict[str, str]:
    """Name to SQL for "sqlite" or "postgres", in the placeholder style of that driver."""
    root = files("soundstage.store") / "hot"
    statements = _read(root) | _read(root / dialect)
    if dialect == "postgres":
        return {name: _NAMED.sub(r"%(\1)s", sql) for name, sql in statements.items()}
    return statements


def _read(folder: Traversable) -> dict[str, str]:
    return {
        entry.name.removesuffix(".sql"): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    }
