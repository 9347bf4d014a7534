"""From the values of accounts to JSON: pure, one function for each thing."""

from __future__ import annotations

from datetime import UTC, datetime

from soundstage.api.accounts.schemas import AuditEntryOut, KeyOut, SessionOut, SignedInOut, UserOut
from soundstage.studio.access import Plan, Role, Scope
from soundstage.studio.accounts.administration import AuditEntry
from soundstage.studio.accounts.keys import ApiKey
from soundstage.studio.accounts.sessions import Session, SignedIn, User


def user_out(user: User) -> UserOut:
    return UserOut(
        id=user.id,
        email=user.email,
        username=user.username,
        display_name=user.display_name,
        language=user.language,
        role=Role(user.role),
        plan=Plan(user.plan),
        is_disabled=user.is_disabled,
        created_at=_moment(user.created_at),
        last_login_at=_moment_or_none(user.last_login_at),
    )


def signed_in_out(signed_in: SignedIn, shows_refresh_token: bool) -> SignedInOut:
    return SignedInOut(
        access_token=signed_in.access_token,
        expires_in=signed_in.access_seconds,
        refresh_token=signed_in.refresh_token if shows_refresh_token else None,
        session_id=signed_in.session.id,
        session_expires_at=_moment(signed_in.session.expires_at),
        user=user_out(signed_in.user),
    )


def session_out(session: Session, current_id: str | None) -> SessionOut:
    return SessionOut(
        id=session.id,
        is_current=session.id == current_id,
        is_remembered=session.is_remembered,
        user_agent=session.user_agent,
        address=session.address,
        created_at=_moment(session.created_at),
        last_used_at=_moment(session.last_used_at),
        expires_at=_moment(session.expires_at),
    )


def key_out(key: ApiKey) -> KeyOut:
    return KeyOut(
        id=key.id,
        name=key.name,
        hint=key.hint,
        scopes=[Scope(scope) for scope in key.scopes],
        created_at=_moment(key.created_at),
        last_used_at=_moment_or_none(key.last_used_at),
        expires_at=_moment_or_none(key.expires_at),
    )


def audit_entry_out(entry: AuditEntry) -> AuditEntryOut:
    note = entry.note
    return AuditEntryOut(
        id=entry.id,
        at=_moment(entry.at),
        actor=note.actor,
        actor_name=entry.actor_name,
        action=note.action,
        target=note.target,
        target_name=entry.target_name,
        address=note.address,
        data=dict(note.data),
    )


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _moment_or_none(at: float | None) -> datetime | None:
    return None if at is None else _moment(at)
