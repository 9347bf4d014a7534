"""While hostile requests come (D01-D11 of the list), others are answered at once: a probe measures how long they wait.

The probe is a process of its own, so that what the test does itself is not counted. What the machine makes everybody
wait is measured before, without hostile requests, and is not counted either. Each request comes four times: one that
holds up the server does so each time, a machine that is busy elsewhere does not.
"""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

LONGEST_SECONDS = 0.2
IDLE_SECONDS = 3.0
ROUNDS = 4
PROBE = """
import http.client, json, select, sys, time
host, port, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
connection, waits, began = http.client.HTTPConnection(host, port), [], time.perf_counter()
while not select.select([sys.stdin], [], [], 0.005)[0] and time.perf_counter() - began < seconds:
    asked = time.perf_counter()
    connection.request("GET", "/healthz")
    connection.getresponse().read()
    waits.append(time.perf_counter() - asked)
print(json.dumps(sorted(waits)))
"""
EDGE = b"--edge"
FORM = {"Content-Type": "multipart/form-data; boundary=edge"}
JSON = {"Content-Type": "application/json"}
LINES = {"Content-Type": "application/x-ndjson"}
FIELD = EDGE + b'\r\nContent-Disposition: form-data; name="tags"\r\n\r\nx\r\n'
FILE = EDGE + b'\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\n'
END = b"\r\n" + EDGE + b"--\r\n"
FORM_PATHS = ("/api/assets", "/upload", "/api/v1/projects/")
FORMS: Mapping[str, bytes] = {
    "D01": FIELD * 100_000 + EDGE + b"--",
    "D02-preamble": b"x" * 20_000_000 + b"\r\n" + FILE + b"hello" + END,
    "D02-epilogue": FILE + b"hello" + END + b"x" * 20_000_000,
}
ORDERS: Mapping[str, tuple[Mapping[str, str], bytes]] = {
    "D03": ({"Content-Type": "application/x-www-form-urlencoded"}, b"a;" * 500_000),
    "D04": ({"Content-Type": 'multipart/form-data; !="' + '\\"' * 5_000}, b"{}"),
    "D06-depth": (JSON, b"[" * 100_000 + b"]" * 100_000),
    "D06-digits": (JSON, b'{"pipeline": ' + b"9" * 1_000_000 + b"}"),
    "D06-infinity": (JSON, b'{"pipeline": "x", "params": {"a": Infinity}}'),
    "D06-surrogates": (JSON, b'{"pipeline": "' + rb"\ud800" * 100_000 + b'"}'),
    "D06-duplicates": (JSON, b"{" + b",".join(b'"pipeline": "x"' for _ in range(50_000)) + b"}"),
    "D07": ({**JSON, "Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000))),
}
LOOKS = {
    "D05": ("/api/jobs", {"Range": "bytes=" + ",".join("0-0" for _ in range(10_000))}),
    "D09-page": ("/api/jobs?limit=1000000000&limit=-1", {}),
    "D09-sort": ("/api/assets?sort=owner", {}),
}
BATCH = b'{"pipeline": "text_to_speech", "params": {"text": "Good morning."}, "x": 1}\n' * 1_000


def hostile_requests(client: httpx.Client) -> Iterator[tuple[str, httpx.Request]]:
    for name, form in FORMS.items():
        for path in FORM_PATHS:
            yield f"{name} {path}", client.build_request("POST", path, content=form, headers=FORM)
    for name, (headers, body) in ORDERS.items():
        yield name, client.build_request("POST", "/api/jobs", content=body, headers=headers)
    for name, (path, headers) in LOOKS.items():
        yield name, client.build_request("GET", path, headers=headers)
    yield "D10", client.build_request("POST", "/api/jobs/batch", content=BATCH, headers=LINES)


@contextmanager
def probing(address: str, seconds: float | None = None) -> Iterator[list[float]]:
    """Fills in how long each request waited, the longest last, for so long, or until the block ends."""
    where = urlsplit(address)
    command = [sys.executable, "-I", "-c", PROBE, str(where.hostname), str(where.port), str(seconds or "inf")]
    waits: list[float] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as probe:
        assert probe.stdin is not None
        assert probe.stdout is not None
        yield waits
        if seconds is None:
            probe.stdin.close()
        waits.extend(json.loads(probe.stdout.read()))


@pytest.mark.slow
def test_hostile_requests_keep_nobody_waiting(start: Callable[..., Any]) -> None:
    client: httpx.Client = start(workers="0").client
    address = str(client.base_url)
    with probing(address, IDLE_SECONDS) as idle:
        pass
    with ExitStack() as open_until_the_end, probing(address) as busy:
        for _ in range(20):  # D08, D11: a head that promises a body that never comes
            open_until_the_end.enter_context(stalled(client))
        for name, request in chain.from_iterable(hostile_requests(client) for _ in range(ROUNDS)):
            with suppress(httpx.TransportError):  # refused in the middle of the body
                assert client.send(request).status_code < 500, name
    assert len(busy) > 50
    too_long = [wait for wait in busy if wait > LONGEST_SECONDS + idle[-1]]
    assert len(too_long) < ROUNDS, (idle[-1], too_long)


@contextmanager
def stalled(client: httpx.Client) -> Iterator[None]:
    where = urlsplit(str(client.base_url))
    with socket.create_connection((str(where.hostname), int(where.port or 80))) as connection:
        token = client.headers["authorization"]
        head = f"POST /api/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\nContent-Length: 9999\r\n\r\nx"
        connection.sendall(head.encode())
        yield
