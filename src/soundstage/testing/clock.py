"""A clock that stands still until a test moves it."""

from __future__ import annotations


class FakeClock:
    """Implements core.clock.Clock; starts at a round second long after the epoch."""

    def __init__(self, at: float = 1_700_000_000.0) -> None:
        self._now = at

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += seconds
