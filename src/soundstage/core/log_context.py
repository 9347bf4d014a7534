"""What is known of the work at hand: fields that every line logged meanwhile carries, such as a job's id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

Fields = dict[str, object]

_current: ContextVar[Fields | None] = ContextVar("soundstage_log_fields", default=None)


@contextmanager
def log_fields(**fields: object) -> Iterator[Fields]:
    """Lines that are logged inside carry these fields too. Threads that are started with this context share them."""
    told = {**(_current.get() or {}), **fields}
    token = _current.set(told)
    try:
        yield told
    finally:
        _current.reset(token)


def note(**fields: object) -> None:
    """Add to the fields of the work at hand; outside of any it does nothing."""
    current = _current.get()
    if current is not None:
        current.update(fields)


def known_fields() -> Mapping[str, object]:
    return _current.get() or {}
