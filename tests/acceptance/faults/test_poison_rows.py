"""F20: rows that we never wrote: the job they belong to fails or is passed over, and every other goes on."""

from __future__ import annotations

import pytest
from tests.acceptance.faults.figures import record
from tests.acceptance.faults.rig import Rig, wait_until

from soundstage.core.states import JobState
from soundstage.store import sqlite

POISON = {
    "pipeline that is not installed": "UPDATE jobs SET pipeline = 'gone' WHERE id = :job;"
    "UPDATE jobs SET fingerprint = 'gone' WHERE id = :job;"
    "INSERT INTO pipelines SELECT 'gone', 'gone', 1, replace(definition, '\"chain\"', '\"gone\"') FROM pipelines"
    " WHERE kind = 'chain'",
    "pipeline without a row": "UPDATE jobs SET fingerprint = 'nowhere' WHERE id = :job",
    "definition that is not JSON": "INSERT INTO pipelines VALUES ('torn', 'chain', 1, '{\"kind\": ');"
    "UPDATE jobs SET fingerprint = 'torn' WHERE id = :job",
    "definition of another shape": "INSERT INTO pipelines VALUES ('odd', 'chain', 1, '[1, 2]');"
    "UPDATE jobs SET fingerprint = 'odd' WHERE id = :job",
    "parameters that are not JSON": "UPDATE jobs SET params = '{torn' WHERE id = :job",
    "parameters of another shape": "UPDATE jobs SET params = '{\"ledger\": [1]}' WHERE id = :job",
    "item that is not JSON": "UPDATE parts SET item = '{torn' WHERE job_id = :job",
    "stage that there is not": "UPDATE parts SET stage = 99 WHERE job_id = :job",
    "state that there is not": "UPDATE jobs SET state = 'dancing' WHERE id = :job",
    "part without a job": "UPDATE parts SET job_id = 'nobody' WHERE job_id = :job",
}


@pytest.fixture
def poisoned(rig: Rig) -> dict[str, str]:
    """Jobs by what is wrong with them, ahead of the sound ones in the line."""
    jobs = {what: rig.order("chain", seed=1) for what in POISON}
    connection = sqlite.connect(rig.home / "soundstage.db")
    for what, statements in POISON.items():
        for statement in statements.split(";"):
            connection.execute(statement, {"job": jobs[what]} if ":job" in statement else {})
    connection.close()
    return jobs


def test_poison_rows_stop_no_worker_and_no_other_job(rig: Rig, poisoned: dict[str, str]) -> None:
    sound = [rig.order("chain", seed=number) for number in range(4)]
    rig.start()
    pids = wait_for_workers(rig)
    for job_id in sound:
        rig.wait_for_state(job_id, JobState.SUCCEEDED)
    wait_until(lambda: not unsettled(rig), "every poisoned part is settled")
    assert states_of(rig, poisoned) == dict.fromkeys(
        sorted(set(POISON) - {"state that there is not", "part without a job"}), "failed incompatible"
    ) | {"state that there is not": "dancing incompatible", "part without a job": "queued incompatible"}
    assert sorted(rig.worker_pids()) == pids, "a worker died of it"
    record("F20", poisoned=len(POISON), others_done=len(sound), workers_died=0)


def wait_for_workers(rig: Rig) -> list[int]:
    wait_until(lambda: len(rig.orders.parts.store.workers.list_ids()) == rig.settings.workers, "the workers are there")
    return sorted(rig.worker_pids())


def unsettled(rig: Rig) -> list[tuple[str, ...]]:
    return rows(rig, "SELECT job_id FROM parts WHERE state NOT IN ('failed', 'completed')")


def states_of(rig: Rig, poisoned: dict[str, str]) -> dict[str, str]:
    found = {
        job_id: f"{state} {code}"
        for job_id, state, code in rows(
            rig,
            "SELECT jobs.id, jobs.state, json_extract(parts.error, '$.code') FROM jobs"
            " JOIN parts ON parts.job_id IN (jobs.id, 'nobody') WHERE parts.state = 'failed'"
            " ORDER BY parts.job_id = 'nobody' DESC",
        )
    }
    return {what: found[job_id] for what, job_id in poisoned.items()}


def rows(rig: Rig, query: str) -> list[tuple[str, ...]]:
    connection = sqlite.connect(rig.home / "soundstage.db")
    found: list[tuple[str, ...]] = connection.execute(query).fetchall()
    connection.close()
    return found
