"""Ours: the chain of four stages through the real studio, supervisor and workers, on SQLite."""

from __future__ import annotations

from bench.own_studio import OwnStudio, own_studio
from bench.stage_chain import IN_FLIGHT, WARM_UP_JOBS, Run


def measure(durability: str, jobs: int) -> Run:
    """One run with a database of its own. `durability` is "auto" or "full", as in the settings."""
    with own_studio(durability=durability) as own:
        keep_in_flight(own, WARM_UP_JOBS, IN_FLIGHT)
        backlog = drain_backlog(own, jobs)
        in_flight = keep_in_flight(own, jobs, IN_FLIGHT)
        alone = keep_in_flight(own, jobs // 4, 1)
        own.stop_workers()
        return Run(*(own.timelines(job_ids) for job_ids in (backlog, in_flight, alone)))


def drain_backlog(own: OwnStudio, jobs: int) -> list[str]:
    """The ids of jobs that were all queued before the workers began."""
    with own.held_workers():
        submitted = [own.submit() for _ in range(jobs)]
    for _ in submitted:
        own.bell.hear()
    return submitted


def keep_in_flight(own: OwnStudio, jobs: int, in_flight: int) -> list[str]:
    """The ids of jobs of which so many were under way at once: a new one is submitted as one ends."""
    submitted = [own.submit() for _ in range(min(in_flight, jobs))]
    for _ in range(jobs):
        own.bell.hear()
        if len(submitted) < jobs:
            submitted.append(own.submit())
    return submitted
