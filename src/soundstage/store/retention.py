"""What is no longer needed: jobs past their keeping time, and blobs that no row points to."""

from __future__ import annotations

from soundstage.core.errors import IllegalTransition, JobNotFound
from soundstage.store.database import Database
from soundstage.store.ledger import JobLedger
from soundstage.store.orders import SECONDS_A_DAY, day_of

_OWNED_BY_A_JOB = ("shares", "events", "logs", "artifacts", "inputs", "checkpoints", "attempts", "parts")
"""In this order. SQLite is not asked to cascade: checking foreign keys costs each hand-over a sixth of its time."""


class RetentionStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def delete_job(self, job_id: str) -> None:
        """Remove a finished job with all its rows. Raises IllegalTransition, JobNotFound."""
        with self._database.write("control") as tx:
            job = JobLedger(tx, job_id)
            if not job.state.is_final:
                raise IllegalTransition(f"Job {job_id} is {job.state}: cancel it before you delete it.")
            day = day_of(tx.now)
            tx.run("keep_work", {"owner": job.owner, "job_id": job_id, "day": day, "since": day * SECONDS_A_DAY})
            for table in _OWNED_BY_A_JOB:
                tx.run(f"delete_job_{table}", {"job_id": job_id})
            tx.run("delete_job", {"job_id": job_id})

    def delete_finished(self, older_than_seconds: float) -> int:
        """Remove jobs that ended so long ago; at most 200 in one call."""
        with self._database.read() as tx:
            rows = tx.all("list_expired_jobs", {"before": tx.now - older_than_seconds})
        return sum(self._delete_if_finished(job_id) for (job_id,) in rows)

    def _delete_if_finished(self, job_id: str) -> bool:
        """Another may have retried or deleted the job in the meantime."""
        try:
            self.delete_job(job_id)
        except (JobNotFound, IllegalTransition):
            return False
        return True

    def forget_idle_lines(self) -> int:
        """Remove the lines of owners who have no turn to make up for. Returns how many."""
        with self._database.write("control", durable=False) as tx:
            return tx.run("prune_lines", {})

    def is_referenced(self, sha256: str) -> bool:
        """Whether an artifact or a job's input is this blob."""
        with self._database.read() as tx:
            return tx.one("is_referenced", {"sha256": sha256}) is not None
