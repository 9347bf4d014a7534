"""Writes the reference pages from the program itself: `python -m soundstage.cli.reference docs/reference`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from soundstage.cli.exits import Exit, exit_of_error
from soundstage.core import errors
from soundstage.core.errors import SoundstageError

MADE_BY = "<!-- Written by `python -m soundstage.cli.reference docs/reference`; change the program, not this page. -->"


def pages() -> dict[str, str]:
    """File name to content of each page."""
    return {"cli.md": cli_page(), "settings.md": settings_page(), "errors.md": errors_page()}


def cli_page() -> str:
    """Every command with its arguments and options, as its help says."""
    import typer
    from typer.cli import get_docs_for_click
    from typer.main import get_command

    from soundstage.cli.app import app

    command = get_command(app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="soundstage", title="The command line")
    return _page(_with_exit_table(_with_single_gaps(text)))


def settings_page() -> str:
    """Every setting with its default."""
    from soundstage.settings import Settings

    rows = [
        (f"`SOUNDSTAGE_{name.upper()}`", _default_text(name, field), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    return _page(
        "# Settings\n\nSoundstage reads its settings from the environment. None must be set.\n\n"
        + _table(("setting", "default", "meaning"), rows)
    )


def errors_page() -> str:
    """Every code that an error can have."""
    rows = [
        (f"`{kind.code}`", _meaning(kind), "yes" if kind.retryable else "", str(int(exit_of_error(kind))), kind.hint)
        for kind in error_kinds()
    ]
    return _page(
        "# Errors\n\nA code never changes its meaning. A stage that fails with an error that is *tried again* runs "
        "again by itself as its retry policy says. A method that a route does not take is answered with "
        "`method_not_allowed`.\n\n" + _table(("code", "meaning", "tried again", "exit code", "what to do"), rows)
    )


def error_kinds() -> list[type[SoundstageError]]:
    """Every error of ours with a code of its own: those of `core/errors.py` in its order, then those of other rooms."""
    for room in ("api.errors", "api.listening", "api.openai.errors", "runtime.readiness"):
        import_module(f"soundstage.{room}")
    in_core = [
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, SoundstageError)
    ]
    elsewhere = {kind for kind in _kinds_below(SoundstageError) if "code" in vars(kind) and kind not in in_core}
    return in_core + sorted(elsewhere, key=lambda kind: kind.code)


def _kinds_below(kind: type[SoundstageError]) -> Iterator[type[SoundstageError]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("soundstage."):
            yield below
            yield from _kinds_below(below)


def _page(text: str) -> str:
    title, _, rest = text.strip().partition("\n")
    return f"{title}\n\n{MADE_BY}\n{rest}\n"


def _with_single_gaps(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text))


def _with_exit_table(text: str) -> str:
    """The list of exit codes as a table; help on a terminal has no tables."""
    from soundstage.cli.exits import MEANINGS, epilog

    rows = [(str(int(code)), meaning) for code, meaning in MEANINGS.items()]
    return text.replace(epilog(), "**Exit codes**:\n\n" + _table(("code", "meaning"), rows).strip())


def _default_text(name: str, field: Any) -> str:
    if name == "home":
        return "`~/.soundstage`"
    return "" if field.default in (None, "") else f"`{field.default}`"


def _meaning(kind: type[SoundstageError]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [names, tuple("---" for _ in names), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines) + "\n"


def write_pages(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(int(Exit.BAD_INPUT))
    write_pages(Path(sys.argv[1]))
