"""A machine that does to a store what workers, people and faults can do, in any order, and checks what it promises."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from soundstage.core.errors import IllegalTransition, LeaseLost, StoreUnavailable
from soundstage.core.outcome import Snooze, Wait
from soundstage.core.states import PartState, Priority
from soundstage.core.transitions import PART_TRANSITIONS
from soundstage.store import sqlite
from soundstage.store.accounts.audit import AuditNote
from soundstage.store.claims import Claim
from soundstage.store.control import ChangedParameters
from soundstage.store.store import open_database
from soundstage.testing.clock import FakeClock
from soundstage.testing.invariants import ProgressLog, check_job, require
from soundstage.testing.store_bench import StoreBench, make_snapshot

WORKERS = ("w1", "w2", "w3")
LEASE_SECONDS = 15.0
QUEUES = ("cpu", "io")
FINAL = ("succeeded", "failed", "cancelled")
MOST_JOBS = 3
PIPELINES = [make_snapshot(1), make_snapshot(2), make_snapshot(3, items_at=[1], queues={2: "io"})]
WRITES = ("complete", "fail", "suspend", "release", "checkpoint", "report")
ALLOWED = {
    "pause": ("queued", "running", "waiting", "paused"),
    "resume": ("paused",),
    "cancel": ("queued", "running", "waiting", "paused", "cancelled"),
    "retry": ("failed", "cancelled"),
    "retry_from_start": FINAL,
    "set_priority": ("queued", "running", "waiting", "paused"),
}

workers = st.sampled_from(WORKERS)
choices = st.integers(0, 10_000)
seconds = st.sampled_from([0.0, 1.0, 5.0, 20.0])


class StoreMachine(RuleBasedStateMachine):
    """The model is what each worker holds and which writers are stale; the store is asked for nothing it must know."""

    open_bench: Callable[[], StoreBench]
    close_bench: Callable[[StoreBench], None]

    @initialize()
    def open(self) -> None:
        self.bench = type(self).open_bench()
        self.jobs: list[str] = []
        self.states: dict[str, str] = {}
        self.held: dict[str, Claim] = {}
        self.beat_at: dict[str, float] = {}
        self.stale: list[Claim] = []
        self.completed: list[Claim] = []
        self.seen: set[tuple[int, int]] = set()
        self.progress = ProgressLog()
        self.touched: set[str] = set()
        self.paused_queues: set[str] = set()

    # What people do.

    @precondition(lambda self: len(self.jobs) < MOST_JOBS)
    @rule(pipeline=st.sampled_from(PIPELINES), owner=st.sampled_from("ab"), priority=st.sampled_from(Priority))
    def create(self, pipeline: Any, owner: str, priority: Priority) -> None:
        self.jobs.append(self.bench.create(pipeline, owner=owner, priority=priority))
        self.touched.add(self.jobs[-1])

    @precondition(lambda self: self.jobs)
    @rule(action=st.sampled_from(sorted(ALLOWED)), choice=choices)
    def control(self, action: str, choice: int) -> None:
        self._control(action, self._choose(choice))

    def _control(self, action: str, job_id: str) -> None:
        self.touched.add(job_id)
        before = str(self.bench.job(job_id).state)
        try:
            self._act(action, job_id)
        except IllegalTransition:
            require(before not in ALLOWED[action], "I19", f"{action} was refused in {before}")
            return
        require(before in ALLOWED[action], "I19", f"{action} was allowed in {before}")
        if action == "cancel":
            self._lose(lambda claim: claim.job_id == job_id)

    @precondition(lambda self: self._in(*FINAL))
    @rule(choice=choices, action=st.sampled_from(["retry", "retry_from_start", "cancel", "pause"]))
    def control_an_ended_job(self, choice: int, action: str) -> None:
        ended = self._in(*FINAL)
        self._control(action, ended[choice % len(ended)])

    @precondition(lambda self: self._in("waiting"))
    @rule(choice=choices)
    def answer(self, choice: int) -> None:
        waiting = self._in("waiting")
        job_id = waiting[choice % len(waiting)]
        self.touched.add(job_id)
        self._answer_all(job_id)

    @rule(queue=st.sampled_from(QUEUES), is_paused=st.booleans())
    def steer_queue(self, queue: str, is_paused: bool) -> None:
        self._steer_queue(queue, is_paused)

    def _steer_queue(self, queue: str, is_paused: bool) -> None:
        queues = self.bench.store.queues
        if is_paused:
            queues.pause(queue, "", AuditNote("ada", "pause"))
            self.paused_queues.add(queue)
        else:
            was_paused = queues.resume(queue, AuditNote("ada", "resume"))
            require(was_paused == (queue in self.paused_queues), "S4", f"{queue} was paused: {was_paused}")
            self.paused_queues.discard(queue)

    # What workers do.

    @precondition(lambda self: self.jobs)
    @rule(worker=workers)
    def claim(self, worker: str) -> None:
        self._claim(worker)

    def _claim(self, worker: str) -> None:
        if worker not in self.beat_at:
            self.bench.store.workers.register(self.bench.slot(worker), "host", 1)
            self.beat_at[worker] = self.bench.clock.now()
        claim = self.bench.try_claim(worker)
        if worker in self.held:
            require(claim == self.held[worker], "I27", "a repeated claim gave something else")
        elif claim is not None:
            self._take(claim)

    @precondition(lambda self: self.held)
    @rule(choice=choices, done=st.floats(0, 1))
    def report(self, choice: int, done: float) -> None:
        self.bench.store.parts.record_progress(self._running(choice), done, "working", ["a line"])

    @precondition(lambda self: self.held)
    @rule(choice=choices, place=st.integers(0, 2))
    def checkpoint(self, choice: int, place: int) -> None:
        self.bench.store.parts.save_checkpoint(self._running(choice), "chunk", place, {"n": place}, [])

    @precondition(lambda self: self.held)
    @rule(choice=choices, go_on=st.booleans(), items=st.integers(0, 3), is_reply_lost=st.booleans())
    def complete(self, choice: int, go_on: bool, items: int, is_reply_lost: bool) -> None:
        claim = self._release_held(choice)
        listed = [str(number) for number in range(items)] if claim.role == "list" else None
        following = self.bench.complete(claim, go_on, items=listed)
        if is_reply_lost:
            again = self.bench.complete(claim, go_on, items=listed)
            require(again == following, "I27", f"a repeated completion gave {again}, not {following}")
        self.completed.append(claim)
        if following is not None:
            self._take(following)

    @precondition(lambda self: self.held)
    @rule(choice=choices, delay=st.sampled_from([None, 1.0, 5.0]))
    def fail(self, choice: int, delay: float | None) -> None:
        claim = self._release_held(choice)
        self.bench.fail(claim, delay)
        self.stale.append(claim)

    @precondition(lambda self: self.held)
    @rule(choice=choices, outcome=st.sampled_from([Wait("Look."), Wait("Look.", timeout_seconds=5.0), Snooze(1.0)]))
    def suspend(self, choice: int, outcome: Wait | Snooze) -> None:
        claim = self._release_held(choice)
        self.bench.suspend(claim, outcome)
        self.stale.append(claim)

    @precondition(lambda self: self.held)
    @rule(choice=choices)
    def release(self, choice: int) -> None:
        claim = self._release_held(choice)
        self.bench.store.parts.release(claim)
        self.stale.append(claim)

    # What goes wrong.

    @precondition(lambda self: self.held)
    @rule(choice=choices, is_taken_over=st.booleans())
    def lose_worker(self, choice: int, is_taken_over: bool) -> None:
        worker = self._running(choice).worker_id
        self.bench.store.workers.lose(worker)
        self.beat_at.pop(worker, None)
        self._lose(lambda claim: claim.worker_id == worker)
        idle = sorted(set(WORKERS) - set(self.held) - {worker})
        if is_taken_over and idle:
            self._claim(idle[0])

    @rule(by=seconds, beating=st.sets(workers))
    def advance_clock(self, by: float, beating: set[str]) -> None:
        self.bench.clock.advance(by)
        for worker in beating & set(self.beat_at):
            require(self.bench.store.workers.beat(worker), "I35", f"{worker} was forgotten")
            self.beat_at[worker] = self.bench.clock.now()
        self.bench.store.due.wake_due()
        self.bench.store.workers.lose_stale(LEASE_SECONDS)
        limit = self.bench.clock.now() - LEASE_SECONDS
        silent = {worker for worker, at in self.beat_at.items() if at < limit}
        for worker in silent:
            del self.beat_at[worker]
        self._lose(lambda claim: claim.worker_id in silent)

    @precondition(lambda self: self.held)
    @rule(choice=choices, write=st.sampled_from(WRITES))
    def fail_to_commit(self, choice: int, write: str) -> None:
        claim, before = self._running(choice), self.bench.dump()
        with _failing_commits(), pytest.raises(StoreUnavailable):
            self._write(claim, write)
        require(self.bench.dump() == before, "I13", f"{write} left something though its commit failed")

    @precondition(lambda self: self.stale)
    @rule(choice=choices, write=st.sampled_from(WRITES))
    def write_by_a_stale_attempt(self, choice: int, write: str) -> None:
        claim = self.stale[-1 - choice % min(3, len(self.stale))]
        before = self.bench.dump()
        try:
            self._write(claim, write)
        except LeaseLost:
            require(write != "report", "I3", "a report raised")
        else:
            require(write == "report", "I3", f"{write} of a stale attempt was accepted")
        require(self.bench.dump() == before, "I3", f"{write} of a stale attempt left something")

    @precondition(lambda self: self.completed)
    @rule(choice=choices)
    def complete_once_more(self, choice: int) -> None:
        before = self.bench.dump()
        self.bench.complete(self.completed[choice % len(self.completed)])
        require(self.bench.dump() == before, "I27", "a repeated completion left something")

    # What must hold.

    @invariant()
    def every_touched_job_keeps_its_promises(self) -> None:
        for job_id in sorted(self.touched):
            self._check(job_id)
        self.touched.clear()

    @invariant()
    def the_leases_are_those_that_were_given(self) -> None:
        for claim in self.held.values():
            require(self.bench.store.parts.lease_state(claim) is not None, "I35", f"{claim} lost its lease")

    def teardown(self) -> None:
        if not hasattr(self, "bench"):
            return
        try:
            self._drain()
        finally:
            type(self).close_bench(self.bench)

    def _drain(self) -> None:
        """Heal everything: each job must come to an end."""
        for queue in sorted(self.paused_queues):
            self._steer_queue(queue, is_paused=False)
        for worker in WORKERS:
            self.bench.store.workers.lose(worker)
        for _ in range(100):
            open_jobs = [job for job in map(self.bench.job, self.jobs) if job.state not in FINAL]
            if not open_jobs:
                break
            for job in open_jobs:
                if job.state == "paused":
                    self.bench.store.control.resume(job.id)
                self._answer_all(job.id)
            self.bench.clock.advance(10.0)
            self.bench.store.due.wake_due()
            self.bench.run_until_idle("w9")
        require(not open_jobs if self.jobs else True, "L1", "a job never came to an end")
        for job_id in self.jobs:
            self._check(job_id)
        for before, after in _part_changes(self.bench):
            require(after in PART_TRANSITIONS[before], "I19", f"a part went from {before} to {after}")

    def _answer_all(self, job_id: str) -> None:
        for stage in self.bench.job(job_id).stages:
            for part in stage.parts:
                if part.wait is not None and part.wait.actions:
                    self.bench.store.control.answer(job_id, stage.key, "continue", {}, "ann")

    def _check(self, job_id: str) -> None:
        job = self.bench.job(job_id)
        check_job(self.bench.views.list_events(job_id, limit=100_000), job)
        self.progress.see(job)
        self.states[job_id] = str(job.state)

    def _in(self, *states: str) -> list[str]:
        return [job_id for job_id in self.jobs if self.states.get(job_id) in states]

    def _act(self, action: str, job_id: str) -> None:
        control = self.bench.store.control
        match action:
            case "retry_from_start":
                control.retry(job_id, from_stage="S0", changed=ChangedParameters({"changed": True}, "changed"))
            case "set_priority":
                control.set_priority(job_id, Priority.HIGH)
            case _:
                getattr(control, action)(job_id)

    def _write(self, claim: Claim, write: str) -> None:
        match write:
            case "complete":
                self.bench.complete(claim, go_on=True, values={"stale": True})
            case "fail":
                self.bench.fail(claim)
            case "suspend":
                self.bench.suspend(claim, Snooze(1.0))
            case "release":
                self.bench.store.parts.release(claim)
            case "checkpoint":
                self.bench.store.parts.save_checkpoint(claim, "stale", 0, {}, [])
            case _:
                self.bench.store.parts.record_progress(claim, 1.0, "stale", ["stale"])

    def _take(self, claim: Claim) -> None:
        run = (claim.part_id, claim.attempt)
        require(run not in self.seen, "I27", f"{run} was given twice")
        rivals = [other for other in self.held.values() if other.part_id == claim.part_id]
        require(not rivals, "I35", f"{claim} has rivals {rivals}")
        self.seen.add(run)
        queue = self.bench.job(claim.job_id).stages[claim.stage].queue
        require(queue not in self.paused_queues, "S4", f"{claim} started in {queue}, which is paused")
        self.held[claim.worker_id] = claim
        self.touched.add(claim.job_id)

    def _running(self, choice: int) -> Claim:
        claim = self.held[sorted(self.held)[choice % len(self.held)]]
        self.touched.add(claim.job_id)
        return claim

    def _release_held(self, choice: int) -> Claim:
        claim = self._running(choice)
        return self.held.pop(claim.worker_id)

    def _lose(self, is_lost: Callable[[Claim], bool]) -> None:
        for claim in [claim for claim in self.held.values() if is_lost(claim)]:
            require(self.bench.store.parts.lease_state(claim) is None, "I36", f"{claim} still has its lease")
            self.stale.append(self.held.pop(claim.worker_id))
        self.touched.update(self.jobs)

    def _choose(self, choice: int) -> str:
        return self.jobs[choice % len(self.jobs)]


@pytest.fixture
def run_machine(sqlite_template: Path) -> Callable[..., None]:
    """Runs the machine over real SQLite files in memory, so many examples of so many steps. Raises what it finds."""

    def run(examples: int, steps: int, draw: int | None = None, **more: Any) -> None:
        with _folder_in_memory() as folder:
            numbers = iter(range(10**9))

            def open_bench() -> StoreBench:
                path = Path(shutil.copy(sqlite_template, folder / f"{next(numbers)}.db"))
                _note_part_changes(path)
                clock = FakeClock()
                return StoreBench(open_database(f"sqlite:///{path}", clock), clock)

            bound = type("BoundMachine", (StoreMachine,), {"open_bench": open_bench, "close_bench": StoreBench.close})
            if draw is not None:
                bound = seed(draw)(bound)
            run_state_machine_as_test(bound, settings=_settings(examples, steps, **more))

    return run


def _note_part_changes(path: Path) -> None:
    """Have the database itself write down every change of a part's state, whichever statement makes it."""
    connection = sqlite.connect(path)
    connection.executescript(
        """
        CREATE TABLE part_changes (before TEXT, after TEXT, UNIQUE (before, after) ON CONFLICT IGNORE);
        CREATE TRIGGER note_part_changes AFTER UPDATE OF state ON parts WHEN old.state <> new.state
        BEGIN INSERT INTO part_changes VALUES (old.state, new.state); END;
        """
    )
    connection.close()


def _part_changes(bench: StoreBench) -> list[tuple[PartState, PartState]]:
    connection = sqlite.connect(Path(bench.database.url.removeprefix("sqlite:///")))
    rows = connection.execute("SELECT before, after FROM part_changes").fetchall()
    connection.close()
    return [(PartState(before), PartState(after)) for before, after in rows]


@contextmanager
def _failing_commits() -> Iterator[None]:
    def fail(point: str) -> None:
        if point.endswith(".before"):
            raise sqlite.driver_module().OperationalError("disk I/O error")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "crashpoint", fail)
        yield


def _settings(examples: int, steps: int, **more: Any) -> settings:
    """The same examples in every run; SOUNDSTAGE_MACHINE_TIMES=50 draws so many times more, and new ones."""
    times = int(os.environ.get("SOUNDSTAGE_MACHINE_TIMES", "1"))
    return settings(
        max_examples=examples * times,
        stateful_step_count=steps,
        derandomize=times == 1,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )


@contextmanager
def _folder_in_memory() -> Iterator[Path]:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)
