"""The home folder: where everything of one studio lies, and which process may run it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path

from soundstage.core.errors import DiskFull, HomeInUse, HomeNotWritable
from soundstage.runtime.workroom import clear_rooms


@dataclass
class HomeFolder:
    """Folders below one root. `own` is held by one process at a time and ends with it."""

    root: Path
    _lock_fd: int | None = None

    @property
    def blobs(self) -> Path:
        return self.root / "blobs"

    @property
    def cache(self) -> Path:
        """Copies of files that are stored elsewhere."""
        return self.root / "cache"

    @property
    def work(self) -> Path:
        """Private folders of attempts."""
        return self.root / "work"

    @property
    def uploads(self) -> Path:
        """What has arrived of uploads that come piece by piece."""
        return self.root / "uploads"

    @property
    def run(self) -> Path:
        """The bell and other things that live as long as a process."""
        return self.root / "run"

    def own(self, served_at: str) -> None:
        """Raises HomeInUse with who has it."""
        descriptor = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise HomeInUse(f"{self.root} is in use by {self.owner()}.", hint=IN_USE_HINT) from None
        self._lock_fd = descriptor
        self._write_owner(descriptor, served_at)

    def give_back(self) -> None:
        if self._lock_fd is not None:
            os.ftruncate(self._lock_fd, 0)
            os.close(self._lock_fd)
            self._lock_fd = None

    def owner(self) -> str:
        """The process that owns the home, for people."""
        with contextlib.suppress(OSError, ValueError):
            told = json.loads(self._lock_path.read_text(encoding="utf-8"))
            place = f" at {told['served_at']}" if told["served_at"] else ""
            return f"process {told['pid']}{place}"
        return "another process"

    def clear_work(self) -> None:
        """Remove what attempts of an earlier run left behind, unless their worker is still about to stop."""
        clear_rooms(self.work)

    @property
    def _lock_path(self) -> Path:
        return self.root / "owner.lock"

    def _write_owner(self, descriptor: int, served_at: str) -> None:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "served_at": served_at}).encode(), 0)


IN_USE_HINT = "Stop that process, or set SOUNDSTAGE_HOME to another folder."


def open_home(root: Path) -> HomeFolder:
    """Make the folders where they are missing. Raises HomeNotWritable, DiskFull."""
    home = HomeFolder(root.absolute())
    try:
        for folder in (home.root, home.blobs, home.work, home.uploads, home.run):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = home.run / f".writable-{os.getpid()}"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        if error.errno in (28, 122):
            raise DiskFull(f"The disk that holds the home folder {home.root} is full.") from error
        raise HomeNotWritable(
            f"The home folder {home.root} cannot be written: {error.strerror or error}.",
            hint="Make it writable for this user, or set SOUNDSTAGE_HOME to another folder.",
        ) from error
    return home
