"""Ten thousand reconnects over the three transports while a job runs: no gap, no repeat.

The connections are those of ASGI itself, in memory: a server in between would only add its time.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Message

from soundstage.api.live.socketio import with_sockets
from soundstage.bootstrap.studio import Studio
from soundstage.runtime.live import EventHub
from soundstage.store.claims import Claim

RECONNECTS = 10_000
CLIENTS = 24
RECONNECTS_A_FACT = 8


class Wire:
    """One connection in memory. What is sent after it broke is lost over HTTP, and an error on a WebSocket."""

    def __init__(self, app: ASGIApp, path: str, query: str, headers: dict[str, str]) -> None:
        self._kind = "http" if path.startswith("/api") else "websocket"
        self._to_app: asyncio.Queue[Message] = asyncio.Queue()
        self._from_app: asyncio.Queue[Message] = asyncio.Queue()
        self._is_broken = False
        first = {"type": "http.request", "body": b""} if self._kind == "http" else {"type": "websocket.connect"}
        self._to_app.put_nowait(first)
        raw = [(name.encode(), value.encode()) for name, value in {"host": "localhost", **headers}.items()]
        if self._kind == "websocket":
            raw += [(b"connection", b"upgrade"), (b"upgrade", b"websocket")]
        scope = {
            "type": self._kind,
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": raw,
            "subprotocols": [],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        self.task = asyncio.get_running_loop().create_task(self._serve(app, scope))

    async def _serve(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            await app(scope, self._to_app.get, self._send)

    async def _send(self, message: Message) -> None:
        if not self._is_broken:
            self._from_app.put_nowait(message)
        elif self._kind == "websocket":
            raise OSError("The client is gone.")

    async def receive(self) -> str:
        """The next text; headers and handshakes are passed over."""
        while True:
            message = await self._from_app.get()
            assert message.get("status", 200) == 200, message
            text = message.get("text") or message.get("body", b"").decode()
            if text:
                return str(text)

    def say(self, text: str) -> None:
        self._to_app.put_nowait({"type": "websocket.receive", "text": text})

    def break_off(self) -> None:
        self._is_broken = True
        self._to_app.put_nowait({"type": f"{self._kind}.disconnect", "code": 1006})


@dataclass
class Follower:
    """One client, and the numbers that it was told."""

    app: ASGIApp
    job_id: str
    bearer: dict[str, str]
    seqs: list[int] = field(default_factory=list)
    is_over: bool = False

    def take(self, text: str) -> None:
        fact = json.loads(text)
        self.seqs.append(fact["seq"])
        self.is_over = self.is_over or fact["kind"] == "job.cancelled"


TakeNews = Callable[[], Awaitable[None]]
Way = Callable[[Follower], contextlib.AbstractAsyncContextManager[TakeNews]]
"""Connects after the last number, and gives what takes the next news."""


@contextlib.asynccontextmanager
async def by_sse(follower: Follower) -> AsyncIterator[TakeNews]:
    headers = follower.bearer | {"last-event-id": str(len(follower.seqs))}
    async with wired(follower.app, f"/api/jobs/{follower.job_id}/events", "", headers) as wire:

        async def take_news() -> None:
            for block in (await wire.receive()).split("\n\n"):
                if "\nid: " in block:
                    follower.take(block.split("data: ")[1].split("\n")[0])

        yield take_news


@contextlib.asynccontextmanager
async def by_websocket(follower: Follower) -> AsyncIterator[TakeNews]:
    query = f"after={len(follower.seqs)}"
    async with wired(follower.app, f"/ws/jobs/{follower.job_id}", query, follower.bearer) as wire:

        async def take_news() -> None:
            text = await wire.receive()
            if '"type":"fact"' in text:
                follower.take(text)

        yield take_news


@contextlib.asynccontextmanager
async def by_socketio(follower: Follower) -> AsyncIterator[TakeNews]:
    async with wired(follower.app, "/socket.io/", "EIO=4&transport=websocket", follower.bearer) as wire:
        await wire.receive()
        wire.say("40")
        assert (await wire.receive()).startswith("40")
        given = {"job_id": follower.job_id, "after": len(follower.seqs)}
        wire.say("421" + json.dumps(["subscribe", given]))

        async def take_news() -> None:
            text = await wire.receive()
            if text.startswith('42["fact",'):
                follower.take(text[len('42["fact",') : -1])

        yield take_news


@contextlib.asynccontextmanager
async def wired(app: ASGIApp, path: str, query: str, headers: dict[str, str]) -> AsyncIterator[Wire]:
    wire = Wire(app, path, query, headers)
    try:
        yield wire
    finally:
        wire.break_off()
        await wire.task


WAYS: tuple[Way, ...] = (by_sse, by_websocket, by_socketio)


class Talker:
    """A worker that saves a checkpoint each time that it is let, and completes its part at the end."""

    def __init__(self, studio: Studio, hub: EventHub, claim: Claim) -> None:
        self._store, self._hub, self._claim = studio.parts.store, hub, claim
        self._turns = threading.Semaphore(0)
        self._is_over = False
        self._thread = threading.Thread(target=self._talk)
        self._thread.start()

    def let(self) -> None:
        self._turns.release()

    def end(self) -> None:
        self._is_over = True
        self.let()
        self._thread.join()

    def _talk(self) -> None:
        position = 0
        while self._turns.acquire() and not self._is_over:
            self._store.parts.save_checkpoint(self._claim, "word", position, {}, [])
            self._hub.notice(self._claim.job_id)
            position += 1
        self._store.database.close()


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_ten_thousand_reconnects_lose_and_repeat_nothing(
    app: FastAPI, studio: Studio, hub: EventHub, job: str, claim: Callable[[], Claim], administrator: Any
) -> None:
    talker = Talker(studio, hub, claim())
    sockets = with_sockets(app, lambda: app.state.services)
    bearer = {"authorization": f"Bearer {administrator.access_token}"}
    followers = [Follower(sockets, job, bearer) for _ in range(CLIENTS)]
    try:
        reconnects = asyncio.run(follow_and_lose(studio, followers, talker))
    finally:
        talker.end()
    everything = studio.jobs.events(job, 0, 100_000)
    assert reconnects == RECONNECTS
    assert len(everything) > RECONNECTS / RECONNECTS_A_FACT / 2
    for follower in followers:
        assert follower.seqs == list(range(1, len(everything) + 1))
    assert hub.reader_count == 0


async def follow_and_lose(studio: Studio, followers: list[Follower], talker: Talker) -> int:
    done: list[int] = []
    left = iter(range(RECONNECTS))
    async with asyncio.TaskGroup() as group:
        for number, follower in enumerate(followers):
            dice = random.Random(number)
            group.create_task(reconnect(follower, WAYS[number % 3], left, done, dice, talker))
    talker.end()
    await asyncio.to_thread(studio.jobs.cancel, followers[0].job_id)
    async with asyncio.TaskGroup() as group:
        for number, follower in enumerate(followers):
            group.create_task(until_over(follower, WAYS[number % 3]))
    return len(done)


async def reconnect(
    follower: Follower, way: Way, left: Iterator[int], done: list[int], dice: random.Random, talker: Talker
) -> None:
    for number in left:
        done.append(number)
        if number % RECONNECTS_A_FACT == 0:
            talker.let()
        async with way(follower) as take_news:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(dice.choice((0.0, 0.001, 0.02))):
                    while True:
                        await take_news()


async def until_over(follower: Follower, way: Way) -> None:
    async with asyncio.timeout(60), way(follower) as take_news:
        while not follower.is_over:
            await take_news()
