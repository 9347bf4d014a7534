"""Time as a thing that is passed in, so that tests own it."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Seconds since the epoch, UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        return time.time()
