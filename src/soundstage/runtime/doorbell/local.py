"""A bell on this machine: a datagram socket in the home folder, rung by any process that made work ready."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

BELL_NAME = "bell"


class LocalBell:
    """The hearing end; one for each home folder, made by whoever owns it."""

    def __init__(self, folder: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        path = folder / BELL_NAME
        path.unlink(missing_ok=True)
        with _short(path) as address:
            self.socket.bind(address)
        path.chmod(0o600)

    def hear(self) -> int:
        """How many rings have come since the last look."""
        rings = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                self.socket.recv(16)
                rings += 1
        return rings

    def close(self) -> None:
        self.socket.close()


def ring_local(folder: Path) -> bool:
    """Ring the bell of a home folder. False where nobody listens; the work is then found at the next start."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.setblocking(False)
        try:
            with _short(folder / BELL_NAME) as address:
                bell.sendto(b"r", address)
        except BlockingIOError:
            return True  # as many rings as fit are waiting already
        except OSError:
            return False
    return True


@contextlib.contextmanager
def _short(path: Path) -> Iterator[str]:
    """A name within the 107 bytes that a socket address may have."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
