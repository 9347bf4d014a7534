"""Each request from outside: its id, its line in the log, its numbers and its span."""

from __future__ import annotations

import logging
import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from soundstage.api.errors import unexpected_problem
from soundstage.api.operating.metrics import OTHER, Metrics
from soundstage.core.log_context import Fields, log_fields
from soundstage.core.traces import Span, Tracer

REQUEST_ID_HEADER = "X-Request-Id"
_SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_WEBSOCKET_REFUSED, _WEBSOCKET_ACCEPTED = 403, 101
_FAILED = 500
_NOT_ANSWERED = 499

_log = logging.getLogger(__name__)
access_log = logging.getLogger("soundstage.access")


class Requests:
    """ASGI, before all else. A request that nobody foresaw to fail is logged and answered here."""

    def __init__(self, app: ASGIApp, metrics: Metrics, tracer: Tracer) -> None:
        self._app = app
        self._metrics = metrics
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers)
        method = scope.get("method", "WEBSOCKET")
        exchange = _Exchange(scope, receive, send, request_id, self._metrics)
        with (
            self._tracer.span(method, headers.get("traceparent", ""), is_server=True) as span,
            log_fields(request_id=request_id, method=method, trace_id=span.trace_id or None) as fields,
        ):
            try:
                await self._answer(exchange)
            finally:
                exchange.end()
                self._tell(exchange, fields, span)

    async def _answer(self, exchange: _Exchange) -> None:
        try:
            await self._app(exchange.scope, exchange.receive, exchange.send)
        except Exception as error:  # the server goes on; the one who asked hears that something went wrong
            _log.error("A request failed.", exc_info=error)
            if exchange.status is not None or exchange.scope["type"] != "http":
                exchange.status = _FAILED
                raise
            await unexpected_problem()(exchange.scope, exchange.receive, exchange.send)

    def _tell(self, exchange: _Exchange, fields: Fields, span: Span) -> None:
        method, status = str(fields["method"]), exchange.status or _NOT_ANSWERED
        fields.update(route=exchange.route, status=status, duration_ms=round(exchange.seconds * 1000, 1))
        self._metrics.answered(method, exchange.route, status, exchange.seconds, exchange.is_stream)
        if exchange.received_bytes:
            self._metrics.received(exchange.route, exchange.received_bytes)
        span.describe(
            f"{method} {exchange.route}",
            {
                "http.request.method": method,
                "http.route": exchange.route,
                "http.response.status_code": status,
                "soundstage.request_id": str(fields["request_id"]),
            },
        )
        if status >= _FAILED:
            span.fail(str(fields.get("error_code", status)))
        access_log.info("%s %s %s", method, exchange.route, status)


class _Exchange:
    """What goes in and out of one request, seen as it passes."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, request_id: str, metrics: Metrics) -> None:
        self.scope = scope
        self.status: int | None = None
        self.received_bytes = 0
        self._receive = receive
        self._send = send
        self._request_id = request_id
        self._metrics = metrics
        self._began_at = time.monotonic()
        self._is_event_stream = False
        self._is_open_socket = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began_at

    @property
    def is_stream(self) -> bool:
        return self._is_event_stream or self.scope["type"] == "websocket"

    @property
    def route(self) -> str:
        """The template, whatever the path was."""
        return getattr(self.scope.get("route"), "path", OTHER)

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self.received_bytes += len(message.get("body", b""))
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._see_start(message)
        elif message["type"] == "websocket.accept":
            self.status = _WEBSOCKET_ACCEPTED
            self._is_open_socket = True
            self._metrics.stream_opened("websocket")
        elif message["type"] == "websocket.close" and self.status is None:
            self.status = _WEBSOCKET_REFUSED
        await self._send(message)

    def end(self) -> None:
        if self._is_open_socket:
            self._metrics.stream_closed("websocket")

    def _see_start(self, message: Message) -> None:
        self.status = message["status"]
        headers = MutableHeaders(scope=message)
        headers[REQUEST_ID_HEADER] = self._request_id
        self._is_event_stream = headers.get("content-type", "").startswith("text/event-stream")


def _request_id(headers: Headers) -> str:
    """That of the client or a proxy, where it is one that can stand in a log."""
    given = headers.get(REQUEST_ID_HEADER, "")
    return given if _SANE_ID.fullmatch(given) else f"req_{secrets.token_hex(12)}"
