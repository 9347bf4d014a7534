"""F02, F13 and F27: server processes that are killed, asked to stop, rolled over, or started twice."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter

from tests.acceptance.faults.figures import record
from tests.acceptance.faults.rig import Rig, is_alive, wait_until

from soundstage.core.states import JobState

CYCLES = int(os.environ.get("SOUNDSTAGE_TEST_CYCLES", "5"))
ROLLS = 3


def test_a_killed_server_loses_no_accepted_job_and_its_workers_stop(rig: Rig) -> None:
    rng = random.Random(7)
    accepted: list[str] = []
    first_claims, orphan_seconds, starts = [], [], []
    for _ in range(CYCLES):
        begin = time.time()
        server = rig.start_server()
        starts.append(time.time() - begin)
        accepted += [rig.order("chain", seed=number) for number in range(3)]
        accepted.append(rig.order("take_turns", turns=15))
        first_claims.append(wait_for_first_claim(rig, begin))
        threading.Event().wait(rng.uniform(0.0, 0.4))
        workers = rig.worker_pids()
        assert len(workers) == rig.settings.workers
        server.kill()
        server.wait(timeout=10)
        orphan_seconds.append(wait_for_orphans(workers))
    rig.start_server()
    rig.wait_for_all(JobState.SUCCEEDED)
    assert {job.id for job in rig.jobs()} == set(accepted)
    rig.check_histories()
    rig.check_database()
    losses = Counter(result for job_id in accepted for result in rig.results(job_id))
    record(
        "F02",
        cycles=CYCLES,
        accepted=len(accepted),
        missing=0,
        lost_attempts=losses["lost"],
        released_attempts=losses["released"],
        start_to_first_claim_max_seconds=max(first_claims),
        start_to_ready_max_seconds=max(starts),
        orphan_worker_max_seconds=max(orphan_seconds),
    )
    assert max(orphan_seconds) <= 5.0


def wait_for_orphans(workers: list[int]) -> float:
    return wait_until(lambda: not any(map(is_alive, workers)), "the orphans have stopped", 10.0)


def wait_for_first_claim(rig: Rig, begin: float) -> float:
    """From the start of the server process to the first attempt that its workers began."""
    found: list[float] = []

    def look() -> bool:
        parts = [part for job in rig.jobs() for stage in job.stages for part in stage.parts]
        found[:] = [part.started_at for part in parts if part.started_at is not None and part.started_at > begin]
        return bool(found)

    wait_until(look, "a part is claimed")
    return min(found) - begin


def test_a_worker_that_is_asked_to_stop_hands_its_part_back_at_a_checkpoint(rig: Rig) -> None:
    rig.start()
    job_id = rig.order("take_turns", turns=25)
    rig.wait_for_line("turn 2 kept")
    pid = rig.worker_of(job_id)
    os.kill(pid, signal.SIGTERM)
    seconds = wait_until(lambda: not is_alive(pid), "the worker has stopped", 5.0)
    rig.wait_for_state(job_id, JobState.SUCCEEDED)
    assert rig.results(job_id) == ["released", "completed"]
    assert (rig.part(job_id).losses, rig.part(job_id).failures) == (0, 0)
    assert len([line for line in rig.lines() if "kept" in line]) == 25
    attempts = list(rig.orders.jobs.attempts(job_id))
    record(
        "F13",
        what="worker",
        stop_seconds=seconds,
        release_to_next_attempt_seconds=attempts[1].started_at - attempts[0].finished_at,
    )


def test_a_stage_that_does_not_listen_is_released_too_and_charged_nothing(rig: Rig) -> None:
    rig.start()
    job_id = rig.order("never_look_up")
    rig.wait_for_line("begin")
    pid = rig.worker_of(job_id)
    os.kill(pid, signal.SIGTERM)
    os.kill(pid, signal.SIGTERM)
    wait_until(lambda: not is_alive(pid), "the worker has stopped", 6.0)
    rig.wait_for_line(" 2 begin")
    assert rig.results(job_id) == ["released"]
    assert (rig.part(job_id).losses, rig.part(job_id).failures) == (0, 0)
    rig.orders.jobs.cancel(job_id)


def test_rolling_restarts_lose_nothing_and_charge_no_attempt(rig: Rig) -> None:
    rig.choose(shutdown_grace_seconds=0.5)
    long = []
    drains = []
    for _ in range(ROLLS):
        server = rig.start_server()
        long.append(rig.order("take_turns", turns=40))
        for number in range(3):
            rig.order("chain", seed=number)
        rig.wait_for_line(f"{long[-1]} ONLY", 60.0)
        begin = time.monotonic()
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
        drains.append(time.monotonic() - begin)
        assert not rig.worker_pids()
    rig.start_server()
    rig.wait_for_all(JobState.SUCCEEDED, 60.0)
    results = Counter(result for job in rig.jobs() for result in rig.results(job.id))
    assert set(results) == {"completed", "released"}
    rig.check_histories()
    record("F13", what="rolling", restarts=ROLLS, released=results["released"], lost=0, drain_max_seconds=max(drains))


def test_a_draining_worker_finishes_its_part_and_begins_no_other(rig: Rig) -> None:
    rig.choose(workers=1)
    server = rig.start_server()
    running, queued = rig.order("log_and_end", turn_seconds=1.0), rig.order("log_and_end")
    wait_until(lambda: rig.part(running).state == "active", "the first runs")
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=30) == 0
    assert rig.job(running).state is JobState.SUCCEEDED
    assert rig.job(queued).state is JobState.QUEUED
    assert rig.part(queued).attempt == 0


def test_a_worker_that_is_frozen_cannot_hold_up_the_stop_of_the_server(rig: Rig) -> None:
    rig.choose(shutdown_grace_seconds=0.2)
    server = rig.start_server()
    job_id = rig.order("never_look_up")
    rig.wait_for_line("begin")
    os.kill(rig.worker_of(job_id), signal.SIGSTOP)
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0
    assert not rig.worker_pids()
    assert rig.results(job_id) == ["lost"]


def test_a_second_server_refuses_a_home_in_use_and_takes_it_once_the_first_is_killed(rig: Rig) -> None:
    rig.choose(workers=1)
    first = rig.start_server()
    said = rig.refused_server()
    assert said.startswith("home_in_use: ")
    assert f"process {first.pid} at http://127.0.0.1:8484" in said
    first.kill()
    first.communicate()
    begin = time.monotonic()
    rig.start_server()
    seconds = time.monotonic() - begin
    rig.wait_for_state(rig.order("log_and_end"), JobState.SUCCEEDED)
    record("F27", take_over_seconds=seconds)
