"""A listener on the loopback that counts who comes, and a client whose names are answered by the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from soundstage.outbound.addresses import Reach
from soundstage.outbound.client import OutboundClient


@dataclass
class Listener:
    """Takes connections, answers each with the next of `answers`, and keeps what it read."""

    port: int
    answers: list[Callable[[socket.socket], None]] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    connections: int = 0


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(server.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(server, found), daemon=True)
        thread.start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(server: socket.socket, listener: Listener) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            listener.connections += 1
            _answer(connection, listener)


def _answer(connection: socket.socket, listener: Listener) -> None:
    try:
        listener.received.append(connection.recv(65_536))
        if listener.answers:
            listener.answers.pop(0)(connection)
    except OSError:  # the client left early, which is what some tests are about
        return


class Names:
    """A name server whose answers a test writes; the last one stays. Unknown names are unknown."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Sequence[str]]] = {}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        del port
        self.asked.append(host)
        answers = self.answers.get(host)
        if not answers:
            raise OSError(f"{host} is unknown")
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def dialled() -> list[tuple[str, int]]:
    """Every address that the client connected to, or tried to."""
    return []


@pytest.fixture
def make_client(names: Names, dialled: list[tuple[str, int]], listener: Listener) -> Callable[[str], OutboundClient]:
    """A client that may reach what the text allows. Whatever it dials, it gets the listener: no packet leaves."""

    def dial(address: str, port: int, timeout_seconds: float) -> socket.socket:
        dialled.append((address, port))
        return socket.create_connection(("127.0.0.1", listener.port), timeout_seconds)

    def make(allow: str = "") -> OutboundClient:
        return OutboundClient(Reach.parse(allow), names, dial)

    return make
