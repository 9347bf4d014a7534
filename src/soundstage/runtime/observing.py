"""What is told of each attempt beside the database: fields of log lines, a span, and a count for the metrics."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from soundstage.core.errors import SoundstageError
from soundstage.core.log_context import Fields, log_fields
from soundstage.core.traces import Span, Tracer
from soundstage.runtime.link import Link
from soundstage.store.claims import Claim

MOST_A_MESSAGE = 100

_log = logging.getLogger(__name__)


class AttemptEnd(NamedTuple):
    """How an attempt ended: completed, waiting, failed, released, stopped, or refused because it had lost its lease."""

    pipeline: str
    stage: str
    result: str
    seconds: float


@dataclass(slots=True)
class Course:
    """Filled in by who runs the attempt."""

    stage: str = "unknown"
    result: str = "stopped"
    error: BaseException | None = None


Observe = Callable[[Claim], AbstractContextManager[Course]]


@contextmanager
def unobserved(_claim: Claim) -> Iterator[Course]:
    yield Course()


class Observer:
    """One for each worker. `send_ends` may be called by another thread than that of the attempts."""

    def __init__(self, link: Link, tracer: Tracer, trace_of: Callable[[str], str]) -> None:
        """`trace_of` gives the traceparent of a job; it is asked only where traces are made."""
        self._link = link
        self._tracer = tracer
        self._trace_of = trace_of
        self._ends: list[AttemptEnd] = []
        self._lock = threading.Lock()

    @contextmanager
    def observe(self, claim: Claim) -> Iterator[Course]:
        course, began_at = Course(), time.monotonic()
        with (
            self._tracer.span(claim.pipeline, self._parent_of(claim)) as span,
            log_fields(
                job_id=claim.job_id,
                pipeline=claim.pipeline,
                part_id=claim.part_id,
                attempt=claim.attempt,
                worker_id=claim.worker_id,
                trace_id=span.trace_id or None,
            ) as fields,
        ):
            try:
                yield course
            finally:
                end = AttemptEnd(claim.pipeline, course.stage, course.result, time.monotonic() - began_at)
                self._tell(end, course, fields, span)

    def send_ends(self) -> None:
        """Tell the supervisor how attempts ended since the last time; a deaf one misses it."""
        with self._lock:
            ends, self._ends = self._ends, []
        for first in range(0, len(ends), MOST_A_MESSAGE):
            self._link.send(type="ended", attempts=ends[first : first + MOST_A_MESSAGE])

    def _parent_of(self, claim: Claim) -> str:
        if self._tracer.is_on:
            with contextlib.suppress(SoundstageError, OSError):  # a trace less, and no attempt less
                return self._trace_of(claim.job_id)
        return ""

    def _tell(self, end: AttemptEnd, course: Course, fields: Fields, span: Span) -> None:
        with self._lock:
            self._ends.append(end)
        fields.update(stage=end.stage, duration_ms=round(end.seconds * 1000, 1))
        _log.info("Attempt %s", end.result, exc_info=course.error)
        if self._tracer.is_on:
            named = {f"soundstage.{name}": str(value) for name, value in fields.items() if value is not None}
            span.describe(f"{end.pipeline} {end.stage}", {**named, "soundstage.result": end.result})
            if course.error is not None:
                span.fail(str(course.error))
