"""One attempt against a store that fails, a worker that drains, and engines that make errors of a stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import BaseModel

from soundstage import Done, Pipeline, Stage, StageContext
from soundstage.blobs.folder import FolderBlobs
from soundstage.core.errors import Cancelled, HomeNotWritable, LeaseLost, Released, Stop, StoreUnavailable
from soundstage.runtime.attempt import AttemptRunner
from soundstage.runtime.context import Engines
from soundstage.runtime.running import RunningAttempt
from soundstage.store.claims import Claim, WorkerSlot
from soundstage.store.store import Store

SLOT = WorkerSlot("w1", ("cpu",))


class NoParams(BaseModel):
    pass


Context = StageContext[NoParams]


class FakeParts:
    """Notes what is written; `troubles` are raised first, one for each write."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.slots: list[WorkerSlot | None] = []
        self.troubles: list[Exception] = []

    def complete(self, claim: Claim, completion: object, slot: WorkerSlot | None, seconds: float) -> None:
        self._write("completed", slot)

    def fail(self, claim: Claim, error: Any, delay_seconds: float | None, slot: WorkerSlot | None) -> None:
        self._write(f"failed as {error.code}", slot)

    def release(self, claim: Claim) -> None:
        self._write("released", None)

    def _write(self, what: str, slot: WorkerSlot | None) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.written.append(what)
        self.slots.append(slot)


class FakeStore:
    def __init__(self) -> None:
        self.parts = FakeParts()


class FakeWatcher:
    def __init__(self) -> None:
        self.is_draining = False
        self.running: RunningAttempt | None = None
        self.tries = 0
        self.saves = 0

    def watch(self, running: RunningAttempt) -> None:
        self.running = running

    def unwatch(self) -> None:
        self.running = None

    def save_lines(self) -> None:
        self.saves += 1

    def wait_to_try_again(self, tries: int) -> bool:
        self.tries = tries
        return True


class FakePipelines:
    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def get(self, kind: str) -> Pipeline:
        return self._pipeline


class AttemptBench:
    """Runs a stage function as one attempt and tells what was written."""

    def __init__(self, folder: Path) -> None:
        self.store = FakeStore()
        self.watcher = FakeWatcher()
        self._folder = folder

    def run(self, stage: Callable[[Context], Any], params: str = "{}") -> list[str]:
        pipeline = Pipeline(kind="bench", params=NoParams, stages=[Stage("ONLY", stage, 100)])
        runner = AttemptRunner(
            cast(Store, self.store),
            FolderBlobs(self._folder / "blobs"),
            FakePipelines(pipeline),
            cast(Engines, None),
            self.watcher,
            SLOT,
            self._folder,
        )
        fingerprint = pipeline.snapshot_fingerprint
        claim = Claim(
            1, 1, "w1", 0.0, "job", "ann", 1, 1, "bench", fingerprint, params, 0, "single", None, None, None, 0, 0
        )
        runner.run(claim)
        return self.store.parts.written

    def stop(self, kind: type[Stop]) -> None:
        assert self.watcher.running is not None
        self.watcher.running.ask_to_stop(kind)


@pytest.fixture
def bench(tmp_path: Path) -> AttemptBench:
    return AttemptBench(tmp_path)


def test_a_result_is_recorded_once_the_database_is_back_and_the_stage_runs_once(bench: AttemptBench) -> None:
    runs: list[int] = []

    def stage(ctx: Context) -> Done:
        runs.append(1)
        return Done()

    bench.store.parts.troubles = [StoreUnavailable(), HomeNotWritable(), OSError(24, "too many open files")]
    assert bench.run(stage) == ["completed"]
    assert (len(runs), bench.watcher.tries) == (1, 3)


def test_lines_are_saved_before_the_attempt_is_closed(bench: AttemptBench) -> None:
    assert bench.run(lambda ctx: Done()) == ["completed"]
    assert bench.watcher.saves == 1


def test_a_draining_worker_asks_for_no_other_part(bench: AttemptBench) -> None:
    bench.run(lambda ctx: Done())
    bench.watcher.is_draining = True
    bench.run(lambda ctx: Done())
    assert bench.store.parts.slots == [SLOT, None]


@pytest.mark.parametrize(("kind", "written"), [(Released, ["released"]), (Cancelled, [])])
def test_what_an_engine_makes_of_a_stop_is_no_failure(
    kind: type[Stop], written: list[str], bench: AttemptBench
) -> None:
    def stage(ctx: Context) -> Done:
        bench.stop(kind)
        raise RuntimeError("the child was ended")

    assert bench.run(stage) == written


def test_a_result_that_comes_with_the_wish_to_stop_is_kept(bench: AttemptBench) -> None:
    def stage(ctx: Context) -> Done:
        bench.stop(Released)
        return Done()

    assert bench.run(stage) == ["completed"]


def test_a_refused_write_is_dropped(bench: AttemptBench) -> None:
    bench.store.parts.troubles = [LeaseLost()]
    assert bench.run(lambda ctx: Done()) == []


def test_parameters_that_cannot_be_read_are_incompatible(bench: AttemptBench) -> None:
    assert bench.run(lambda ctx: Done(), params="{torn") == ["failed as incompatible"]


def test_a_wish_of_the_stage_to_exit_is_its_failure(bench: AttemptBench) -> None:
    def stage(ctx: Context) -> Done:
        raise SystemExit(1)

    assert bench.run(stage) == ["failed as stage_error"]
