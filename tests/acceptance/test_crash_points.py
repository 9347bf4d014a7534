"""X1: a process that dies at any named point loses no job, and no finished stage runs again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from soundstage.core.crashpoints import CRASH_POINTS
from soundstage.core.events import FINAL_EVENTS, Event, EventKind
from soundstage.core.states import JobState
from soundstage.store.schema import view_engine
from soundstage.store.views import JobFilter, ViewStore

DRIVER = Path(__file__).with_name("drive_scenario.py")
MOST_STARTS = 3


@pytest.mark.parametrize("point", sorted(CRASH_POINTS))
def test_a_crash_at_every_named_point_loses_nothing_and_repeats_no_finished_stage(point: str, tmp_path: Path) -> None:
    home, mark = tmp_path / "home", tmp_path / "crashed"
    starts = run_until_done(home, {"SOUNDSTAGE_CRASH_AT": point, "SOUNDSTAGE_CRASH_MARK": str(mark)})
    assert mark.exists(), f"The scenario never reached {point}: extend it, or remove the point."
    assert starts <= MOST_STARTS
    check_history(home)


def run_until_done(home: Path, crash: dict[str, str]) -> int:
    """Start the driver again after each crash. Returns how many starts it took."""
    for starts in range(1, MOST_STARTS + 1):
        done = subprocess.run(
            [sys.executable, str(DRIVER), str(home)],
            env={**os.environ, **crash},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        if done.returncode == 0:
            return starts
        assert done.returncode == -9, f"The driver failed without a crash:\n{done.stdout}\n{done.stderr}"
    raise AssertionError(f"The job did not end in {MOST_STARTS} starts.")


def check_history(home: Path) -> None:
    views = ViewStore(view_engine(f"sqlite:///{home / 'soundstage.db'}"))
    jobs = views.list_jobs(JobFilter(limit=10))
    assert [job.state for job in jobs] == [JobState.SUCCEEDED], "a job was lost, made twice or did not succeed"
    job = jobs[0]
    events = views.list_events(job.id)
    check_events(events)
    completions = Counter(a.part_id for a in views.list_attempts(job.id) if a.result == "completed")
    assert all(count == 1 for count in completions.values()), f"parts completed more than once: {completions}"
    assert job.progress == 100
    turns = [line for line in (home / "ledger").read_text(encoding="utf-8").splitlines() if " turn-" in line]
    assert max(Counter(turn.rsplit(" ", 1)[0] for turn in turns).values()) <= 2, f"kept turns ran again: {turns}"


def check_events(events: list[Event]) -> None:
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    finals = [event for event in events if event.kind in FINAL_EVENTS]
    assert finals == [events[-1]]
    finished: set[str | None] = set()
    for event in events:
        if event.kind in (EventKind.STAGE_STARTED, EventKind.PART_STARTED):
            assert event.stage not in finished, f"{event.stage} started again after it was completed"
        if event.kind is EventKind.STAGE_COMPLETED:
            finished.add(event.stage)
