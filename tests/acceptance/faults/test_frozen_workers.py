"""F07: a worker that is frozen for longer than its lease, and one that is frozen where it holds the database."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.acceptance.faults.figures import record
from tests.acceptance.faults.rig import Rig, is_alive, pid_of, wait_until

from soundstage.bootstrap.parts import ProcessSettings
from soundstage.bootstrap.workers import spawn_worker
from soundstage.core.events import EventKind
from soundstage.core.states import JobState
from soundstage.runtime.link import Link

LEASE_SECONDS = 1.0


@dataclass
class LoneWorker:
    """A worker whose supervisor does nothing but ring: what becomes of it is the database's doing."""

    process: subprocess.Popen[bytes]
    link: Link

    def ring(self) -> None:
        self.link.send(type="ring", rings=1)


@pytest.fixture
def lone_worker(rig: Rig) -> Iterator[Callable[[], LoneWorker]]:
    made: list[LoneWorker] = []

    def start() -> LoneWorker:
        ours, theirs = socket.socketpair()
        worker = LoneWorker(spawn_worker(ProcessSettings.of(rig.settings), theirs), Link(ours))
        theirs.close()
        made.append(worker)
        return worker

    yield start
    for worker in made:
        with contextlib.suppress(ProcessLookupError):
            worker.process.kill()
        worker.process.wait()
        worker.link.close()


def test_a_worker_that_wakes_after_its_lease_writes_nothing_and_stops(
    rig: Rig, lone_worker: Callable[[], LoneWorker]
) -> None:
    rig.choose(lease_seconds=LEASE_SECONDS, beat_seconds=0.2)
    store = rig.orders.parts.store
    first = lone_worker()
    wait_until(store.workers.list_ids, "the worker is known")
    job_id = rig.order("take_turns", turns=8, turn_seconds=0.1)
    first.ring()
    rig.wait_for_line("1 turn 1 kept")
    os.kill(first.process.pid, signal.SIGSTOP)
    wait_until(lambda: store.workers.lose_stale(LEASE_SECONDS), "its lease has run out", 10.0)
    second = lone_worker()
    wait_until(lambda: len(store.workers.list_ids()) == 1, "another worker is known")
    second.ring()
    rig.wait_for_state(job_id, JobState.SUCCEEDED)
    before = (rig.events(job_id), rig.job(job_id), rig.results(job_id))
    os.kill(first.process.pid, signal.SIGCONT)
    stopped = wait_until(lambda: first.process.pid in map(pid_of, store.workers.list_ids()), "it is known again")
    stopped += wait_until(lambda: not attempt_folders(rig.home, first.process.pid), "its files are gone", 5.0)
    assert (rig.events(job_id), rig.job(job_id), rig.results(job_id)) == before
    assert rig.results(job_id) == ["lost", "completed"]
    assert "1 end" not in " ".join(rig.lines())
    assert_takes_new_work(rig, first, second)
    record("F07", what="frozen over its lease", stale_writes_accepted=0, wake_to_stop_seconds=stopped)


def attempt_folders(home: Path, pid: int) -> list[Path]:
    return list((home / "work").glob(f"worker_{pid}_*/*"))


def assert_takes_new_work(rig: Rig, worker: LoneWorker, other: LoneWorker) -> None:
    other.process.kill()
    other.process.wait()
    job_id = rig.order("log_and_end")
    worker.ring()
    rig.wait_for_state(job_id, JobState.SUCCEEDED)
    assert rig.worker_of(job_id) == worker.process.pid


def test_a_worker_frozen_with_the_writers_turn_is_ended_and_the_others_go_on(rig: Rig) -> None:
    rig.choose(lease_seconds=LEASE_SECONDS, beat_seconds=0.2)
    rig.start()
    rig.wait_for_state(rig.order("log_and_end"), JobState.SUCCEEDED)
    job_id = rig.order("freeze_with_the_turn", database=str(rig.home / "soundstage.db"))
    rig.wait_for_line(f"{job_id} ONLY 1 begin")
    frozen = rig.worker_of(job_id)
    seconds = wait_until(lambda: not is_alive(frozen), "the frozen worker is ended", 15.0)
    others = [rig.order("chain", seed=number) for number in range(2)]
    for each in [job_id, *others]:
        rig.wait_for_state(each, JobState.SUCCEEDED)
    assert rig.results(job_id) == ["lost", "completed"]
    assert {result for each in others for result in rig.results(each)} == {"completed"}
    assert frozen not in [pid_of(worker_id) for worker_id in rig.orders.parts.store.workers.list_ids()]
    assert [event.kind for event in rig.events(job_id)].count(EventKind.PART_LOST) == 1
    record("F07", what="frozen with the writers' turn", lease_seconds=LEASE_SECONDS, frozen_to_ended_seconds=seconds)
