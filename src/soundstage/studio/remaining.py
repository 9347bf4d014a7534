"""The time remaining of jobs, from what earlier jobs of the same pipeline took on this machine."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from soundstage.core.clock import Clock
from soundstage.core.job import JobSummary, JobView
from soundstage.core.pipeline import Pipeline
from soundstage.core.remaining import StagePace, learned_seconds, remaining_seconds
from soundstage.core.states import JobState
from soundstage.store.views import ViewStore

TIMINGS_KEPT_SECONDS = 10.0
ShownJob = TypeVar("ShownJob", JobView, JobSummary)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a job with these checked parameters takes, learned from `sample_jobs` earlier ones; None where unknown."""

    params: Mapping[str, Any]
    seconds_by_stage: Mapping[str, float | None]
    sample_jobs: int

    @property
    def seconds(self) -> float | None:
        """The sum, where every stage is known."""
        known = [seconds for seconds in self.seconds_by_stage.values() if seconds is not None]
        return sum(known) if len(known) == len(self.seconds_by_stage) else None


class Remaining:
    """One for each process."""

    def __init__(self, views: ViewStore, clock: Clock) -> None:
        self._views = views
        self._clock = clock
        self._timings: dict[str, tuple[float, Mapping[int, Sequence[float]]]] = {}

    def shown(self, job: ShownJob) -> ShownJob:
        """The job with its time remaining, where that is known: nobody knows when a paused queue goes on."""
        if job.state not in (JobState.QUEUED, JobState.RUNNING) or any(stage.queue_paused for stage in job.stages):
            return job
        now = self._clock.now()
        paces = [
            StagePace(s.state, s.fraction, 0.0 if s.started_at is None else now - s.started_at) for s in job.stages
        ]
        return replace(job, remaining_seconds=remaining_seconds(paces, self._earlier(job.pipeline), job.size))

    def estimate(self, pipeline: Pipeline, params: BaseModel, size: float) -> Estimate:
        """What a job that has not begun takes, stage by stage."""
        earlier = self._earlier(pipeline.kind)
        stages = {
            stage.key: learned_seconds(earlier.get(index, ()), size) for index, stage in enumerate(pipeline.stages)
        }
        sample_jobs = max((len(samples) for samples in earlier.values()), default=0)
        return Estimate(params.model_dump(mode="json"), stages, sample_jobs)

    def _earlier(self, pipeline: str) -> Mapping[int, Sequence[float]]:
        known = self._timings.get(pipeline)
        if known is not None and time.monotonic() - known[0] < TIMINGS_KEPT_SECONDS:
            return known[1]
        rates: dict[int, list[float]] = defaultdict(list)
        for timing in self._views.list_timings(pipeline):
            rates[timing.stage].append(timing.seconds / timing.size)
        self._timings[pipeline] = (time.monotonic(), rates)
        return rates
