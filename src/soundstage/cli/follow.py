"""Following a job to its end: pictures of it from the database, with the reports of workers of this process."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Generator
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from soundstage.cli.desk.contract import Picture
from soundstage.cli.rail import with_ticks
from soundstage.core.errors import HomeInUse
from soundstage.core.events import Event, Tick
from soundstage.core.job import JobView

if TYPE_CHECKING:
    from soundstage.bootstrap.studio import Studio

PICTURE_SECONDS = 0.1
LOOK_SECONDS = 0.3
WORKER_LOG = "workers.log"
TAKE_OVER_SECONDS = 1.0


class Interrupts:
    """While it is open, the first SIGINT or SIGTERM is only remembered; the next does what it did before."""

    def __init__(self) -> None:
        self.received: signal.Signals | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._remember)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _remember(self, number: int, frame: FrameType | None) -> None:
        self.received = signal.Signals(number)
        for known, before in self._before.items():
            signal.signal(known, before)


class Follower:
    """Ten pictures of one job a second. Runs the workers itself for as long as no other process serves the home.

    The database is read when a worker of this process tells of a change, and otherwise three times a second.
    """

    def __init__(self, studio: Studio, job_id: str) -> None:
        self._studio = studio
        self._job_id = job_id
        self._ticks: dict[int, Tick] = {}
        self._changed = threading.Event()
        self._last_seq = 0
        self._job: JobView | None = None
        self._next_look = 0.0
        self._next_take_over = 0.0

    def pictures(self) -> Generator[Picture]:
        """Until the job has ended; its last picture is that of the end."""
        while True:
            picture = self._look()
            yield picture
            if picture.job.state.is_final:
                return
            self._take_over()
            if self._changed.wait(PICTURE_SECONDS):
                self._changed.clear()
                self._next_look = 0.0

    def _look(self) -> Picture:
        now = time.monotonic()
        if self._job is None or now >= self._next_look:
            self._next_look = now + LOOK_SECONDS
            self._job = self._studio.jobs.get(self._job_id)
        job = self._job
        events: list[Event] = []
        while missing := job.last_seq - self._last_seq:
            batch = self._studio.jobs.events(self._job_id, self._last_seq, limit=missing)
            if not batch:
                break  # the job was deleted in the meantime; the next look says so
            events += batch
            self._last_seq = batch[-1].seq
        return Picture(with_ticks(job, self._ticks), events)

    def _take_over(self) -> None:
        """Become the one that runs the workers, where nobody does (any more)."""
        now = time.monotonic()
        if self._studio.supervisor is not None or now < self._next_take_over:
            return
        self._next_take_over = now + TAKE_OVER_SECONDS
        try:
            self._studio.own_home()
        except HomeInUse:
            return
        # Beside the rail there is no room for what workers say.
        supervisor = self._studio.start_workers(log_to=self._studio.home.run / WORKER_LOG)
        supervisor.listeners.facts = self._hear_fact
        supervisor.listeners.tick = self._hear_tick
        supervisor.watch(on=True)

    def _hear_fact(self, job_id: str) -> None:
        if job_id == self._job_id:
            self._changed.set()

    def _hear_tick(self, tick: Tick) -> None:
        if tick.job_id == self._job_id:
            self._ticks[tick.part_id] = tick
