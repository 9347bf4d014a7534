"""Users: who there is, what they may do, and the hashes of their passwords."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from soundstage.core.errors import Conflict, LastAdministrator, NameTaken, NotFound, UserNotFound
from soundstage.store.accounts.audit import AuditNote, write_note
from soundstage.store.accounts.one_time_tokens import take_token
from soundstage.store.accounts.sessions import end_sessions
from soundstage.store.accounts.users import User, user_of
from soundstage.store.records import Records
from soundstage.store.tables import api_keys, sessions, users

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class NewUser:
    """The keys are the names as they are compared: no two users have the same."""

    id: str
    email: str
    email_key: str
    username: str
    username_key: str
    password_hash: str
    role: str
    plan: str
    display_name: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which users to list; None means any. `text` stands in the e-mail address, user name or shown name."""

    text: str | None = None
    role: str | None = None
    is_disabled: bool | None = None
    before_id: str | None = None
    limit: int = 50
    plan: str | None = None


class AccountStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    def has_administrator(self) -> bool:
        with self._records.read() as connection:
            return _has_administrator(connection)

    def add(self, user: NewUser, note: AuditNote) -> User:
        """Raises NameTaken."""
        with self._records.write() as connection:
            return self._insert(connection, user, note)

    def add_first(self, user: NewUser, note: AuditNote, secret_hash: str, purpose: str) -> User:
        """The first administrator, against a one-time token. Raises Conflict where there is one, NotFound, NameTaken.

        The token is used up only where the user is made.
        """
        with self._records.write() as connection:
            if _has_administrator(connection):
                raise Conflict("There is an administrator already.", hint="Log in at /api/auth/login.")
            if take_token(connection, secret_hash, purpose, self._records.now) is None:
                raise NotFound("The set-up link is not valid, or no longer.", hint="Each start prints a new one.")
            return self._insert(connection, user, note)

    def get(self, user_id: str) -> User:
        """Raises UserNotFound."""
        with self._records.read() as connection:
            return _user(connection, user_id)

    def is_known(self, user_id: str) -> bool:
        with self._records.read() as connection:
            return bool(connection.scalar(select(exists().where(users.c.id == user_id))))

    def find_by_name(self, key: str) -> tuple[User, str] | None:
        """The user of this e-mail address or user name, as it is compared, and the hash of the password."""
        query = select(users).where(or_(users.c.email_key == key, users.c.username_key == key))
        with self._records.read() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else (user_of(row), row["password_hash"])

    def password_hash(self, user_id: str) -> str:
        """Raises UserNotFound."""
        with self._records.read() as connection:
            found = connection.scalar(select(users.c.password_hash).where(users.c.id == user_id))
        if found is None:
            raise UserNotFound(f"There is no user {user_id}.")
        return str(found)

    def list_users(self, wanted: UserFilter) -> list[User]:
        """Newest first; ids sort by time, so the last id is the cursor of the next page."""
        query = select(users).order_by(users.c.id.desc()).limit(wanted.limit)
        if wanted.text:
            columns = (users.c.email, users.c.username, users.c.display_name)
            query = query.where(or_(*(column.icontains(wanted.text, autoescape=True) for column in columns)))
        if wanted.role is not None:
            query = query.where(users.c.role == wanted.role)
        if wanted.plan is not None:
            query = query.where(users.c.plan == wanted.plan)
        if wanted.is_disabled is not None:
            query = query.where(users.c.is_disabled == int(wanted.is_disabled))
        if wanted.before_id is not None:
            query = query.where(users.c.id < wanted.before_id)
        with self._records.read() as connection:
            return [user_of(row) for row in connection.execute(query).mappings()]

    def change(self, user_id: str, changes: Mapping[str, Any], note: AuditNote | None = None) -> User:
        """Set columns of a user. Raises UserNotFound, NameTaken, LastAdministrator.

        Who is disabled has no session any more.
        """
        loses_power = bool(changes.get("is_disabled")) or changes.get("role", ADMIN) != ADMIN
        try:
            with self._records.write() as connection:
                if loses_power:
                    _keep_an_administrator(connection, user_id)
                if changes:
                    connection.execute(update(users).where(users.c.id == user_id).values(**changes))
                if changes.get("is_disabled"):
                    end_sessions(connection, user_id, "disabled", self._records.now)
                user = _user(connection, user_id)
                if note is not None:
                    write_note(connection, note, self._records.now)
                return user
        except IntegrityError as error:
            raise NameTaken("This e-mail address or user name is taken.") from error

    def set_password(self, user_id: str, password_hash: str, note: AuditNote, keep_session: str = "") -> None:
        """Ends all sessions of the user but the one to keep. Raises UserNotFound."""
        with self._records.write() as connection:
            _user(connection, user_id)
            connection.execute(update(users).where(users.c.id == user_id).values(password_hash=password_hash))
            end_sessions(connection, user_id, "password_changed", self._records.now, except_id=keep_session)
            write_note(connection, note, self._records.now)

    def strengthen_hash(self, user_id: str, old_hash: str, new_hash: str) -> None:
        """Keep the same password as a hash of today's strength, unless it was changed meanwhile."""
        with self._records.write() as connection:
            same = update(users).where(users.c.id == user_id, users.c.password_hash == old_hash)
            connection.execute(same.values(password_hash=new_hash))

    def delete(self, user_id: str, note: AuditNote) -> None:
        """Remove a user with sessions and keys. Raises UserNotFound, LastAdministrator."""
        with self._records.write() as connection:
            _user(connection, user_id)
            _keep_an_administrator(connection, user_id)
            connection.execute(delete(sessions).where(sessions.c.user_id == user_id))
            connection.execute(delete(api_keys).where(api_keys.c.user_id == user_id))
            connection.execute(delete(users).where(users.c.id == user_id))
            write_note(connection, note, self._records.now)

    def _insert(self, connection: Connection, user: NewUser, note: AuditNote) -> User:
        now = self._records.now
        try:
            connection.execute(insert(users).values(**asdict(user), is_disabled=0, created_at=now))
        except IntegrityError as error:
            raise NameTaken("This e-mail address or user name is taken.") from error
        write_note(connection, note, now)
        return _user(connection, user.id)


def _user(connection: Connection, user_id: str) -> User:
    row = connection.execute(select(users).where(users.c.id == user_id)).mappings().one_or_none()
    if row is None:
        raise UserNotFound(f"There is no user {user_id}.")
    return user_of(row)


def _has_administrator(connection: Connection) -> bool:
    return bool(connection.scalar(select(func.count()).select_from(users).where(users.c.role == ADMIN)))


def _keep_an_administrator(connection: Connection, user_id: str) -> None:
    """Holds the administrators until the end of the transaction, so that two of them cannot remove each other."""
    active = select(users.c.id).where(users.c.role == ADMIN, users.c.is_disabled == 0).order_by(users.c.id)
    if list(connection.scalars(active.with_for_update())) == [user_id]:
        raise LastAdministrator("This is the last administrator, who can be neither disabled, demoted nor deleted.")
