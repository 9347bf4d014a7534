"""The second thread of a worker: beats, lease and deadline, progress out, and the end of what must stop."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from soundstage.core.errors import Cancelled, LeaseLost, Released, SoundstageError, StageTimedOut
from soundstage.core.job import ErrorView
from soundstage.core.retry import RetryPolicy, retry_delay_seconds
from soundstage.core.states import JobState
from soundstage.runtime.link import Link
from soundstage.runtime.running import RunningAttempt
from soundstage.store.store import Store

HARD_STOP_EXIT_CODE = 75
"""Of a worker that ended itself because a stage did not stop when asked; its supervisor starts another."""

NO_PULSE_EXIT_CODE = 70
"""Of a worker that could not be stopped any more, because its pulse failed."""

MAX_TRY_DELAY_SECONDS = 2.0

_log = logging.getLogger(__name__)


class EndChildren(Protocol):
    """Ends the child processes of this worker; who waits for one gets the reason."""

    def __call__(self, reason: BaseException, grace_seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class PulseTimes:
    """How often the pulse does what, and how long a stage has to stop by itself, all in seconds."""

    beat_seconds: float = 5.0
    look_seconds: float = 0.25
    tick_seconds: float = 0.1
    save_seconds: float = 1.0
    stop_grace_seconds: float = 1.5


class Pulse:
    """Implements attempt.Watcher. `run` is the thread."""

    def __init__(
        self,
        store: Store,
        link: Link,
        worker_id: str,
        times: PulseTimes,
        retry_policy_of: Callable[[RunningAttempt], RetryPolicy],
        enlist: Callable[[], None],
        end_children: EndChildren,
        exit_hard: Callable[[int], None] = os._exit,
        tell: Callable[[], None] = lambda: None,
    ) -> None:
        """`enlist` makes the worker known again where it was declared lost; `tell` is called in each round."""
        self._store = store
        self._link = link
        self._worker_id = worker_id
        self._times = times
        self._retry_policy_of = retry_policy_of
        self._enlist = enlist
        self._end_children = end_children
        self._exit_hard = exit_hard
        self._tell_ends = tell
        self._changed = threading.Event()
        self._closed = threading.Event()
        self._turn = threading.Lock()
        self._saving = threading.Lock()
        self._running: RunningAttempt | None = None
        self._last_beat = 0.0
        self._last_look = 0.0
        self._last_save = 0.0
        self.is_watched = False
        self.drain_deadline: float | None = None
        self.is_orphan = False

    @property
    def is_draining(self) -> bool:
        return self.drain_deadline is not None or self.is_orphan

    def watch(self, running: RunningAttempt) -> None:
        self._last_look = self._last_save = time.monotonic()
        self._running = running

    def unwatch(self) -> None:
        """From here on nothing is ended for the sake of this attempt."""
        with self._turn:
            self._running = None

    def save_lines(self) -> None:
        running = self._running
        if running is not None and running.lines:
            self._save(running)

    def wait_to_try_again(self, tries: int) -> bool:
        """Up to two seconds; False when the worker shuts down or was orphaned."""
        seconds = min(MAX_TRY_DELAY_SECONDS, 0.05 * 2 ** min(tries, 6))
        return not self._closed.wait(seconds) and not self.is_orphan

    def wake(self) -> None:
        self._changed.set()

    def close(self) -> None:
        self._closed.set()
        self._changed.set()

    def run(self) -> None:
        """Rounds until closed. A worker whose pulse fails cannot be stopped any more, so it ends."""
        try:
            while not self._closed.is_set():
                self._changed.wait(self._interval())
                self._changed.clear()
                # While the database is away the attempt goes on, and the next round looks again.
                with contextlib.suppress(SoundstageError, OSError):
                    self._round()
        except Exception:  # the process ends with it, whatever it was
            _log.exception("The pulse of %s failed: the worker ends.", self._worker_id)
            self._exit_hard(NO_PULSE_EXIT_CODE)
        finally:
            self._store.database.close()

    def _interval(self) -> float:
        is_telling = self._running is not None and self.is_watched
        return self._times.tick_seconds if is_telling else self._times.look_seconds

    def _round(self) -> None:
        now = time.monotonic()
        running = self._running
        self._tell_ends()
        if running is not None:
            self._enforce(running, now)
            self._tell(running)
        if now - self._last_beat >= self._times.beat_seconds:
            self._last_beat = now
            self._beat()
        if running is not None and running.stop is None:
            self._look(running, now)
            if now - self._last_save >= self._times.save_seconds:
                self._last_save = now
                self._save(running)

    def _beat(self) -> None:
        """A worker that was declared lost lives after all: what it ran is not its own any more, what it claims is."""
        if not self._store.workers.beat(self._worker_id) and not self.is_orphan:
            self._enlist()

    def _enforce(self, running: RunningAttempt, now: float) -> None:
        """Stop what must stop: first by asking, then by ending its children, then by ending this process."""
        if self.is_orphan:
            running.ask_to_stop(Released)
        if self.drain_deadline is not None:
            running.wants_release = True
            if now >= self.drain_deadline:
                running.ask_to_stop(Released)
        if running.stop_since_monotonic is None:
            return
        overtime = now - running.stop_since_monotonic
        if overtime >= self._times.stop_grace_seconds / 2:
            self._end(running, overtime)

    def _end(self, running: RunningAttempt, overtime_seconds: float) -> None:
        with self._turn:
            if self._running is not running:
                return
            reason = running.stop or Cancelled
            self._end_children(reason(), self._times.stop_grace_seconds / 2)
            if overtime_seconds >= self._times.stop_grace_seconds:
                self._give_up(running)

    def _give_up(self, running: RunningAttempt) -> None:
        if running.stop is Released:
            # Where this fails, the supervisor finds the part and puts it back.
            with contextlib.suppress(SoundstageError, OSError):
                self._save(running)
                self._store.parts.release(running.claim)
        self._exit_hard(HARD_STOP_EXIT_CODE)

    def _look(self, running: RunningAttempt, now: float) -> None:
        if running.is_overdue:
            self._time_out(running)
        elif now - self._last_look >= self._times.look_seconds:
            self._last_look = now
            state = self._store.parts.lease_state(running.claim)
            if state is None:
                running.ask_to_stop(Cancelled)
            running.wants_release = state is JobState.PAUSED or self.is_draining

    def _time_out(self, running: RunningAttempt) -> None:
        """Close the attempt first, then stop the stage: what it does from now on is refused."""
        claim = running.claim
        error = StageTimedOut(
            f"Stage {running.stage_key} ran longer than its {running.timeout_seconds:g} seconds and was stopped."
        )
        delay = retry_delay_seconds(self._retry_policy_of(running), error.retryable, claim.failures + 1)
        self._save(running)
        with contextlib.suppress(LeaseLost):
            self._store.parts.fail(claim, ErrorView(error.code, error.message, error.hint), delay, None)
        running.ask_to_stop(Cancelled)

    def _tell(self, running: RunningAttempt) -> None:
        if self.is_watched and running.has_kept_more:
            running.has_kept_more = False
            self._link.send(type="facts", job=running.claim.job_id)
        tick = (running.counted_fraction, running.message or "")
        if not self.is_watched or tick == running.told:
            return
        running.told = tick
        claim = running.claim
        self._link.send(
            type="tick",
            job=claim.job_id,
            part=claim.part_id,
            attempt=claim.attempt,
            fraction=running.counted_fraction,
            message=running.message,
            stage=running.stage_key,
            item=claim.item_index,
        )

    def _save(self, running: RunningAttempt) -> None:
        with self._saving:
            fraction, lines = running.fraction, running.lines[:]
            if fraction == running.saved_fraction and not lines:
                return
            self._store.parts.record_progress(running.claim, fraction, running.message, lines)
            running.saved_fraction = fraction
            del running.lines[: len(lines)]
