"""Many workers with faults of every kind, truly at once: afterwards each job's events add up to its rows."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from soundstage.core.errors import Conflict, JobNotFound, LeaseLost
from soundstage.core.outcome import Snooze, Wait
from soundstage.core.states import Priority
from soundstage.store.claims import Claim
from soundstage.testing.invariants import FINAL, check_job
from soundstage.testing.store_bench import StoreBench, make_snapshot

PIPELINES = [make_snapshot(1), make_snapshot(2), make_snapshot(3, items_at=[1], queues={2: "io"})]
OUTCOMES: list[Wait | Snooze] = [Wait("Look."), Snooze(0.0)]
THREADS = 5
STEPS = 40


class Actor:
    """One thread: a worker that fails in every way, and a person who changes their mind."""

    def __init__(self, bench: StoreBench, jobs: list[str], number: int) -> None:
        self.bench = bench
        self.jobs = jobs
        self.worker = f"w{number}"
        self.chance = random.Random(number)
        self.stale: list[Claim] = []
        self.steps: list[Callable[[], object]] = [*[self.work] * 5, self.ask, self.sweep, self.write_stale, self.create]

    def act(self) -> None:
        for _ in range(STEPS):
            # Another actor may have ended the attempt or changed the job in the meantime.
            with contextlib.suppress(LeaseLost, Conflict, JobNotFound):
                self.chance.choice(self.steps)()
        self.bench.database.close()

    def create(self) -> None:
        owner, priority = self.chance.choice("ab"), self.chance.choice(list(Priority))
        self.jobs.append(self.bench.create(self.chance.choice(PIPELINES), owner=owner, priority=priority))

    def work(self) -> None:
        claim = self.bench.try_claim(self.worker)
        if claim is None:
            return
        self.stale.append(claim)
        self.bench.store.parts.record_progress(claim, self.chance.random(), "working", ["a line"])
        self.bench.store.parts.save_checkpoint(claim, "chunk", self.chance.randrange(3), {}, [])
        items = ["1", "2"] if claim.role == "list" else None
        endings: list[Callable[[], object]] = [
            lambda: self.bench.complete(claim, go_on=False, items=items),
            lambda: self.bench.complete(claim, go_on=True, items=items),
            lambda: self.bench.complete(claim, go_on=True, items=items),
            lambda: self.bench.fail(claim, self.chance.choice([None, 0.0])),
            lambda: self.bench.suspend(claim, self.chance.choice(OUTCOMES)),
            lambda: self.bench.store.parts.release(claim),
        ]
        self.chance.choice(endings)()

    def ask(self) -> None:
        job_id = self.chance.choice(self.jobs)
        control = self.bench.store.control
        requests: list[Callable[[], object]] = [
            lambda: control.pause(job_id),
            lambda: control.resume(job_id),
            lambda: control.cancel(job_id),
            lambda: control.retry(job_id),
            lambda: control.retry(job_id, from_stage="S0"),
            lambda: control.set_priority(job_id, Priority.HIGH),
            lambda: control.answer(job_id, "S0", "continue", {}, "ann"),
        ]
        self.chance.choice(requests)()

    def sweep(self) -> None:
        self.bench.store.due.wake_due()
        self.bench.store.workers.lose(f"w{self.chance.randrange(THREADS)}")

    def write_stale(self) -> None:
        if self.stale:
            self.bench.fail(self.chance.choice(self.stale))


def test_histories_of_concurrent_actors_add_up(bench: StoreBench) -> None:
    jobs = [bench.create(pipeline) for pipeline in PIPELINES]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda number: Actor(bench, jobs, number).act(), range(THREADS)))
    for job_id in jobs:
        check_job(bench.views.list_events(job_id, limit=100_000), bench.job(job_id))
    finish_all(bench, jobs)
    for job_id in jobs:
        check_job(bench.views.list_events(job_id, limit=100_000), bench.job(job_id))


def finish_all(bench: StoreBench, jobs: list[str]) -> None:
    for number in range(THREADS):
        bench.store.workers.lose(f"w{number}")
    for _ in range(50):
        unfinished = [job for job in map(bench.job, jobs) if job.state not in FINAL.values()]
        for job in unfinished:
            if job.state == "paused":
                bench.store.control.resume(job.id)
            for stage in job.stages:
                if stage.wait is not None and stage.wait.actions:
                    bench.store.control.answer(job.id, stage.key, "continue", {}, "ann")
        bench.clock.advance(10.0)
        bench.store.due.wake_due()
        bench.run_until_idle("w9")
    assert not unfinished
