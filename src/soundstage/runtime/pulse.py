"""The second thread of a worker: beats, lease and deadline, progress out, and the end of what must stop."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from soundstage.core.errors import Cancelled, LeaseLost, Released, SoundstageError, StageTimedOut, Stop
from soundstage.core.job import ErrorView
from soundstage.core.retry import RetryPolicy, retry_delay_seconds
from soundstage.core.states import JobState
from soundstage.runtime.link import Link
from soundstage.runtime.running import RunningAttempt
from soundstage.store.store import Store

HARD_STOP_EXIT_CODE = 75
"""Of a worker that ended itself because a stage did not stop when asked; its supervisor starts another."""


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
        end_children: Callable[[], None],
        exit_hard: Callable[[int], None] = os._exit,
    ) -> None:
        self._store = store
        self._link = link
        self._worker_id = worker_id
        self._times = times
        self._retry_policy_of = retry_policy_of
        self._end_children = end_children
        self._exit_hard = exit_hard
        self._changed = threading.Event()
        self._closed = threading.Event()
        self._running: RunningAttempt | None = None
        self._last_beat = 0.0
        self._last_look = 0.0
        self._last_save = 0.0
        self._saved_fraction = -1.0
        self._told = (-1.0, "")
        self.is_watched = False
        self.drain_deadline: float | None = None
        self.is_orphan = False

    def watch(self, running: RunningAttempt) -> None:
        now = time.monotonic()
        self._last_look = self._last_save = now
        self._saved_fraction = 0.0
        self._told = (0.0, "")
        self._running = running

    def unwatch(self) -> None:
        running, self._running = self._running, None
        if running is not None and running.lines:
            self._save(running)

    def wait_to_try_again(self, tries: int) -> bool:
        """Up to two seconds; False when the worker shuts down or was orphaned."""
        return not self._closed.wait(min(2.0, 0.05 * 2**tries)) and not self.is_orphan

    def wake(self) -> None:
        self._changed.set()

    def close(self) -> None:
        self._closed.set()
        self._changed.set()

    def run(self) -> None:
        while not self._closed.is_set():
            self._changed.wait(self._interval())
            self._changed.clear()
            try:
                self._round()
            except SoundstageError:
                # The database is away for a moment: the attempt goes on, the next round looks again.
                continue
        self._store.database.close()

    def _interval(self) -> float:
        is_telling = self._running is not None and self.is_watched
        return self._times.tick_seconds if is_telling else self._times.look_seconds

    def _round(self) -> None:
        now = time.monotonic()
        running = self._running
        if running is not None:
            self._enforce(running, now)
            self._tell(running)
        if now - self._last_beat >= self._times.beat_seconds:
            self._last_beat = now
            self._link.send(type="beat")
            self._store.workers.beat(self._worker_id)
        if running is not None and running.stop is None:
            self._look(running, now)
            if now - self._last_save >= self._times.save_seconds:
                self._last_save = now
                self._save(running)

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
            self._end_children()
        if overtime >= self._times.stop_grace_seconds:
            self._give_up(running)

    def _give_up(self, running: RunningAttempt) -> None:
        if running.stop is Released:
            # Where this fails, the supervisor finds the part and puts it back.
            with contextlib.suppress(SoundstageError):
                self._store.parts.release(running.claim)
        self._exit_hard(HARD_STOP_EXIT_CODE)

    def _look(self, running: RunningAttempt, now: float) -> None:
        if running.is_overdue:
            self._time_out(running)
        elif now - self._last_look >= self._times.look_seconds:
            self._last_look = now
            state = self._store.parts.lease_state(running.claim)
            if self._running is not running:
                return
            if state is None:
                running.ask_to_stop(Cancelled)
            running.wants_release = state is JobState.PAUSED or self.drain_deadline is not None

    def _time_out(self, running: RunningAttempt) -> None:
        """Close the attempt first, then stop the stage: what it does from now on is refused."""
        claim = running.claim
        error = StageTimedOut(
            f"Stage {running.stage_key} ran longer than its {running.timeout_seconds:g} seconds and was stopped."
        )
        delay = retry_delay_seconds(self._retry_policy_of(running), error.retryable, claim.failures + 1)
        with contextlib.suppress(LeaseLost):
            self._store.parts.fail(claim, ErrorView(error.code, error.message, error.hint), delay, None)
        self._ask(running, Cancelled)

    def _ask(self, running: RunningAttempt, kind: type[Stop]) -> None:
        if self._running is running:
            running.ask_to_stop(kind)

    def _tell(self, running: RunningAttempt) -> None:
        tick = (running.fraction, running.message or "")
        if not self.is_watched or tick == self._told:
            return
        self._told = tick
        claim = running.claim
        self._link.send(
            type="tick",
            job=claim.job_id,
            part=claim.part_id,
            attempt=claim.attempt,
            fraction=running.fraction,
            message=running.message,
        )

    def _save(self, running: RunningAttempt) -> None:
        lines = running.take_lines()
        if running.fraction == self._saved_fraction and not lines:
            return
        self._saved_fraction = running.fraction
        self._store.parts.record_progress(running.claim, running.fraction, running.message, lines)
