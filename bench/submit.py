"""How long an idle studio takes from an order to the first stage."""

from __future__ import annotations

import threading
import time

from bench.own_studio import OwnStudio, own_studio
from bench.report import Section, at_most, percentile, progress, spread

NAME = "submit"
JOBS, QUICK_JOBS = 200, 20
RUNS, QUICK_RUNS = 3, 1
PAUSE_SECONDS = 0.05
COLUMNS = ("durability", "accepted p50, ms", "accepted p99, ms", "first stage p50, ms", "first stage p99, ms")


def run(quick: bool) -> Section:
    jobs, repeats = (QUICK_JOBS, QUICK_RUNS) if quick else (JOBS, RUNS)
    figures: list[tuple[float, ...]] = []
    for number in range(1, repeats + 1):
        progress(f"{NAME}: run {number} of {repeats}")
        with own_studio() as own:
            figures.append(_measure(own, jobs))
    columns = [list(column) for column in zip(*figures, strict=True)]
    note = (
        f"{repeats} runs of {jobs} orders, {PAUSE_SECONDS * 1000:.0f} ms after the end of the one before, when the "
        "workers sleep. *Accepted*: the order is checked and committed with fsync. *First stage*: from before the "
        "order to the first line of the first stage function, in another process."
    )
    verdict = at_most("submit to first stage, idle, p50", columns[2], 5.0, "ms")
    return Section(
        NAME, "From the order to the first stage", COLUMNS, [("auto", *map(spread, columns))], note, [verdict]
    )


def _measure(own: OwnStudio, jobs: int) -> tuple[float, ...]:
    idle = threading.Event()
    submitted: dict[str, tuple[float, float]] = {}
    for _ in range(jobs):
        idle.wait(PAUSE_SECONDS)
        ordered = time.monotonic()
        job_id = own.submit()
        submitted[job_id] = ordered, time.monotonic()
        own.bell.hear()
    own.stop_workers()
    timelines = own.timelines(list(submitted))
    accepted = [(answered - ordered) * 1000 for ordered, answered in submitted.values()]
    first = [(line[0][0] - ordered) * 1000 for line, (ordered, _) in zip(timelines, submitted.values(), strict=True)]
    return *(percentile(accepted, p) for p in (50, 99)), *(percentile(first, p) for p in (50, 99))
