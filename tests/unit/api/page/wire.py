"""Calls the application with paths as they come off the wire, and keeps what it sends as it sends it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from fastapi import FastAPI


@dataclass(frozen=True)
class Answer:
    """What the application sent, as it sent it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_index(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html") and b"csp-nonce" in self.body

    @property
    def is_problem(self) -> bool:
        return self.headers.get("content-type") == "application/problem+json"


Ask = Callable[..., Answer]


def caller_of(app: FastAPI) -> Ask:
    def ask(target: str, method: str = "GET", accept: str = "*/*", **headers: str) -> Answer:
        return asyncio.run(_called(app, target, method, {"accept": accept, **headers}))

    return ask


async def _called(app: FastAPI, target: str, method: str, headers: Mapping[str, str]) -> Answer:
    path, _, query = target.partition("?")
    sent: list[Any] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            (b"host", b"localhost"),
            *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()),
        ],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8484),
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *rest = sent
    told = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], told, b"".join(message.get("body", b"") for message in rest))
