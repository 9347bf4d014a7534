"""Where the command line was told to work: at the home of this computer, or at a server."""

from __future__ import annotations

import os
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

SERVER_VARIABLE = "SOUNDSTAGE_SERVER"
API_KEY_VARIABLE = "SOUNDSTAGE_API_KEY"


@dataclass(frozen=True, slots=True)
class Place:
    """Without a server: this computer. `is_named` says that the command line named it, and not the environment."""

    server: str | None = None
    api_key_file: Path | None = None
    is_named: bool = False


_chosen: ContextVar[Place] = ContextVar("place", default=Place())  # noqa: B039 - it is frozen


def choose_place(server: str | None, api_key_file: Path | None) -> None:
    """What was typed goes before the environment."""
    named = server or os.environ.get(SERVER_VARIABLE) or None
    _chosen.set(Place(named, api_key_file, is_named=server is not None))


def chosen_place() -> Place:
    return _chosen.get()
