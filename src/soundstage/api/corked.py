"""A transport that holds back what is written while more follows at once.

uvicorn writes each frame of a WebSocket by itself, and each write is a system call: most of what a frame costs.
"""

from __future__ import annotations

import asyncio
from typing import Any

MORE = "soundstage.more"
"""In a `websocket.send` message of ASGI: another follows at once, and both may go out together."""
MOST_HELD_BYTES = 65_536


class Corked:
    """Around an open transport. While `is_held`, what is written waits, up to MOST_HELD_BYTES."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self.is_held = False
        self._transport = transport
        self._held = bytearray()

    def write(self, content: bytes) -> None:
        self._held += content
        if not self.is_held or len(self._held) >= MOST_HELD_BYTES:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._held.clear()
        self._transport.abort()

    def get_write_buffer_size(self) -> int:
        return len(self._held) + self._transport.get_write_buffer_size()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def _flush(self) -> None:
        held, self._held = self._held, bytearray()
        if held and not self._transport.is_closing():
            self._transport.write(held)
