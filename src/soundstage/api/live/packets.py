"""How packets get to one Socket.IO client: by its WebSocket, or by a queue for as long as it polls."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any

import engineio
from engineio.async_drivers.asgi import WebSocket
from engineio.packet import MESSAGE, Packet

from soundstage.api.corked import MORE

MOST_WAITING_PACKETS = 64
UPGRADE_SECONDS = 10.0


class Frames(WebSocket):  # type: ignore[misc]
    """The WebSocket of a client. The protocol begins with one of its own, or goes over to one after polling."""

    def __init__(self, handler: Callable[..., Any], server: engineio.AsyncServer) -> None:
        super().__init__(handler, server)
        self._socket = handler.__self__  # type: ignore[attr-defined]
        self._socket.queue.attach(self)

    @property
    def is_in_use(self) -> bool:
        return bool(self._socket.upgraded)

    async def wait(self) -> Any:
        """What comes next. Of a client that polls as yet, in time; raises OSError where nothing comes any more."""
        try:
            async with asyncio.timeout(None if self.is_in_use else UPGRADE_SECONDS):
                return await super().wait()
        except TimeoutError:
            await self.close()
            raise OSError(f"The client did not go over to its WebSocket within {UPGRADE_SECONDS:.0f} s.") from None

    async def tell(self, packets: Sequence[str]) -> None:
        with contextlib.suppress(OSError, RuntimeError):  # the client is gone, of which the protocol hears by itself
            for left, packet in zip(reversed(range(len(packets))), packets, strict=True):
                await self.asgi_send({"type": "websocket.send", "text": packet, MORE: left > 0})


class PacketQueue(asyncio.Queue[Any]):
    """What waits for one client. Those who tell wait until there is room; the protocol's own packets always fit.

    Once a WebSocket is in use, and nothing waits any more, messages go straight to it: the way through the queue and
    its task costs more than the message.
    """

    def __init__(self) -> None:
        super().__init__()
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._frames: Frames | None = None
        self._straight: Frames | None = None

    def attach(self, frames: Frames) -> None:
        self._frames = frames

    async def tell(self, texts: Sequence[str]) -> None:
        """Messages that belong together, in their order; returns once they are in the queue or in the connection."""
        packets = [Packet(MESSAGE, text) for text in texts]
        if self._straight is not None:
            await self._straight.tell([packet.encode() for packet in packets])
            return
        for packet in packets:
            await self._until_room()
            self.put_nowait(packet)

    async def put(self, packet: Packet | None) -> None:
        if self._straight is not None and packet is not None and packet.packet_type == MESSAGE:
            await self._straight.tell([packet.encode()])
        else:
            await super().put(packet)

    async def get(self) -> Any:
        """Asked for by the one task that sends: where nothing is left, everything before has been sent."""
        if self._frames is not None and self._frames.is_in_use and self.empty():
            self._straight = self._frames
        return await super().get()

    async def _until_room(self) -> None:
        while self.qsize() >= MOST_WAITING_PACKETS:
            self._has_room.clear()
            await self._has_room.wait()

    def _get(self) -> Any:
        self._has_room.set()
        return super()._get()


class Engine(engineio.AsyncServer):  # type: ignore[misc]
    """Engine.IO with the two above."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._async: dict[str, Any] = dict(self._async, websocket=Frames)

    async def cut(self, engine_id: str) -> None:
        """End a connection, whatever its client does."""
        engine_socket = self.sockets.get(engine_id)
        if engine_socket is not None:
            await engine_socket.close(wait=False)
            engine_socket.queue.put_nowait(None)

    def create_queue(self, *_: Any, **__: Any) -> PacketQueue:
        return PacketQueue()
