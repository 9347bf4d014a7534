"""F01 and F12: workers that are killed, and parts that kill their workers."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterable

from tests.acceptance.faults.figures import percentile, record
from tests.acceptance.faults.rig import Rig, group_of, pid_of, wait_until

from soundstage.core.events import EventKind
from soundstage.core.job import AttemptView
from soundstage.core.retry import LOSS_BUDGET
from soundstage.core.states import JobState

KILLS = int(os.environ.get("SOUNDSTAGE_TEST_KILLS", "30"))
SEED = int(os.environ.get("SOUNDSTAGE_TEST_SEED", "1"))
JOBS_UNDER_WAY = 6


def test_killed_workers_lose_no_job_and_no_finished_stage_runs_again(rig: Rig) -> None:
    studio = rig.start()
    assert studio.supervisor is not None
    rng = random.Random(SEED)
    killed_at: dict[int, float] = {}
    while len(killed_at) < KILLS:
        keep_busy(rig)
        pid = busy_worker(rig, rng, set(killed_at))
        threading.Event().wait(rng.uniform(0.0, 0.15))
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            killed_at[pid] = time.time()
    wait_until(lambda: not unfinished(rig), "every job has ended", 60.0)
    jobs = rig.check_histories()
    wait_until(lambda: not [pid for pid in killed_at if group_of(pid)], "no child of a killed worker is left", 5.0)
    recoveries = recovery_seconds(rig, killed_at)
    lost = jobs_lost_without_cause(rig)
    record(
        "F01",
        seed=SEED,
        kills=KILLS,
        jobs=jobs,
        lost_jobs=len(lost),
        stages_run_again=stages_run_again(rig),
        interrupted_attempts=len(recoveries),
        recovery_p50_seconds=percentile(recoveries, 50),
        recovery_p99_seconds=percentile(recoveries, 99),
        orphan_children=0,
        parts_hit_three_times=sum(job.state is JobState.FAILED for job in rig.jobs()),
    )
    assert not lost, f"seed {SEED} lost {lost}"
    assert not stages_run_again(rig)
    assert percentile(recoveries, 50) <= 2.0


def keep_busy(rig: Rig) -> None:
    for number in range(JOBS_UNDER_WAY - len(unfinished(rig))):
        rig.order("chain", seed=number)


def unfinished(rig: Rig) -> list[str]:
    return [job.id for job in rig.jobs() if not job.state.is_final]


def busy_worker(rig: Rig, rng: random.Random, dead: set[int]) -> int:
    """One whose part was not hit so often yet that another kill would rightly fail it."""
    found: list[int] = []

    def look() -> bool:
        found[:] = sorted(
            {
                pid_of(part.worker_id)
                for job in rig.jobs()
                for stage in job.stages
                for part in stage.parts
                if part.state == "active" and part.worker_id and part.losses < LOSS_BUDGET - 1
            }
            - dead
        )
        return bool(found)

    wait_until(look, "a worker is busy")
    return rng.choice(found)


def all_attempts(rig: Rig) -> Iterable[tuple[str, AttemptView]]:
    return ((job.id, attempt) for job in rig.jobs() for attempt in rig.orders.jobs.attempts(job.id))


def recovery_seconds(rig: Rig, killed_at: dict[int, float]) -> list[float]:
    """From the kill to the start of the part's next attempt."""
    attempts = {(attempt.part_id, attempt.attempt): attempt for _, attempt in all_attempts(rig)}
    return [
        attempts[part, number + 1].started_at - killed_at[pid_of(attempt.worker_id)]
        for (part, number), attempt in attempts.items()
        if attempt.result == "lost" and (part, number + 1) in attempts
    ]


def jobs_lost_without_cause(rig: Rig) -> list[str]:
    """Jobs that did not succeed, but for those whose same part was hit by as many kills as the budget allows."""
    losses = Counter(attempt.part_id for _, attempt in all_attempts(rig) if attempt.result == "lost")
    return [
        job.id
        for job in rig.jobs()
        if job.state is not JobState.SUCCEEDED
        and not any(losses[part.id] == LOSS_BUDGET for stage in job.stages for part in stage.parts)
    ]


def stages_run_again(rig: Rig) -> int:
    """By the ledger that the stages write: attempts that began after the one that completed the stage."""
    completed = {
        (job_id, attempt.stage): attempt.attempt
        for job_id, attempt in all_attempts(rig)
        if attempt.result == "completed"
    }
    begun = [line.split()[:3] for line in rig.lines() if line.endswith("begin")]
    return sum(int(number) > completed.get((job_id, stage), int(number)) for job_id, stage, number in begun)


def test_a_part_that_kills_its_workers_fails_after_three_and_neighbours_go_on(rig: Rig) -> None:
    rig.start()
    alone = seconds_for_neighbours(rig)
    poison = [rig.order("kill_the_worker") for _ in range(2)]
    beside = seconds_for_neighbours(rig)
    for job_id in poison:
        rig.wait_for_state(job_id, JobState.FAILED)
        assert rig.results(job_id) == ["lost"] * LOSS_BUDGET
        error = rig.part(job_id).error
        assert error is not None
        assert error.code == "worker_lost"
        assert "memory" in error.message
        kinds = Counter(event.kind for event in rig.events(job_id))
        assert kinds[EventKind.PART_LOST] == LOSS_BUDGET
    rig.check_histories()
    record("F12", losses=LOSS_BUDGET, neighbours_alone_seconds=alone, neighbours_beside_seconds=beside)
    assert beside - alone < 15.0


def seconds_for_neighbours(rig: Rig) -> float:
    begin = time.monotonic()
    jobs = [rig.order("chain", seed=number) for number in range(4)]
    for job_id in jobs:
        rig.wait_for_state(job_id, JobState.SUCCEEDED)
        assert set(rig.results(job_id)) == {"completed"}
    return time.monotonic() - begin


def test_a_stage_that_asks_for_too_much_memory_fails_and_its_worker_lives(rig: Rig) -> None:
    rig.choose(workers=1)
    rig.start()
    job_id = rig.order("eat_memory")
    rig.wait_for_state(job_id, JobState.FAILED)
    error = rig.part(job_id).error
    assert error is not None
    assert error.code == "out_of_memory"
    pid = rig.worker_of(job_id)
    after = rig.order("log_and_end")
    rig.wait_for_state(after, JobState.SUCCEEDED)
    assert rig.worker_of(after) == pid
