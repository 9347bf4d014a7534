"""How often something failed in the last time, for each account and each address."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from soundstage.store.records import Records
from soundstage.store.tables import login_failures


@dataclass(frozen=True, slots=True)
class Failures:
    count: int
    seconds_ago: float


class LoginFailureStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    def count_attempt(
        self, keys: Collection[str], rest_seconds: Callable[[str, Failures], float | None]
    ) -> tuple[float, Mapping[str, int]]:
        """Count an attempt as failed under each key, unless one of them must rest.

        `rest_seconds` says for how long, and None where what failed so long ago is forgotten. Returns the longest
        rest, zero where the attempt was counted, and the counts. Attempts at the same moment are counted one after the
        other.
        """
        now = self._records.now
        with self._records.write() as connection:
            found = {key: self._failures(connection, key, now) for key in sorted(keys)}
            rests = {key: rest_seconds(key, failures) for key, failures in found.items()}
            longest = max((rest or 0.0 for rest in rests.values()), default=0.0)
            if longest > 0:
                return longest, {key: failures.count for key, failures in found.items()}
            counts = {key: 1 if rest is None else found[key].count + 1 for key, rest in rests.items()}
            for key, count in counts.items():
                _set(connection, key, count, now)
            return 0.0, counts

    def forgive(self, forgotten: str, reduced: str) -> None:
        """An attempt succeeded: all failures of the one key are forgotten, and one of the other."""
        keys = login_failures.c.key
        fewer = update(login_failures).where(keys == reduced, login_failures.c.failures > 0)
        with self._records.write() as connection:
            connection.execute(delete(login_failures).where(keys == forgotten))
            connection.execute(fewer.values(failures=login_failures.c.failures - 1))

    def prune(self, older_than_seconds: float) -> None:
        with self._records.write() as connection:
            connection.execute(
                delete(login_failures).where(login_failures.c.last_at < self._records.now - older_than_seconds)
            )

    def _failures(self, connection: Connection, key: str, now: float) -> Failures:
        """Held by this transaction until it ends."""
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        connection.execute(insert(login_failures).values(key=key, failures=0, last_at=now).on_conflict_do_nothing())
        row = connection.execute(select(login_failures).where(login_failures.c.key == key).with_for_update()).one()
        return Failures(row.failures, now - row.last_at)


def _set(connection: Connection, key: str, failures: int, at: float) -> None:
    connection.execute(update(login_failures).where(login_failures.c.key == key).values(failures=failures, last_at=at))
