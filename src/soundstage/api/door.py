"""The door of every request: who may come in by its Host and Origin, and headers that each answer leaves with."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from soundstage.api.errors import ForeignCaller, problem_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
WEBSOCKET_REFUSED = 1008
"""RFC 6455, section 7.4.1: what was sent violates a policy. Before the handshake ends it is answered with 403."""


class Door:
    """ASGI. Refuses names that are not ours (DNS rebinding), and changes and WebSockets that pages of other sites ask
    for. Where it takes addresses, an address is a name of ours.
    """

    def __init__(
        self,
        app: ASGIApp,
        host_names: Collection[str],
        takes_addresses: bool = False,
        safe_methods: Collection[str] = SAFE_METHODS,
    ) -> None:
        self._app = app
        self._host_names = host_names
        self._takes_addresses = takes_addresses
        self._safe_methods = safe_methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "websocket" and self._refuses_websocket(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": WEBSOCKET_REFUSED})
        else:
            await self._app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message))
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        answer = self._app if refusal is None else problem_of(refusal)
        await answer(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> ForeignCaller | None:
        name = _name_of(headers.get("host", ""))
        if not self._is_ours(name):
            return ForeignCaller(
                f"Soundstage does not answer to the name {name[:80]!r}.",
                hint="Open it at the address that it printed when it started, or add the name to "
                "SOUNDSTAGE_ALLOWED_HOSTS.",
            )
        if method in self._safe_methods:
            return None
        if "origin" in headers and not is_own_page(headers):
            return ForeignCaller(f"A page of {headers['origin'][:80]!r} may not change anything here.")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return ForeignCaller("A page of another site may not change anything here.")
        return None

    def _refuses_websocket(self, headers: Headers) -> bool:
        """No WebSocket is opened by a cookie, and a browser always says its Origin: what has one alone is refused."""
        if self._refusal("CONNECT", headers) is not None:
            return True
        return "cookie" in headers and "origin" not in headers

    def _is_ours(self, name: str) -> bool:
        return name in self._host_names or (self._takes_addresses and _is_address(name))


def _name_of(host: str) -> str:
    """The host without its port, in lower case."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def is_own_page(headers: Headers) -> bool:
    """Whether the page that asks was served under the name that it asks by."""
    with contextlib.suppress(ValueError):
        return urlsplit(headers.get("origin", "")).netloc == headers.get("host")
    return False


def _is_address(name: str) -> bool:
    bare = name[1:-1] if name.startswith("[") and name.endswith("]") else name
    with contextlib.suppress(ValueError):
        return (ip_address(bare).version == 6) == (bare != name)
    return False


def _add_headers(headers: MutableHeaders) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
