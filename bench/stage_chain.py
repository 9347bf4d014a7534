"""What is measured of a job of four trivial stages, the same for every contender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.report import percentile, spread

STAGES = 4
IN_FLIGHT = 8
WARM_UP_JOBS = 20

Timeline = Sequence[tuple[float, float]]
"""Start and end of each stage function of one job, in seconds of CLOCK_MONOTONIC (one clock for all processes)."""

COLUMNS = (
    "contender",
    "backlog, jobs/s",
    "8 in flight, jobs/s",
    "hand-over p50, ms",
    "hand-over p99, ms",
    "8 in flight p50, ms",
    "8 in flight p99, ms",
)

HOW = (
    f"A job is {STAGES} stage functions that do nothing; two worker processes. *Backlog*: all jobs are submitted, "
    "then the workers begin; from the first stage to the last. *8 in flight*: a new job is submitted as one ends. "
    "*Hand-over*: from the end of a stage function to the start of the next of the same job, one job at a time. "
    "Median of the runs (smallest..largest)."
)


@dataclass(frozen=True, slots=True)
class Run:
    """The jobs of one run, in three ways of submitting them."""

    backlog: Sequence[Timeline]
    in_flight: Sequence[Timeline]
    alone: Sequence[Timeline]


def row(contender: str, runs: Sequence[Run]) -> Sequence[str]:
    """The cells of a contender, in the order of COLUMNS."""
    return (
        contender,
        spread([jobs_per_second(run.backlog) for run in runs]),
        spread([jobs_per_second(run.in_flight) for run in runs]),
        *(spread([hand_over_ms(run.alone, percent) for run in runs]) for percent in (50, 99)),
        *(spread([hand_over_ms(run.in_flight, percent) for run in runs]) for percent in (50, 99)),
    )


def jobs_per_second(jobs: Sequence[Timeline]) -> float:
    """Jobs by the time from the first start of a stage to the last end of one."""
    first = min(start for job in jobs for start, _ in job)
    last = max(end for job in jobs for _, end in job)
    return len(jobs) / (last - first)


def hand_over_ms(jobs: Sequence[Timeline], percent: float) -> float:
    """That percentile of the times from the end of a stage to the start of the next of the same job."""
    return percentile(list(_hand_overs_ms(jobs)), percent)


def _hand_overs_ms(jobs: Sequence[Timeline]) -> Iterator[float]:
    for job in jobs:
        for (_, end), (start, _) in pairwise(job):
            yield (start - end) * 1000
