"""Starts worker processes, rings them, sees them exit at once, and keeps what is due moving."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from soundstage.core.crashpoints import crashpoint
from soundstage.core.errors import SoundstageError
from soundstage.core.events import Tick
from soundstage.runtime.duties import Duty
from soundstage.runtime.link import Link, Message
from soundstage.store.store import Store

FROZEN_AFTER_SECONDS = 15.0
YOUNG_SECONDS = 2.0
MAX_RESTART_DELAY_SECONDS = 10.0


@dataclass(slots=True)
class WorkerProcess:
    """A child process and what is known of it."""

    process: subprocess.Popen[bytes]
    link: Link
    pidfd: int
    started_at: float
    heard_at: float
    worker_id: str | None = None
    is_idle: bool = False


@dataclass(slots=True)
class Listeners:
    """Who is told what workers say; both are called from the supervisor's thread."""

    facts: Callable[[str], None] = field(default=lambda job_id: None)
    tick: Callable[[Tick], None] = field(default=lambda tick: None)


class Supervisor:
    """One thread over all workers of this machine. `spawn` starts a worker that speaks over the given socket."""

    def __init__(
        self,
        store: Store,
        spawn: Callable[[socket.socket], subprocess.Popen[bytes]],
        worker_count: int,
        duties: Sequence[Duty],
        shutdown_grace_seconds: float,
    ) -> None:
        self._store = store
        self._spawn = spawn
        self._worker_count = worker_count
        self._duties = list(duties)
        self._grace_seconds = shutdown_grace_seconds
        self._selector = selectors.DefaultSelector()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.setblocking(False)
        self._wake_in.setblocking(False)
        self._workers: dict[int, WorkerProcess] = {}
        self._rings = 0
        self._handled_rings = 0
        self._young_exits = 0
        self._next_start_at = 0.0
        self._is_stopping = threading.Event()
        self._is_watched = False
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)
        self.listeners = Listeners()

    def start(self) -> None:
        """Put back what an earlier run of this home left behind, then start the workers."""
        for worker_id in self._store.workers.list_ids():
            self._store.workers.lose(worker_id)
        self._selector.register(self._wake_out, selectors.EVENT_READ, self._hear_wake)
        self._thread.start()

    def ring(self) -> None:
        """There may be work. Safe from any thread, and cheap; lost or repeated rings cost delay at most."""
        crashpoint("ring.before")
        self._rings += 1
        with contextlib.suppress(BlockingIOError, OSError):
            self._wake_in.send(b"r")
        crashpoint("ring.after")

    def watch(self, on: bool) -> None:
        """Whether anybody wants ticks and announcements."""
        if on is not self._is_watched:
            self._is_watched = on
            for worker in list(self._workers.values()):
                worker.link.send(type="watched", on=on)

    def pids(self) -> list[int]:
        return [worker.process.pid for worker in list(self._workers.values())]

    def add_source(self, file: socket.socket, callback: Callable[[], None]) -> None:
        """Also serve this socket in the supervisor's thread; before `start`."""
        self._selector.register(file, selectors.EVENT_READ, callback)

    def stop(self) -> None:
        """Drain: running parts may finish within the grace, the rest are handed back."""
        self._is_stopping.set()
        with contextlib.suppress(OSError):
            self._wake_in.send(b"s")
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            self._keep_staffed()
            self._serve(timeout_seconds=self._next_wake_seconds())
            self._ring_idle()
            self._end_frozen()
            for duty in self._duties:
                if duty.run_if_due():
                    self._rings += 1
            self._ring_idle()
        self._drain()
        self._store.database.close()

    def _serve(self, timeout_seconds: float) -> None:
        for key, _ in self._selector.select(timeout_seconds):
            callback: Callable[[], None] = key.data
            callback()

    def _next_wake_seconds(self) -> float:
        now = time.monotonic()
        waits = [duty.seconds_until_due(now) for duty in self._duties]
        if len(self._workers) < self._worker_count:
            waits.append(self._next_start_at - now)
        return max(0.0, min([1.0, *waits]))

    def _hear_wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._wake_out.recv(65536)

    def _keep_staffed(self) -> None:
        while len(self._workers) < self._worker_count and time.monotonic() >= self._next_start_at:
            self._start_worker()

    def _start_worker(self) -> None:
        ours, theirs = socket.socketpair()
        crashpoint("spawn.before")
        process = self._spawn(theirs)
        crashpoint("spawn.after")
        theirs.close()
        now = time.monotonic()
        worker = WorkerProcess(process, Link(ours), os.pidfd_open(process.pid), started_at=now, heard_at=now)
        self._workers[process.pid] = worker
        self._selector.register(worker.pidfd, selectors.EVENT_READ, lambda: self._see_exit(worker))
        self._selector.register(worker.link, selectors.EVENT_READ, lambda: self._hear(worker))

    def _hear(self, worker: WorkerProcess) -> None:
        messages = worker.link.receive()
        if messages is None:
            with contextlib.suppress(KeyError):
                self._selector.unregister(worker.link)
            return
        worker.heard_at = time.monotonic()
        for message in messages:
            self._act_on(worker, message)

    def _act_on(self, worker: WorkerProcess, message: Message) -> None:
        match message:
            case {"type": "hello", "worker": str(worker_id)}:
                worker.worker_id = worker_id
                worker.link.send(type="watched", on=self._is_watched)
            case {"type": "idle", "rings": int(rings)}:
                worker.is_idle = True
                if rings < self._rings:
                    self._ring_worker(worker)
            case {"type": "ring"}:
                self._rings += 1
            case {"type": "facts", "job": str(job_id)}:
                self.listeners.facts(job_id)
            case {"type": "tick", **tick}:
                self.listeners.tick(Tick(tick["job"], tick["part"], tick["attempt"], tick["fraction"], tick["message"]))

    def _ring_idle(self) -> None:
        if self._handled_rings == self._rings:
            return
        self._handled_rings = self._rings
        for worker in self._workers.values():
            if worker.is_idle:
                self._ring_worker(worker)

    def _ring_worker(self, worker: WorkerProcess) -> None:
        worker.is_idle = False
        worker.link.send(type="ring", rings=self._rings)

    def _see_exit(self, worker: WorkerProcess) -> None:
        """A worker is gone: end its children, put its parts back, start another."""
        worker.process.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.process.pid, signal.SIGKILL)
        for watched in (worker.pidfd, worker.link):
            with contextlib.suppress(KeyError):
                self._selector.unregister(watched)
        os.close(worker.pidfd)
        worker.link.close()
        del self._workers[worker.process.pid]
        self._delay_restart(worker)
        self._put_back(worker)

    def _delay_restart(self, worker: WorkerProcess) -> None:
        """At once, unless workers die as soon as they start."""
        now = time.monotonic()
        is_young = worker.worker_id is None and now - worker.started_at < YOUNG_SECONDS
        self._young_exits = self._young_exits + 1 if is_young else 0
        delay = min(MAX_RESTART_DELAY_SECONDS, 0.25 * 2**self._young_exits) if is_young else 0.0
        self._next_start_at = now + delay

    def _put_back(self, worker: WorkerProcess) -> None:
        if worker.worker_id is None:
            return
        try:
            rescued = self._store.workers.lose(worker.worker_id)
        except SoundstageError:
            return  # the sweep for silent workers does it when the database is back
        if rescued:
            self._rings += 1

    def _end_frozen(self) -> None:
        """A worker that has stopped beating may hold the database's write turn: it is ended."""
        now = time.monotonic()
        for worker in list(self._workers.values()):
            if now - worker.heard_at > FROZEN_AFTER_SECONDS:
                with contextlib.suppress(ProcessLookupError):
                    worker.process.kill()

    def _drain(self) -> None:
        for worker in self._workers.values():
            worker.link.send(type="drain", seconds=self._grace_seconds)
        deadline = time.monotonic() + self._grace_seconds + 3.0
        self._worker_count = 0
        while self._workers and time.monotonic() < deadline:
            self._serve(timeout_seconds=max(0.0, deadline - time.monotonic()))
        for worker in list(self._workers.values()):
            worker.process.kill()
            self._see_exit(worker)
