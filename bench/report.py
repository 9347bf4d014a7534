"""What a section of the benchmark reports: tables of medians with their range, and the machine they come from."""

from __future__ import annotations

import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pysqlite3


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure beside its target. `is_met` is None where it could not be measured, `measured` says why."""

    figure: str
    target: str
    measured: str
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Section:
    """One table. `name` is that of its markers in the page; `note` says how it was measured."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    verdicts: Sequence[Verdict] = ()


def at_most(figure: str, values: Sequence[float], limit: float, unit: str) -> Verdict:
    """The median of `values` may not be above the limit."""
    is_met = statistics.median(values) <= limit
    return Verdict(figure, f"at most {limit:g} {unit}", f"{spread(values)} {unit}", is_met)


def at_least(figure: str, values: Sequence[float], limit: float, unit: str) -> Verdict:
    """The median of `values` may not be below the limit."""
    is_met = statistics.median(values) >= limit
    return Verdict(figure, f"at least {limit:g} {unit}", f"{spread(values)} {unit}", is_met)


def targets(verdicts: Sequence[Verdict]) -> Section:
    """The table of all targets."""
    words = {True: "met", False: "**missed**", None: "not measured"}
    rows = [(verdict.figure, verdict.target, verdict.measured, words[verdict.is_met]) for verdict in verdicts]
    return Section("targets", "Targets", ("figure", "target", "measured", "verdict"), rows, TARGETS_NOTE)


TARGETS_NOTE = "Median of the runs (smallest..largest). How each was measured stands with its own table."


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile, 0 < percent <= 100. Raises ValueError where there are no values."""
    if not values:
        raise ValueError("A percentile needs at least one value.")
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def spread(values: Sequence[float]) -> str:
    """The median of several runs, and their smallest and largest: `12.3 (11.9..13.0)`."""
    median = _figure(statistics.median(values))
    return median if len(values) == 1 else f"{median} ({_figure(min(values))}..{_figure(max(values))})"


@dataclass(frozen=True, slots=True)
class Moment:
    """When a section began, and the processor seconds that the machine and the benchmark had used until then."""

    at_seconds: float
    machine_cpu_seconds: float
    own_cpu_seconds: float


def moment() -> Moment:
    """Now. Child processes count as the benchmark's own once they have ended."""
    user, nice, system = (int(ticks) for ticks in Path("/proc/stat").read_text(encoding="ascii").split()[1:4])
    machine = (user + nice + system) / os.sysconf("SC_CLK_TCK")
    return Moment(time.monotonic(), machine, sum(os.times()[:4]))


def machine_line(start: Moment, end: Moment) -> str:
    """What the figures were measured on, when, and how many cores other programs took meanwhile, in one line."""
    elapsed_seconds = end.at_seconds - start.at_seconds
    machine_cpu_seconds = end.machine_cpu_seconds - start.machine_cpu_seconds
    others = machine_cpu_seconds - (end.own_cpu_seconds - start.own_cpu_seconds)
    facts = (
        f"{os.cpu_count()} cores ({_cpu_model()})",
        f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        f"Python {platform.python_version()}",
        f"SQLite {pysqlite3.sqlite_version}",
        datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        f"commit {_commit()}",
        f"other programs took {max(0.0, others / elapsed_seconds):.1f} cores meanwhile",
    )
    return ", ".join(facts)


def markdown(section: Section, machine: str) -> str:
    """The section as a Markdown table, its note, and the machine line."""
    lines = [f"| {' | '.join(cells)} |" for cells in (section.columns, *section.rows)]
    lines.insert(1, f"| --- |{' ---: |' * (len(section.columns) - 1)}")
    paragraphs = [f"**{section.title}**", "\n".join(lines), section.note, f"Measured on {machine}."]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def write_section(page: Path, section: Section, machine: str) -> None:
    """Replace what stands between the section's markers. Raises LookupError where the page has no such markers."""
    start, end = f"<!-- bench:{section.name} -->", f"<!-- /bench:{section.name} -->"
    text = page.read_text(encoding="utf-8")
    between = re.compile(f"(?<={re.escape(start)}).*?(?={re.escape(end)})", re.DOTALL)
    body = f"\n{markdown(section, machine)}\n"
    changed, found = between.subn(lambda _: body, text)
    if found != 1:
        raise LookupError(f"{page.name} needs the lines {start} and {end} once; it has them {found} times.")
    page.write_text(changed, encoding="utf-8")


def _figure(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _cpu_model() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    answer = subprocess.run(
        [git, "describe", "--always", "--dirty"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() or "unknown"


def progress(message: str) -> None:
    """A line for the person who waits, apart from the report itself."""
    print(message, file=sys.stderr, flush=True)
