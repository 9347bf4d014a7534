"""Bodies of Socket.IO's long polling: small, whole before they are looked at, and in time."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from soundstage.api.errors import BodyStalled, problem_of
from soundstage.core.errors import BadInput, SoundstageError, TooLarge


class SmallBodies:
    """ASGI. JSONP is refused: a script of another site could read its answers."""

    def __init__(self, app: ASGIApp, max_bytes: int, timeout_seconds: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._timeout_seconds = timeout_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            if b"j=" in scope["query_string"]:
                raise BadInput("JSONP is not spoken here.")
            body = await self._read_in_time(receive)
        except ClientDisconnect:
            return
        except SoundstageError as error:
            await problem_of(error)(scope, receive, send)
            return
        await self._app(*_with_body(scope, body, receive), send)

    async def _read_in_time(self, receive: Receive) -> bytes:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._read(receive)
        except TimeoutError:
            raise BodyStalled(f"The body did not arrive within {self._timeout_seconds:.0f} s.") from None

    async def _read(self, receive: Receive) -> bytes:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            if len(body) > self._max_bytes:
                raise TooLarge(f"A message may hold {self._max_bytes} bytes.")
            if not message.get("more_body", False):
                return bytes(body)


def _with_body(scope: Scope, body: bytes, receive: Receive) -> tuple[Scope, Receive]:
    """The request with the length that its body has, whatever it said."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return {**scope, "headers": [*headers, (b"content-length", str(len(body)).encode())]}, receive_again
