"""The supervisor over small real processes: restarts without leaks, and nothing that ends its thread."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from soundstage.core.errors import StoreUnavailable
from soundstage.runtime.supervisor import Supervisor
from soundstage.store.store import Store

RESTARTS = int(os.environ.get("SOUNDSTAGE_TEST_RESTARTS", "40"))
GREETING = 'w=socket.socket(fileno=int(sys.argv[1]));w.send(b\'{"type":"hello","worker":"w%d"}\\n\'%os.getpid());'
OBEYS = GREETING + "\nwhile b'drain' not in (m:=w.recv(4096)) and m: w.send(b'{\"type\":\"pong\"}\\n')"
IS_SILENT = GREETING + "\nwhile b'drain' not in (m:=w.recv(4096)) and m: pass"
SAYS_ODD_THINGS = GREETING + 'w.send(b\'{"type":"facts","job":"j"}\\n{"type":"tick"}\\n[]\\n\');w.recv(1)'
NEVER_GREETS = "w=socket.socket(fileno=int(sys.argv[1]));"


class FakeWorkers:
    """What the store would do for lost workers; `failures` makes it fail so often, `gate` makes it wait."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self.failures = 0
        self.gate = threading.Event()
        self.gate.set()
        self.holds = True

    def list_ids(self) -> list[str]:
        return []

    def holds_part(self, worker_id: str) -> bool:
        return self.holds

    def lose(self, worker_id: str) -> int:
        self.gate.wait(30)
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable
        self.lost.append(worker_id)
        return 0


class FakeDatabase:
    def close(self) -> None:
        return


class FakeStore:
    def __init__(self) -> None:
        self.workers = FakeWorkers()
        self.database = FakeDatabase()


class Stage:
    """A supervisor whose workers run `code`."""

    def __init__(self, code: str = OBEYS) -> None:
        self.code = code
        self.store = FakeStore()
        self.spawned: list[int] = []
        self.refusals = 0
        self.supervisor = Supervisor(cast(Store, self.store), self._spawn, 1, [], 0.2, frozen_after_seconds=1.2)

    def _spawn(self, link: socket.socket) -> subprocess.Popen[bytes]:
        if self.refusals:
            self.refusals -= 1
            raise OSError(11, "no more processes")
        argv = [sys.executable, "-SIc", f"import os,socket,sys\n{self.code}", str(link.fileno())]
        process = subprocess.Popen(argv, pass_fds=[link.fileno()], start_new_session=True)
        self.spawned.append(process.pid)
        return process

    def kill_newest(self) -> None:
        count = len(self.spawned)
        os.kill(self.spawned[-1], 9)
        until(lambda: len(self.spawned) > count, "another worker was started")


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.store.workers.gate.set()
    made.supervisor.stop()


def until(holds: Callable[[], object], what: str) -> None:
    for _ in range(3000):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError(f"it never came to be that {what}")


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def started(stage: Stage) -> None:
    stage.supervisor.start()
    until(lambda: greeted(stage), "a worker has greeted")


def greeted(stage: Stage) -> bool:
    return any(worker.worker_id for worker in stage.supervisor._workers.values())


def test_restarts_leak_no_descriptor_and_leave_no_zombie(stage: Stage) -> None:
    started(stage)
    before = descriptors()
    for _ in range(RESTARTS):
        stage.kill_newest()
        until(lambda: greeted(stage), "the next worker has greeted")
    assert descriptors() == before
    until(lambda: len(stage.store.workers.lost) == RESTARTS, "each killed worker was declared lost")
    assert stage.store.workers.lost == [f"w{pid}" for pid in stage.spawned[:-1]]
    assert not [pid for pid in stage.spawned[:-1] if Path(f"/proc/{pid}").exists()]


def test_a_stop_closes_everything_and_a_second_one_does_nothing() -> None:
    before = descriptors()
    stage = Stage()
    started(stage)
    stage.supervisor.stop()
    stage.supervisor.stop()
    stage.supervisor.ring()
    assert stage.supervisor.pids() == []
    assert descriptors() == before


def test_a_worker_that_cannot_be_started_is_tried_again(stage: Stage) -> None:
    stage.refusals = 1
    started(stage)
    assert len(stage.spawned) == 1


def test_a_listener_that_fails_does_not_end_the_supervision() -> None:
    stage = Stage(SAYS_ODD_THINGS)
    heard: list[str] = []

    def fail(job_id: str) -> None:
        heard.append(job_id)
        raise RuntimeError("the listener is broken")

    stage.supervisor.listeners.facts = fail
    started(stage)
    until(lambda: heard, "the listener was called")
    stage.kill_newest()
    stage.supervisor.stop()


def test_a_database_that_does_not_answer_holds_up_no_restart(stage: Stage) -> None:
    started(stage)
    stage.store.workers.gate.clear()
    stage.kill_newest()
    until(lambda: greeted(stage), "the next worker has greeted")
    stage.kill_newest()
    stage.store.workers.gate.set()
    until(lambda: len(stage.store.workers.lost) == 2, "both are declared lost in the end")


def test_parts_are_put_back_once_the_database_is_there_again(stage: Stage) -> None:
    started(stage)
    stage.store.workers.failures = 2
    stage.kill_newest()
    until(lambda: stage.store.workers.lost, "the worker is declared lost")


def test_a_worker_that_dies_before_it_is_ready_is_not_started_again_at_once(stage: Stage) -> None:
    stage.code = NEVER_GREETS
    stage.supervisor.start()
    until(lambda: stage.supervisor._young_exits, "the first has died")
    assert len(stage.spawned) == 1
    until(lambda: len(stage.spawned) == 2, "another was started")
    assert stage.store.workers.lost == []


def test_hours_of_dying_workers_do_not_end_the_supervisor(stage: Stage) -> None:
    started(stage)
    stage.supervisor._young_exits = 100_000
    stage.supervisor._delay_restart(is_young=True)
    assert stage.supervisor._next_start_at > 0


@pytest.mark.parametrize("holds", [True, False])
def test_a_worker_that_does_not_answer_is_ended_sooner_where_it_holds_nothing(holds: bool) -> None:
    stage = Stage(IS_SILENT)
    stage.store.workers.holds = holds
    started(stage)
    until(lambda: len(stage.spawned) == 2, "the silent worker was replaced")
    assert stage.store.workers.lost == [] or stage.store.workers.lost == [f"w{stage.spawned[0]}"]
    stage.supervisor.stop()


def test_after_a_suspension_of_this_process_workers_get_time_to_answer(stage: Stage) -> None:
    started(stage)
    worker = next(iter(stage.supervisor._workers.values()))
    stage.supervisor._forgive_silence(now=5.0)
    assert worker.asked_at in (0.0, 5.0)
    worker.asked_at = 1.0
    stage.supervisor._forgive_silence(now=5.0)
    assert worker.silent_seconds(5.0) == 0.0
