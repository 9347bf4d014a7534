"""Who a caller is, by access token, API key, ticket, or the token of a job. Looked up anew for each request."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from soundstage.core.errors import NotSignedIn, UserNotFound
from soundstage.store.accounts.accounts import AccountStore
from soundstage.store.accounts.api_keys import ApiKey, ApiKeyStore
from soundstage.store.accounts.one_time_tokens import OneTimeTokenStore
from soundstage.store.accounts.sessions import SessionStore
from soundstage.store.accounts.users import User
from soundstage.store.records import Records
from soundstage.studio.access import SCOPES_OF, Caller, Plan, Role, Scope
from soundstage.studio.accounts.keys import KEY_PREFIX
from soundstage.studio.accounts.tokens import MOST_CHARACTERS, SignedTokens, new_secret, secret_hash

TICKET_PURPOSE = "stream"
TICKET_SECONDS = 30.0
TICKET_SCOPES = frozenset({Scope.JOBS_READ, Scope.ASSETS_READ, Scope.ADMIN})
"""A ticket opens a stream, which only reads."""
NOTED_EVERY_SECONDS = 60.0


class AccountIdentities:
    """Implements `Identities`; makes tickets and tokens of jobs too."""

    def __init__(self, records: Records, signed: SignedTokens) -> None:
        self._records = records
        self._sessions = SessionStore(records)
        self._keys = ApiKeyStore(records)
        self._accounts = AccountStore(records)
        self._tickets = OneTimeTokenStore(records)
        self._signed = signed

    def identify(self, token: str | None) -> Caller:
        if not token:
            raise NotSignedIn
        if token.startswith(KEY_PREFIX):
            return self._by_key(token)
        claims = self._signed.read(token, self._records.now)
        if claims.session_id is not None:
            return self._by_session(claims.session_id, claims.user_id)
        return self._by_job(claims.user_id, claims.job_id)

    def issue_ticket(self, caller: Caller) -> str:
        """For an address that cannot carry a header: good once, for 30 seconds, to read."""
        if caller.session_id is None and caller.key_id is None:
            raise NotSignedIn("A ticket is given to a session or an API key.")
        secret, hashed = new_secret("tk_")
        way_in = {"user_id": caller.user_id, "session_id": caller.session_id, "key_id": caller.key_id}
        self._tickets.add(hashed, TICKET_PURPOSE, way_in, TICKET_SECONDS)
        return secret

    def redeem_ticket(self, ticket: str) -> Caller:
        way_in = None
        if len(ticket) <= MOST_CHARACTERS:
            way_in = self._tickets.take(secret_hash(ticket), TICKET_PURPOSE)
        if way_in is None:
            raise NotSignedIn("This ticket was used, or has expired.", hint="Get a new one at /api/auth/tickets.")
        caller = self._by_way_in(**way_in)
        return _limited(caller, TICKET_SCOPES)

    def confirm(self, caller: Caller) -> Caller:
        if caller.job_id is not None:
            return self._by_job(caller.user_id, caller.job_id)
        return _limited(self._by_way_in(caller.user_id, caller.session_id, caller.key_id), caller.scopes)

    def issue_job_token(self, job_id: str, owner: str, seconds: float) -> str:
        """For a program elsewhere that works on this job: it may tell how far it is, and nothing else."""
        return self._signed.issue_for_job(job_id, owner, self._records.now, seconds)

    def _by_way_in(self, user_id: str, session_id: str | None, key_id: str | None) -> Caller:
        if session_id is not None:
            return self._by_session(session_id, user_id)
        found = None if key_id is None else self._keys.find_live_by_id(key_id)
        if found is None:
            raise NotSignedIn("This API key is not valid, or no longer.")
        return self._key_caller(*found)

    def _by_session(self, session_id: str, user_id: str) -> Caller:
        live = self._sessions.find_live(session_id)
        if live is None or live[1].id != user_id:
            raise NotSignedIn("This session has ended.", hint="Log in again at /api/auth/login.")
        return replace(_caller(live[1]), session_id=session_id)

    def _by_key(self, secret: str) -> Caller:
        found = self._keys.find_live(secret_hash(secret)) if len(secret) <= MOST_CHARACTERS else None
        if found is None:
            raise NotSignedIn("This API key is not valid, or no longer.")
        return self._key_caller(*found)

    def _key_caller(self, key: ApiKey, user: User) -> Caller:
        now = self._records.now
        if key.last_used_at is None or now - key.last_used_at >= NOTED_EVERY_SECONDS:
            self._keys.note_use(key.id, now)
        return _limited(replace(_caller(user), key_id=key.id), {Scope(scope) for scope in key.scopes})

    def _by_job(self, user_id: str, job_id: str | None) -> Caller:
        try:
            user = self._accounts.get(user_id)
        except UserNotFound:
            raise NotSignedIn("The owner of this job is gone.") from None
        if user.is_disabled:
            raise NotSignedIn("The owner of this job is disabled.")
        return replace(_caller(user), scopes=frozenset({Scope.JOBS_PROGRESS}), job_id=job_id)


def _caller(user: User) -> Caller:
    role = Role(user.role)
    return Caller(user.id, role, Plan(user.plan), SCOPES_OF[role])


def _limited(caller: Caller, scopes: Collection[Scope]) -> Caller:
    return replace(caller, scopes=caller.scopes & frozenset(scopes))
