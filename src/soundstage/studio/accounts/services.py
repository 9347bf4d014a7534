"""Everything about accounts, made over one database and one key."""

from __future__ import annotations

from dataclasses import dataclass

from soundstage.store.accounts.audit import AuditStore
from soundstage.store.accounts.login_failures import LoginFailureStore
from soundstage.store.accounts.one_time_tokens import OneTimeTokenStore
from soundstage.store.accounts.sessions import SessionStore
from soundstage.store.records import Records
from soundstage.studio.accounts.accounts import Accounts, EraseUser
from soundstage.studio.accounts.administration import Administration
from soundstage.studio.accounts.identities import AccountIdentities
from soundstage.studio.accounts.keys import Keys
from soundstage.studio.accounts.passwords import Passwords
from soundstage.studio.accounts.registration import Registration
from soundstage.studio.accounts.sessions import Sessions, SessionTimes
from soundstage.studio.accounts.throttling import Throttle
from soundstage.studio.accounts.tokens import RefreshTokens, SignedTokens
from soundstage.studio.signing import SigningKey


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """The slice of the settings that accounts need."""

    times: SessionTimes
    access_seconds: float
    is_registration_open: bool
    password_hashing: str


@dataclass(frozen=True, slots=True)
class AccountServices:
    """The use cases of accounts, each with a duty of its own."""

    accounts: Accounts
    registration: Registration
    sessions: Sessions
    keys: Keys
    administration: Administration
    identities: AccountIdentities


def open_accounts(
    records: Records, key: SigningKey, settings: AccountSettings, erase_user: EraseUser
) -> AccountServices:
    passwords = Passwords(settings.password_hashing)
    throttle = Throttle(LoginFailureStore(records))
    signed = SignedTokens(key, settings.access_seconds)
    return AccountServices(
        accounts=Accounts(records, passwords, throttle, erase_user),
        registration=Registration(records, passwords, throttle, settings.is_registration_open),
        sessions=Sessions(records, passwords, throttle, signed, RefreshTokens(key), settings.times),
        keys=Keys(records),
        administration=Administration(records),
        identities=AccountIdentities(records, signed),
    )


def forget_what_is_old(records: Records, keep_audit_seconds: float) -> int:
    """Remove sessions, tickets, failures and audit entries past their time. Makes no part ready: 0."""
    SessionStore(records).prune()
    OneTimeTokenStore(records).prune()
    Throttle(LoginFailureStore(records)).prune()
    AuditStore(records).prune(keep_audit_seconds)
    return 0
