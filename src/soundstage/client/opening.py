"""How a client is opened: its server, who asks, and how patient it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from soundstage.client import calls
from soundstage.client.connection import Connection, checked_url
from soundstage.client.patience import Patience
from soundstage.client.tokens import MemoryTokens, TokenStore
from soundstage.client.wires import Wire, WireSettings

DEFAULT_URL = "http://127.0.0.1:8484"
DEFAULT_TIMEOUT_SECONDS = 30.0


def open_connection(
    open_wire: Callable[[WireSettings], Wire],
    url: str,
    token: str | None,
    api_key: str | None,
    tokens: TokenStore | None,
    timeout_seconds: float,
    patience: Patience | None,
    transport: Any,
) -> Connection:
    """Raises ValueError for an address that is none, and where there are several ways to say who asks."""
    if sum(given is not None for given in (token, api_key, tokens)) > 1:
        raise ValueError("Give an API key, a token or a store of tokens, not several of them.")
    address = checked_url(url)
    wire = open_wire(WireSettings(address, timeout_seconds, transport))
    return Connection(address, wire, tokens or MemoryTokens(), token or api_key, patience or Patience())


def from_environment() -> dict[str, Any]:
    """The arguments that SOUNDSTAGE_SERVER and SOUNDSTAGE_API_KEY stand for."""
    return {
        "url": os.environ.get("SOUNDSTAGE_SERVER") or DEFAULT_URL,
        "api_key": os.environ.get("SOUNDSTAGE_API_KEY") or None,
    }


async def log_in(connection: Connection, user: str, password: str, remember: bool) -> None:
    """From here on calls are made in the name of the user. Raises NotSignedIn, LimitReached, ValueError."""
    if connection.has_key:
        raise ValueError("This client asks with a key or token: open one without, and log in there.")
    tokens = await connection.call(calls.login(user, password, remember))
    connection.store.save(tokens)


async def log_out(connection: Connection) -> None:
    """Ends the session at the server, and forgets its tokens."""
    tokens = connection.store.load()
    connection.store.save(None)
    if tokens is not None:
        await connection.call(calls.logout(tokens.refresh_token))
