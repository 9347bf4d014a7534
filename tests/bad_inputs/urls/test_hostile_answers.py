"""S07, S13: servers that redirect inside, never end, or answer more than anybody asked for."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from soundstage.core.errors import RemoteFailed
from soundstage.outbound.client import Limits, OutboundClient

Answer = Callable[[socket.socket], None]
URL = "http://receiver.example/hook"
SHORT = Limits(total_seconds=0.5, body_bytes=10_000)
BEGIN = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def client(make_client: Callable[[str], OutboundClient], names: Any) -> OutboundClient:
    names.answers = {"receiver.example": [["127.0.0.1"]]}
    client = make_client("receiver.example")
    client.check(URL)  # loads what is loaded once, which is no memory of an answer
    return client


def send(*pieces: bytes) -> Answer:
    return lambda connection: connection.sendall(b"".join(pieces))


def trickle(first: bytes, piece: bytes) -> Answer:
    """The first bytes, then one piece every 50 ms until the client leaves."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        pause = threading.Event()
        while not pause.wait(0.05):
            connection.sendall(piece)

    return answer


def flood(first: bytes, pieces: Iterator[bytes]) -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        for piece in pieces:
            connection.sendall(piece)

    return answer


def silence(connection: socket.socket) -> None:
    connection.recv(1)


BOMB = gzip.compress(bytes(50_000_000))

HOSTILE: dict[str, Answer] = {
    "S13-slow-status": trickle(b"HTTP/1.1 2", b"0"),
    "S13-slow-headers": trickle(BEGIN, b"a"),
    "S13-slow-body": trickle(BEGIN + b"Content-Length: 1000\r\n\r\n", b"a"),
    "S13-silence": silence,
    "S13-endless-body": flood(BEGIN + b"\r\n", itertools.repeat(bytes(65_536))),
    "S13-endless-chunks": flood(BEGIN + b"Transfer-Encoding: chunked\r\n\r\n", itertools.repeat(b"5\r\nhello\r\n")),
    "S13-large-declared": send(BEGIN + b"Content-Length: 10737418240\r\n\r\n", bytes(20_000)),
    "S13-endless-headers": flood(BEGIN, (b"x-%d: y\r\n" % number for number in itertools.count())),
    "S13-one-long-header": flood(BEGIN + b"x: ", itertools.repeat(bytes(b"y" * 65_536))),
    "S13-endless-informational": flood(b"", itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")),
    "S13-gzip-bomb": send(BEGIN + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB), BOMB),
    "S13-gzip-broken": send(BEGIN + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\n", b"hello"),
    "S13-gzip-cut": send(BEGIN + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"hello")[:-6]),
    "S13-unknown-encoding": send(BEGIN + b"Content-Encoding: br\r\nContent-Length: 5\r\n\r\n", b"hello"),
    "S13-not-http": send(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "S13-nothing": send(b""),
    "S13-two-lengths": send(BEGIN + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    "S13-body-cut": send(BEGIN + b"Content-Length: 10\r\n\r\nab"),
}


@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_answer_ends_in_time_and_within_little_memory(
    client: OutboundClient, listener: Any, answer: Answer
) -> None:
    listener.answers.append(answer)
    tracemalloc.start()
    try:
        with pytest.raises(RemoteFailed) as failed:
            client.request("POST", URL, content=b"{}", limits=SHORT)
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak_bytes < 4_000_000
    assert failed.value.may_have_arrived
    assert failed.value.message.startswith("receiver.example ")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_s07_a_redirect_is_an_answer_and_is_not_followed(client: OutboundClient, listener: Any, status: int) -> None:
    inside = f"http://127.0.0.1:{listener.port}/inside"
    listener.answers.append(
        send(f"HTTP/1.1 {status} Found\r\nLocation: {inside}\r\nContent-Length: 0\r\n\r\n".encode())
    )
    assert client.request("POST", URL, content=b"{}").status == status
    assert listener.connections == 1


def test_a_body_is_cut_where_only_its_beginning_is_wanted(client: OutboundClient, listener: Any) -> None:
    listener.answers.append(flood(BEGIN + b"\r\n", itertools.repeat(b"a" * 65_536)))
    reply = client.request("POST", URL, limits=Limits(total_seconds=5.0, body_bytes=100, cuts_body=True))
    assert (reply.status, reply.body) == (200, b"a" * 100)


def test_a_compressed_body_within_the_limit_is_read(client: OutboundClient, listener: Any) -> None:
    body = gzip.compress(b"hello " * 1_000)
    listener.answers.append(send(BEGIN + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body), body))
    assert client.request("GET", URL, limits=SHORT).body == b"hello " * 1_000


def test_a_server_that_answers_before_it_has_read_all_is_heard(client: OutboundClient, listener: Any) -> None:
    listener.answers.append(send(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"))
    assert client.request("POST", URL, content=bytes(200_000), limits=Limits(total_seconds=5.0)).status == 413
