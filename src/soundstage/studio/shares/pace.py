"""How often one address may open pages that need no account."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from soundstage.core.errors import TooManyRequests

WINDOW_SECONDS = 60
MOST_OPENINGS = 120


class Pace:
    """One for each process; any thread may ask. Counts by the minute, so that what it holds is bounded by a minute."""

    def __init__(self, most: int = MOST_OPENINGS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._window = 0
        self._counts: Counter[str] = Counter()

    def check(self, address: str) -> None:
        """Count an opening. Raises TooManyRequests."""
        window, elapsed = divmod(self._clock(), WINDOW_SECONDS)
        with self._lock:
            if window != self._window:
                self._window = int(window)
                self._counts.clear()
            self._counts[address] += 1
            count = self._counts[address]
        if count > self._most:
            seconds = int(WINDOW_SECONDS - elapsed) + 1
            raise TooManyRequests(
                f"Links were opened {self._most} times within a minute from your address.",
                hint=f"Come again in {seconds} s.",
                retry_after_seconds=seconds,
            )
