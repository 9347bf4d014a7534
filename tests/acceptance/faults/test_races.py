"""F22: every pair of what people and workers can do to one job at the same moment leaves one history that holds."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement

import pytest
from tests.acceptance.faults.figures import record
from tests.acceptance.faults.rig import check_events

from soundstage.core.errors import Conflict, LeaseLost
from soundstage.core.job import ErrorView
from soundstage.core.outcome import Snooze
from soundstage.core.states import JobState, PartState
from soundstage.store.claims import Claim, WorkerSlot
from soundstage.store.parts import Completion
from soundstage.store.schema import view_engine
from soundstage.store.store import Store, open_database
from soundstage.store.views import ViewStore
from soundstage.testing.store_bench import make_order, make_snapshot

ROUNDS = int(os.environ.get("SOUNDSTAGE_TEST_ROUNDS", "2"))
FAILURE = ErrorView("stage_failed", "It failed.")
SLOT = WorkerSlot("w1", ("cpu",))
LIVE = {PartState.READY, PartState.ACTIVE, PartState.WAITING, PartState.PENDING}

Act = Callable[[Store, str, Claim], object]

ACTS: dict[str, Act] = {
    "cancel": lambda store, job, claim: store.control.cancel(job),
    "pause": lambda store, job, claim: store.control.pause(job),
    "resume": lambda store, job, claim: store.control.resume(job),
    "retry": lambda store, job, claim: store.control.retry(job),
    "complete": lambda store, job, claim: store.parts.complete(claim, Completion(), None, 0.0),
    "fail": lambda store, job, claim: store.parts.fail(claim, FAILURE, None, None),
    "back off": lambda store, job, claim: store.parts.fail(claim, FAILURE, 0.0, None),
    "snooze": lambda store, job, claim: store.parts.suspend(claim, Snooze(0.0), None),
    "release": lambda store, job, claim: store.parts.release(claim),
    "lose": lambda store, job, claim: store.workers.lose(claim.worker_id),
    "claim": lambda store, job, claim: store.parts.claim(WorkerSlot("w2", ("cpu",))),
}
SITUATIONS: dict[str, Sequence[str]] = {
    "running": (),
    "paused": ("pause",),
    "failed": ("fail",),
    "cancelled": ("cancel",),
    "retried": ("cancel", "retry"),
}


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    made = Store(open_database(sqlite_url))
    yield made
    made.database.close()


@pytest.fixture
def views(sqlite_url: str) -> Iterator[ViewStore]:
    engine = view_engine(sqlite_url)
    yield ViewStore(engine)
    engine.dispose()


@pytest.mark.parametrize("situation", SITUATIONS)
def test_any_two_acts_at_once_leave_one_history_that_holds(situation: str, store: Store, views: ViewStore) -> None:
    rng = random.Random(situation)
    pairs = [pair for pair in combinations_with_replacement(ACTS, 2) for _ in range(ROUNDS)]
    with ThreadPoolExecutor(2) as threads:
        for pair in pairs:
            job_id, claim = job_in(store, situation)
            start = threading.Barrier(2)
            order = rng.sample(pair, 2)
            running = [threads.submit(attempt, store, ACTS[name], job_id, claim, start) for name in order]
            for each in running:
                each.result(timeout=30)
            check(store, views, job_id, f"{situation}: {order}")
        for _ in range(2):
            threads.submit(store.database.close).result()
    record("F22", what=f"pairs of acts on a {situation} job", interleavings=len(pairs), violations=0)


def job_in(store: Store, situation: str) -> tuple[str, Claim]:
    job_id = store.control.create(make_order(make_snapshot(2)))
    claim = store.parts.claim(SLOT)
    assert claim is not None
    assert claim.job_id == job_id
    for name in SITUATIONS[situation]:
        ACTS[name](store, job_id, claim)
    return job_id, claim


def attempt(store: Store, act: Act, job_id: str, claim: Claim, start: threading.Barrier) -> None:
    """An act that comes too late is refused and changes nothing."""
    start.wait(30)
    try:
        act(store, job_id, claim)
    except (Conflict, LeaseLost):
        return


def check(store: Store, views: ViewStore, job_id: str, what: str) -> None:
    check_consistent(views, job_id, what)
    if views.get_job(job_id).state is JobState.PAUSED:
        store.control.resume(job_id)
    for worker_id in ("w1", "w2"):
        store.workers.lose(worker_id)
    store.due.wake_due()
    run_until_idle(store)
    job = views.get_job(job_id)
    assert job.state.is_final, f"{what}: the job is {job.state} for ever"
    check_consistent(views, job_id, what)


def check_consistent(views: ViewStore, job_id: str, what: str) -> None:
    job = views.get_job(job_id)
    check_events(views.list_events(job_id))
    live = [part for stage in job.stages for part in stage.parts if part.state in LIVE]
    assert bool(live) is not job.state.is_final, f"{what}: the job is {job.state} and has {len(live)} live parts"


def run_until_idle(store: Store) -> None:
    claim = store.parts.claim(SLOT)
    while claim is not None:
        claim = store.parts.complete(claim, Completion(), SLOT, 0.0)
