"""Starts worker processes, rings them, sees them exit at once, and ends those that do not answer."""

from __future__ import annotations

import contextlib
import logging
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
from soundstage.core.events import Tick
from soundstage.runtime.duties import Duty
from soundstage.runtime.link import Link, Message
from soundstage.runtime.upkeep import Upkeep
from soundstage.store.store import Store

FROZEN_AFTER_SECONDS = 15.0
DEAF_AFTER_SECONDS = 1.0
PING_SECONDS = 0.5
STARTUP_SECONDS = 60.0
LONGEST_TURN_SECONDS = 2.0
FAILED_TURN_SECONDS = 0.5
NOTABLE_YOUNG_EXITS = 3
MAX_RESTART_DELAY_SECONDS = 10.0

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class WorkerProcess:
    """A child process and what is known of it. `asked_at` is when it was pinged and has not answered since."""

    process: subprocess.Popen[bytes]
    link: Link
    pidfd: int
    asked_at: float
    worker_id: str | None = None
    is_idle: bool = False

    def silent_seconds(self, now: float) -> float:
        return now - self.asked_at if self.asked_at else 0.0


@dataclass(slots=True)
class Listeners:
    """Who is told what workers say, from the supervisor's thread, and how many parts were lost with workers.

    `ended` gets the pipeline, the stage, the result and the seconds of an attempt.
    """

    facts: Callable[[str], None] = field(default=lambda job_id: None)
    tick: Callable[[Tick], None] = field(default=lambda tick: None)
    ended: Callable[[str, str, str, float], None] = field(default=lambda *end: None)
    lost: Callable[[int], None] = field(default=lambda count: None)


