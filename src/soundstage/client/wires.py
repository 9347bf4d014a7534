"""How requests travel: what the calls need, once blocking and once on an event loop.

Everything above is written once, as coroutines. Those of a `BlockingWire` never suspend, so `run` finishes them in
one step: the blocking client and the asynchronous one are the same program.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import httpx

from soundstage.client.errors import ConnectionLost

T = TypeVar("T")
Query = Mapping[str, str | int | list[str]]


@dataclass(frozen=True, slots=True)
class Request:
    """One message to the server. `path` begins with a slash. A body is JSON, bytes, or a file of a form."""

    method: str
    path: str
    query: Query = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    content: bytes | None = None
    form: Mapping[str, str] = field(default_factory=dict)
    file: tuple[str, bytes] | None = None
    read_seconds: float | None = None

    def fields(self) -> dict[str, Any]:
        """As httpx takes them."""
        made: dict[str, Any] = {"params": dict(self.query), "headers": dict(self.headers)}
        if self.json is not None:
            made["json"] = self.json
        if self.content is not None:
            made["content"] = self.content
        if self.file is not None:
            made |= {"data": dict(self.form), "files": {"file": self.file}}
        return made


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer, with its whole body or with its chunks as they come."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    chunks: AsyncIterator[bytes] = field(default_factory=lambda: _each(()))


class NotSent(ConnectionLost):
    """The server could not be reached, so that nothing can have happened there."""


class Wire(Protocol):
    """Raises NotSent and ConnectionLost; never an error of httpx."""

    async def send(self, request: Request) -> Answer: ...

    def stream(self, request: Request, lifetime_seconds: float | None = None) -> AbstractAsyncContextManager[Answer]:
        """Raises TimeoutError from the chunks when the lifetime is over."""

    async def sleep(self, seconds: float) -> None: ...

    def now(self) -> float:
        """Seconds of a clock that never goes back."""

    async def work(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call what reads or writes files."""

    def lock(self) -> AbstractAsyncContextManager[Any]:
        """The one lock of this wire."""

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class WireSettings:
    """`transport` stands in for the network in tests."""

    url: str
    timeout_seconds: float
    transport: Any = None

    def fields(self) -> dict[str, Any]:
        host = httpx.URL(self.url).host
        return {
            "base_url": self.url,
            "timeout": self.timeout_seconds,
            "transport": self.transport,
            "follow_redirects": False,  # what goes along, the token first, is for this server alone
            "trust_env": host not in ("localhost", "127.0.0.1", "::1"),  # no proxy leads to this computer
        }


class BlockingWire:
    """Each method has finished when it is first stepped. Safe to use from several threads."""

    def __init__(self, settings: WireSettings) -> None:
        self._client = httpx.Client(**settings.fields())
        self._lock = threading.Lock()
        self._closed = threading.Event()

    async def send(self, request: Request) -> Answer:
        with _translated():
            response = self._client.request(request.method, request.path, **request.fields())
            return Answer(response.status_code, response.headers, response.content)

    @asynccontextmanager
    async def stream(self, request: Request, lifetime_seconds: float | None = None) -> AsyncGenerator[Answer]:
        fields = request.fields() | _patience(self._client.timeout, request)
        with (
            _translated(),
            self._client.stream(request.method, request.path, **fields) as response,
            _cut_after(lifetime_seconds, response),
        ):
            yield Answer(response.status_code, response.headers, chunks=_each(response.iter_bytes()))

    async def sleep(self, seconds: float) -> None:
        self._closed.wait(seconds)

    def now(self) -> float:
        return time.monotonic()

    async def work(self, function: Callable[..., T], *arguments: Any) -> T:
        return function(*arguments)

    @asynccontextmanager
    async def lock(self) -> AsyncGenerator[None]:
        with self._lock:
            yield

    async def close(self) -> None:
        self._closed.set()
        self._client.close()


class AsyncWire:
    """For one event loop of asyncio."""

    def __init__(self, settings: WireSettings) -> None:
        self._client = httpx.AsyncClient(**settings.fields())
        self._lock = asyncio.Lock()

    async def send(self, request: Request) -> Answer:
        with _translated():
            response = await self._client.request(request.method, request.path, **request.fields())
            return Answer(response.status_code, response.headers, response.content)

    @asynccontextmanager
    async def stream(self, request: Request, lifetime_seconds: float | None = None) -> AsyncGenerator[Answer]:
        fields = request.fields() | _patience(self._client.timeout, request)
        with _translated():
            async with (
                asyncio.timeout(lifetime_seconds),
                self._client.stream(request.method, request.path, **fields) as response,
            ):
                yield Answer(response.status_code, response.headers, chunks=response.aiter_bytes())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def now(self) -> float:
        return time.monotonic()

    async def work(self, function: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.to_thread(function, *arguments)

    def lock(self) -> AbstractAsyncContextManager[None]:
        return self._lock

    async def close(self) -> None:
        await self._client.aclose()


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine over a BlockingWire."""
    try:
        coroutine.send(None)
    except StopIteration as ended:
        result: T = ended.value
        return result
    coroutine.close()
    raise RuntimeError("A blocking call was suspended: it awaits something that is not of a BlockingWire.")


def iterate(items: AsyncGenerator[T]) -> Generator[T]:
    """The items of an asynchronous generator over a BlockingWire."""
    try:
        while True:
            try:
                yield run(_next(items))
            except StopAsyncIteration:
                return
    finally:
        run(items.aclose())


async def _next(items: AsyncGenerator[T]) -> T:
    return await anext(items)


async def _each(chunks: Iterable[bytes]) -> AsyncGenerator[bytes]:
    for chunk in chunks:
        yield chunk


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise NotSent(f"The server cannot be reached: {error}.") from error
    except (httpx.TransportError, httpx.StreamError, httpx.DecodingError) as error:
        raise ConnectionLost(f"The connection was lost: {type(error).__name__} {error}.") from error


def _patience(usual: httpx.Timeout, request: Request) -> dict[str, Any]:
    """How long the next bytes may take, where that is not the usual time."""
    if request.read_seconds is None:
        return {}
    return {"timeout": httpx.Timeout(usual.connect, read=request.read_seconds)}


@contextlib.contextmanager
def _cut_after(seconds: float | None, response: httpx.Response) -> Iterator[None]:
    """Ends a read that blocks when the time is over: the socket is shut down from another thread."""
    is_over = threading.Event()

    def cut() -> None:
        is_over.set()
        stream = response.extensions.get("network_stream")
        connection = stream.get_extra_info("socket") if stream is not None else None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut) if seconds is not None else None
    try:
        if timer is not None:
            timer.daemon = True
            timer.start()
        yield
        if is_over.is_set():
            raise TimeoutError
    except httpx.TransportError:
        if is_over.is_set():
            raise TimeoutError from None
        raise
    finally:
        if timer is not None:
            timer.cancel()
