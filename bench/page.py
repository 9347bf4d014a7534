"""What the page costs those who open it: its first load, its tables and live figures in a browser, its build."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from bench.http_client import HttpClient
from bench.http_reads import fill
from bench.own_studio import own_studio
from bench.page_audits import Audit, audit
from bench.page_build import build_seconds
from bench.page_history import filter_to_rows_ms, long_tasks_ms
from bench.page_load import Load, first_load
from bench.page_ticks import tick_to_pixels_ms
from bench.page_visit import Visit, visit
from bench.report import Section, Verdict, at_least, at_most, percentile, progress, spread

NAME = "page"
JOBS, QUICK_JOBS = 10_000, 1_000
AUDITS, QUICK_AUDITS = 3, 1
LOADS, QUICK_LOADS = 5, 1
TICKS, QUICK_TICKS = 100, 20
FILTERS, QUICK_FILTERS = 10, 2
FORMS = ("desktop", "mobile")
FORMS_WITH_TARGETS = ("desktop",)
PAGES: Mapping[str, str] = {"the login": "/login", "the dashboard": "/"}
SCORES: Mapping[str, float] = {"performance": 95, "accessibility": 100, "best practices": 100}
SCRIPT_LIMIT_KB = 170.0
TICK_LIMIT_MS = 150.0
LONG_TASK_MS = 50.0
FILTER_LIMIT_MS = 200.0
BUILD_LIMIT_SECONDS = 40.0
QUIET_WITHIN_SECONDS, LOOK_SECONDS = 120.0, 0.25
COLUMNS = ("figure", "measured")


@dataclass(frozen=True, slots=True)
class _Amounts:
    """How often each is done."""

    jobs: int
    audits: int
    loads: int
    ticks: int
    filters: int


@dataclass(frozen=True, slots=True)
class _Found:
    """`audits` by the page and the form."""

    audits: Mapping[tuple[str, str], Sequence[Audit]]
    loads: Sequence[Load]
    ticks_ms: Sequence[float]
    long_tasks_ms: Sequence[float]
    filters_ms: Sequence[float]
    build_seconds: float


def run(quick: bool) -> Section:
    amounts = _Amounts(QUICK_JOBS, QUICK_AUDITS, QUICK_LOADS, QUICK_TICKS, QUICK_FILTERS)
    if not quick:
        amounts = _Amounts(JOBS, AUDITS, LOADS, TICKS, FILTERS)
    with _visit_of_many_jobs(amounts.jobs) as open_visit:
        found = _measure(open_visit, amounts)
    return Section(NAME, "The page", COLUMNS, _rows(found), _note(found, amounts), list(_verdicts(found, amounts)))


@contextmanager
def _visit_of_many_jobs(jobs: int) -> Iterator[Visit]:
    """Nobody has signed in yet, and no job is under way."""
    with own_studio() as own:
        progress(f"{NAME}: a database of {jobs:,} jobs")
        fill(own, jobs)
        with visit(own.database.parent) as open_visit:
            with closing(open_visit.client()) as client:
                _await_end_of_jobs(client)
            yield open_visit


def _await_end_of_jobs(client: HttpClient) -> None:
    pause, deadline = threading.Event(), time.monotonic() + QUIET_WITHIN_SECONDS
    while any(client.get("/api/jobs/counts")["by_state"].get(state) for state in ("queued", "running")):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Jobs were still under way after {QUIET_WITHIN_SECONDS:.0f} s.")
        pause.wait(LOOK_SECONDS)


def _measure(open_visit: Visit, amounts: _Amounts) -> _Found:
    audits = _audits_of(open_visit, "the login", amounts.audits)
    open_visit.sign_in()
    progress(f"{NAME}: {amounts.loads} first loads of the dashboard")
    loads = [first_load(open_visit) for _ in range(amounts.loads)]
    audits |= _audits_of(open_visit, "the dashboard", amounts.audits)
    progress(f"{NAME}: {amounts.ticks} ticks of a job")
    ticks_ms = tick_to_pixels_ms(open_visit, amounts.ticks)
    progress(f"{NAME}: {amounts.jobs:,} jobs in the history")
    tasks_ms = long_tasks_ms(open_visit)
    filters_ms = filter_to_rows_ms(open_visit, amounts.filters)
    progress(f"{NAME}: a build")
    return _Found(audits, loads, ticks_ms, tasks_ms, filters_ms, build_seconds())


def _audits_of(open_visit: Visit, name: str, times: int) -> dict[tuple[str, str], list[Audit]]:
    audits: dict[tuple[str, str], list[Audit]] = {}
    for form in FORMS:
        progress(f"{NAME}: Lighthouse on {name}, {form}, {times} times")
        audits[name, form] = [audit(open_visit, PAGES[name], form) for _ in range(times)]
    return audits


def _rows(found: _Found) -> list[Sequence[str]]:
    return [
        *((f"Lighthouse, {name}, {form}", _audit_cell(audits)) for (name, form), audits in found.audits.items()),
        *((f"first load, {kind}, kB", _load_cell(found.loads, kind)) for kind in found.loads[0].kilobytes),
        ("first load until a job can be opened, ms", spread([load.usable_ms for load in found.loads])),
        ("tick to pixels, p50, ms", spread([percentile(found.ticks_ms, 50)])),
        ("tick to pixels, p99, ms", spread([percentile(found.ticks_ms, 99)])),
        ("tasks over 50 ms while scrolling", str(len(found.long_tasks_ms))),
        ("longest of them, ms", spread([max(found.long_tasks_ms, default=0.0)])),
        ("filter to rows, ms", spread(found.filters_ms)),
        ("`npm ci && npm run build`, s", spread([found.build_seconds])),
    ]


def _audit_cell(audits: Sequence[Audit]) -> str:
    figures = [f"{words} {spread([audit.scores[words] for audit in audits])}" for words in SCORES]
    figures += [f"{words} {spread([audit.measures[words] for audit in audits])}" for words in audits[0].measures]
    return "; ".join(figures)


def _load_cell(loads: Sequence[Load], kind: str) -> str:
    return spread([load.kilobytes[kind] for load in loads])


def _verdicts(found: _Found, amounts: _Amounts) -> Iterator[Verdict]:
    scripts = [load.kilobytes["JavaScript"] for load in found.loads]
    yield at_most("JavaScript until the dashboard can be used, gzip", scripts, SCRIPT_LIMIT_KB, "kB")
    for (name, form), audits in found.audits.items():
        for words, limit in SCORES.items() if form in FORMS_WITH_TARGETS else ():
            scores = [audit.scores[words] for audit in audits]
            yield at_least(f"Lighthouse, {name}, {form}, {words}", scores, limit, "points")
    yield at_most("worker's tick to pixels, p50", [percentile(found.ticks_ms, 50)], TICK_LIMIT_MS, "ms")
    longest = max(found.long_tasks_ms, default=0.0)
    yield at_most(f"longest task, scrolling through {amounts.jobs:,} jobs", [longest], LONG_TASK_MS, "ms")
    yield at_most(f"filter of {amounts.jobs:,} jobs to painted rows", found.filters_ms, FILTER_LIMIT_MS, "ms")
    yield at_most("clean build of the page", [found.build_seconds], BUILD_LIMIT_SECONDS, "s")


def _note(found: _Found, amounts: _Amounts) -> str:
    faults = sorted({fault for audits in found.audits.values() for audit in audits for fault in audit.faults})
    return (
        f"`soundstage serve` with two workers and {amounts.jobs:,} ended jobs, and Debian's Chromium, on one machine. "
        f"*Lighthouse*: {amounts.audits} audits of each; `mobile` plays a slow phone on a slow network. What took "
        f"points beside speed: {', '.join(faults) or 'nothing'}. *First load*: nothing kept from before, until a job "
        "can be opened; sizes with gzip. *Tick to pixels*: from the line in the worker that reports progress until the "
        f"frame with it was painted on the job's page, {amounts.ticks} reports. *Scrolling*: the wheel is turned until "
        f"the last job was loaded and shown; the browser tells of tasks over {LONG_TASK_MS:.0f} ms only, so that the "
        "longest is 0 where none was. *Filter*: from the click on a state until its rows were painted, "
        f"{2 * amounts.filters} times, each on a page that has not seen them. *Build*: in a copy without packages, "
        "with what npm keeps in its own cache."
    )
