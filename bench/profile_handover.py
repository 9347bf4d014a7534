"""Where the time between two stages of a job goes: each named statement, and the Python around them.

Run with `python -m bench.profile_handover`. One process runs jobs of many stages, without threads or other processes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from pathlib import Path

from pydantic import BaseModel

from bench.report import Section, machine_line, markdown, moment
from soundstage import Done, Pipeline, Stage, StageContext
from soundstage.blobs.folder import FolderBlobs
from soundstage.engines.registry import EngineRegistry
from soundstage.pipelines.registry import PipelineRegistry
from soundstage.runtime.attempt import AttemptRunner
from soundstage.runtime.running import RunningAttempt
from soundstage.store.claims import WorkerSlot
from soundstage.store.control import NewJob
from soundstage.store.database import Database, Params, Row, Transaction
from soundstage.store.schema import upgrade
from soundstage.store.store import Store, open_database

STAGES = 100
JOBS, QUICK_JOBS = 40, 5
BEGIN, COMMIT = "(begin)", "(commit)"
STATEMENT_FREE = "(Python between them)"


class Empty(BaseModel):
    """A job without parameters."""


class TimedDatabase:
    """Passes everything on, and keeps how many seconds each named statement took."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.dialect, self.url = inner.dialect, inner.url
        self.seconds: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def write(self, name: str, durable: bool = True) -> Iterator[Transaction]:
        transaction = self._inner.write(name, durable)
        start = time.perf_counter()
        inner = transaction.__enter__()
        self._note(BEGIN, start)
        try:
            yield _TimedTransaction(inner, self.seconds)
        except BaseException as error:
            transaction.__exit__(type(error), error, error.__traceback__)
            raise
        start = time.perf_counter()
        transaction.__exit__(None, None, None)
        self._note(COMMIT, start)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        with self._inner.read() as transaction:
            yield transaction

    def turn(self) -> AbstractContextManager[None]:
        return self._inner.turn()

    @property
    def now(self) -> float:
        return self._inner.now

    def close(self) -> None:
        self._inner.close()

    def _note(self, name: str, start: float) -> None:
        self.seconds[name].append(time.perf_counter() - start)


class _TimedTransaction:
    def __init__(self, inner: Transaction, seconds: dict[str, list[float]]) -> None:
        self._inner = inner
        self._seconds = seconds
        self.now, self.is_only_writer = inner.now, inner.is_only_writer

    def run(self, name: str, params: Params) -> int:
        with self._timed(name):
            return self._inner.run(name, params)

    def run_many(self, name: str, params: Sequence[Params]) -> None:
        with self._timed(name):
            self._inner.run_many(name, params)

    def one(self, name: str, params: Params) -> Row | None:
        with self._timed(name):
            return self._inner.one(name, params)

    def all(self, name: str, params: Params) -> list[Row]:
        with self._timed(name):
            return self._inner.all(name, params)

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._seconds[name].append(time.perf_counter() - start)


class _Watcher:
    """Nobody looks after the attempts."""

    is_draining = False

    def watch(self, running: RunningAttempt) -> None: ...

    def unwatch(self) -> None: ...

    def save_lines(self) -> None: ...

    def wait_to_try_again(self, tries: int) -> bool:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.profile_handover", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer jobs")
    jobs = QUICK_JOBS if parser.parse_args().quick else JOBS
    start = moment()
    bare_us, _ = _run(jobs, is_timed=False)
    timed_us, seconds = _run(jobs, is_timed=True)
    print(markdown(_section(bare_us, timed_us, seconds), machine_line(start, moment())))


def _section(bare_us: Sequence[float], timed_us: Sequence[float], seconds: dict[str, list[float]]) -> Section:
    hand_overs = len(timed_us)
    rows: list[Sequence[str]] = []
    known_us = 0.0
    for name, times in seconds.items():
        each_us, runs = statistics.median(times) * 1e6, len(times) / hand_overs
        if runs > 0.5:
            rows.append((name, f"{runs:.1f}", f"{each_us:.1f}", f"{runs * each_us:.1f}"))
            known_us += runs * each_us
    timed_us_median, bare_us_median = statistics.median(timed_us), statistics.median(bare_us)
    rows.append((STATEMENT_FREE, "", "", f"{timed_us_median - known_us:.1f}"))
    rows.append(("**all**, with clocks around each statement", "", "", f"{timed_us_median:.1f}"))
    rows.append(("**all**, without them", "", "", f"{bare_us_median:.1f}"))
    columns = ("statement", "runs", "us each", "us of a hand-over")
    note = f"Medians of {hand_overs:,} hand-overs in one process, durability auto."
    return Section("hand-over", "A hand-over by its parts", columns, rows, note)


def _run(jobs: int, is_timed: bool) -> tuple[list[float], dict[str, list[float]]]:
    """Microseconds of each hand-over, and seconds of each statement in them."""
    times: list[tuple[float, float]] = []
    pipeline = _pipeline(times)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        url = f"sqlite:///{folder}/soundstage.db"
        upgrade(url)
        database = TimedDatabase(open_database(url))
        store = Store(database if is_timed else open_database(url))
        slot = WorkerSlot("worker", ("cpu", "gpu", "io"))
        runner = _runner(store, pipeline, slot, Path(folder))
        hand_overs: list[float] = []
        for _ in range(jobs):
            store.control.create(NewJob(pipeline.snapshot(), {}))
            claim = store.parts.claim(slot)
            database.seconds.clear() if not hand_overs else None
            times.clear()
            while claim is not None:
                claim = runner.run(claim)
            hand_overs += [(b[0] - a[1]) * 1e6 for a, b in pairwise(times)]
        store.database.close()
    return hand_overs, database.seconds


def _pipeline(times: list[tuple[float, float]]) -> Pipeline:
    def note(ctx: StageContext[Empty]) -> Done:
        start = time.perf_counter()
        done = Done(values={"start": start, "end": start})
        times.append((start, time.perf_counter()))
        return done

    return Pipeline(kind="profile", params=Empty, stages=[Stage(f"S{n}", note, weight=1) for n in range(STAGES)])


def _runner(store: Store, pipeline: Pipeline, slot: WorkerSlot, folder: Path) -> AttemptRunner:
    pipelines, engines = PipelineRegistry((), [pipeline]), EngineRegistry.installed()
    return AttemptRunner(store, FolderBlobs(folder / "blobs"), pipelines, engines, _Watcher(), slot, folder)


if __name__ == "__main__":
    main()
