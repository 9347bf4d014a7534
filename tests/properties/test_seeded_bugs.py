"""Bugs planted on purpose: each must be found by the machine, or the machine is worth nothing."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase

from soundstage.core.errors import SoundstageError
from soundstage.core.events import EventKind
from soundstage.core.states import FINAL_JOB_STATES, JobState, PartState
from soundstage.core.transitions import JOB_TRANSITIONS
from soundstage.store import control, parts, settling
from soundstage.store.claims import Claim, WorkerSlot, claim_next
from soundstage.store.ledger import JobLedger
from soundstage.store.statements import load_statements

Patch = pytest.MonkeyPatch
STATEMENTS = load_statements("sqlite")


def change(patch: Patch, name: str, old: str, new: str) -> None:
    assert old in STATEMENTS[name], f"{name} no longer holds {old!r}: plant the bug anew."
    patch.setitem(STATEMENTS, name, STATEMENTS[name].replace(old, new))


def drop_the_attempt_check(patch: Patch) -> None:
    for name, sql in list(STATEMENTS.items()):
        if " AND attempt = :attempt" in sql:
            change(patch, name, " AND attempt = :attempt", "")


def number_events_outside_the_transaction(patch: Patch) -> None:
    newest: dict[str, int] = defaultdict(int)
    record = JobLedger.record

    def record_from_memory(job: JobLedger, *args: Any, **more: Any) -> None:
        newest[job.job_id] = max(newest[job.job_id], job.last_seq)
        job.last_seq = newest[job.job_id]
        record(job, *args, **more)
        newest[job.job_id] = job.last_seq

    patch.setattr(JobLedger, "record", record_from_memory)


def answer_a_claim_before_its_commit(patch: Patch) -> None:
    def claim_and_roll_back(store: parts.PartStore, slot: WorkerSlot) -> Claim | None:
        claim = None
        try:
            with store._database.write("claim") as tx:
                claim = claim_next(tx, store._snapshots, store._turns, slot)
                raise ZeroDivisionError
        except ZeroDivisionError:
            return claim

    patch.setattr(parts.PartStore, "claim", claim_and_roll_back)


def let_progress_fall(patch: Patch) -> None:
    change(patch, "record_progress", "CASE WHEN fraction > :fraction THEN fraction ELSE :fraction END", ":fraction")


def leave_a_final_state_without_a_retry(patch: Patch) -> None:
    for state in FINAL_JOB_STATES:
        patch.setitem(JOB_TRANSITIONS, state, frozenset({JobState.QUEUED, JobState.PAUSED, JobState.CANCELLED}))


def measure_leases_by_the_clock_of_the_worker(patch: Patch) -> None:
    change(patch, "beat", ":now", f"{time.time()} + 0 * :now")
    change(patch, "insert_worker", ":now, :now", f":now, {time.time()}")


def go_on_before_all_items_have_ended(patch: Patch) -> None:
    change(patch, "list_stage_parts", "current = 1", "current = 1 AND state <> 'ready'")


def leave_ready_parts_ready_during_a_pause(patch: Patch) -> None:
    change(patch, "set_part_state", "SET state = :state", "SET state = 'ready'")


def leave_running_attempts_their_lease_on_cancel(patch: Patch) -> None:
    patch.setattr(control, "UNFINISHED", settling.UNFINISHED - {PartState.ACTIVE})


def change_a_state_without_its_event(patch: Patch) -> None:
    become = JobLedger.become

    def become_silently(job: JobLedger, state: JobState, kind: EventKind, data: Any = None) -> None:
        become(job, state, kind, data)
        if kind is EventKind.JOB_CONTINUED:
            job._events.pop()
            job.last_seq -= 1

    patch.setattr(JobLedger, "become", become_silently)


def count_attempts_anew_after_a_retry(patch: Patch) -> None:
    change(patch, "revive_part", "failures = 0", "failures = 0, attempt = 0")


def run_completed_stages_again_after_a_retry(patch: Patch) -> None:
    first_open = control._first_open_stage

    def begin_again(rows: Any, count: int) -> int:
        return min(first_open(rows, count), 0)

    patch.setattr(control, "_first_open_stage", begin_again)


def claim_from_a_paused_queue(patch: Patch) -> None:
    change(patch, "list_lines", "AND NOT EXISTS (SELECT 1 FROM paused_queues WHERE paused_queues.queue = :queue)", "")


def go_on_into_a_paused_queue(patch: Patch) -> None:
    change(patch, "may_go_on", "NOT EXISTS (SELECT 1 FROM paused_queues WHERE queue = :queue)", "1 = 1")


BUGS: list[Callable[[Patch], None]] = [
    drop_the_attempt_check,
    number_events_outside_the_transaction,
    answer_a_claim_before_its_commit,
    let_progress_fall,
    leave_a_final_state_without_a_retry,
    measure_leases_by_the_clock_of_the_worker,
    go_on_before_all_items_have_ended,
    leave_ready_parts_ready_during_a_pause,
    leave_running_attempts_their_lease_on_cancel,
    change_a_state_without_its_event,
    count_attempts_anew_after_a_retry,
    run_completed_stages_again_after_a_retry,
    claim_from_a_paused_queue,
    go_on_into_a_paused_queue,
]


DRAWS = 20
"""How many times the machine begins anew: many short runs find more than a long one."""


@pytest.mark.parametrize("plant", BUGS)
def test_the_machine_finds_a_planted_bug(
    plant: Callable[[Patch], None], run_machine: Callable[..., None], monkeypatch: Patch
) -> None:
    plant(monkeypatch)
    with pytest.raises((AssertionError, SoundstageError)):
        _run_draws(run_machine)


def _run_draws(run_machine: Callable[..., None]) -> None:
    for draw in range(1, DRAWS + 1):
        run_machine(examples=20, steps=50, draw=draw, phases=[Phase.generate], report_multiple_bugs=False)
