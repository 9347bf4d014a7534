"""Opening a server as the place where a command works: who asks, and by which way in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from soundstage.cli.desk.queues import RemoteQueues
from soundstage.cli.desk.remote import RemoteCatalog, RemoteDesk, command_for, translated
from soundstage.cli.logins import FileTokens, logins_path
from soundstage.cli.place import API_KEY_VARIABLE, Place
from soundstage.client import AsyncSoundstage, Soundstage
from soundstage.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Server:
    desk: RemoteDesk
    catalog: RemoteCatalog
    queues: RemoteQueues


@contextmanager
def open_server(place: Place) -> Iterator[Server]:
    """Raises BadInput for an address or a key that cannot be used, and SoundstageError for what fails there."""
    url = place.server or ""
    asking = _asking(place)
    with translated(), _opened(url, asking) as studio:
        command = command_for(url, place.is_named)
        desk = RemoteDesk(studio, lambda: AsyncSoundstage(url, **asking), command)
        yield Server(desk, RemoteCatalog(studio), RemoteQueues(studio))


def log_in(url: str, user: str, password: str) -> None:
    """Keep a login for the commands to come. Raises BadInput, NotSignedIn, HomeNotWritable."""
    tokens = FileTokens(logins_path(), url)
    with translated(), _opened(url, {"tokens": tokens}) as studio:
        studio.login(user, password, remember=True)


def log_out(url: str) -> None:
    """End the session and forget the login."""
    with translated(), _opened(url, {"tokens": FileTokens(logins_path(), url)}) as studio:
        studio.logout()


def _asking(place: Place) -> dict[str, Any]:
    """A key that was named, one of the environment, or the login that is kept."""
    if place.api_key_file is not None:
        try:
            return {"api_key": place.api_key_file.read_text(encoding="ascii").strip()}
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"The API key cannot be read from {place.api_key_file}: {error}.") from error
    if key := os.environ.get(API_KEY_VARIABLE):
        return {"api_key": key}
    return {"tokens": FileTokens(logins_path(), place.server or "")}


def _opened(url: str, asking: dict[str, Any]) -> Soundstage:
    try:
        return Soundstage(url, **asking)
    except ValueError as error:
        raise BadInput(str(error)) from error
