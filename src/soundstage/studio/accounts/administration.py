"""What administrators do with the accounts of others, and the audit log that they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from soundstage.core.errors import UserNotFound
from soundstage.store.accounts.accounts import AccountStore
from soundstage.store.accounts.accounts import UserFilter as UserFilter
from soundstage.store.accounts.audit import AuditEntry as AuditEntry
from soundstage.store.accounts.audit import AuditFilter as AuditFilter
from soundstage.store.accounts.audit import AuditNote, AuditStore
from soundstage.store.accounts.sessions import SessionStore
from soundstage.store.accounts.users import User
from soundstage.store.records import Records
from soundstage.studio.access import Plan, Role
from soundstage.studio.accounts.names import key_of
from soundstage.studio.accounts.visits import Action, Visit


@dataclass(frozen=True, slots=True)
class UserChange:
    """What is None stays."""

    role: Role | None = None
    plan: Plan | None = None
    is_disabled: bool | None = None


class Administration:
    """`by` is the administrator; every change is noted with it."""

    def __init__(self, records: Records) -> None:
        self._store = AccountStore(records)
        self._sessions = SessionStore(records)
        self._audit = AuditStore(records)

    def list_users(self, wanted: UserFilter) -> list[User]:
        return self._store.list_users(wanted)

    def get(self, user_id: str) -> User:
        """Raises UserNotFound."""
        return self._store.get(user_id)

    def named(self, name: str) -> User:
        """By id, e-mail address or user name. Raises UserNotFound."""
        found = self._store.find_by_name(key_of(name))
        if found is not None:
            return found[0]
        if self._store.is_known(name):
            return self._store.get(name)
        raise UserNotFound(f"There is no user {name[:80]!r}.", hint="`soundstage user list` shows all.")

    def change(self, user_id: str, wanted: UserChange, by: str, visit: Visit) -> User:
        """Raises UserNotFound, LastAdministrator."""
        changes: dict[str, Any] = {}
        if wanted.role is not None:
            changes["role"] = wanted.role.value
        if wanted.plan is not None:
            changes["plan"] = wanted.plan.value
        if wanted.is_disabled is not None:
            changes["is_disabled"] = int(wanted.is_disabled)
        note = AuditNote(by, _action_of(wanted), user_id, visit.address, changes)
        return self._store.change(user_id, changes, note)

    def end_sessions(self, user_id: str, by: str, visit: Visit) -> int:
        """Returns how many. Raises UserNotFound."""
        self._store.get(user_id)
        note = AuditNote(by, Action.SESSIONS_ENDED, user_id, visit.address)
        return self._sessions.end_all(user_id, "ended_by_administrator", note=note)

    def list_audit(self, wanted: AuditFilter) -> Sequence[AuditEntry]:
        """Newest first. Users may be wanted by id, e-mail address or user name."""
        actor, target = self._id_of(wanted.actor), self._id_of(wanted.target)
        return self._audit.list_entries(replace(wanted, actor=actor, target=target))

    def _id_of(self, name: str | None) -> str | None:
        """Of the user of this name; where there is none, it is an id itself."""
        found = None if name is None else self._store.find_by_name(key_of(name))
        return name if found is None else found[0].id


def _action_of(wanted: UserChange) -> Action:
    if wanted.is_disabled is None:
        return Action.CHANGED
    return Action.DISABLED if wanted.is_disabled else Action.ENABLED
