"""Real servers: `soundstage serve` as processes of their own, each on a free port with a home of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
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
from playwright.sync_api import Browser, sync_playwright

from soundstage.bootstrap.studio import Studio
from soundstage.settings import Settings
from soundstage.studio.access import LOCAL_OWNER
from soundstage.studio.accounts.registration import Applicant
from soundstage.studio.accounts.visits import Visit

PASSWORD = "lantern ferry gravel moth"
PIPELINES = Path(__file__).with_name("gated_pipeline.py")
COMMAND = Path(sys.executable).with_name("soundstage")
DEADLINE_SECONDS = 60.0
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
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
    """Starts a server on a home and waits until it is ready; the client has signed in as the administrator.

    Keywords are settings. With `set_up=False` there is no administrator yet.
    """
    with servers(tmp_path) as start_one:
        yield start_one


@contextlib.contextmanager
def servers(folder: Path) -> Iterator[Callable[..., ServerProcess]]:
    """What the fixture `start` gives; the homes lie in the folder, and all servers end with the block."""
    with contextlib.ExitStack() as started:

        def start_one(home: Path | None = None, set_up: bool = True, **settings: str) -> ServerProcess:
            where = home or folder / "home"
            headers = {"Authorization": f"Bearer {_access_token(where, settings)}"} if set_up else {}
            process = started.enter_context(_ended_after(_spawn(where, settings)))
            address = _address(process, where)
            client = started.enter_context(httpx.Client(base_url=address, headers=headers, timeout=30))
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
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromium() as browser:
        yield browser


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """What the fixture `browser` gives; skips where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed; here every program must be there.")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def said_link() -> Callable[[ServerProcess], str]:
    """Reads what a server said when it started, and gives the link to set it up."""

    def link_of(server: ServerProcess) -> str:
        assert server.process.stderr is not None
        for line in server.process.stderr:
            if said := re.search(r'"token": "(setup_[^"]+)"', line):  # the link itself is said where the page was built
                return f"{server.client.base_url}/setup#token={said[1]}".replace("//setup", "/setup")
        raise AssertionError("The server printed no link.")

    return link_of


@pytest.fixture
def eventually() -> Callable[[Callable[[], object], str], None]:
    return until


def _access_token(home: Path, settings: dict[str, str]) -> str:
    """Of the first administrator, who is made where there is none; good for a quarter of an hour."""
    with contextlib.closing(Studio(Settings(home=home, database_url=settings.get("database_url")))) as studio:
        registration = studio.accounts.registration
        if registration.offer_set_up() is not None:
            registration.create_administrator(Applicant("ada@example.com", "ada", PASSWORD))
        administrator = studio.accounts.accounts.get(LOCAL_OWNER)
        return studio.accounts.sessions.begin(administrator, True, Visit()).access_token


def _spawn(home: Path, settings: dict[str, str]) -> subprocess.Popen[str]:
    ours = {
        "home": str(home),
        "port": "0",
        "pipeline_files": str(PIPELINES),
        "password_hashing": "insecure_for_tests",
        **settings,
    }
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
