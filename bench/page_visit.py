"""The built page in Debian's Chromium, before a real server."""

from __future__ import annotations

import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench.http_client import HttpClient
from bench.server import ADMINISTRATOR, Server, make_administrator, serve
from soundstage.api.page.folder import built_page

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
START_WITHIN_SECONDS = 120.0
DESK = {"width": 1350, "height": 940}


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser at a server. Programs drive it too, over `debugging_port`: they share its cookies."""

    server: Server
    context: BrowserContext
    debugging_port: int
    password: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def client(self) -> HttpClient:
        """The API, as the one who visits."""
        login = {"login": ADMINISTRATOR, "password": self.password}
        answer = self.context.request.post(f"{self.address}/api/auth/login", data=login)
        return HttpClient(self.server.port, answer.json()["access_token"])

    def sign_in(self) -> None:
        """As a person does: from here on the browser knows who is there."""
        with self.page("/login") as page:
            page.get_by_label("E-mail").fill(ADMINISTRATOR)
            page.get_by_label("Password", exact=True).fill(self.password)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("navigation").first.wait_for()

    @contextmanager
    def page(self, path: str) -> Iterator[Page]:
        page = self.context.new_page()
        try:
            page.goto(f"{self.address}{path}")
            yield page
        finally:
            page.close()


@contextmanager
def visit(home: Path) -> Iterator[Visit]:
    """Serves the home and opens a browser. Raises FileNotFoundError where the page or Chromium is missing."""
    program = shutil.which("chromium")
    if program is None or built_page() is None:
        raise FileNotFoundError("This needs chromium and the built page: type `tools/setup_tests.sh` and `make page`.")
    password = secrets.token_urlsafe(16)
    make_administrator(home, password)
    port = _free_port()
    with serve(home) as server, sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        server.await_health(START_WITHIN_SECONDS)
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=program,
            args=[*FLAGS, f"--remote-debugging-port={port}"],
            viewport={"width": DESK["width"], "height": DESK["height"]},
            locale="en-US",
        )
        try:
            yield Visit(server, context, port, password)
        finally:
            context.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
