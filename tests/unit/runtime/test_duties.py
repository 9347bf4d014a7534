"""Duties that fail, and the sweep that tells silence from a closed lid."""

from __future__ import annotations

import threading
from typing import cast

from soundstage.runtime.duties import Duty, DutySettings, SilenceSweep
from soundstage.runtime.upkeep import Upkeep
from soundstage.store.store import Store


class FakeWorkers:
    def __init__(self) -> None:
        self.sweeps = 0

    def lose_stale(self, older_than_seconds: float) -> int:
        self.sweeps += 1
        return 1

    def list_ids(self) -> list[str]:
        return []


class FakeDatabase:
    def close(self) -> None:
        return


class FakeStore:
    def __init__(self) -> None:
        self.workers = FakeWorkers()
        self.database = FakeDatabase()


def test_an_unforeseen_error_of_one_duty_keeps_no_other_from_its_turn() -> None:
    done = threading.Event()

    def fail() -> int:
        raise RuntimeError("not foreseen")

    def work() -> int:
        done.set()
        return 0

    upkeep = Upkeep(cast(Store, FakeStore()), [Duty("fail", 0.0, fail), Duty("work", 0.01, work)], lambda: None)
    upkeep.start()
    assert done.wait(10)
    upkeep.end()


def test_workers_are_not_judged_by_beats_from_before_a_suspension() -> None:
    store, now = FakeStore(), [1000.0]
    sweep = SilenceSweep(cast(Store, store), DutySettings(rescue_seconds=5, lease_seconds=15), lambda: now[0])

    def sweep_after(seconds: float) -> int:
        now[0] += seconds
        return sweep.sweep()

    assert sweep_after(5) == 1
    assert sweep_after(3600) == 0, "the lid was closed: every beat is old"
    assert sweep_after(5) == 0
    assert sweep_after(5) == 0
    assert sweep_after(5) == 1, "who is silent still is gone"
    assert store.workers.sweeps == 2
