"""How often and how long a lost connection is tried again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from soundstage.client.errors import ApiError, ClientError, ConnectionLost, Unavailable
from soundstage.client.wires import NotSent, Wire

TRIES_AGAIN_AFTER = frozenset({502, 503, 504})
LONGEST_RETRY_AFTER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Patience:
    """A call is tried `tries` times. What goes on for long, such as following a job, bears `lost_seconds` without
    a server.
    """

    tries: int = 4
    first_seconds: float = 0.25
    longest_seconds: float = 8.0
    lost_seconds: float = 120.0

    def pauses(self) -> Iterator[float]:
        """Before each further try of a call."""
        return (self.pause(number) for number in range(self.tries - 1))

    def pause(self, number: int, first_seconds: float | None = None) -> float:
        """Seconds before the try after `number` failed ones: doubled each time, spread so that clients do not come
        back together.
        """
        first = self.first_seconds if first_seconds is None else first_seconds
        longest = max(first, min(self.longest_seconds, first * 2 ** min(number, 30)))
        return random.uniform(longest / 2, longest)


class Endurance:
    """Of one thing that goes on for long: raises the error when nothing has come for `lost_seconds`."""

    def __init__(self, patience: Patience, wire: Wire) -> None:
        self._patience = patience
        self._wire = wire
        self._failures = 0
        self._last_good = wire.now()
        self.first_seconds = patience.first_seconds

    def note_progress(self) -> None:
        self._failures = 0
        self._last_good = self._wire.now()

    async def bear(self, error: ClientError, longest_seconds: float | None = None) -> None:
        """Sleep until the next try. Raises the error where it may not be tried again, or no longer."""
        if not is_passing(error) or self._wire.now() - self._last_good > self._patience.lost_seconds:
            raise error
        seconds = max(self._patience.pause(self._failures, self.first_seconds), _told_seconds(error))
        self._failures += 1
        await self._wire.sleep(seconds if longest_seconds is None else min(seconds, longest_seconds))


async def rest_before_retry(error: ClientError, pauses: Iterator[float], wire: Wire, is_repeatable: bool) -> None:
    """Sleep until the next try of a call. Raises the error where there is none.

    What may not be done twice is tried again only where it cannot have reached the server.
    """
    may_repeat = isinstance(error, NotSent) or (is_repeatable and is_passing(error))
    pause = next(pauses, None)
    if not may_repeat or pause is None or _told_seconds(error) > LONGEST_RETRY_AFTER_SECONDS:
        raise error
    await wire.sleep(max(pause, _told_seconds(error)))


def is_passing(error: ClientError) -> bool:
    if isinstance(error, Unavailable):
        return error.status in TRIES_AGAIN_AFTER
    return isinstance(error, ConnectionLost)


def _told_seconds(error: ClientError) -> float:
    return error.retry_after_seconds if isinstance(error, ApiError) else 0.0
