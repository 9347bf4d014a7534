"""Callers that begin a body and do not go on, or go away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from anyio.to_thread import run_sync
from starlette.types import Message, Receive, Scope, Send

from soundstage.api.errors import BodyStalled
from soundstage.api.json_body import JsonBodies
from soundstage.api.streamed_body import StreamedBody

SCOPE: Scope = {"type": "http", "method": "POST", "path": "/api/jobs", "headers": []}


async def unreached(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError("A body that never came reached the application.")


def answer_to(receive: Receive, timeout_seconds: float) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Any) -> None:
        sent.append(message)

    door = JsonBodies(unreached, max_bytes=100, timeout_seconds=timeout_seconds, raw_paths=())
    asyncio.run(door(SCOPE, receive, send))
    return sent


def test_a_json_body_that_does_not_come_is_given_up() -> None:
    async def silent() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    assert answer_to(silent, timeout_seconds=0.01)[0]["status"] == 408


def test_a_caller_that_goes_away_gets_no_answer() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    assert answer_to(gone, timeout_seconds=10) == []


def test_an_upload_that_does_not_go_on_is_given_up() -> None:
    async def silent() -> AsyncIterator[bytes]:
        yield b"the beginning"
        await asyncio.Event().wait()

    async def scenario() -> list[bytes]:
        return await run_sync(lambda: list(StreamedBody(silent(), 100, 0.01).chunks()))

    with pytest.raises(BodyStalled):
        asyncio.run(scenario())
