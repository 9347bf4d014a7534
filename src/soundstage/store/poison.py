"""Rows that cannot be read are set aside, so that nothing behind them waits for ever."""

from __future__ import annotations

from soundstage.core.errors import Incompatible, NotFound
from soundstage.core.events import EventKind
from soundstage.core.states import JobState, PartState
from soundstage.store.database import Transaction
from soundstage.store.ledger import JobLedger, to_json

UNREADABLE = (NotFound, ValueError, KeyError, IndexError, TypeError)
"""What reading a job or its pipeline raises where the rows hold what we never wrote."""


def set_aside(tx: Transaction, part_id: int, job_id: str, why: Exception) -> None:
    """Fail the part as `incompatible`, and its job where that can be read."""
    error = {
        "code": Incompatible.code,
        "message": f"What the database holds of job {job_id} cannot be read: {type(why).__name__}: {why}.",
        "hint": "Start a new job. If you changed the database by hand, restore it from a backup.",
    }
    tx.run("close_part", {"part_id": part_id, "state": PartState.FAILED, "now": tx.now, "error": to_json(error)})
    try:
        job = JobLedger(tx, job_id)
    except UNREADABLE:
        return
    if not job.state.is_final:
        job.record(EventKind.PART_FAILED, data={"part": part_id, "code": error["code"], "message": error["message"]})
        job.become(JobState.FAILED, EventKind.JOB_FAILED)
        job.save()
