"""The application behind a real uvicorn on the loopback, and clients that speak its protocols byte by byte."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
import uvicorn
from fastapi import FastAPI
from websockets.sync.client import ClientConnection, connect

from soundstage.api.live.guard import Guard
from soundstage.api.live.socketio import with_sockets
from soundstage.api.live.streams import Streams
from soundstage.api.unstalled import UnstalledHttp, UnstalledWebSocket
from soundstage.bootstrap.studio import Studio
from soundstage.runtime.live import EventHub

CONFIRM_SECONDS = 0.05


class QuickHttp(UnstalledHttp):
    stalled_seconds = 0.3


class QuickWebSocket(UnstalledWebSocket):
    stalled_seconds = 0.3


@dataclass
class Served:
    """A running server. `bearer` is the administrator's."""

    address: str
    bearer: dict[str, str]
    _open: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def socket(self, path: str, headers: dict[str, str] | None = None, **options: Any) -> ClientConnection:
        """A WebSocket; closed after the test."""
        headers = self.bearer if headers is None else headers
        opening = connect(f"ws://{self.address}{path}", additional_headers=headers, compression=None, **options)
        return cast("ClientConnection", self._open.enter_context(opening))

    def sockets(self, headers: dict[str, str] | None = None, auth: object = None) -> SocketIo:
        """A Socket.IO client that has connected."""
        client = SocketIo(self.socket("/socket.io/?EIO=4&transport=websocket", headers))
        client.open(auth)
        return client

    def close(self) -> None:
        self._open.close()


class SocketIo:
    """Engine.IO 4 and Socket.IO 5 over a WebSocket, by hand."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.events: list[list[Any]] = []
        self._acks = 0

    def open(self, auth: object = None) -> None:
        assert self.receive().startswith("0{")
        self.connection.send("40" + ("" if auth is None else json.dumps(auth)))
        self.answer = self.receive()

    def receive(self) -> str:
        text = self.connection.recv(timeout=10)
        assert isinstance(text, str)
        return text

    def call(self, name: str, *given: object) -> dict[str, Any]:
        """The acknowledgement; events that come before it are kept."""
        self._acks += 1
        self.connection.send(f"42{self._acks}" + json.dumps([name, *given]))
        while not (text := self.receive()).startswith(f"43{self._acks}["):
            self._keep(text)
        answer: dict[str, Any] = json.loads(text[len(f"43{self._acks}") :])[0]
        return answer

    def next_event(self) -> list[Any]:
        while not self.events:
            self._keep(self.receive())
        return self.events.pop(0)

    def events_until(self, name: str) -> list[list[Any]]:
        events = [self.next_event()]
        while events[-1][0] != name:
            events.append(self.next_event())
        return events

    def _keep(self, text: str) -> None:
        if text.startswith("42"):
            self.events.append(json.loads(text[2:]))
        elif text == "2":
            self.connection.send("3")


@pytest.fixture
def served(app: FastAPI, hub: EventHub, studio: Studio, administrator: Any) -> Iterator[Served]:
    quick = replace(app.state.services.settings, idle_seconds=0.5)
    app.state.services = replace(
        app.state.services, settings=quick, streams=Streams(Guard(confirm_seconds=CONFIRM_SECONDS))
    )
    studio.announce = hub.notice
    config = uvicorn.Config(
        with_sockets(app, lambda: app.state.services),
        http=QuickHttp,
        ws=QuickWebSocket,
        log_config=None,
        lifespan="off",
        ws_max_size=16_384,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        port = listener.getsockname()[1]
        running = Served(f"127.0.0.1:{port}", {"Authorization": f"Bearer {administrator.access_token}"})
        try:
            yield running
        finally:
            running.close()
            hub.close()
            server.should_exit = True
            thread.join()


@pytest.fixture
def job(order: Callable[..., dict[str, Any]]) -> str:
    """The id of a job that is queued."""
    return str(order()["id"])
