"""Sessions: each login begins one, and its refresh tokens are the generations of one family."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, or_, select, update

from soundstage.core.errors import NotFound
from soundstage.store.accounts.audit import AuditNote, write_note
from soundstage.store.accounts.users import User, user_of
from soundstage.store.records import Records
from soundstage.store.tables import sessions, users

KEPT_SECONDS = 30 * 86_400.0
"""How long a session that has ended is kept for those who look into what happened."""


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    user_id: str
    is_remembered: bool
    user_agent: str
    address: str
    created_at: float
    last_used_at: float
    expires_at: float


class Rotation(Enum):
    """What came of a refresh token: the next generation, the one it had already led to, reuse, or no live session."""

    NEXT = "next"
    SAME = "same"
    REUSED = "reused"
    ENDED = "ended"


_LIVE = (
    select(sessions, *(column.label(f"user_{column.name}") for column in users.c if column.name != "id"))
    .join(users, users.c.id == sessions.c.user_id)
    .where(sessions.c.id == bindparam("session_id"), sessions.c.ended_at.is_(None), users.c.is_disabled == 0)
)


class SessionStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    def add(self, session: Session) -> None:
        """Begin a session of generation 0; the user has logged in."""
        with self._records.write() as connection:
            connection.execute(
                insert(sessions).values(
                    id=session.id,
                    user_id=session.user_id,
                    generation=0,
                    rotated_at=session.created_at,
                    is_remembered=int(session.is_remembered),
                    user_agent=session.user_agent,
                    address=session.address,
                    created_at=session.created_at,
                    last_used_at=session.last_used_at,
                    expires_at=session.expires_at,
                )
            )
            connection.execute(
                update(users).where(users.c.id == session.user_id).values(last_login_at=session.created_at)
            )

    def find_live(self, session_id: str) -> tuple[Session, User] | None:
        """The session and its user; None where it has ended or expired, or the user is disabled or gone."""
        with self._records.look_up() as connection:
            row = connection.execute(_LIVE, {"session_id": session_id}).mappings().one_or_none()
        if row is None or row["expires_at"] <= self._records.now:
            return None
        return _session_of(row), user_of(row, "user_")

    def rotate(self, session_id: str, generation: int, grace_seconds: float, reuse: AuditNote) -> Rotation:
        """Move a live session from this generation to the next: of callers at the same moment one moves it.

        Those who come with the same generation within the grace get the SAME answer. Whoever comes later has a token
        that was used before: the session ends, and `reuse` is noted.
        """
        now = self._records.now
        step = update(sessions).where(
            sessions.c.id == session_id,
            sessions.c.generation == generation,
            sessions.c.ended_at.is_(None),
            sessions.c.expires_at > now,
        )
        with self._records.write() as connection:
            moved = connection.execute(step.values(generation=generation + 1, rotated_at=now, last_used_at=now))
            if moved.rowcount:
                return Rotation.NEXT
            row = connection.execute(select(sessions).where(sessions.c.id == session_id)).one_or_none()
            if row is None or row.ended_at is not None or row.expires_at <= now:
                return Rotation.ENDED
            if row.generation == generation + 1 and now - row.rotated_at <= grace_seconds:
                return Rotation.SAME
            end_sessions(connection, row.user_id, "refresh_reused", now, only_id=session_id)
            write_note(connection, reuse, now)
            return Rotation.REUSED

    def list_live(self, user_id: str) -> list[Session]:
        """Newest first."""
        query = select(sessions).where(
            sessions.c.user_id == user_id, sessions.c.ended_at.is_(None), sessions.c.expires_at > self._records.now
        )
        with self._records.read() as connection:
            return [_session_of(row) for row in connection.execute(query.order_by(sessions.c.id.desc())).mappings()]

    def end(self, session_id: str, user_id: str, reason: str) -> None:
        """Raises NotFound, also where the session is another's or has ended."""
        with self._records.write() as connection:
            if not end_sessions(connection, user_id, reason, self._records.now, only_id=session_id):
                raise NotFound("There is no session of this id.")

    def end_all(self, user_id: str, reason: str, note: AuditNote | None = None, only_id: str | None = None) -> int:
        """Returns how many."""
        with self._records.write() as connection:
            ended = end_sessions(connection, user_id, reason, self._records.now, only_id)
            if note is not None:
                write_note(connection, note, self._records.now)
            return ended

    def prune(self) -> None:
        """Forget sessions that ended, or expired, a month ago."""
        before = self._records.now - KEPT_SECONDS
        with self._records.write() as connection:
            connection.execute(
                delete(sessions).where(or_(sessions.c.ended_at < before, sessions.c.expires_at < before))
            )


def end_sessions(
    connection: Connection, user_id: str, reason: str, at: float, only_id: str | None = None, except_id: str = ""
) -> int:
    """End the live sessions of a user in the transaction of what ends them. Returns how many."""
    live = update(sessions).where(
        sessions.c.user_id == user_id, sessions.c.ended_at.is_(None), sessions.c.id != except_id
    )
    if only_id is not None:
        live = live.where(sessions.c.id == only_id)
    return connection.execute(live.values(ended_at=at, end_reason=reason)).rowcount


def _session_of(row: RowMapping) -> Session:
    return Session(
        id=row["id"],
        user_id=row["user_id"],
        is_remembered=bool(row["is_remembered"]),
        user_agent=row["user_agent"],
        address=row["address"],
        created_at=row["created_at"],
        last_used_at=row["last_used_at"],
        expires_at=row["expires_at"],
    )
