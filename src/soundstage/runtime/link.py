"""The line between a worker and its supervisor: one JSON object a line over a socket pair."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

Message = dict[str, Any]

MAX_BUFFER_BYTES = 1 << 20


class Link:
    """One end. Sending never blocks for long and never fails: a peer that is gone or deaf misses messages."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._socket.settimeout(None)
        self._buffer = b""
        self._lock = threading.Lock()

    def fileno(self) -> int:
        return self._socket.fileno()

    def send(self, **message: Any) -> bool:
        """False where the peer is gone or its buffer is full."""
        line = json.dumps(message, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            try:
                return self._socket.send(line, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) == len(line)
            except OSError:
                return False

    def receive(self, wait: bool = True) -> list[Message] | None:
        """The messages that have come, or come next; None once the peer is gone, or without waiting where none has."""
        try:
            data = self._socket.recv(65536, 0 if wait else socket.MSG_DONTWAIT)
        except OSError:
            return None
        if not data:
            return None
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        if len(self._buffer) > MAX_BUFFER_BYTES:
            self._buffer = b""
        return list(_parsed(lines))

    def close(self) -> None:
        self._socket.close()


def _parsed(lines: list[bytes]) -> Iterator[Message]:
    for line in lines:
        with contextlib.suppress(ValueError):
            message = json.loads(line)
            if isinstance(message, dict):
                yield message
