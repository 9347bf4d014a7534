"""When a failed part is tried again: a pure decision, apart from how it is stored."""

from __future__ import annotations

from dataclasses import dataclass

from soundstage.core.errors import SoundstageError


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Up to `max_failures` tries; the delay doubles from `first_delay_seconds` up to `max_delay_seconds`."""

    max_failures: int = 3
    first_delay_seconds: float = 2.0
    max_delay_seconds: float = 120.0

    def delay_seconds(self, failures: int) -> float:
        """The pause after the given number of failures (1 or more)."""
        doublings = min(failures - 1, _MAX_DOUBLINGS)
        return min(self.max_delay_seconds, self.first_delay_seconds * 2.0**doublings)


_MAX_DOUBLINGS = 64

NEVER = RetryPolicy(max_failures=1)

LOSS_BUDGET = 3
"""A part whose workers went away this many times fails as `worker_lost`."""


def is_retryable(error: BaseException) -> bool:
    """Our own errors say so themselves; of the rest, the transient kinds (I/O, network, memory) are."""
    if isinstance(error, SoundstageError):
        return error.retryable
    return isinstance(error, (OSError, MemoryError, TimeoutError))


def retry_delay_seconds(policy: RetryPolicy, retryable: bool, failures: int) -> float | None:
    """Seconds until the next try, or None where the part has failed for good."""
    if not retryable or failures >= policy.max_failures:
        return None
    return policy.delay_seconds(failures)
