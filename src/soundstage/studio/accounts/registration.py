"""How users come to be: the first administrator, those who register, and those whom an administrator makes."""

from __future__ import annotations

from dataclasses import dataclass

from soundstage.core.errors import NotSetUp, RegistrationClosed
from soundstage.core.ids import new_id
from soundstage.store.accounts.accounts import AccountStore, NewUser
from soundstage.store.accounts.audit import AuditNote
from soundstage.store.accounts.one_time_tokens import OneTimeTokenStore
from soundstage.store.accounts.users import User
from soundstage.store.records import Records
from soundstage.studio.access import LOCAL_OWNER, Plan, Role
from soundstage.studio.accounts.names import check_display_name, check_email, check_username
from soundstage.studio.accounts.passwords import Passwords, check_password
from soundstage.studio.accounts.throttling import Throttle
from soundstage.studio.accounts.tokens import new_secret, secret_hash
from soundstage.studio.accounts.visits import COMMAND_LINE, Action, Visit

SET_UP_PURPOSE = "set_up"
SET_UP_SECONDS = 24 * 3_600.0


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who wants an account, not yet checked."""

    email: str
    username: str
    password: str
    display_name: str = ""
    language: str | None = None


class Registration:
    """Each of these hashes a password: slow on purpose."""

    def __init__(self, records: Records, passwords: Passwords, throttle: Throttle, is_open: bool) -> None:
        self._records = records
        self._store = AccountStore(records)
        self._tokens = OneTimeTokenStore(records)
        self._passwords = passwords
        self._throttle = throttle
        self._is_open = is_open

    def register(self, applicant: Applicant, visit: Visit) -> User:
        """Raises RegistrationClosed, NotSetUp, TooManyRequests, BadName, WeakPassword, NameTaken."""
        if not self._is_open:
            raise RegistrationClosed
        if not self._store.has_administrator():
            raise NotSetUp
        self._throttle.try_register(visit.address)
        user = self._checked(applicant, self._new_id(), Role.USER, Plan.FREE)
        return self._store.add(user, AuditNote(user.id, Action.REGISTERED, user.id, visit.address))

    def create(self, applicant: Applicant, role: Role, plan: Plan, by: str, visit: Visit) -> User:
        """By an administrator. Raises BadName, WeakPassword, NameTaken."""
        user = self._checked(applicant, self._new_id(), role, plan)
        return self._store.add(user, AuditNote(by, Action.CREATED, user.id, visit.address, {"role": role}))

    def create_administrator(self, applicant: Applicant) -> User:
        """By whoever may run commands in the home folder: the first is the person of this computer."""
        user_id = self._new_id() if self._store.is_known(LOCAL_OWNER) else LOCAL_OWNER
        user = self._checked(applicant, user_id, Role.ADMIN, Plan.PRO)
        note = AuditNote(LOCAL_OWNER, Action.CREATED, user.id, COMMAND_LINE.address, {"role": Role.ADMIN})
        return self._store.add(user, note)

    def offer_set_up(self) -> str | None:
        """A one-time token that makes the first administrator, good for a day; None where there is one.

        The token that was given before is void from here on.
        """
        if self._store.has_administrator():
            return None
        token, hashed = new_secret("setup_")
        self._tokens.replace_all(hashed, SET_UP_PURPOSE, SET_UP_SECONDS)
        return token

    def set_up(self, token: str, applicant: Applicant, visit: Visit) -> User:
        """Raises NotFound, Conflict, TooManyRequests, BadName, WeakPassword."""
        self._throttle.try_register(visit.address)
        user = self._checked(applicant, LOCAL_OWNER, Role.ADMIN, Plan.PRO)
        note = AuditNote(user.id, Action.SET_UP, user.id, visit.address)
        return self._store.add_first(user, note, secret_hash(token), SET_UP_PURPOSE)

    def _new_id(self) -> str:
        return new_id("user", self._records.now)

    def _checked(self, applicant: Applicant, user_id: str, role: Role, plan: Plan) -> NewUser:
        email, username = check_email(applicant.email), check_username(applicant.username)
        display_name = check_display_name(applicant.display_name)
        check_password(applicant.password, (email.shown.partition("@")[0], email.shown, username.shown, display_name))
        return NewUser(
            id=user_id,
            email=email.shown,
            email_key=email.key,
            username=username.shown,
            username_key=username.key,
            password_hash=self._passwords.hash(applicant.password),
            role=role.value,
            plan=plan.value,
            display_name=display_name,
            language=applicant.language,
        )
