"""The thread that waits for the database, so that the one that looks after the workers never does."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from soundstage.runtime.duties import Duty
from soundstage.store.store import Store

LONGEST_PAUSE_SECONDS = 1.0
RETRY_SECONDS = 0.25
END_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Upkeep:
    """Puts back the parts of workers that are gone, and does the duties that are due.

    `on_work` is called when parts may have become ready, `on_lost` with the number of parts that were put back.
    """

    def __init__(
        self,
        store: Store,
        duties: Sequence[Duty],
        on_work: Callable[[], None],
        on_lost: Callable[[int], None] = lambda count: None,
    ) -> None:
        self._store = store
        self._duties = list(duties)
        self._on_work = on_work
        self._on_lost = on_lost
        self._gone: list[str] = []
        self._told: set[str] = set()
        self._changed = threading.Event()
        self._is_ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Put back what an earlier run left behind, then go on in a thread. Raises StoreUnavailable."""
        for worker_id in self._store.workers.list_ids():
            self._store.workers.lose(worker_id)
        self._thread.start()

    def put_back(self, worker_id: str) -> None:
        """Soon; again and again while the database is away."""
        self._gone.append(worker_id)
        self._changed.set()

    def end(self) -> None:
        """Put back what is left and stop; a database that does not answer is not waited for long."""
        self._is_ending.set()
        self._changed.set()
        self._thread.join(END_SECONDS)

    def _run(self) -> None:
        while not self._is_ending.is_set():
            self._put_back_gone()
            for duty in self._duties:
                if duty.run_if_due():
                    self._on_work()
            self._changed.wait(self._pause_seconds())
            self._changed.clear()
        self._put_back_gone()
        self._store.database.close()

    def _pause_seconds(self) -> float:
        now = time.monotonic()
        waits = [duty.seconds_until_due(now) for duty in self._duties]
        if self._gone:
            waits.append(RETRY_SECONDS)
        return max(0.0, min([LONGEST_PAUSE_SECONDS, *waits]))

    def _put_back_gone(self) -> None:
        for worker_id in list(self._gone):
            try:
                rescued = self._store.workers.lose(worker_id)
            except Exception as error:  # whatever is wrong with one, the others are put back
                level = logging.DEBUG if worker_id in self._told else logging.WARNING
                _log.log(level, "The parts of %s are not put back yet, it is tried again: %s", worker_id, error)
                self._told.add(worker_id)
                continue
            self._gone.remove(worker_id)
            if rescued:
                self._on_lost(rescued)
                self._on_work()
