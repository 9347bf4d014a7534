"""A studio under test: real worker processes, server processes to kill, and eyes on processes and history."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from soundstage.bootstrap.studio import Studio
from soundstage.core.events import FINAL_EVENTS, Event, EventKind
from soundstage.core.job import JobView, PartView
from soundstage.core.states import JobState
from soundstage.settings import Settings
from soundstage.store import sqlite
from soundstage.store.views import JobFilter
from soundstage.studio.jobs import Order

PIPELINES = Path(__file__).with_name("fault_pipelines.py")
SERVER = Path(__file__).with_name("run_server.py")
WAIT_SECONDS = 40.0


def wait_until(holds: Callable[[], Any], what: str, seconds: float = WAIT_SECONDS) -> float:
    """Look until it holds. Returns how long that took; fails the test after `seconds`."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        if holds():
            return time.monotonic() - begin
        threading.Event().wait(0.01)
    raise AssertionError(f"After {seconds:g} s it is still not so: {what}.")


class Rig:
    """One home folder. `start` runs its workers under this process, `start_server` under a process of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.ledger_folder = home.parent
        self.studio: Studio | None = None
        self._orderer: Studio | None = None
        self._servers: list[subprocess.Popen[str]] = []
        self._choices: dict[str, Any] = {}

    def choose(self, **settings: Any) -> None:
        """Settings that differ from the usual ones; before anything starts."""
        self._choices |= settings

    @property
    def settings(self) -> Settings:
        usual: dict[str, Any] = {"pipeline_files": str(PIPELINES), "shutdown_grace_seconds": 5.0, "workers": 2}
        return Settings(home=self.home, **{**usual, **self._choices})

    @property
    def ledger(self) -> Path:
        return self.ledger_folder / "ledger"

    def start(self) -> Studio:
        self.studio = Studio(self.settings)
        self.studio.own_home()
        self.studio.start_workers()
        return self.studio

    def start_server(self) -> subprocess.Popen[str]:
        """Returns once it owns the home and has started its workers."""
        environment = {**os.environ, "SOUNDSTAGE_TEST_SETTINGS": self.settings.model_dump_json()}
        server = subprocess.Popen(
            [sys.executable, str(SERVER)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
        )
        self._servers.append(server)
        assert server.stdout is not None
        line = server.stdout.readline()
        if line != "ready\n":
            _, errors = server.communicate()
            raise AssertionError(f"The server did not start: {errors}")
        return server

    def refused_server(self) -> str:
        """What a second server says that must not start."""
        environment = {**os.environ, "SOUNDSTAGE_TEST_SETTINGS": self.settings.model_dump_json()}
        done = subprocess.run(
            [sys.executable, str(SERVER)], capture_output=True, env=environment, text=True, timeout=30, check=False
        )
        assert done.returncode == 1
        return done.stderr

    @property
    def orders(self) -> Studio:
        """Takes orders: the studio that runs here, or one that rings the server."""
        if self.studio is not None:
            return self.studio
        if self._orderer is None:
            self._orderer = Studio(self.settings)
        return self._orderer

    def order(self, pipeline: str, **params: Any) -> str:
        return self.orders.jobs.create(Order(pipeline, {"ledger": str(self.ledger), **params}))

    def job(self, job_id: str) -> JobView:
        return self.orders.jobs.get(job_id)

    def part(self, job_id: str) -> PartView:
        """The newest part of the job."""
        return [part for stage in self.job(job_id).stages for part in stage.parts][-1]

    def wait_for_state(self, job_id: str, state: JobState, seconds: float = WAIT_SECONDS) -> float:
        return wait_until(lambda: self.job(job_id).state is state, f"job {job_id} is {state}", seconds)

    def wait_for_all(self, state: JobState, seconds: float = WAIT_SECONDS) -> float:
        count = self.orders.jobs.count
        return wait_until(lambda: {each.state for each in count()} <= {state}, f"every job is {state}", seconds)

    def wait_for_line(self, line: str, seconds: float = WAIT_SECONDS) -> float:
        return wait_until(lambda: any(line in each for each in self.lines()), f"the ledger says {line}", seconds)

    def lines(self) -> list[str]:
        return self.ledger.read_text(encoding="utf-8").splitlines() if self.ledger.exists() else []

    def jobs(self) -> list[JobView]:
        return list(self.orders.jobs.list_jobs(JobFilter(limit=10_000)))

    def events(self, job_id: str) -> list[Event]:
        return list(self.orders.jobs.events(job_id, limit=100_000))

    def results(self, job_id: str) -> list[str]:
        """How each attempt of the job ended, in order."""
        return [attempt.result for attempt in self.orders.jobs.attempts(job_id)]

    def worker_of(self, job_id: str) -> int:
        """The process that runs the newest part of the job."""
        worker_id = self.part(job_id).worker_id
        assert worker_id is not None
        return pid_of(worker_id)

    def worker_pids(self) -> list[int]:
        """Worker processes of this home, whoever started them."""
        home = f'"{self.home}"'.encode()
        return [pid for pid in _all_pids() if home in _proc(pid, "environ") and b"run_worker" in _proc(pid, "cmdline")]

    def check_histories(self) -> int:
        """Every history is whole, and no completed stage was begun again. Returns how many jobs there are."""
        jobs = self.jobs()
        for job in jobs:
            check_events(self.events(job.id))
        return len(jobs)

    def check_database(self) -> None:
        connection = sqlite.connect(self.home / "soundstage.db")
        answer = connection.execute("PRAGMA integrity_check").fetchall()
        connection.close()
        assert answer == [("ok",)]

    def close(self) -> None:
        for server in self._servers:
            with contextlib.suppress(ProcessLookupError):
                server.kill()
            server.communicate()
        for studio in (self.studio, self._orderer):
            if studio is not None:
                studio.close()
        for pid in self.worker_pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def pid_of(worker_id: str) -> int:
    return int(worker_id.split("_")[1])


def check_events(events: list[Event]) -> None:
    """Numbered without a gap, one final event for each generation and at its end, no completed stage begun again."""
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    completed: Counter[str | None] = Counter()
    is_over = False
    for event in events:
        assert not is_over or event.kind is EventKind.JOB_RETRIED, f"{event.kind} came after the end"
        is_over = event.kind in FINAL_EVENTS
        if event.kind in (EventKind.STAGE_STARTED, EventKind.PART_STARTED):
            assert not completed[event.stage], f"{event.stage} was begun again after it was completed"
        if event.kind is EventKind.STAGE_COMPLETED:
            completed[event.stage] += 1


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be collected does not."""
    return _state(pid) not in ("", "Z", "X")


def group_of(leader: int) -> list[int]:
    """The living processes of a process group."""
    return [pid for pid in _all_pids() if _field(pid, 2) == str(leader) and is_alive(pid)]


def _state(pid: int) -> str:
    return _field(pid, 0)


def _field(pid: int, index: int) -> str:
    """A field of /proc/pid/stat, counted from the state on; empty where the process is gone."""
    text = _proc(pid, "stat").decode("utf-8", "replace")
    fields = text.rpartition(")")[2].split()
    return fields[index] if fields else ""


def _all_pids() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _proc(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
