"""A login: the tokens of a session, and where they are kept."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from typing import Protocol

from soundstage.client.models import Model


class Tokens(Model):
    """What a login gives: a short-lived token to send along, and the one that renews it."""

    access_token: str
    refresh_token: str


class TokenStore(Protocol):
    """Keeps the tokens of one login. A renewed token replaces the old one for good, so only one may renew at a time."""

    def load(self) -> Tokens | None: ...

    def save(self, tokens: Tokens | None) -> None: ...

    def alone(self) -> AbstractContextManager[object]:
        """Held while the tokens are renewed, against others that share the store."""


class MemoryTokens:
    """Kept as long as the client."""

    def __init__(self) -> None:
        self._tokens: Tokens | None = None
        self._lock = threading.Lock()

    def load(self) -> Tokens | None:
        return self._tokens

    def save(self, tokens: Tokens | None) -> None:
        self._tokens = tokens

    def alone(self) -> AbstractContextManager[object]:
        return self._lock
