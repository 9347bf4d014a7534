"""The door of every request: who may come in by its Host and Origin, and headers that each answer leaves with."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from soundstage.api.errors import ForeignCaller, problem_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Door:
    """ASGI. Refuses names that are not ours (DNS rebinding) and changes asked for by pages of other sites."""

    def __init__(self, app: ASGIApp, host_names: Collection[str]) -> None:
        self._app = app
        self._host_names = host_names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message))
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        answer = self._app if refusal is None else problem_of(refusal)
        await answer(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> ForeignCaller | None:
        host = headers.get("host", "")
        if _name_of(host) not in self._host_names:
            return ForeignCaller(f"Soundstage does not answer to the name {_name_of(host)[:80]!r}.")
        if method in SAFE_METHODS:
            return None
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return ForeignCaller(f"A page of {origin[:80]!r} may not change anything here.")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return ForeignCaller("A page of another site may not change anything here.")
        return None


def _name_of(host: str) -> str:
    """The host without its port, in lower case."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def _add_headers(headers: MutableHeaders) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
