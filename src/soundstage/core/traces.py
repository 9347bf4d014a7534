"""Spans of distributed traces: what a tracer does, and one that does nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Protocol

Attributes = Mapping[str, str | int | float]

_current: ContextVar[str] = ContextVar("soundstage_trace_parent", default="")


def current_trace() -> str:
    """The `traceparent` of the work at hand (W3C Trace Context, section 3.2); empty where nothing is traced."""
    return _current.get()


@contextmanager
def carrying(trace_parent: str) -> Iterator[None]:
    """Inside, `current_trace` is this one."""
    token = _current.set(trace_parent)
    try:
        yield
    finally:
        _current.reset(token)


class Span(Protocol):
    """One piece of work within a trace."""

    @property
    def trace_id(self) -> str:
        """32 hexadecimal digits; empty where nothing is traced."""

    def describe(self, name: str, attributes: Attributes) -> None: ...

    def fail(self, why: str) -> None: ...


class Tracer(Protocol):
    """Where spans go."""

    @property
    def is_on(self) -> bool: ...

    def span(self, name: str, parent: str, is_server: bool = False) -> AbstractContextManager[Span]:
        """A span from here to the end of the block; the child of a `traceparent`, or the first of a new trace."""

    def close(self) -> None:
        """Send what has not been sent, but do not wait for long."""


class NoSpan:
    trace_id = ""

    def describe(self, name: str, attributes: Attributes) -> None: ...

    def fail(self, why: str) -> None: ...


class NoTracer:
    """Of a process that traces nothing."""

    is_on = False

    @contextmanager
    def span(self, name: str, parent: str, is_server: bool = False) -> Iterator[NoSpan]:
        del name, parent, is_server
        yield NoSpan()

    def close(self) -> None: ...