class Supervisor:
    """One thread over all workers of this machine. `spawn` starts a worker that speaks over the given socket.

    The thread never waits for the database: a frozen worker may hold it, and is ended by this thread.
    """

    def __init__(
        self,
        store: Store,
        spawn: Callable[[socket.socket], subprocess.Popen[bytes]],
        worker_count: int,
        duties: Sequence[Duty],
        shutdown_grace_seconds: float,
        frozen_after_seconds: float = FROZEN_AFTER_SECONDS,
    ) -> None:
        self._store = store
        self._spawn = spawn
        self._worker_count = worker_count
        self._grace_seconds = shutdown_grace_seconds
        self._frozen_after_seconds = frozen_after_seconds
        self._selector = selectors.DefaultSelector()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.setblocking(False)
        self._wake_in.setblocking(False)
        self._workers: dict[int, WorkerProcess] = {}
        self._condemned: set[str] = set()
        self._ring_lock = threading.Lock()
        self._rings = 0
        self._handled_rings = 0
        self._young_exits = 0
        self._next_start_at = 0.0
        self._next_ping_at = 0.0
        self._last_turn_at = time.monotonic()
        self._is_stopping = threading.Event()
        self._is_watched = False
        deaf = Duty("end workers that neither answer nor hold a part", PING_SECONDS / 2, self._condemn_deaf)
        self._upkeep = Upkeep(store, [*duties, deaf], self.ring, lambda count: self.listeners.lost(count))
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)
        self.listeners = Listeners()

    def start(self) -> None:
        """Put back what an earlier run of this home left behind, then start the workers. Raises StoreUnavailable."""
        self._upkeep.start()
        self._selector.register(self._wake_out, selectors.EVENT_READ, self._hear_wake)
        self._thread.start()

    def ring(self) -> None:
        """There may be work. Safe from any thread, and cheap; lost or repeated rings cost delay at most."""
        crashpoint("ring.before")
        with self._ring_lock:
            self._rings += 1
        self._wake()
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
        """Also serve this socket in the supervisor's thread, which closes it at its end; before `start`."""
        self._selector.register(file, selectors.EVENT_READ, callback)

    def stop(self) -> None:
        """Drain: running parts may finish within the grace, the rest are handed back. Again, it does nothing."""
        self._is_stopping.set()
        self._wake()
        if self._thread.is_alive():
            self._thread.join()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._wake_in.send(b"w")

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            self._go_on_after_errors(self._take_turn)
        self._drain()
        self._upkeep.end()
        for watched in list(self._selector.get_map().values()):
            if isinstance(watched.fileobj, socket.socket):
                watched.fileobj.close()
        self._selector.close()
        self._wake_in.close()

    def _go_on_after_errors(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception:  # nothing may end the thread that looks after the workers
            _log.exception("The supervisor met an error and goes on.")
            self._is_stopping.wait(FAILED_TURN_SECONDS)

    def _take_turn(self) -> None:
        self._keep_staffed()
        self._serve(timeout_seconds=self._next_wake_seconds())
        self._ring_idle()
        self._ping()
        self._end_silent()

    def _serve(self, timeout_seconds: float) -> None:
        for key, _ in self._selector.select(timeout_seconds):
            # What came before in this list may have unregistered it.
            if key.fd in self._selector.get_map():
                callback: Callable[[], None] = key.data
                callback()

    def _next_wake_seconds(self) -> float:
        now = time.monotonic()
        waits = [self._next_ping_at - now]
        if len(self._workers) < self._worker_count:
            waits.append(self._next_start_at - now)
        return max(0.0, min(waits))

    def _hear_wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._wake_out.recv(65536)

    def _keep_staffed(self) -> None:
        while len(self._workers) < self._worker_count and time.monotonic() >= self._next_start_at:
            self._start_worker()

    def _start_worker(self) -> None:
        ours, theirs = socket.socketpair()
        try:
            crashpoint("spawn.before")
            process = self._spawn(theirs)
            crashpoint("spawn.after")
            self._watch_over(process, ours)
        except OSError as error:
            _log.warning("A worker could not be started; it is tried again: %s", error)
            ours.close()
            self._delay_restart(is_young=True)
        finally:
            theirs.close()

    def _watch_over(self, process: subprocess.Popen[bytes], link: socket.socket) -> None:
        try:
            pidfd = os.pidfd_open(process.pid)
        except OSError:
            process.kill()
            process.wait()
            raise
        worker = WorkerProcess(process, Link(link), pidfd, asked_at=time.monotonic())
        self._workers[process.pid] = worker
        self._selector.register(worker.pidfd, selectors.EVENT_READ, lambda: self._see_exit(worker))
        self._selector.register(worker.link, selectors.EVENT_READ, lambda: self._hear(worker))

    def _hear(self, worker: WorkerProcess) -> None:
        messages = worker.link.receive()
        if messages is None:
            self._selector.unregister(worker.link)
            return
        for message in messages:
            self._act_on(worker, message)

    def _act_on(self, worker: WorkerProcess, message: Message) -> None:
        match message:
            case {"type": "hello", "worker": str(worker_id)}:
                worker.worker_id = worker_id
                worker.asked_at = 0.0
                worker.link.send(type="watched", on=self._is_watched)
            case {"type": "pong"}:
                worker.asked_at = 0.0
            case {"type": "idle", "rings": int(rings)}:
                worker.is_idle = True
                if rings < self._rings:
                    self._ring_worker(worker)
            case {"type": "ring"}:
                with self._ring_lock:
                    self._rings += 1
            case {"type": "facts", "job": str(job_id)}:
                self.listeners.facts(job_id)
            case {"type": "ended", "attempts": list(ends)}:
                for end in ends:
                    self.listeners.ended(*end)
            case {"type": "tick", **tick}:
                self.listeners.tick(_tick_of(tick))

    def _ring_idle(self) -> None:
        if self._handled_rings == self._rings:
            return
        self._handled_rings = self._rings
        for worker in self._workers.values():
            if worker.is_idle:
                self._ring_worker(worker)

    def _ring_worker(self, worker: WorkerProcess) -> None:
        worker.is_idle = not worker.link.send(type="ring", rings=self._rings)

    def _see_exit(self, worker: WorkerProcess) -> None:
        """A worker is gone: end its children, put its parts back, start another."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.process.pid, signal.SIGKILL)  # before the exit is collected: until then the id is its own
        worker.process.wait()
        for message in worker.link.receive(wait=False) or ():
            self._act_on(worker, message)
        for watched in (worker.pidfd, worker.link):
            with contextlib.suppress(KeyError):
                self._selector.unregister(watched)
        os.close(worker.pidfd)
        worker.link.close()
        del self._workers[worker.process.pid]
        self._delay_restart(is_young=worker.worker_id is None)
        if worker.worker_id is not None:
            self._condemned.discard(worker.worker_id)
            self._upkeep.put_back(worker.worker_id)

    def _delay_restart(self, is_young: bool) -> None:
        """At once, unless workers die before they are ready for work."""
        self._young_exits = self._young_exits + 1 if is_young else 0
        if self._young_exits == NOTABLE_YOUNG_EXITS:
            _log.error("Workers end before they are ready for work. They are started again, with growing pauses.")
        delay = min(MAX_RESTART_DELAY_SECONDS, 0.25 * 2 ** min(self._young_exits, 6)) if is_young else 0.0
        self._next_start_at = time.monotonic() + delay

    def _ping(self) -> None:
        now = time.monotonic()
        if now < self._next_ping_at:
            return
        self._next_ping_at = now + PING_SECONDS
        for worker in self._workers.values():
            if worker.worker_id is not None and not worker.asked_at:
                worker.asked_at = now
                worker.link.send(type="ping")

    def _end_silent(self) -> None:
        """A worker that has stopped answering may hold the database's write turn: it is ended."""
        now = time.monotonic()
        if now - self._last_turn_at > LONGEST_TURN_SECONDS:
            self._forgive_silence(now)
        self._last_turn_at = now
        for worker in self._workers.values():
            limit_seconds = self._frozen_after_seconds if worker.worker_id else STARTUP_SECONDS
            if worker.silent_seconds(now) > limit_seconds or worker.worker_id in self._condemned:
                signal.pidfd_send_signal(worker.pidfd, signal.SIGKILL)

    def _forgive_silence(self, now: float) -> None:
        """This process was suspended, and maybe its workers with it: they get time to answer."""
        for worker in self._workers.values():
            worker.asked_at = now if worker.asked_at else 0.0

    def _condemn_deaf(self) -> int:
        """A stage that lets no other thread run cannot be told to stop. Where its part is not its own any more, nothing
        is lost with it. Makes no part ready: 0.
        """
        now = time.monotonic()
        for worker in list(self._workers.values()):
            is_deaf = worker.silent_seconds(now) > DEAF_AFTER_SECONDS and not worker.is_idle
            if is_deaf and worker.worker_id is not None and not self._store.workers.holds_part(worker.worker_id):
                self._condemned.add(worker.worker_id)
                self._wake()
        return 0

    def _drain(self) -> None:
        for worker in self._workers.values():
            worker.link.send(type="drain", seconds=self._grace_seconds)
        deadline = time.monotonic() + self._grace_seconds + 3.0
        while self._workers and time.monotonic() < deadline:
            self._go_on_after_errors(lambda: self._serve(max(0.0, deadline - time.monotonic())))
        for worker in list(self._workers.values()):
            worker.process.kill()
            self._see_exit(worker)


def _tick_of(told: Message) -> Tick:
    """As a worker says it. Raises KeyError where it says less."""
    return Tick(
        told["job"], told["part"], told["attempt"], told["fraction"], told["message"], told["stage"], told["item"]
    )
