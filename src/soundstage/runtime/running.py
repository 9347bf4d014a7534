"""The attempt that a worker runs now, as its two threads share it: progress out, a wish to stop in."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from soundstage.core.errors import Cancelled, Released, Stop
from soundstage.core.progress import clamped_fraction
from soundstage.store.claims import Claim

MAX_LINE_CHARACTERS = 2_000


@dataclass(slots=True)
class RunningAttempt:
    """Plain attributes, each written by one thread: the stage reports, the pulse reads and asks to stop."""

    claim: Claim
    stage_key: str
    timeout_seconds: float
    began_monotonic: float = field(default_factory=time.monotonic)
    fraction: float = 0.0
    message: str | None = None
    lines: list[str] = field(default_factory=list)
    has_kept_more: bool = False
    saved_fraction: float = 0.0
    told: tuple[float, str] = (0.0, "")
    stop: type[Stop] | None = None
    stop_since_monotonic: float | None = None
    wants_release: bool = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began_monotonic

    @property
    def counted_fraction(self) -> float:
        """What others hear of it: listing the items is no share of the stage's work."""
        return 0.0 if self.claim.role == "list" else self.fraction

    @property
    def is_overdue(self) -> bool:
        return self.seconds > self.timeout_seconds

    def report(self, done: float, total: float, message: str | None) -> None:
        self.fraction = max(self.fraction, clamped_fraction(done, total))
        if message is not None:
            self.message = message[:MAX_LINE_CHARACTERS]
        if self.stop is not None:
            raise self.stop

    def check(self) -> None:
        """At a safe point, where going back loses nothing."""
        if self.stop is not None:
            raise self.stop
        if self.wants_release:
            raise Released

    def log(self, line: str) -> None:
        self.lines.append(line[:MAX_LINE_CHARACTERS])

    def ask_to_stop(self, kind: type[Stop] = Cancelled) -> None:
        if self.stop is None:
            self.stop_since_monotonic = time.monotonic()
            self.stop = kind
