"""A client of the server, in this process: connections that stay open, and the time that each answer takes."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

CONNECTIONS = 16
TIMEOUT_SECONDS = 120.0

Body = bytes | BinaryIO | Iterator[bytes]


class HttpClient:
    """One connection, with an API key. Whatever is not a success is an OSError."""

    def __init__(self, port: int, key: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        self._headers = {"Authorization": f"Bearer {key}"}

    def send(self, method: str, path: str, body: Body | None = None, headers: Mapping[str, str] | None = None) -> bytes:
        self._connection.request(method, path, body, {**self._headers, **(headers or {})})
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            raise OSError(f"{method} {path} was answered with {answer.status}: {said[:500].decode()}")
        return said

    def get(self, path: str) -> Any:
        return json.loads(self.send("GET", path))

    def timed_ms(self, path: str) -> float:
        """How long it takes from before the request to the last byte of the answer."""
        start = time.monotonic()
        self.send("GET", path)
        return (time.monotonic() - start) * 1000

    def close(self) -> None:
        self._connection.close()


def open_loop_ms(port: int, key: str, paths: Sequence[str], per_second: float) -> list[float]:
    """GET each path at its moment, whether those before were answered or not: from that moment to the last byte."""
    begin = time.monotonic()
    requests = iter([(begin + number / per_second, path) for number, path in enumerate(paths)])
    turn, pause = threading.Lock(), threading.Event()

    def ask(_number: int) -> list[float]:
        client = HttpClient(port, key)
        taken_ms: list[float] = []
        while True:
            with turn:
                due, path = next(requests, (0.0, ""))
            if not path:
                client.close()
                return taken_ms
            pause.wait(max(0.0, due - time.monotonic()))
            client.send("GET", path)
            taken_ms.append((time.monotonic() - due) * 1000)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return [ms for taken_ms in pool.map(ask, range(CONNECTIONS)) for ms in taken_ms]
