"""Logins that the command line keeps: one file of the user, which nobody else can read."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from soundstage.client import Tokens
from soundstage.core.errors import HomeNotWritable

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def logins_path() -> Path:
    """Below the user's folder for configuration, by the XDG Base Directory Specification."""
    given = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(given) if os.path.isabs(given) else Path.home() / ".config"  # noqa: PTH117 - relative ones are void
    return folder / "soundstage" / "logins.json"


class FileTokens:
    """The login at one server, shared by all commands of the user. Raises HomeNotWritable."""

    def __init__(self, path: Path, server: str) -> None:
        self._path = path
        self._server = server.rstrip("/")

    def load(self) -> Tokens | None:
        found = self._read().get(self._server)
        return None if found is None else Tokens.model_validate(found)

    def save(self, tokens: Tokens | None) -> None:
        """Whole or not at all: another command never reads half of it."""
        logins = self._read()
        logins.pop(self._server, None)
        if tokens is not None:
            logins[self._server] = tokens.model_dump()
        try:
            self._write(json.dumps(logins, indent=2))
        except OSError as error:
            raise HomeNotWritable(f"The login cannot be kept in {self._path}: {error.strerror or error}.") from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Against other commands too."""
        self._path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _read(self) -> dict[str, Any]:
        """What cannot be read is as if nobody had logged in."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, text: str) -> None:
        self._path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        unfinished = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        unfinished.replace(self._path)
