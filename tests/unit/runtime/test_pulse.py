"""The pulse, round by round: whose work it ends, what it keeps while the database is away, and when it gives up."""

from __future__ import annotations

import json
import socket
from typing import Any, cast

import pytest

from soundstage.core.errors import Cancelled, Released, StoreUnavailable
from soundstage.core.retry import NEVER
from soundstage.core.states import JobState
from soundstage.runtime.link import Link
from soundstage.runtime.pulse import HARD_STOP_EXIT_CODE, NO_PULSE_EXIT_CODE, Pulse, PulseTimes
from soundstage.runtime.running import RunningAttempt
from soundstage.store.claims import Claim
from soundstage.store.store import Store

TIMES = PulseTimes(beat_seconds=0.0, look_seconds=0.0, tick_seconds=0.001, save_seconds=0.0, stop_grace_seconds=1.5)


class FakeParts:
    def __init__(self) -> None:
        self.state: JobState | None = JobState.RUNNING
        self.saved: list[str] = []
        self.written: list[str] = []
        self.is_away = False

    def lease_state(self, claim: Claim) -> JobState | None:
        return self.state

    def record_progress(self, claim: Claim, fraction: float, message: str | None, lines: list[str]) -> None:
        if self.is_away:
            raise StoreUnavailable
        self.saved += lines

    def release(self, claim: Claim) -> None:
        self.written.append("released")

    def fail(self, claim: Claim, error: Any, delay_seconds: float | None, slot: None) -> None:
        self.written.append(f"failed as {error.code} after {len(self.saved)} lines")


class FakeWorkers:
    def __init__(self) -> None:
        self.is_known = True

    def beat(self, worker_id: str) -> bool:
        return self.is_known


class FakeDatabase:
    def close(self) -> None:
        return


class FakeStore:
    def __init__(self) -> None:
        self.parts = FakeParts()
        self.workers = FakeWorkers()
        self.database = FakeDatabase()


class PulseBench:
    """A pulse whose rounds are called by hand."""

    def __init__(self) -> None:
        self.store = FakeStore()
        self.enlisted = 0
        self.ended: list[BaseException] = []
        self.exits: list[int] = []
        self._ours, self._theirs = socket.socketpair()
        self.pulse = Pulse(
            cast(Store, self.store),
            Link(self._ours),
            "w1",
            TIMES,
            lambda running: NEVER,
            self._enlist,
            self._end_children,
            self.exits.append,
        )

    def close(self) -> None:
        self._ours.close()
        self._theirs.close()

    def _enlist(self) -> None:
        self.enlisted += 1

    def _end_children(self, reason: BaseException, grace_seconds: float) -> None:
        self.ended.append(reason)

    def run_attempt(
        self, timeout_seconds: float = 600.0, role: str = "single", item: int | None = None
    ) -> RunningAttempt:
        claim = Claim(1, 1, "w1", 0.0, "job", "ann", 1, 1, "bench", "print", "{}", 0, role, item, None, None, 0, 0)
        running = RunningAttempt(claim, "ONLY", timeout_seconds)
        self.pulse.watch(running)
        return running

    def told(self) -> list[dict[str, Any]]:
        """What the supervisor has heard since the last time."""
        self._theirs.settimeout(10)
        return [json.loads(line) for line in self._theirs.recv(65536).splitlines()]

    def overdue_stop(self, running: RunningAttempt, kind: type[Cancelled] | type[Released]) -> None:
        running.ask_to_stop(kind)
        assert running.stop_since_monotonic is not None
        running.stop_since_monotonic -= 2 * TIMES.stop_grace_seconds


@pytest.fixture
def bench() -> Any:
    made = PulseBench()
    yield made
    made.close()


def test_a_stage_that_does_not_stop_ends_its_children_with_the_reason_and_then_its_worker(bench: PulseBench) -> None:
    bench.overdue_stop(bench.run_attempt(), Cancelled)
    bench.pulse._round()
    assert [type(reason) for reason in bench.ended] == [Cancelled]
    assert bench.exits == [HARD_STOP_EXIT_CODE]
    assert bench.store.parts.written == []


