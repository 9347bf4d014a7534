"""The time remaining of jobs, from what earlier jobs of the same pipeline took on this machine."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from soundstage.core.clock import Clock
from soundstage.core.job import JobSummary, JobView
from soundstage.core.remaining import StagePace, remaining_seconds
from soundstage.core.states import JobState
from soundstage.store.views import ViewStore

TIMINGS_KEPT_SECONDS = 10.0
ShownJob = TypeVar("ShownJob", JobView, JobSummary)


class Remaining:
    """One for each process."""

    def __init__(self, views: ViewStore, clock: Clock) -> None:
        self._views = views
        self._clock = clock
        self._timings: dict[str, tuple[float, Mapping[int, Sequence[float]]]] = {}

    def shown(self, job: ShownJob) -> ShownJob:
        """The job with its time remaining, where that is known."""
        if job.state not in (JobState.QUEUED, JobState.RUNNING):
            return job
        now = self._clock.now()
        paces = [
            StagePace(s.state, s.fraction, 0.0 if s.started_at is None else now - s.started_at) for s in job.stages
        ]
        return replace(job, remaining_seconds=remaining_seconds(paces, self._earlier(job.pipeline), job.size))

    def _earlier(self, pipeline: str) -> Mapping[int, Sequence[float]]:
        known = self._timings.get(pipeline)
        if known is not None and time.monotonic() - known[0] < TIMINGS_KEPT_SECONDS:
            return known[1]
        rates: dict[int, list[float]] = defaultdict(list)
        for timing in self._views.list_timings(pipeline):
            rates[timing.stage].append(timing.seconds / timing.size)
        self._timings[pipeline] = (time.monotonic(), rates)
        return rates
