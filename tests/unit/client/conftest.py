"""A server that answers by a script, and both clients of it, called in the same way."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from soundstage.client import AsyncSoundstage, Soundstage
from soundstage.client.wires import AsyncWire, BlockingWire

URL = "http://studio.test"
JOB_ID = "job_06fk3v8q2s5d1n7x9b4c0m8r3t"
AT = datetime(2026, 1, 1, tzinfo=UTC).isoformat()

Reply = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Chunks, and then the end or a broken connection."""

    def __init__(self, chunks: Sequence[bytes], error: Exception | None = None) -> None:
        self._chunks = chunks
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks
        if self._error is not None:
            raise self._error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


@dataclass
class ScriptedServer:
    """Gives each request the next reply, and remembers the requests."""

    replies: list[Reply] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        assert self.replies, f"Nothing is left to answer {request.method} {request.url} with."
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply(request) if callable(reply) else reply

    def sent(self) -> list[str]:
        return [f"{request.method} {request.url.raw_path.decode()}" for request in self.requests]

    def headers(self, name: str) -> list[str | None]:
        return [request.headers.get(name) for request in self.requests]


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def pass_by(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Caller:
    """Makes a client of one kind, and gives what a call of it gives; an iterator as a list."""

    def __init__(self, is_blocking: bool, server: ScriptedServer) -> None:
        self.is_blocking = is_blocking
        self._server = server

    def __call__(self, act: Callable[[Any], Any], **options: Any) -> Any:
        options = {"url": URL, "transport": httpx.MockTransport(self._handler()), **options}
        if not self.is_blocking:
            return asyncio.run(self._awaited(act, options))
        with Soundstage(**options) as studio:
            made = act(studio)
            return list(made) if inspect.isgenerator(made) else made

    def _handler(self) -> Any:
        """Asynchronous bodies are read by MockTransport itself."""
        if self.is_blocking:
            return self._server

        async def handle(request: httpx.Request) -> httpx.Response:
            await request.aread()
            return self._server(request)

        return handle

    async def _awaited(self, act: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        async with AsyncSoundstage(**options) as studio:
            made = act(studio)
            if inspect.isasyncgen(made):
                return [item async for item in made]
            return await made if inspect.isawaitable(made) else made


@pytest.fixture
def server() -> ScriptedServer:
    return ScriptedServer()


@pytest.fixture(params=["blocking", "asyncio"])
def call(request: pytest.FixtureRequest, server: ScriptedServer, clock: Time) -> Caller:
    """Every test that asks for this runs with each client."""
    return Caller(request.param == "blocking", server)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()

    async def sleep(_wire: object, seconds: float) -> None:
        time.pass_by(seconds)

    for wire in (BlockingWire, AsyncWire):
        monkeypatch.setattr(wire, "sleep", sleep)
        monkeypatch.setattr(wire, "now", lambda _wire: time.now)
    return time


@pytest.fixture
def job() -> Callable[..., dict[str, Any]]:
    def made(**changes: Any) -> dict[str, Any]:
        return {
            "id": JOB_ID,
            "pipeline": "letter",
            "state": "running",
            "progress": 40,
            "created_at": AT,
            **changes,
        }

    return made


@pytest.fixture
def answer() -> Callable[..., httpx.Response]:
    """JSON with a status."""

    def made(body: Any = None, status: int = 200, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.Response(status, headers=named, content=b"" if body is None else json.dumps(body).encode())

    return made


@pytest.fixture
def problem(answer: Callable[..., httpx.Response]) -> Callable[..., httpx.Response]:
    def made(status: int, code: str = "some_code", **headers: str) -> httpx.Response:
        body = {"type": "about:blank", "title": "T", "status": status, "code": code, "detail": "D.", "hint": "H."}
        return answer(body, status, **headers)

    return made


@pytest.fixture
def broken() -> Callable[..., httpx.Response]:
    """Chunks of a body, after which the connection breaks, or ends."""

    def made(*chunks: bytes, status: int = 200, ends: bool = False, **headers: str) -> httpx.Response:
        error = None if ends else httpx.ReadError("cut")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.Response(status, headers=named, stream=Body(chunks, error))

    return made


@pytest.fixture
def lines() -> Callable[..., bytes]:
    """Server-sent events: numbers are facts, `final` ones end the job; words are reasons of a bye."""

    def made(*items: int | str, final: int = 0) -> bytes:
        return b"".join(_block(item, final) for item in items)

    return made


def _block(item: int | str, final: int) -> bytes:
    if isinstance(item, str):
        return f'event: bye\ndata: {{"reason": "{item}"}}\n\n'.encode()
    kind = "job.succeeded" if item == final else "stage.started"
    data = json.dumps({"seq": item, "kind": kind, "at": AT, "stage": None, "data": {}})
    return f"event: {kind}\nid: {item}\ndata: {data}\n\n".encode()
