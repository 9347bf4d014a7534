"""Clients that follow a job over each transport. They look at bytes and at the clock alone: the server is measured."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

HEAD_END = b"\r\n\r\n"
WEBSOCKET_HEAD = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)
LONGEST_SHORT_FRAME = 125
LONGEST_FACT_BYTES = 65_536
_NEWS = re.compile(rb'"kind":"stage\.started","at":[^,]+,"stage":"(\w+)"|"reason": "(ended)"')


@dataclass(eq=False)
class Follower(asyncio.Protocol):
    """`seen` has the time, of CLOCK_MONOTONIC, at which the start of each stage had come."""

    transport: asyncio.Transport = field(init=False)
    seen: dict[str, float] = field(default_factory=dict)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    _text: bytes = b""
    _until: bytes = b""
    _has_come: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        self._text += data
        if self._has_come is not None:
            self._answer(self._has_come)
            return
        end = 0
        for news in _NEWS.finditer(self._text):
            end = news.end()
            self._note(news, now)
        self._text = self._text[max(end, len(self._text) - LONGEST_FACT_BYTES) :]

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()
        if self._has_come is not None and not self._has_come.done():
            self._has_come.set_exception(exc or ConnectionError(f"The server went away after {self._text!r}."))

    async def ask(self, request: bytes, until: bytes) -> bytes:
        """Send, and wait for an answer that ends so. Raises ConnectionError."""
        self._until = until
        self._has_come = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._has_come

    def close(self) -> None:
        self.transport.abort()

    def _answer(self, waiting: asyncio.Future[bytes]) -> None:
        answer, found, rest = self._text.partition(self._until)
        if found:
            self._has_come, self._text = None, b""
            waiting.set_result(answer + found)
            if rest:
                self.data_received(rest)

    def _note(self, news: re.Match[bytes], now: float) -> None:
        if news[1]:
            self.seen[news[1].decode()] = now
        else:
            self.ended.set()


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server answers, and who asks."""

    port: int
    token: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def opened(self, path: str, headers: str, status: int) -> Follower:
        """Connected, the head of the answer read. Raises ConnectionError where the server refuses."""
        loop = asyncio.get_running_loop()
        _, follower = await loop.create_connection(Follower, "127.0.0.1", self.port)
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAuthorization: Bearer {self.token}\r\n"
        answer = await follower.ask(f"{head}{headers}\r\n".encode(), HEAD_END)
        if not answer.startswith(f"HTTP/1.1 {status} ".encode()):
            follower.close()
            raise ConnectionError(answer.decode())
        return follower


async def over_sse(address: Address, job_id: str) -> Follower:
    return await address.opened(f"/api/jobs/{job_id}/events", "", 200)


async def over_websocket(address: Address, job_id: str) -> Follower:
    return await address.opened(f"/ws/jobs/{job_id}", WEBSOCKET_HEAD, 101)


async def over_socketio(address: Address, job_id: str) -> Follower:
    """Engine.IO 4 and Socket.IO 5: `40` connects, `42` is an event, `43` its acknowledgement."""
    follower = await address.opened("/socket.io/?EIO=4&transport=websocket", WEBSOCKET_HEAD, 101)
    await follower.ask(_frame("40"), b"40{")
    await follower.ask(_frame('421["subscribe",' + json.dumps({"job_id": job_id}) + "]"), b'431[{"ok":true}]')
    return follower


def _frame(text: str) -> bytes:
    """A short text frame (RFC 6455, section 5.2), masked with zeros."""
    payload = text.encode()
    if len(payload) > LONGEST_SHORT_FRAME:
        raise ValueError(f"{len(payload)} bytes do not fit into a short frame.")
    return bytes((0x81, 0x80 | len(payload), 0, 0, 0, 0)) + payload


Follow = Callable[[Address, str], Awaitable[Follower]]
TRANSPORTS: Mapping[str, Follow] = {"SSE": over_sse, "WebSocket": over_websocket, "Socket.IO": over_socketio}
