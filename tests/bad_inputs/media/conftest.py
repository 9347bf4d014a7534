"""What every hostile file is tried against: a canary that must not be read and a listener that must not be dialled."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from soundstage.media.ffmpeg import find_ffmpeg

CANARY = b"CANARY-5f1c0b7e-that-no-output-may-hold"


@dataclass(frozen=True)
class Trap:
    """A folder with a secret neighbour, and a port that nobody may dial."""

    folder: Path
    canary: Path
    port: int
    render: Callable[..., Path]

    def file(self, name: str, content: bytes | str) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def leaked(self) -> list[Path]:
        """The files, but the canary, that hold its bytes."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and path != self.canary]
        return [path for path in files if path.stat().st_size < 1 << 26 and CANARY in path.read_bytes()]


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    canary = tmp_path / "canary.txt"
    canary.write_bytes(CANARY)

    def render(name: str, *arguments: str) -> Path:
        path = tmp_path / name
        subprocess.run([str(find_ffmpeg().path), "-v", "error", "-nostdin", *arguments, str(path)], check=True)
        return path

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield Trap(tmp_path, canary, listener.getsockname()[1], render)
        with pytest.raises(BlockingIOError):
            listener.accept()
