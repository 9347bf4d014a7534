"""Coming in and staying in: login, refresh, logout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soundstage.core.errors import NotAllowed, NotSignedIn, WrongCredentials
from soundstage.core.ids import new_id
from soundstage.store.accounts.accounts import AccountStore
from soundstage.store.accounts.audit import AuditNote, AuditStore
from soundstage.store.accounts.sessions import Rotation, SessionStore
from soundstage.store.accounts.sessions import Session as Session
from soundstage.store.accounts.users import User as User
from soundstage.store.records import Records
from soundstage.studio.accounts.names import key_of
from soundstage.studio.accounts.passwords import Passwords
from soundstage.studio.accounts.throttling import Throttle
from soundstage.studio.accounts.tokens import RefreshTokens, SignedTokens
from soundstage.studio.accounts.visits import Action, Visit

GRACE_SECONDS = 20.0
"""Two tabs, or a client whose answer was lost, may send the same refresh token again for so long."""


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """How long a session lasts from its login, in seconds. A refresh does not prolong it."""

    short_seconds: float
    remembered_seconds: float


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a login or a refresh gives."""

    user: User
    session: Session
    access_token: str
    access_seconds: int
    refresh_token: str


class Sessions:
    def __init__(
        self,
        records: Records,
        passwords: Passwords,
        throttle: Throttle,
        signed: SignedTokens,
        refresh_tokens: RefreshTokens,
        times: SessionTimes,
    ) -> None:
        self._records = records
        self._store = SessionStore(records)
        self._accounts = AccountStore(records)
        self._audit = AuditStore(records)
        self._passwords = passwords
        self._throttle = throttle
        self._signed = signed
        self._refresh_tokens = refresh_tokens
        self._times = times

    def log_in(self, name: str, password: str, is_remembered: bool, visit: Visit) -> SignedIn:
        """By e-mail address or user name. Slow on purpose.

        Raises WrongCredentials, TooManyRequests: the same, and after the same time, whether or not there is such a
        user. Raises NotAllowed where the password is right and the user is disabled.
        """
        user = self._proven(name, password, visit)
        if user.is_disabled:
            raise NotAllowed("This account is disabled.", hint="Ask an administrator to enable it.")
        return self._signed_in(user, self._begin(user, is_remembered, visit), generation=0)

    def begin(self, user: User, is_remembered: bool, visit: Visit) -> SignedIn:
        """For a user who has just been made, or has proven in another way who they are."""
        return self._signed_in(user, self._begin(user, is_remembered, visit), generation=0)

    def refresh(self, refresh_token: str, visit: Visit) -> SignedIn:
        """New tokens for old. Within the grace the same old one gives the same new one.

        A refresh token that was used before ends its session: one of the two who had it has stolen it. Raises
        NotSignedIn.
        """
        session_id, generation = self._refresh_tokens.read(refresh_token)
        live = self._store.find_live(session_id)
        if live is None:
            raise NotSignedIn("This session has ended.", hint="Log in again.")
        session, user = live
        reuse = AuditNote(user.id, Action.REFRESH_REUSED, session_id, visit.address, {"generation": generation})
        if self._store.rotate(session_id, generation, GRACE_SECONDS, reuse) in (Rotation.NEXT, Rotation.SAME):
            return self._signed_in(user, session, generation + 1)
        raise NotSignedIn("This refresh token was used before, so its session has ended.", hint="Log in again.")

    def log_out(self, refresh_token: str) -> None:
        """End the session of a refresh token; one that has ended already stays so. Raises NotSignedIn."""
        session_id, _ = self._refresh_tokens.read(refresh_token)
        live = self._store.find_live(session_id)
        if live is not None:
            self._store.end_all(live[1].id, "logout", only_id=session_id)

    def list_live(self, user_id: str) -> Sequence[Session]:
        return self._store.list_live(user_id)

    def end(self, session_id: str, user_id: str) -> None:
        """Raises NotFound."""
        self._store.end(session_id, user_id, "ended_by_user")

    def end_all(self, user_id: str) -> int:
        return self._store.end_all(user_id, "logout_all")

    def _proven(self, name: str, password: str, visit: Visit) -> User:
        account = key_of(name)
        is_locked_next = self._throttle.try_login(account, visit.address)
        found = self._accounts.find_by_name(account)
        is_right, stronger = self._passwords.verify(password, None if found is None else found[1])
        if found is None or not is_right:
            action = Action.LOGIN_LOCKED if is_locked_next else Action.LOGIN_FAILED
            target = "" if found is None else found[0].id
            self._audit.add(AuditNote("", action, target, visit.address))
            raise WrongCredentials
        self._throttle.succeeded(account, visit.address)
        user, stored = found
        if stronger is not None:
            self._accounts.strengthen_hash(user.id, stored, stronger)
        return user

    def _begin(self, user: User, is_remembered: bool, visit: Visit) -> Session:
        now = self._records.now
        seconds = self._times.remembered_seconds if is_remembered else self._times.short_seconds
        session = Session(
            id=new_id("ses", now),
            user_id=user.id,
            is_remembered=is_remembered,
            user_agent=visit.shown_agent,
            address=visit.address,
            created_at=now,
            last_used_at=now,
            expires_at=now + seconds,
        )
        self._store.add(session)
        return session

    def _signed_in(self, user: User, session: Session, generation: int) -> SignedIn:
        return SignedIn(
            user=user,
            session=session,
            access_token=self._signed.issue_access(user.id, session.id, self._records.now),
            access_seconds=self._signed.access_seconds,
            refresh_token=self._refresh_tokens.issue(session.id, generation),
        )
