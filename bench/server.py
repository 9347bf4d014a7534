"""`soundstage serve` as a process of its own, as a person starts it."""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.own_studio import PIPELINES
from soundstage.bootstrap.studio import Studio
from soundstage.settings import Settings
from soundstage.studio.access import KEY_SCOPES, LOCAL_OWNER, SCOPES_OF, Caller, Plan, Role
from soundstage.studio.accounts.registration import Applicant
from soundstage.studio.accounts.visits import COMMAND_LINE

ADMINISTRATOR = "bench"
COMMAND = Path(sys.executable).with_name("soundstage")
ANSWER_SECONDS = 30.0
LOOK_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `started_at` is CLOCK_MONOTONIC just before its process was made."""

    process: subprocess.Popen[bytes]
    port: int
    started_at: float

    def await_health(self, within_seconds: float = ANSWER_SECONDS) -> float:
        """Seconds from the start until /healthz answered. Raises TimeoutError, or OSError where the server ended."""
        pause = threading.Event()
        while time.monotonic() - self.started_at < within_seconds:
            if self.process.poll() is not None:
                raise OSError(f"`soundstage serve` ended with {self.process.returncode}.")
            if self._is_healthy():
                return time.monotonic() - self.started_at
            pause.wait(LOOK_SECONDS)
        raise TimeoutError(f"`soundstage serve` did not answer in {within_seconds:.0f} s.")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _is_healthy(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1.0)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def serve(home: Path, **settings: str) -> Iterator[Server]:
    """Serve a home folder on a free port until the end of the block. `settings` are as in Settings."""
    port = _free_port()
    ours = {"home": str(home), "port": str(port), "pipeline_files": str(PIPELINES), "workers": "2", **settings}
    environment = {**os.environ, **{f"SOUNDSTAGE_{name.upper()}": value for name, value in ours.items()}}
    started_at = time.monotonic()
    process = subprocess.Popen([COMMAND, "serve"], env=environment, stdout=subprocess.DEVNULL)
    server = Server(process, port, started_at)
    try:
        yield server
    finally:
        server.stop()


def make_administrator(home: Path, password: str) -> None:
    """The first administrator, who owns what was made in this home."""
    with closing(Studio(Settings(home=home))) as studio:
        studio.accounts.registration.create_administrator(Applicant("bench@example.com", ADMINISTRATOR, password))


def make_key(home: Path) -> str:
    """An API key of the first administrator, who is made here."""
    make_administrator(home, secrets.token_urlsafe(16))
    with closing(Studio(Settings(home=home))) as studio:
        administrator = studio.accounts.accounts.get(LOCAL_OWNER)
        caller = Caller(administrator.id, Role.ADMIN, Plan.PRO, SCOPES_OF[Role.ADMIN])
        _, key = studio.accounts.keys.make(caller, "bench", SCOPES_OF[Role.ADMIN] & KEY_SCOPES, None, COMMAND_LINE)
        return key


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
