"""A worker process: woken by its supervisor, it claims and runs parts until none is left."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from soundstage.blobs.contract import Blobs
from soundstage.core.errors import SoundstageError
from soundstage.core.retry import RetryPolicy
from soundstage.core.traces import NoTracer, Tracer
from soundstage.runtime.attempt import AttemptRunner, Pipelines
from soundstage.runtime.context import Engines
from soundstage.runtime.link import Link
from soundstage.runtime.observing import Observer
from soundstage.runtime.pulse import EndChildren, Pulse, PulseTimes
from soundstage.runtime.running import RunningAttempt
from soundstage.runtime.workroom import open_workroom
from soundstage.store.claims import Claim, WorkerSlot
from soundstage.store.store import Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """The slice of the settings that a worker needs."""

    work_folder: Path
    queues: Sequence[str] = ("cpu", "gpu", "io")
    times: PulseTimes = field(default_factory=PulseTimes)


class Worker:
    """Three threads beside the one that runs stages: the pulse, and listeners for the supervisor and for signals."""

    def __init__(
        self,
        link: Link,
        store: Store,
        blobs: Blobs,
        pipelines: Pipelines,
        engines: Engines,
        settings: WorkerSettings,
        end_children: EndChildren,
        tracer: Tracer | None = None,
    ) -> None:
        self._link = link
        self._store = store
        self._pipelines = pipelines
        self.slot = WorkerSlot(f"worker_{os.getpid()}_{secrets.token_hex(4)}", tuple(settings.queues))
        self._rung = threading.Event()
        self._rings = 0
        self._is_idle = False
        self._signals, self._signalled = socket.socketpair()
        self._observer = Observer(link, tracer or NoTracer(), store.orders.trace_of)
        self._pulse = Pulse(
            store,
            link,
            self.slot.worker_id,
            settings.times,
            self._retry_policy_of,
            self._enlist,
            end_children,
            tell=self._observer.send_ends,
        )
        room = open_workroom(settings.work_folder, self.slot.worker_id)
        self._runner = AttemptRunner(
            store, blobs, pipelines, engines, self._pulse, self.slot, room, self._observer.observe
        )

    def run(self) -> None:
        """Until drained. Leaves no part behind and no row of its own."""
        self._catch_signals()
        self._enlist()
        self._link.send(type="hello", worker=self.slot.worker_id)
        for target in (self._pulse.run, self._listen, self._hear_signals):
            threading.Thread(target=target, daemon=True, name=target.__name__).start()
        try:
            while not self._pulse.is_draining:
                self._work()
                self._wait_for_ring()
        finally:
            self._pulse.close()
            self._observer.send_ends()
            # Where the database is away, the supervisor does it when it is back.
            with contextlib.suppress(SoundstageError, OSError):
                self._store.workers.lose(self.slot.worker_id)

    def _enlist(self) -> None:
        self._store.workers.register(self.slot, socket.gethostname(), os.getpid())

    def _catch_signals(self) -> None:
        """SIGTERM is heard by a thread: a handler would run in the midst of the main one, and of the locks it holds."""
        self._signalled.setblocking(False)
        signal.set_wakeup_fd(self._signalled.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def _work(self) -> None:
        """Claim and run until no part is left for these queues."""
        claim = self._claim()
        while claim is not None:
            if self._pulse.is_draining:
                self._runner.release(claim)
                self._announce(claim, None)
                return
            following = self._runner.run(claim)
            self._announce(claim, following)
            claim = following or self._claim()

    def _claim(self) -> Claim | None:
        tries = 0
        while not self._pulse.is_draining:
            try:
                claim = self._store.parts.claim(self.slot)
            except Exception as error:  # a worker that ended here would be started again, only to end again
                tries += 1
                is_foreseen = isinstance(error, SoundstageError)
                _log.warning("No part could be claimed, it is tried again: %s", error, exc_info=not is_foreseen)
                if not self._pulse.wait_to_try_again(tries):
                    return None
                continue
            if claim is not None:
                self._announce(claim, None)
            return claim
        return None

    def _announce(self, done: Claim, following: Claim | None) -> None:
        """Wake other workers where there may be more to do, and tell who watches."""
        if done.role == "list":
            self._link.send(type="ring")
        if self._pulse.is_watched:
            for job_id in {done.job_id, following.job_id if following else done.job_id}:
                self._link.send(type="facts", job=job_id)

    def _wait_for_ring(self) -> None:
        if self._pulse.is_draining:
            return
        self._is_idle = True
        self._link.send(type="idle", rings=self._rings)
        self._rung.wait()
        self._rung.clear()
        self._is_idle = False

    def _listen(self) -> None:
        while True:
            messages = self._link.receive()
            if messages is None:
                self._pulse.is_orphan = True
                self._pulse.wake()
                self._rung.set()
                return
            for message in messages:
                self._hear(message)

    def _hear(self, message: dict[str, object]) -> None:
        match message:
            case {"type": "ring", "rings": int(rings)}:
                self._rings = rings
                self._rung.set()
            case {"type": "watched", "on": bool(on)}:
                self._pulse.is_watched = on
            case {"type": "drain", "seconds": float(seconds) | int(seconds)}:
                self._drain(seconds)
            case {"type": "ping"}:
                self._link.send(type="pong")
                if self._is_idle:
                    self._link.send(type="idle", rings=self._rings)

    def _hear_signals(self) -> None:
        while self._signals.recv(1):
            self._drain(0.0)

    def _drain(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        self._pulse.drain_deadline = min(deadline, self._pulse.drain_deadline or deadline)
        self._pulse.wake()
        self._rung.set()

    def _retry_policy_of(self, running: RunningAttempt) -> RetryPolicy:
        return self._pipelines.get(running.claim.pipeline).stages[running.claim.stage].retry
