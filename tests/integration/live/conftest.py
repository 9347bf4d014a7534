"""A real server with a signed-in user, and jobs that make facts for as long as a test wants."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

PIPELINES = Path(__file__).with_name("chatty_pipeline.py")
COMMAND = Path(sys.executable).with_name("soundstage")
DEADLINE_SECONDS = 60.0
USERNAME = "ann_who_looks"
PASSWORD = "a-quiet-harbour-at-noon"


@dataclass
class LiveServer:
    """`client` has signed in."""

    client: httpx.Client
    process: Any
    folder: Path

    @property
    def address(self) -> str:
        return f"{self.client.base_url.host}:{self.client.base_url.port}"

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": self.client.headers["Authorization"]}

    @property
    def token(self) -> str:
        return self.bearer["Authorization"].removeprefix("Bearer ")

    def order(self, **params: Any) -> str:
        """A job that tells until it has told `most`, or `end` is called."""
        wish = {"pipeline": "chatty", "params": {"end": str(self.folder / "end"), **params}}
        answer = self.client.post("/api/jobs", json=wish)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def end(self) -> None:
        (self.folder / "end").touch()

    def facts(self, job_id: str) -> list[dict[str, Any]]:
        """All that there are, as the store has them."""
        found: list[dict[str, Any]] = []
        while page := self.client.get(
            f"/api/jobs/{job_id}/events", params={"follow": False, "after": len(found), "limit": 1000}
        ).json():
            found += page
        return found


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One for all tests of a file: they only follow jobs of their own."""
    folder = tmp_path_factory.mktemp("live")
    settings = {
        "HOME": str(folder / "home"),
        "PORT": "0",
        "PIPELINE_FILES": str(PIPELINES),
        "PASSWORD_HASHING": "insecure_for_tests",
    }
    environment = {**os.environ, **{f"SOUNDSTAGE_{name}": value for name, value in settings.items()}}
    _make_administrator(environment, folder / "password")
    process = subprocess.Popen([COMMAND, "serve"], env=environment, stdout=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=_address(process, folder / "home"), timeout=30) as client:
            _sign_in(client)
            yield LiveServer(client, process, folder)
    finally:
        process.kill()
        process.wait()


def _make_administrator(environment: dict[str, str], password: Path) -> None:
    password.write_text(PASSWORD, encoding="utf-8")
    who = ["--email", "ann@example.com", "--username", USERNAME, "--password-file", str(password)]
    subprocess.run([COMMAND, "user", "create-admin", *who], env=environment, check=True, stdout=subprocess.DEVNULL)


def _address(process: subprocess.Popen[bytes], home: Path) -> str:
    """Once the server answers there."""
    deadline, pause = time.monotonic() + DEADLINE_SECONDS, threading.Event()
    while time.monotonic() < deadline:
        assert process.poll() is None
        with contextlib.suppress(OSError, ValueError, httpx.TransportError):
            served_at = str(json.loads((home / "owner.lock").read_text(encoding="utf-8"))["served_at"])
            if served_at and httpx.get(f"{served_at}/healthz").status_code == 200:
                return served_at
        pause.wait(0.05)
    raise TimeoutError("The server did not start.")


def _sign_in(client: httpx.Client) -> None:
    answer = client.post("/api/auth/login", json={"login": USERNAME, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
