"""Whether those who hold a stream may still: asked every few seconds, once for each way in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from soundstage.core.errors import NotAllowed, NotSignedIn, StoreUnavailable
from soundstage.studio.access import Caller, Identities, Scope, check

CONFIRM_SECONDS = 3.0
_log = logging.getLogger(__name__)

End = Callable[[], None]


class Guard:
    """Streams of the same session or key share one look-up, in a thread."""

    def __init__(self, confirm_seconds: float = CONFIRM_SECONDS) -> None:
        self._confirm_seconds = confirm_seconds
        self._held: dict[Caller, list[End]] = {}
        self._task: asyncio.Task[None] | None = None

    def hold(self, identities: Identities, caller: Caller, end: End) -> Callable[[], None]:
        """Call `end` when the caller may no longer. Returns what lets go of it."""
        self._held.setdefault(caller, []).append(end)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look_again(identities))

        def release() -> None:
            ends = self._held.get(caller, [])
            if end in ends:
                ends.remove(end)
            if not ends:
                self._held.pop(caller, None)
            if not self._held and self._task is not None:
                self._task.cancel()
                self._task = None

        return release

    async def _look_again(self, identities: Identities) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._confirm_seconds)
            for caller in await loop.run_in_executor(None, _revoked, identities, list(self._held)):
                for end in list(self._held.get(caller, ())):
                    end()


def _revoked(identities: Identities, callers: Iterable[Caller]) -> Sequence[Caller]:
    return [caller for caller in callers if not _still_may(identities, caller)]


def _still_may(identities: Identities, caller: Caller) -> bool:
    """One who sees less than at the start must open the stream anew."""
    try:
        now = identities.confirm(caller)
        check(now, [Scope.JOBS_READ])
    except (NotSignedIn, NotAllowed):
        return False
    except StoreUnavailable as error:
        _log.warning("Who holds a stream could not be confirmed; it is tried again: %s", error)
        return True
    return now.sees == caller.sees
