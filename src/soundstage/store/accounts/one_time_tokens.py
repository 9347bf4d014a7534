"""Secrets that work once and for a short time. Only their hash is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert

from soundstage.store.records import Records
from soundstage.store.tables import one_time_tokens


class OneTimeTokenStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    def add(self, secret_hash: str, purpose: str, data: Mapping[str, Any], seconds: float) -> None:
        with self._records.write() as connection:
            self._insert(connection, secret_hash, purpose, data, seconds)

    def replace_all(self, secret_hash: str, purpose: str, seconds: float) -> None:
        """Make this the only token of its purpose."""
        with self._records.write() as connection:
            connection.execute(delete(one_time_tokens).where(one_time_tokens.c.purpose == purpose))
            self._insert(connection, secret_hash, purpose, {}, seconds)

    def take(self, secret_hash: str, purpose: str) -> dict[str, Any] | None:
        """What the token was given; None where it is unknown, used or too old. It is used from here on."""
        with self._records.write() as connection:
            return take_token(connection, secret_hash, purpose, self._records.now)

    def prune(self) -> None:
        with self._records.write() as connection:
            connection.execute(delete(one_time_tokens).where(one_time_tokens.c.expires_at <= self._records.now))

    def _insert(
        self, connection: Connection, secret_hash: str, purpose: str, data: Mapping[str, Any], seconds: float
    ) -> None:
        connection.execute(
            insert(one_time_tokens).values(
                secret_hash=secret_hash,
                purpose=purpose,
                data=json.dumps(dict(data)),
                expires_at=self._records.now + seconds,
            )
        )


def take_token(connection: Connection, secret_hash: str, purpose: str, now: float) -> dict[str, Any] | None:
    """Use a token in the transaction of what it allows."""
    found = connection.execute(
        delete(one_time_tokens)
        .where(one_time_tokens.c.secret_hash == secret_hash, one_time_tokens.c.purpose == purpose)
        .returning(one_time_tokens.c.data, one_time_tokens.c.expires_at)
    ).one_or_none()
    if found is None or found.expires_at <= now:
        return None
    data: dict[str, Any] = json.loads(found.data)
    return data
