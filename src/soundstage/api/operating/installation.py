"""Metrics of the whole installation, from its database and its disk: the same at each server that shares them."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Protocol

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from soundstage.core.errors import SoundstageError
from soundstage.store.operating import JobCount, Picture

FRESH_SECONDS = 5.0
FRESH_FOR_COST = 50.0
"""A look that took long is good for so many times as long: looking never takes more than a fiftieth of a thread."""
SETTLED_SECONDS = 5.0
"""Jobs that ended so long ago are surely committed."""

_log = logging.getLogger(__name__)


class Facts(Protocol):
    """`store/operating.py` says what they mean."""

    @property
    def now(self) -> float: ...

    def picture(self, silent_after_seconds: float) -> Picture: ...

    def ended_between(self, after: float, until: float) -> list[JobCount]: ...


class InstallationMetrics(Collector):
    """Looks at most every few seconds, however often it is asked. Where the database is away, it says only that."""

    def __init__(
        self,
        facts: Facts,
        free_bytes: Callable[[], int],
        silent_after_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._facts = facts
        self._free_bytes = free_bytes
        self._silent_after_seconds = silent_after_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._picture: Picture | None = None
        self._fresh_until = 0.0
        self._ended: Counter[tuple[str, str]] = Counter()
        self._ended_until = facts.now

    def describe(self) -> list[Metric]:
        """Without looking: the names are known to be ours."""
        return []

    def collect(self) -> Iterator[Metric]:
        with self._lock:
            self._look_again()
            picture, ended = self._picture, dict(self._ended)
        yield GaugeMetricFamily("soundstage_database_up", "Whether the database answers", picture is not None)
        yield GaugeMetricFamily("soundstage_disk_free_bytes", "Free on the disk of the home", self._free_bytes())
        yield _ended_jobs(ended)
        if picture is not None:
            yield from _gauges(picture)

    def _look_again(self) -> None:
        began_at = self._clock()
        if began_at < self._fresh_until:
            return
        try:
            self._picture = self._facts.picture(self._silent_after_seconds)
            self._count_ended()
        except SoundstageError as error:
            _log.warning("Metrics are incomplete: %s", error)
            self._picture = None
        took_seconds = self._clock() - began_at
        self._fresh_until = self._clock() + max(FRESH_SECONDS, FRESH_FOR_COST * took_seconds)

    def _count_ended(self) -> None:
        until = self._facts.now - SETTLED_SECONDS
        if until <= self._ended_until:
            return
        for count in self._facts.ended_between(self._ended_until, until):
            self._ended[count.pipeline, count.state] += count.jobs
        self._ended_until = until


def _ended_jobs(ended: dict[tuple[str, str], int]) -> Metric:
    jobs = CounterMetricFamily(
        "soundstage_jobs_ended",
        "Jobs that ended since this server began, a few seconds late",
        labels=["pipeline", "state"],
    )
    for labels, count in ended.items():
        jobs.add_metric(labels, count)
    return jobs


def _gauges(picture: Picture) -> Iterator[Metric]:
    jobs = GaugeMetricFamily("soundstage_jobs", "Jobs that have not ended", labels=["pipeline", "state"])
    for count in picture.unfinished:
        jobs.add_metric([count.pipeline, count.state], count.jobs)
    ready = GaugeMetricFamily("soundstage_ready_parts", "Parts that wait for a worker", labels=["queue"])
    oldest = GaugeMetricFamily(
        "soundstage_oldest_ready_part_seconds", "How long the part waits that came first", labels=["queue"]
    )
    for queue in picture.queues:
        ready.add_metric([queue.queue], queue.ready_parts)
        oldest.add_metric([queue.queue], queue.oldest_seconds)
    yield from (jobs, ready, oldest, _workers(picture))
    yield GaugeMetricFamily(
        "soundstage_oldest_heartbeat_seconds",
        "Since the beat of the worker that has been silent longest",
        picture.workers.oldest_heartbeat_seconds,
    )
    deliveries = GaugeMetricFamily("soundstage_webhook_messages", "Messages to webhooks by state", labels=["state"])
    deliveries.add_metric(["pending"], picture.pending_deliveries)
    deliveries.add_metric(["dead"], picture.dead_deliveries)
    yield deliveries
    yield GaugeMetricFamily("soundstage_database_bytes", "Size of the database", picture.database_bytes)


def _workers(picture: Picture) -> Metric:
    workers = GaugeMetricFamily("soundstage_workers", "Worker processes, on all machines", labels=["state"])
    for state in ("busy", "idle", "silent"):
        workers.add_metric([state], getattr(picture.workers, state))
    return workers
