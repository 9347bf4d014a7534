"""API keys of users. The secret is kept as its hash only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import RowMapping, bindparam, delete, func, insert, select, update

from soundstage.core.errors import LimitReached, NotFound
from soundstage.store.accounts.audit import AuditNote, write_note
from soundstage.store.accounts.users import User, user_of
from soundstage.store.records import Records
from soundstage.store.tables import api_keys, users


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`hint` is how the secret begins, so that its owner knows which one it is."""

    id: str
    user_id: str
    name: str
    hint: str
    scopes: tuple[str, ...]
    created_at: float
    last_used_at: float | None = None
    expires_at: float | None = None


_BY_SECRET = (
    select(api_keys, *(column.label(f"user_{column.name}") for column in users.c if column.name != "id"))
    .join(users, users.c.id == api_keys.c.user_id)
    .where(api_keys.c.secret_hash == bindparam("secret_hash"))
)


class ApiKeyStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    def add(self, key: ApiKey, secret_hash: str, most: int, note: AuditNote) -> None:
        """Raises LimitReached where the user has so many already."""
        with self._records.write() as connection:
            connection.execute(select(users.c.id).where(users.c.id == key.user_id).with_for_update())
            count = connection.scalar(
                select(func.count()).select_from(api_keys).where(api_keys.c.user_id == key.user_id)
            )
            if (count or 0) >= most:
                raise LimitReached(f"There are {most} API keys already, which is the most.", hint="Delete one first.")
            connection.execute(
                insert(api_keys).values(
                    id=key.id,
                    user_id=key.user_id,
                    name=key.name,
                    hint=key.hint,
                    secret_hash=secret_hash,
                    scopes=" ".join(key.scopes),
                    created_at=key.created_at,
                    expires_at=key.expires_at,
                )
            )
            write_note(connection, note, key.created_at)

    def find_live(self, secret_hash: str) -> tuple[ApiKey, User] | None:
        """The key and its user; None where there is none, it has expired, or the user is disabled."""
        with self._records.look_up() as connection:
            row = connection.execute(_BY_SECRET, {"secret_hash": secret_hash}).mappings().one_or_none()
        return None if row is None else self._if_live(row)

    def find_live_by_id(self, key_id: str) -> tuple[ApiKey, User] | None:
        with self._records.read() as connection:
            secret_hash = connection.scalar(select(api_keys.c.secret_hash).where(api_keys.c.id == key_id))
        return None if secret_hash is None else self.find_live(secret_hash)

    def list_keys(self, user_id: str) -> list[ApiKey]:
        """Newest first."""
        query = select(api_keys).where(api_keys.c.user_id == user_id).order_by(api_keys.c.id.desc())
        with self._records.read() as connection:
            return [_key_of(row) for row in connection.execute(query).mappings()]

    def note_use(self, key_id: str, at: float) -> None:
        with self._records.write() as connection:
            connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(last_used_at=at))

    def delete(self, key_id: str, user_id: str, note: AuditNote) -> None:
        """Raises NotFound, also where the key is another's."""
        with self._records.write() as connection:
            gone = connection.execute(
                delete(api_keys).where(api_keys.c.id == key_id, api_keys.c.user_id == user_id)
            ).rowcount
            if not gone:
                raise NotFound("There is no API key of this id.")
            write_note(connection, note, self._records.now)

    def _if_live(self, row: RowMapping) -> tuple[ApiKey, User] | None:
        has_expired = row["expires_at"] is not None and row["expires_at"] <= self._records.now
        if has_expired or row["user_is_disabled"]:
            return None
        return _key_of(row), user_of(row, "user_")


def _key_of(row: RowMapping) -> ApiKey:
    return ApiKey(
        id=row["id"],
        user_id=row["user_id"],
        name=row["name"],
        hint=row["hint"],
        scopes=tuple(row["scopes"].split()),
        created_at=row["created_at"],
        last_used_at=row["last_used_at"],
        expires_at=row["expires_at"],
    )
