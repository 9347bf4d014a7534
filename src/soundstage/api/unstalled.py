"""Connections whose readers have stopped reading are cut, so that what waits for them does not stay for ever."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from soundstage.api.corked import MORE, Corked

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent

STALLED_SECONDS = 30.0


class Unstalled(asyncio.Protocol):
    """Beside a protocol of uvicorn. While asyncio holds back what is written (above 64 KiB), less must wait each time
    that it is looked at.
    """

    stalled_seconds = STALLED_SECONDS
    transport: asyncio.Transport
    _look: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._look_later()

    def resume_writing(self) -> None:
        self._stop_looking()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_looking()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._stop_looking()
        waiting_bytes = self.transport.get_write_buffer_size()
        loop = asyncio.get_running_loop()
        self._look = loop.call_later(self.stalled_seconds, self._cut_unless_below, waiting_bytes)

    def _cut_unless_below(self, waiting_bytes: int) -> None:
        if self.transport.get_write_buffer_size() < waiting_bytes:
            self._look_later()
        else:
            self.transport.abort()

    def _stop_looking(self) -> None:
        if self._look is not None:
            self._look.cancel()
            self._look = None


class UnstalledHttp(Unstalled, H11Protocol):
    """HTTP/1.1."""


class UnstalledWebSocket(Unstalled, WebSocketsSansIOProtocol):
    """WebSockets. A message that says MORE goes out with the one that follows it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._corked = Corked(cast("asyncio.Transport", transport))
        super().connection_made(cast("asyncio.Transport", self._corked))

    async def send(self, message: ASGISendEvent) -> None:
        self._corked.is_held = bool(message.get(MORE))
        await super().send(message)
