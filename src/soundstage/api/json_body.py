"""JSON bodies are read strictly and within limits before a route sees them."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Collection
from typing import Any, NoReturn

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from soundstage.api.door import SAFE_METHODS
from soundstage.api.errors import BadJson, BodyStalled, NotJson, problem_of
from soundstage.core.errors import SoundstageError, TooLarge

MOST_LEVELS = 32
SMALL_BYTES = 16 << 10


class JsonBodies:
    """ASGI. Every body is JSON, apart from those sent to `raw_paths`, and from forms sent to `form_paths`.

    A raw path that ends with a slash stands for all below it.
    """

    def __init__(
        self,
        app: ASGIApp,
        max_bytes: int,
        timeout_seconds: float,
        raw_paths: Collection[str],
        form_paths: Collection[str] = (),
    ) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._timeout_seconds = timeout_seconds
        self._raw_paths = raw_paths
        self._form_paths = form_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS or self._is_for_the_route(scope):
            await self._app(scope, receive, send)
            return
        try:
            body = await self._checked_body(Headers(scope=scope), receive)
        except ClientDisconnect:
            return
        except SoundstageError as error:
            await problem_of(error)(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)

    def _is_for_the_route(self, scope: Scope) -> bool:
        """Such a body is read, within limits, by its route."""
        if scope["path"] in self._form_paths:
            return Headers(scope=scope).get("content-type", "").startswith("multipart/form-data")
        path: str = scope["path"]
        return any(path.startswith(raw) if raw.endswith("/") else path == raw for raw in self._raw_paths)

    async def _checked_body(self, headers: Headers, receive: Receive) -> bytes:
        check_length(headers, self._max_bytes)
        try:
            async with asyncio.timeout(self._timeout_seconds):
                body = await self._read(receive)
        except TimeoutError:
            raise BodyStalled(f"The body did not arrive within {self._timeout_seconds:g} seconds.") from None
        if body and headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise NotJson
        if len(body) > SMALL_BYTES:
            await asyncio.to_thread(check_json, body)
        elif body:
            check_json(body)
        return body

    async def _read(self, receive: Receive) -> bytes:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            if len(body) > self._max_bytes:
                raise TooLarge(f"A JSON body may hold {self._max_bytes} bytes.")
            if not message.get("more_body", False):
                return bytes(body)


def check_length(headers: Headers, max_bytes: int) -> None:
    """Raises TooLarge where the request itself says that its body is."""
    told = headers.get("content-length", "0")
    if told.isdigit() and int(told) > max_bytes:
        raise TooLarge(f"The body has {told} bytes; at most {max_bytes} are taken here.")


def check_json(body: bytes) -> None:
    """Raises BadJson for what is not JSON by RFC 8259, for names given twice, and for what nests too deep."""
    try:
        value = json.loads(
            body.decode("utf-8"), object_pairs_hook=_object_without_twins, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise BadJson(f"The body nests deeper than {MOST_LEVELS} levels.") from None
    except ValueError as error:
        raise BadJson(f"The body is not JSON: {error}.") from None
    _check_value(value, MOST_LEVELS)


def _check_value(value: Any, levels_left: int) -> None:
    if levels_left == 0:
        raise BadJson(f"The body nests deeper than {MOST_LEVELS} levels.")
    if isinstance(value, float) and not math.isfinite(value):
        raise BadJson("A number in the body is too large.")
    if isinstance(value, str):
        _check_text(value)
    for inner in _inner_values(value):
        _check_value(inner, levels_left - 1)


def _inner_values(value: Any) -> Collection[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else ()


def _check_text(text: str) -> None:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise BadJson("A text in the body holds half of a surrogate pair.")


def _object_without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise BadJson("An object in the body has a name twice.")
    return made


def _refuse_constant(name: str) -> NoReturn:
    raise BadJson(f"The body holds {name}, which is no JSON.")


def _replayed(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again
