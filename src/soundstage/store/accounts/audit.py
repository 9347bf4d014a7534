"""The audit log: what administrators did, and what happened to accounts. Written with the change that it tells of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from soundstage.store.records import Records
from soundstage.store.tables import audit, users


@dataclass(frozen=True, slots=True)
class AuditNote:
    """Who did what to whom, and from which network address. Holds no secret and nothing that was typed."""

    actor: str
    action: str
    target: str = ""
    address: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """The names are the user names of those who are users still."""

    id: int
    at: float
    note: AuditNote
    actor_name: str | None
    target_name: str | None


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries to list; None means any."""

    actor: str | None = None
    action: str | None = None
    target: str | None = None
    before_id: int | None = None
    limit: int = 50


class AuditStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    def add(self, note: AuditNote) -> None:
        """For what changed nothing else."""
        with self._records.write() as connection:
            write_note(connection, note, self._records.now)

    def list_entries(self, wanted: AuditFilter) -> list[AuditEntry]:
        """Newest first."""
        actors, targets = users.alias(), users.alias()
        names = actors.c.username.label("actor_name"), targets.c.username.label("target_name")
        query = select(audit, *names).order_by(audit.c.id.desc()).limit(wanted.limit)
        query = query.outerjoin(actors, actors.c.id == audit.c.actor).outerjoin(targets, targets.c.id == audit.c.target)
        for column, value in ((audit.c.actor, wanted.actor), (audit.c.action, wanted.action)):
            query = query if value is None else query.where(column == value)
        if wanted.target is not None:
            query = query.where(audit.c.target == wanted.target)
        if wanted.before_id is not None:
            query = query.where(audit.c.id < wanted.before_id)
        with self._records.read() as connection:
            return [_entry(row) for row in connection.execute(query)]

    def prune(self, older_than_seconds: float) -> None:
        with self._records.write() as connection:
            connection.execute(delete(audit).where(audit.c.at < self._records.now - older_than_seconds))


def _entry(row: Row[tuple[Any, ...]]) -> AuditEntry:
    note = AuditNote(row.actor, row.action, row.target, row.address, json.loads(row.data))
    return AuditEntry(row.id, row.at, note, row.actor_name, row.target_name)


def write_note(connection: Connection, note: AuditNote, at: float) -> None:
    """Add an entry in the transaction of the change."""
    connection.execute(
        insert(audit).values(
            at=at,
            actor=note.actor,
            action=note.action,
            target=note.target,
            address=note.address,
            data=json.dumps(dict(note.data)),
        )
    )
