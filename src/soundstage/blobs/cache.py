"""Copies of stored files on this machine: as many as fit, the longest unused go first."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

IDLE_SECONDS = 600.0
"""Who was given a path has so long to open it or to hold it."""
LOOK_AGAIN_SECONDS = 10.0
"""What other processes have added is counted this often."""


class BlobCache:
    """A folder of read-only files named by their sha256, shared by the processes of a machine.

    A file that is in use stays: one that was asked for in the last IDLE_SECONDS, and one that has a second name,
    because a stage holds it as a hard link in its own folder. A file that is already open can be read to its end
    whatever happens. So the folder grows above its limit while more than that is in use.
    """

    def __init__(self, root: Path, limit_bytes: int) -> None:
        self.root = root
        self._limit_bytes = limit_bytes
        self._kept = root / "sha256"
        self._incoming = root / "incoming"
        self._lock = root / "lock"
        self._room_bytes = 0
        self._look_again_at = 0.0
        for folder in (self._kept, self._incoming):
            folder.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def incoming(self) -> Iterator[Path]:
        """A name for a new file; what still bears it at the end is removed."""
        path = self._incoming / secrets.token_hex(16)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def find(self, sha256: str) -> Path | None:
        path = self._kept / sha256
        with self._locked():
            try:
                os.utime(path)
            except FileNotFoundError:
                return None
        return path

    def take(self, incoming: Path, sha256: str) -> Path:
        """Put a whole and checked file in place."""
        incoming.chmod(0o444)
        os.utime(incoming)
        return incoming.replace(self._kept / sha256)

    def hold(self, path: Path, folder: Path) -> Path:
        """A second name in the folder, which keeps the file from being removed."""
        held = folder / path.name
        folder.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, held)
        except FileExistsError:
            return held
        except OSError:  # another disk, or one without hard links
            shutil.copyfile(path, held)
        return held

    def make_room(self, size_bytes: int) -> None:
        """Remove files that are not in use, the longest unused first, until that much more fits."""
        self._room_bytes -= size_bytes
        if self._room_bytes < 0 or time.monotonic() > self._look_again_at:
            with self._locked():
                self._room_bytes = self._limit_bytes - size_bytes - self._remove_unused(size_bytes)
            self._look_again_at = time.monotonic() + LOOK_AGAIN_SECONDS

    def _remove_unused(self, size_bytes: int) -> int:
        files = [(path, state) for path in self._kept.iterdir() if (state := _state(path)) is not None]
        kept_bytes = sum(state.st_size for _, state in files)
        idle_since = time.time() - IDLE_SECONDS
        for path, state in sorted(files, key=lambda found: found[1].st_mtime):
            if kept_bytes + size_bytes <= self._limit_bytes or state.st_mtime > idle_since:
                break
            if state.st_nlink == 1:
                path.unlink(missing_ok=True)
                kept_bytes -= state.st_size
        return kept_bytes

    def sweep(self, before: float) -> None:
        """Remove what processes that died had begun to write. `before` in seconds since the epoch."""
        for path in self._incoming.iterdir():
            state = _state(path)
            if state is not None and state.st_mtime < before:
                path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Between the processes of the machine: nothing is removed while it is found."""
        with self._lock.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
