"""Following a job: each event once, ticks on top, the home taken over where it is free, and how signals are heard."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from soundstage.cli.follow import Follower, Interrupts
from soundstage.core.errors import HomeInUse
from soundstage.core.events import Event, EventKind, Tick
from soundstage.core.job import JobView
from soundstage.runtime.home import HomeFolder
from soundstage.runtime.supervisor import Listeners


class FakeSupervisor:
    """Has workers that report whatever a test says."""

    def __init__(self) -> None:
        self.listeners = Listeners()
        self.is_watched = False

    def watch(self, on: bool) -> None:
        self.is_watched = on


class FakeJobs:
    """Shows the given pictures one after the other, the last one for ever."""

    def __init__(self, pictures: Sequence[JobView]) -> None:
        self._pictures = list(pictures)

    def get(self, job_id: str) -> JobView:
        return self._pictures.pop(0) if len(self._pictures) > 1 else self._pictures[0]

    def events(self, job_id: str, after: int, limit: int) -> list[Event]:
        """At most two in one answer."""
        numbers = range(after + 1, after + 1 + min(limit, 2))
        return [Event(job_id, seq, EventKind.PART_STARTED, 0.0, None, {}) for seq in numbers]


class FakeStudio:
    """A home that is free after so many tries."""

    def __init__(self, pictures: Sequence[JobView], free_after: int = 0) -> None:
        self.jobs = FakeJobs(pictures)
        self.home = HomeFolder(Path("home"))
        self.supervisor: FakeSupervisor | None = None
        self._tries_left = free_after

    def own_home(self) -> None:
        self._tries_left -= 1
        if self._tries_left >= 0:
            raise HomeInUse

    def start_workers(self, log_to: Path) -> FakeSupervisor:
        assert log_to.parent == self.home.run
        self.supervisor = FakeSupervisor()
        return self.supervisor


MakeFollower = Callable[..., tuple[Follower, FakeStudio]]


@pytest.fixture
def follow(pictures: dict[str, JobView], monkeypatch: pytest.MonkeyPatch) -> MakeFollower:
    """A follower of a job that is seen with the given numbers of events and has then succeeded."""
    monkeypatch.setattr("soundstage.cli.follow.PICTURE_SECONDS", 0.001)
    monkeypatch.setattr("soundstage.cli.follow.LOOK_SECONDS", 0.0)
    monkeypatch.setattr("soundstage.cli.follow.TAKE_OVER_SECONDS", 0.0)

    def make(*seqs: int, free_after: int = 0) -> tuple[Follower, FakeStudio]:
        seen = [replace(pictures["running"], last_seq=seq) for seq in seqs]
        end = replace(pictures["succeeded"], last_seq=max(seqs, default=0) + 1)
        studio: Any = FakeStudio([*seen, end], free_after)
        return Follower(studio, pictures["running"].id), studio

    return make


def test_each_event_is_seen_once_and_in_order(follow: MakeFollower) -> None:
    follower, _ = follow(3, 3, 8)
    assert [[event.seq for event in picture.events] for picture in follower.pictures()] == [
        [1, 2, 3],
        [],
        [4, 5, 6, 7, 8],
        [9],
    ]


def test_following_ends_with_the_picture_of_the_end(follow: MakeFollower) -> None:
    follower, _ = follow(1)
    assert [str(picture.job.state) for picture in follower.pictures()] == ["running", "succeeded"]


def test_events_that_were_deleted_are_not_waited_for(follow: MakeFollower, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeJobs, "events", lambda self, job_id, after, limit: [])
    follower, _ = follow(3)
    assert [picture.events for picture in follower.pictures()] == [[], []]


def test_a_job_that_has_ended_starts_no_worker(follow: MakeFollower) -> None:
    follower, studio = follow()
    assert len(list(follower.pictures())) == 1
    assert studio.supervisor is None


def test_workers_are_started_where_the_home_is_free_and_watched(follow: MakeFollower) -> None:
    follower, studio = follow(1, 2)
    list(follower.pictures())
    assert studio.supervisor is not None
    assert studio.supervisor.is_watched


def test_the_home_is_taken_over_once_it_becomes_free(follow: MakeFollower) -> None:
    follower, studio = follow(1, 2, 3, 4, free_after=2)
    owners = [studio.supervisor is not None for _ in follower.pictures()]
    assert owners == [False, False, False, True, True]


def test_the_database_is_read_at_once_when_a_worker_tells_of_a_change(
    follow: MakeFollower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soundstage.cli.follow.LOOK_SECONDS", 1000.0)
    follower, studio = follow(1, 2)
    pictures = follower.pictures()
    first, second = next(pictures), next(pictures)
    assert studio.supervisor is not None
    studio.supervisor.listeners.facts(first.job.id)
    assert [first.job.last_seq, second.job.last_seq, next(pictures).job.last_seq] == [1, 1, 2]


def test_a_report_of_a_worker_is_in_the_next_picture(follow: MakeFollower) -> None:
    follower, studio = follow(1, 2, 3)
    pictures = follower.pictures()
    before = next(pictures).job
    next(pictures)
    assert studio.supervisor is not None
    studio.supervisor.listeners.tick(Tick(before.id, 2, 1, 0.9))
    studio.supervisor.listeners.tick(Tick("job_of_another", 2, 1, 0.99))
    assert (before.stages[1].fraction, next(pictures).job.stages[1].fraction) == (0.463, 0.9)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT as at a terminal; what a shell starts in the background ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_is_remembered_and_the_second_ends_at_once(number: signal.Signals) -> None:
    with Interrupts() as interrupts:
        os.kill(os.getpid(), number)
        assert interrupts.received is number
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_signals_do_what_they_did_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Interrupts():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
