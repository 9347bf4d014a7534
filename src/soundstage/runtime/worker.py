"""A worker process: woken by its supervisor, it claims and runs parts until none is left."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from soundstage.blobs.folder import FolderBlobs
from soundstage.core.errors import SoundstageError
from soundstage.core.retry import RetryPolicy
from soundstage.runtime.attempt import AttemptRunner, Pipelines
from soundstage.runtime.context import Engines
from soundstage.runtime.link import Link
from soundstage.runtime.pulse import Pulse, PulseTimes
from soundstage.runtime.running import RunningAttempt
from soundstage.store.claims import Claim, WorkerSlot
from soundstage.store.store import Store


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """The slice of the settings that a worker needs."""

    work_folder: Path
    queues: Sequence[str] = ("cpu", "gpu", "io")
    times: PulseTimes = field(default_factory=PulseTimes)


class Worker:
    """Two threads beside the one that runs stages: the pulse, and a listener for the supervisor's words."""

    def __init__(
        self,
        link: Link,
        store: Store,
        blobs: FolderBlobs,
        pipelines: Pipelines,
        engines: Engines,
        settings: WorkerSettings,
        end_children: Callable[[], None],
    ) -> None:
        self._link = link
        self._store = store
        self._pipelines = pipelines
        self.slot = WorkerSlot(f"worker_{os.getpid()}_{secrets.token_hex(4)}", tuple(settings.queues))
        self._rung = threading.Event()
        self._rings = 0
        self._pulse = Pulse(store, link, self.slot.worker_id, settings.times, self._retry_policy_of, end_children)
        self._runner = AttemptRunner(store, blobs, pipelines, engines, self._pulse, self.slot, settings.work_folder)

    def run(self) -> None:
        """Until drained. Leaves no part behind and no row of its own."""
        signal.signal(signal.SIGTERM, lambda *_: self._drain(0.0))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._store.workers.register(self.slot, socket.gethostname(), os.getpid())
        self._link.send(type="hello", worker=self.slot.worker_id)
        for target in (self._pulse.run, self._listen):
            threading.Thread(target=target, daemon=True, name=target.__name__).start()
        try:
            while not self._is_draining:
                self._work()
                self._wait_for_ring()
        finally:
            self._pulse.close()
            self._store.workers.lose(self.slot.worker_id)

    @property
    def _is_draining(self) -> bool:
        return self._pulse.drain_deadline is not None or self._pulse.is_orphan

    def _work(self) -> None:
        """Claim and run until no part is left for these queues."""
        claim = self._claim()
        while claim is not None and not self._is_draining:
            following = self._runner.run(claim)
            self._announce(claim, following)
            claim = following or self._claim()
        if claim is not None:
            self._store.parts.release(claim)
            self._announce(claim, None)

    def _claim(self) -> Claim | None:
        if self._is_draining:
            return None
        tries = 0
        while True:
            try:
                claim = self._store.parts.claim(self.slot)
            except SoundstageError:
                tries += 1
                if not self._pulse.wait_to_try_again(tries):
                    return None
                continue
            if claim is not None:
                self._announce(claim, None)
            return claim

    def _announce(self, done: Claim, following: Claim | None) -> None:
        """Wake other workers where there may be more to do, and tell who watches."""
        if done.role == "list":
            self._link.send(type="ring")
        if self._pulse.is_watched:
            for job_id in {done.job_id, following.job_id if following else done.job_id}:
                self._link.send(type="facts", job=job_id)

    def _wait_for_ring(self) -> None:
        if self._is_draining:
            return
        self._link.send(type="idle", rings=self._rings)
        self._rung.wait()
        self._rung.clear()

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
            case {"type": "look"}:
                self._pulse.wake()

    def _drain(self, seconds: float) -> None:
        self._pulse.drain_deadline = time.monotonic() + seconds
        self._pulse.wake()
        self._rung.set()

    def _retry_policy_of(self, running: RunningAttempt) -> RetryPolicy:
        return self._pipelines.get(running.claim.pipeline).stages[running.claim.stage].retry
