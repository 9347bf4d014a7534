"""A receiver of webhooks on the loopback: a real HTTP server that answers as a test says and keeps what came."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

DEADLINE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came. The names of headers are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of the receiver."""

    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Receiver:
    """Answers with what stands in `answers`, in order, then with 204. While `gate` is closed nobody is answered."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: list[Told] = []
        self.gate = threading.Event()
        self.gate.set()
        self._changed = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.receiver = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def allowance(self) -> str:
        """For SOUNDSTAGE_OUTBOUND_ALLOW."""
        return f"127.0.0.1:{self.port}"

    def wait_for(self, count: int, timeout_seconds: float = DEADLINE_SECONDS) -> list[Received]:
        """The first so many requests, once they have come. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.received) >= count, timeout_seconds):
                raise TimeoutError(f"{len(self.received)} of {count} messages came.")
            return self.received[:count]

    def take(self, request: Received) -> Told:
        """Keep a request, and the answer to it."""
        with self._changed:
            self.received.append(request)
            self._changed.notify_all()
        self.gate.wait(DEADLINE_SECONDS)
        with self._changed:
            return self.answers.pop(0) if self.answers else Told()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    receiver: Receiver
    daemon_threads = True
    block_on_close = False


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        told = self.server.receiver.take(Received(self.path, headers, body))
        try:
            self._answer(told)
        except OSError:  # who sent it is gone
            return

    def _answer(self, told: Told) -> None:
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        self.wfile.write(told.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server has
        """Says nothing."""
