"""What users do with their own account: profile, password, leaving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soundstage.core.errors import BadInput, WrongPassword
from soundstage.store.accounts.accounts import AccountStore
from soundstage.store.accounts.audit import AuditNote, AuditStore
from soundstage.store.accounts.users import User
from soundstage.store.records import Records
from soundstage.studio.access import Caller
from soundstage.studio.accounts.names import check_display_name, check_email, check_username
from soundstage.studio.accounts.passwords import Passwords, check_password
from soundstage.studio.accounts.throttling import Throttle
from soundstage.studio.accounts.visits import Action, Visit

EraseUser = Sequence[Callable[[str], None]]
"""Each removes what one resource keeps of a user, and does no harm when called again."""


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """What is None stays. A new e-mail address needs the password."""

    email: str | None = None
    username: str | None = None
    display_name: str | None = None
    language: str | None = None
    password: str | None = None


class Accounts:
    def __init__(self, records: Records, passwords: Passwords, throttle: Throttle, erase_user: EraseUser) -> None:
        self._store = AccountStore(records)
        self._audit = AuditStore(records)
        self._passwords = passwords
        self._throttle = throttle
        self._erase_user = erase_user

    def get(self, user_id: str) -> User:
        """Raises UserNotFound."""
        return self._store.get(user_id)

    def change_profile(self, caller: Caller, wanted: ProfileChange, visit: Visit) -> User:
        """Raises BadName, NameTaken, WrongPassword."""
        changes: dict[str, Any] = {}
        if wanted.display_name is not None:
            changes["display_name"] = check_display_name(wanted.display_name)
        if wanted.language is not None:
            changes["language"] = wanted.language
        if wanted.username is not None:
            username = check_username(wanted.username)
            changes |= {"username": username.shown, "username_key": username.key}
        if wanted.email is None:
            return self._store.change(caller.user_id, changes)
        changes |= self._new_email(caller, wanted.email, wanted.password, visit)
        note = AuditNote(caller.user_id, Action.EMAIL_CHANGED, caller.user_id, visit.address)
        return self._store.change(caller.user_id, changes, note)

    def change_password(self, caller: Caller, old: str, new: str, visit: Visit) -> None:
        """Ends all other sessions. Raises WrongPassword, WeakPassword, TooManyRequests."""
        self._prove(caller, old, visit)
        if old == new:
            raise BadInput("The new password is the old one.", hint="Take another.")
        note = AuditNote(caller.user_id, Action.PASSWORD_CHANGED, caller.user_id, visit.address)
        self._set_password(caller.user_id, new, note, caller.session_id or "")

    def reset_password(self, user_id: str, new: str, by: str, visit: Visit) -> None:
        """By an administrator or a command. Ends all sessions of the user. Raises UserNotFound, WeakPassword."""
        note = AuditNote(by, Action.PASSWORD_CHANGED, user_id, visit.address)
        self._set_password(user_id, new, note, keep_session="")

    def leave(self, caller: Caller, password: str, visit: Visit) -> None:
        """Remove one's own account with all that belongs to it. Raises WrongPassword, LastAdministrator."""
        self._prove(caller, password, visit)
        self.erase(caller.user_id, by=caller.user_id, visit=visit)

    def erase(self, user_id: str, by: str, visit: Visit) -> None:
        """Remove a user with all that belongs to them. Raises UserNotFound, LastAdministrator.

        The user is disabled first, so that nothing new comes while things are removed. Where that is interrupted, it
        is done again by calling again.
        """
        self._store.change(user_id, {"is_disabled": 1})
        for erase in self._erase_user:
            erase(user_id)
        self._store.delete(user_id, AuditNote(by, Action.DELETED, user_id, visit.address))

    def _new_email(self, caller: Caller, email: str, password: str | None, visit: Visit) -> Mapping[str, str]:
        name = check_email(email)
        self._prove(caller, password or "", visit)
        return {"email": name.shown, "email_key": name.key}

    def _prove(self, caller: Caller, password: str, visit: Visit) -> None:
        """Whoever holds a session alone cannot take the account over."""
        account = f"\x00{caller.user_id}"
        self._throttle.try_login(account, visit.address)
        is_right, _ = self._passwords.verify(password, self._store.password_hash(caller.user_id))
        if not is_right:
            self._audit.add(AuditNote(caller.user_id, Action.PASSWORD_REFUSED, caller.user_id, visit.address))
            raise WrongPassword
        self._throttle.succeeded(account, visit.address)

    def _set_password(self, user_id: str, password: str, note: AuditNote, keep_session: str) -> None:
        user = self._store.get(user_id)
        check_password(password, (user.email.partition("@")[0], user.email, user.username, user.display_name))
        self._store.set_password(user_id, self._passwords.hash(password), note, keep_session)
