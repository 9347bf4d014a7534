"""F17: readers that stop reading are cut off, hold little, and harm nobody."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.runtime.live import EventHub
from soundstage.store.claims import Claim

Served = Any
STALLED = 12
FACTS = 300
SOCKETIO_PATH = "/socket.io/?EIO=4&transport=websocket"
NAME = "n" * 15_000


@pytest.fixture
def long_job(studio: Studio, job: str, claim: Callable[[], Claim]) -> str:
    """A job whose facts are more than the buffers of a connection hold."""
    part = claim()
    for position in range(FACTS):
        studio.parts.store.parts.save_checkpoint(part, NAME, position, {}, [])
    return job


def stalled(served: Served, request: str) -> socket.socket:
    """A client that asks and never reads."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    host, port = served.address.split(":")
    connection.connect((host, int(port)))
    head = f"GET {request} HTTP/1.1\r\nHost: {served.address}\r\nAuthorization: {served.bearer['Authorization']}\r\n"
    if not request.startswith("/api"):
        head += "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        head += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    connection.sendall(f"{head}\r\n".encode())
    return connection


def subscribed(connection: socket.socket, job_id: str) -> None:
    """Over Socket.IO, by frames that are masked with zeros."""
    assert connection.recv(1_000).startswith(b"HTTP/1.1 101 ")
    for text in ("40", '42["subscribe",' + json.dumps({"job_id": job_id}) + "]"):
        connection.sendall(bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text.encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["/api/jobs/{}/events", "/ws/jobs/{}", SOCKETIO_PATH], ids=["F17 sse", "F17 websocket", "F17 socketio"]
)
def test_who_never_reads_is_cut_off_and_others_go_on(
    served: Served, long_job: str, hub: EventHub, studio: Studio, path: str
) -> None:
    connections = [stalled(served, path.format(long_job)) for _ in range(STALLED)]
    if path == SOCKETIO_PATH:
        for connection in connections:
            subscribed(connection, long_job)
    wait_until(lambda: hub.reader_count == STALLED)
    healthy = served.socket(f"/ws/jobs/{long_job}?after={FACTS}")
    assert json.loads(healthy.recv(timeout=10))["seq"] == FACTS + 1
    wait_until(lambda: hub.reader_count == 1)
    studio.jobs.cancel(long_job)
    told = [json.loads(text) for text in healthy]
    assert [message.get("kind", message["type"]) for message in told[-2:]] == ["job.cancelled", "bye"]
    for connection in connections:
        connection.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(2_000):
        if is_so():
            return
        pause.wait(0.01)
    raise TimeoutError("It did not happen in 20 s.")