def test_a_part_that_must_be_handed_back_is_released_before_the_worker_ends(bench: PulseBench) -> None:
    running = bench.run_attempt()
    running.log("where it stood")
    bench.overdue_stop(running, Released)
    bench.pulse._round()
    assert [type(reason) for reason in bench.ended] == [Released]
    assert bench.store.parts.written == ["released"]
    assert bench.store.parts.saved == ["where it stood"]


def test_nothing_is_ended_for_the_sake_of_an_attempt_that_is_over(bench: PulseBench) -> None:
    old = bench.run_attempt()
    bench.overdue_stop(old, Cancelled)
    bench.pulse.unwatch()
    bench.run_attempt()
    bench.pulse._end(old, 10.0)
    assert (bench.ended, bench.exits) == ([], [])


def test_lines_that_could_not_be_saved_are_saved_the_next_time(bench: PulseBench) -> None:
    running = bench.run_attempt()
    running.log("one")
    bench.store.parts.is_away = True
    with pytest.raises(StoreUnavailable):
        bench.pulse.save_lines()
    bench.store.parts.is_away = False
    running.log("two")
    bench.pulse.save_lines()
    bench.pulse.save_lines()
    assert bench.store.parts.saved == ["one", "two"]


def test_a_timed_out_attempt_is_closed_after_its_lines_and_before_it_is_stopped(bench: PulseBench) -> None:
    running = bench.run_attempt(timeout_seconds=0.0)
    running.log("still at it")
    bench.pulse._round()
    assert bench.store.parts.written == ["failed as timed_out after 1 lines"]
    assert running.stop is Cancelled


def test_a_worker_that_was_declared_lost_makes_itself_known_again_unless_it_is_orphaned(bench: PulseBench) -> None:
    bench.store.workers.is_known = False
    bench.pulse._round()
    assert bench.enlisted == 1
    bench.pulse.is_orphan = True
    bench.pulse._round()
    assert bench.enlisted == 1


def test_a_pause_that_is_taken_back_in_time_stops_nothing(bench: PulseBench) -> None:
    running = bench.run_attempt()
    bench.store.parts.state = JobState.PAUSED
    bench.pulse._round()
    assert running.wants_release
    bench.store.parts.state = JobState.RUNNING
    bench.pulse._round()
    running.check()


def test_a_lost_lease_stops_the_stage(bench: PulseBench) -> None:
    running = bench.run_attempt()
    bench.store.parts.state = None
    bench.pulse._round()
    with pytest.raises(Cancelled):
        running.report(1, 2, None)


def test_a_pulse_that_fails_ends_its_worker(bench: PulseBench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(worker_id: str) -> bool:
        raise RuntimeError("not foreseen")

    monkeypatch.setattr(bench.store.workers, "beat", fail)
    bench.pulse.run()
    assert bench.exits == [NO_PULSE_EXIT_CODE]


def test_thousands_of_tries_are_no_error(bench: PulseBench) -> None:
    bench.pulse.close()
    assert bench.pulse.wait_to_try_again(100_000) is False


def test_a_tick_names_its_stage_and_its_item(bench: PulseBench) -> None:
    bench.pulse.is_watched = True
    bench.run_attempt(role="item", item=3).report(1, 4, "Frame 1")
    bench.pulse._round()
    [tick] = bench.told()
    assert (tick["stage"], tick["item"], tick["fraction"], tick["message"]) == ("ONLY", 3, 0.25, "Frame 1")


def test_listing_the_items_of_a_stage_is_no_share_of_its_work(bench: PulseBench) -> None:
    bench.pulse.is_watched = True
    bench.run_attempt(role="list").report(1, 2, "Reading the script")
    bench.pulse._round()
    [tick] = bench.told()
    assert (tick["item"], tick["fraction"], tick["message"]) == (None, 0.0, "Reading the script")
