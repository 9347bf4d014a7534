"""What commands print: words and tables for people, one JSON object a line for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from soundstage.core.errors import SoundstageError
from soundstage.core.job import JobView

PIPED_COLUMNS = 160


def console(to_stderr: bool = False) -> Console:
    """Prints text as it is: what comes from users is never read as markup. A pipe gets room for whole lines."""
    stream = sys.stderr if to_stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPED_COLUMNS
    return Console(stderr=to_stderr, highlight=False, markup=False, emoji=False, width=width)


def print_json(values: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def say(text: str | Text) -> None:
    """A line for people; never cut or wrapped by us."""
    console().print(text, soft_wrap=True)


def table(*columns: str) -> Table:
    """An empty table in the house style: names on top, no frame. Cells take text, not markup.

    Ids of jobs stay whole however narrow the terminal is: people copy them.
    """
    made = Table(box=box.SIMPLE_HEAD, header_style="dim", pad_edge=False, show_edge=False)
    for name in columns:
        made.add_column(name, overflow="fold", no_wrap=name == "job")
    return made


def add_row(rows: Table, cells: Sequence[Any]) -> None:
    rows.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in cells))


def print_error(error: SoundstageError, as_json: bool) -> None:
    """Code, message and what to do: as JSON with the results, or as words beside them."""
    if as_json:
        print_json({"type": "error", "code": error.code, "message": error.message, "hint": error.hint})
        return
    words = Text.assemble((error.code, "bold red"), f"  {error.message}")
    if error.hint:
        words.append(f"\n{error.hint}")
    console(to_stderr=True).print(words, soft_wrap=True)


def job_fields(job: JobView) -> dict[str, Any]:
    """A job as JSON: its fields, and what follows from them."""
    return {
        **asdict(job),
        "progress": job.progress,
        "current_stage": job.current_stage,
        "error": asdict(job.error) if job.error else None,
        "stages": [{**asdict(stage), "state": stage.state, "fraction": stage.fraction} for stage in job.stages],
    }
