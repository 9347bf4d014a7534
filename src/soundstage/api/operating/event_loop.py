"""Whether the event loop keeps up: one that is held up answers nobody."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from soundstage.api.operating.metrics import Metrics

TICK_SECONDS = 0.1
"""How often uvicorn's main loop comes round."""
LONGEST_LAG_SECONDS = 0.2
SHOWN_SECONDS = 60.0

_log = logging.getLogger(__name__)


class LoopWatch:
    """`tick` is called by the event loop, TICK_SECONDS after the tick before where nothing holds it up."""

    def __init__(self, metrics: Metrics, clock: Callable[[], float] = time.monotonic) -> None:
        self._metrics = metrics
        self._clock = clock
        self._ticked_at: float | None = None
        self._longest_seconds = 0.0
        self._longest_at = 0.0
        metrics.watch_lag(self.longest_seconds)

    def tick(self) -> None:
        now = self._clock()
        if self._ticked_at is not None:
            self._note(max(0.0, now - self._ticked_at - TICK_SECONDS), now)
        self._ticked_at = now

    def longest_seconds(self) -> float:
        """Of the last minute."""
        return self._longest_seconds if self._clock() - self._longest_at <= SHOWN_SECONDS else 0.0

    def _note(self, lag_seconds: float, now: float) -> None:
        if lag_seconds >= self.longest_seconds():
            self._longest_seconds, self._longest_at = lag_seconds, now
        if lag_seconds > LONGEST_LAG_SECONDS:
            self._metrics.loop_stalled()
            _log.warning("The event loop was held up for %.0f ms: nobody was answered meanwhile.", lag_seconds * 1e3)
