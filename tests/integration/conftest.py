"""Real servers: `soundstage serve` as processes of their own, each on a free port with a home of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

PIPELINES = Path(__file__).with_name("gated_pipeline.py")
COMMAND = Path(sys.executable).with_name("soundstage")
DEADLINE_SECONDS = 60.0
LOOK_SECONDS = 0.02


def until(is_so: Callable[[], object], what: str) -> None:
    """Waits for a condition."""
    deadline, pause = time.monotonic() + DEADLINE_SECONDS, threading.Event()
    while not is_so():
        assert time.monotonic() < deadline, f"It did not happen in {DEADLINE_SECONDS:.0f} s: {what}."
        pause.wait(LOOK_SECONDS)


@dataclass(frozen=True)
class ServerProcess:
    """A server and a client of it."""

    process: subprocess.Popen[str]
    home: Path
    client: httpx.Client

    def worker_pids(self) -> list[int]:
        pid = self.process.pid
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def ask_to_stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., ServerProcess]]:
    """Starts a server on a home and waits until it is ready. Keywords are settings."""
    with contextlib.ExitStack() as started:

        def start_one(home: Path | None = None, **settings: str) -> ServerProcess:
            where = home or tmp_path / "home"
            process = started.enter_context(_ended_after(_spawn(where, settings)))
            client = started.enter_context(httpx.Client(base_url=_address(process, where), timeout=30))
            until(lambda: _is_ready(process, client), "the server is ready")
            return ServerProcess(process, where, client)

        yield start_one


@pytest.fixture
def start_in_vain(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Starts a server that refuses, and gives what it said."""

    def start_one(**settings: str) -> subprocess.CompletedProcess[str]:
        process = _spawn(tmp_path / "home", settings)
        out, err = process.communicate(timeout=DEADLINE_SECONDS)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return start_one


@pytest.fixture
def eventually() -> Callable[[Callable[[], object], str], None]:
    return until


def _spawn(home: Path, settings: dict[str, str]) -> subprocess.Popen[str]:
    ours = {"home": str(home), "port": "0", "pipeline_files": str(PIPELINES), **settings}
    environment = {f"SOUNDSTAGE_{name.upper()}": value for name, value in ours.items()}
    return subprocess.Popen(
        [COMMAND, "serve"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _address(process: subprocess.Popen[str], home: Path) -> str:
    found: dict[str, str] = {}

    def is_told() -> bool:
        assert process.poll() is None, process.communicate()
        with contextlib.suppress(OSError, ValueError):
            owner = json.loads((home / "owner.lock").read_text())
            found.update(owner if owner["pid"] == process.pid else {})
        return bool(found)

    until(is_told, "the server has written its address")
    return found["served_at"]


def _is_ready(process: subprocess.Popen[str], client: httpx.Client) -> bool:
    assert process.poll() is None, process.communicate()
    with contextlib.suppress(httpx.TransportError):
        return client.get("/readyz").status_code == 200
    return False


@contextlib.contextmanager
def _ended_after(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
