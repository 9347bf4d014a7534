"""What a server measures, in the text format of Prometheus. Labels are names of ours, never ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    Metric,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
STAGE_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "WEBSOCKET"})
OTHER = "other"
SECONDS_HELP = "From the first byte of a request to the last of its answer; without live streams"
ATTEMPTS_HELP = "Attempts of parts that ended, of the workers of this server"
DELIVERIES_HELP = "Tries to bring a message to a webhook, of this server"

disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """One for each server, with a registry of its own. Counts may come from any thread."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=self.registry)
        count, kept = partial(Counter, registry=self.registry), partial(Gauge, registry=self.registry)
        timed = partial(Histogram, registry=self.registry)
        self._requests = count("soundstage_http_requests", "Requests that were answered", ["method", "route", "status"])
        self._seconds = timed(
            "soundstage_http_request_duration_seconds", SECONDS_HELP, ["method", "route"], buckets=REQUEST_BUCKETS
        )
        self._received = count("soundstage_http_received_bytes", "Bodies of requests, uploads too", ["route"])
        self._streams = kept("soundstage_open_streams", "Live streams that are open", ["transport"])
        self._attempts = count("soundstage_attempts", ATTEMPTS_HELP, ["pipeline", "stage", "result"])
        self._stages = timed(
            "soundstage_stage_duration_seconds",
            "How long completed attempts took",
            ["pipeline", "stage"],
            buckets=STAGE_BUCKETS,
        )
        self._lost = count("soundstage_lost_parts", "Parts whose worker went away, of the workers of this server")
        self._deliveries = count("soundstage_webhook_deliveries", DELIVERIES_HELP, ["result"])
        self._stalls = count("soundstage_event_loop_stalls", "Times the event loop was held up for more than 200 ms")
        self._lag = kept("soundstage_event_loop_lag_seconds", "The longest hold-up of the event loop in a minute")
        Info("soundstage_build", "What runs here", registry=self.registry).info({"version": version("soundstage")})

    def answered(self, method: str, route: str, status: int, seconds: float, is_stream: bool = False) -> None:
        """`status` is counted by its class, `route` is a template."""
        known = method if method in METHODS else OTHER
        self._requests.labels(known, route, f"{status // 100}xx").inc()
        if not is_stream:
            self._seconds.labels(known, route).observe(seconds)

    def received(self, route: str, size_bytes: int) -> None:
        self._received.labels(route).inc(size_bytes)

    def stream_opened(self, transport: str) -> None:
        self._streams.labels(transport).inc()

    def stream_closed(self, transport: str) -> None:
        self._streams.labels(transport).dec()

    def attempt_ended(self, pipeline: str, stage: str, result: str, seconds: float) -> None:
        self._attempts.labels(pipeline, stage, result).inc()
        if result == "completed":
            self._stages.labels(pipeline, stage).observe(seconds)

    def parts_lost(self, count: int) -> None:
        self._lost.inc(count)

    def delivery_tried(self, result: str) -> None:
        self._deliveries.labels(result).inc()

    def loop_stalled(self) -> None:
        self._stalls.inc()

    def watch_lag(self, lag_seconds: Callable[[], float]) -> None:
        self._lag.set_function(lag_seconds)

    def watch_dropped_lines(self, count: Callable[[], int]) -> None:
        self.registry.register(_DroppedLines(count))

    def add(self, collectors: Sequence[Collector]) -> None:
        """Further sources, which are asked at each look."""
        for collector in collectors:
            self.registry.register(collector)

    def text(self) -> bytes:
        """In the text format, version 0.0.4."""
        return generate_latest(self.registry)


class _DroppedLines(Collector):
    def __init__(self, count: Callable[[], int]) -> None:
        self._count = count

    def collect(self) -> Iterator[Metric]:
        yield CounterMetricFamily(
            "soundstage_log_lines_dropped", "Lines of the log that were not read fast enough", self._count()
        )
