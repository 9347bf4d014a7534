"""Processes that write side by side and are killed in the middle: SQLite keeps every promise."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from soundstage.testing.invariants import check_job
from soundstage.testing.store_bench import StoreBench, make_snapshot

PIPELINE = make_snapshot(3, items_at=[1])
COMMITS = ("create", "claim", "complete", "checkpoint", "progress", "register")
MOMENTS = [f"commit.{commit}.{moment}" for commit in COMMITS for moment in ("before", "after")]
POINTS = [f"{moment}:{times}" for times in range(1, 6) for moment in MOMENTS]
WRITE = """
import os, sys
from soundstage.core import crashpoints
from soundstage.store.store import open_database
from soundstage.testing.clock import FakeClock
from soundstage.testing.store_bench import StoreBench, make_snapshot

def write():
    bench = StoreBench(open_database(sys.argv[1], FakeClock()), FakeClock())
    worker = f"w{os.getpid()}"
    while True:
        bench.store.workers.register(bench.slot(worker), "host", os.getpid())
        bench.create(make_snapshot(3, items_at=[1]), owner=worker)
        claim = bench.try_claim(worker)
        while claim is not None:
            bench.store.parts.save_checkpoint(claim, "chunk", 0, {}, [])
            bench.store.parts.record_progress(claim, 0.5, None, ["a line"])
            claim = bench.complete(claim, go_on=True, items=["1", "2"] if claim.role == "list" else None)
        print(".", end="", flush=True)

def write_until_killed_at(point):
    child = os.fork()
    if child == 0:
        crashpoints._trigger = crashpoints._Trigger(point)
        write()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
"""
WRITE_FOR_EVER = WRITE + "write()"
WRITE_TO_EACH_POINT = WRITE + "sys.exit(sum(write_until_killed_at(point) != -9 for point in sys.argv[2:]))"


@pytest.fixture
def start_writer(sqlite_url: str) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", WRITE_FOR_EVER, sqlite_url]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for writer in started:
        writer.kill()
        writer.communicate()


def check_everything(bench: StoreBench) -> int:
    """The file is whole and each job adds up, also while others go on writing."""
    with bench.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        jobs = [row[0] for row in connection.exec_driver_sql("SELECT id FROM jobs")]
    for job_id in jobs:
        job = bench.job(job_id)
        until_then = [event for event in bench.views.list_events(job_id, limit=100_000) if event.seq <= job.last_seq]
        check_job(until_then, job)
    return len(jobs)


def finish_everything(bench: StoreBench) -> None:
    for worker in bench.store.workers.list_ids():
        bench.store.workers.lose(worker)
    claim = bench.try_claim("w9")
    while claim is not None:
        claim = bench.complete(claim, go_on=True, items=["1", "2"] if claim.role == "list" else None)
    assert {count.state for count in bench.summaries.count()} <= {"succeeded", "failed"}
    check_everything(bench)


def test_eight_threads_write_at_once_and_none_is_told_that_the_database_is_locked(sqlite_bench: StoreBench) -> None:
    def work(number: int) -> int:
        for _ in range(5):
            sqlite_bench.create(PIPELINE, owner=f"owner{number}")
        done = len(sqlite_bench.run_until_idle(f"w{number}"))
        sqlite_bench.database.close()
        return done

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) > 0
    sqlite_bench.run_until_idle()
    assert check_everything(sqlite_bench) == 40
    assert [(count.state, count.jobs) for count in sqlite_bench.summaries.count()] == [("succeeded", 40)]


def test_writers_killed_at_any_moment_leave_a_whole_database(
    sqlite_bench: StoreBench, start_writer: Callable[[], subprocess.Popen[str]]
) -> None:
    moments = random.Random(7)
    writers = [start_writer() for _ in range(3)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.read(moments.randrange(1, 4))
        writer.kill()
        assert writer.wait(timeout=60) == -signal.SIGKILL
        check_everything(sqlite_bench)
    finish_everything(sqlite_bench)


def test_a_kill_around_any_commit_leaves_all_of_it_or_nothing(sqlite_bench: StoreBench, sqlite_url: str) -> None:
    command = [sys.executable, "-c", WRITE_TO_EACH_POINT, sqlite_url, *POINTS]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, f"{answer.returncode} points were not reached: {answer.stderr}"
    assert check_everything(sqlite_bench) >= len(POINTS) / 2
    finish_everything(sqlite_bench)
