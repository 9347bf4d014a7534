"""Pausing whole queues: what stands in a paused one does not start, on any machine; what runs goes on."""

from __future__ import annotations

from soundstage.store.accounts.audit import AuditNote
from soundstage.store.database import Database, Transaction
from soundstage.store.ledger import to_json
from soundstage.store.lines import wait_for_lines


class QueueStore:
    """Where a pause has been committed, no claim that comes after it starts a part of the queue.

    `note` goes into the audit log with the change that it tells of.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def pause(self, queue: str, reason: str, note: AuditNote) -> None:
        """A queue that is paused already stays so from the same moment on, with the new reason and actor."""
        with self._database.write("control") as tx:
            wait_for_lines(tx)
            tx.run("pause_queue", {"queue": queue, "paused_by": note.actor, "reason": reason, "now": tx.now})
            _write_note(tx, note)

    def resume(self, queue: str, note: AuditNote) -> bool:
        """False, and nothing noted, where it was not paused."""
        with self._database.write("control") as tx:
            was_paused = tx.run("resume_queue", {"queue": queue}) > 0
            if was_paused:
                _write_note(tx, note)
            return was_paused


def _write_note(tx: Transaction, note: AuditNote) -> None:
    tx.run(
        "insert_audit_entry",
        {
            "now": tx.now,
            "actor": note.actor,
            "action": note.action,
            "target": note.target,
            "address": note.address,
            "data": to_json(dict(note.data)),
        },
    )
