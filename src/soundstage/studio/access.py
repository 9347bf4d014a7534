"""Who calls, and what they may do: the one place where both are decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from soundstage.core.errors import NotAllowed

LOCAL_OWNER = "local"
"""The person of this computer: the first administrator, and whoever runs commands in its home folder."""


class Role(StrEnum):
    USER = "user"
    ADMIN = "admin"


class Plan(StrEnum):
    FREE = "free"
    PRO = "pro"


class Scope(StrEnum):
    """What a way in allows. A session has all of its role; an API key those that it was given."""

    JOBS_READ = "jobs:read"
    JOBS_WRITE = "jobs:write"
    JOBS_PROGRESS = "jobs:progress"
    ASSETS_READ = "assets:read"
    ASSETS_WRITE = "assets:write"
    WEBHOOKS = "webhooks"
    ACCOUNT = "account"
    ADMIN = "admin"


SCOPES_OF: Mapping[Role, frozenset[Scope]] = MappingProxyType(
    {
        Role.USER: frozenset(Scope) - {Scope.ADMIN, Scope.JOBS_PROGRESS},
        Role.ADMIN: frozenset(Scope) - {Scope.JOBS_PROGRESS},
    }
)
KEY_SCOPES: frozenset[Scope] = frozenset(Scope) - {Scope.ACCOUNT, Scope.JOBS_PROGRESS}
"""Those that an API key may have: a key that leaked can make no other key and change no password."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request. `session_id` or `key_id` is the way in; `job_id` is set where it opens that job alone."""

    user_id: str
    role: Role
    plan: Plan
    scopes: frozenset[Scope]
    session_id: str | None = None
    key_id: str | None = None
    job_id: str | None = None

    @property
    def sees(self) -> str | None:
        """The owner whose things this caller finds by their id; None for an administrator, who finds all."""
        return None if Scope.ADMIN in self.scopes else self.user_id


class Identities(Protocol):
    """Tells who a caller is."""

    def identify(self, token: str | None) -> Caller:
        """The caller that an access token, an API key or a scoped token of a job stands for.

        Raises NotSignedIn: there is none, it is not ours, it has expired, its session or key has ended, or its user is
        disabled or gone.
        """

    def redeem_ticket(self, ticket: str) -> Caller:
        """The caller that was given this ticket a moment ago. It opens one stream, once. Raises NotSignedIn."""

    def confirm(self, caller: Caller) -> Caller:
        """The caller as of now, for a stream that stays open. Raises NotSignedIn when the way in has ended."""


def check(caller: Caller, needed: Iterable[str]) -> None:
    """The one authorisation function of REST, SSE, WebSocket and Socket.IO. Raises NotAllowed.

    What belongs to another is decided by `Caller.sees`, in the query, and is then not found.
    """
    missing = [scope for scope in needed if scope not in caller.scopes]
    if not missing:
        return
    if Scope.ADMIN in missing and caller.role is not Role.ADMIN:
        raise NotAllowed("Only an administrator may do this.")
    raise NotAllowed(
        f"This needs the scope {' and '.join(missing)}, which the key or token does not have.",
        hint="Make an API key with that scope, or log in.",
    )
