"""API keys: the way in for programs. Each has scopes of its own and is shown once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from soundstage.core.errors import BadInput, NotAllowed
from soundstage.core.ids import new_id
from soundstage.store.accounts.api_keys import ApiKey as ApiKey
from soundstage.store.accounts.api_keys import ApiKeyStore
from soundstage.store.accounts.audit import AuditNote
from soundstage.store.records import Records
from soundstage.studio.access import KEY_SCOPES, Caller, Scope
from soundstage.studio.accounts.names import check_display_name
from soundstage.studio.accounts.tokens import new_secret
from soundstage.studio.accounts.visits import Action, Visit

KEY_PREFIX = "sk_"
MOST_KEYS = 50
HINT_CHARACTERS = 8
SECONDS_PER_DAY = 86_400.0


class Keys:
    def __init__(self, records: Records) -> None:
        self._records = records
        self._store = ApiKeyStore(records)

    def make(
        self, caller: Caller, name: str, scopes: Collection[Scope], days: float | None, visit: Visit
    ) -> tuple[ApiKey, str]:
        """A new key of the caller, and its secret, which is told this once.

        Raises BadInput, NotAllowed for scopes that the caller does not have, LimitReached.
        """
        _check_scopes(caller, scopes)
        now = self._records.now
        secret, hashed = new_secret(KEY_PREFIX)
        key = ApiKey(
            id=new_id("key", now),
            user_id=caller.user_id,
            name=check_display_name(name),
            hint=secret[:HINT_CHARACTERS],
            scopes=tuple(sorted(scopes)),
            created_at=now,
            expires_at=None if days is None else now + days * SECONDS_PER_DAY,
        )
        note = AuditNote(caller.user_id, Action.KEY_MADE, key.id, visit.address, {"scopes": list(key.scopes)})
        self._store.add(key, hashed, MOST_KEYS, note)
        return key, secret

    def list_keys(self, user_id: str) -> Sequence[ApiKey]:
        return self._store.list_keys(user_id)

    def delete(self, key_id: str, user_id: str, visit: Visit) -> None:
        """Raises NotFound."""
        self._store.delete(key_id, user_id, AuditNote(user_id, Action.KEY_DELETED, key_id, visit.address))


def _check_scopes(caller: Caller, scopes: Collection[Scope]) -> None:
    if not scopes:
        raise BadInput("A key needs a scope.", hint=f"It can have: {', '.join(sorted(KEY_SCOPES))}.")
    if forbidden := sorted(set(scopes) - KEY_SCOPES):
        raise BadInput(f"An API key cannot have the scope {' or '.join(forbidden)}: it could take over the account.")
    if missing := sorted(set(scopes) - caller.scopes):
        raise NotAllowed(f"You cannot give a key the scope {' or '.join(missing)}, which you do not have.")
