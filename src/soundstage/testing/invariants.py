"""Checks a job's numbered events and the picture of its rows against what is promised, by rules of its own.

Nothing of the store is used here, so that a mistake there is not repeated. The names I1, I2 ... are those of the list
of invariants that the tests quote.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from soundstage.core.events import Event
from soundstage.core.job import JobView

FINAL = {"job.succeeded": "succeeded", "job.failed": "failed", "job.cancelled": "cancelled"}
JOB_MOVES = {
    "job.queued": ({"new"}, "queued"),
    "job.started": ({"queued"}, "running"),
    "job.waiting": ({"running"}, "waiting"),
    "job.continued": ({"waiting"}, "running"),
    "job.paused": ({"queued", "running", "waiting"}, "paused"),
    "job.resumed": ({"paused"}, ""),
    "job.retried": ({"succeeded", "failed", "cancelled"}, "queued"),
    "job.succeeded": ({"running", "paused"}, "succeeded"),
    "job.failed": ({"running", "waiting", "paused"}, "failed"),
    "job.cancelled": ({"queued", "running", "waiting", "paused"}, "cancelled"),
}


class Broken(AssertionError):
    """An invariant does not hold."""


def require(holds: bool, invariant: str, what: object) -> None:
    if not holds:
        raise Broken(f"{invariant}: {what}")


class Fold:
    """What the events of one job say, read one after the other."""

    def __init__(self, stages: Sequence[str]) -> None:
        self.stages = list(stages)
        self.state = "new"
        self.seq = 0
        self.generation = 1
        self.has_started = False
        self.priority: str | None = None
        self.completed: set[str] = set()
        self.running: dict[int, int] = {}
        self.newest: dict[int, int] = {}
        self.asking: set[int] = set()
        self.failed_parts: set[int] = set()

    def read(self, event: Event) -> None:
        self.seq += 1
        require(event.seq == self.seq, "I12", f"event {event.seq} where {self.seq} was due")
        is_over = self.state in FINAL.values()
        require(not is_over or event.kind == "job.retried", "I14", f"{event.kind} after the job was {self.state}")
        if event.kind in JOB_MOVES:
            self._move_job(event)
        elif event.kind == "job.changed":
            self.priority = event.data["priority"]
        elif event.kind in ("stage.started", "part.started"):
            self._start(event)
        else:
            self._end(event)

    def _move_job(self, event: Event) -> None:
        allowed, after = JOB_MOVES[event.kind]
        require(self.state in allowed, "I19", f"{event.kind} of a job that is {self.state}")
        if event.kind == "job.succeeded":
            require(self.completed == set(self.stages), "I7", f"success with {self.completed} of {self.stages}")
        if event.kind == "job.failed":
            require(bool(self.failed_parts), "I13", "a job failed without a failed part")
        if event.kind == "job.started":
            self.has_started = True
        if event.kind == "job.retried":
            self._retry(event)
        self.state = after or ("running" if self.has_started else "queued")
        if self.state in FINAL.values():
            self.running.clear()
            self.asking.clear()

    def _retry(self, event: Event) -> None:
        self.generation += 1
        self.has_started = False
        self.failed_parts.clear()
        require(event.data["generation"] == self.generation, "I19", "a retry that is not the next generation")
        self.completed -= set(self.stages[self.stages.index(event.data["from"]) :])

    def _start(self, event: Event) -> None:
        part, attempt, stage = event.data["part"], event.data["attempt"], str(event.stage)
        require(self.state == "running", "I9", f"{stage} started while the job was {self.state}")
        require(stage not in self.completed, "I1", f"{stage} started again after it was completed")
        earlier = set(self.stages[: self.stages.index(stage)])
        require(earlier <= self.completed, "I4", f"{stage} started before {earlier - self.completed}")
        require(attempt > self.newest.get(part, 0), "I2", f"attempt {attempt} after {self.newest.get(part)}")
        require(part not in self.running, "I35", f"part {part} has two holders")
        require(part not in self.asking, "I10", f"part {part} went on without an answer")
        self.running[part] = self.newest[part] = attempt

    def _end(self, event: Event) -> None:
        part = event.data.get("part")
        if part is not None:
            self._check_writer(event, part)
        if event.kind == "stage.completed":
            require(event.stage not in self.completed, "I13", f"{event.stage} completed twice")
            self.completed.add(str(event.stage))
        if event.kind == "part.waiting":
            self.asking.add(part or 0)
        else:
            self.asking.discard(part or 0)
        if event.kind == "part.failed":
            self.failed_parts.add(part or 0)
        if event.kind != "checkpoint.saved" and part is not None:
            self.running.pop(part, None)

    def _check_writer(self, event: Event, part: int) -> None:
        """A look after a snooze is not told, so an attempt may be newer than the last one known; never older."""
        attempt = event.data.get("attempt")
        if attempt is None:
            return
        newest = self.newest.get(part, 0)
        is_current = attempt == newest if part in self.running else attempt >= newest
        require(is_current, "I3", f"{event.kind} by attempt {attempt} of part {part}, the newest is {newest}")
        self.newest[part] = attempt


def check_job(events: Iterable[Event], job: JobView) -> Fold:
    """Raises Broken where the events break a promise or do not add up to the rows."""
    fold = Fold([stage.key for stage in job.stages])
    for event in events:
        fold.read(event)
    _check_rows(fold, job)
    return fold


def _check_rows(fold: Fold, job: JobView) -> None:
    require(fold.state == job.state, "I18", f"events say {fold.state}, the row {job.state}")
    require((fold.seq, fold.generation) == (job.last_seq, job.generation), "I18", "number or generation differs")
    require(fold.priority in (None, job.priority), "I18", f"priority {fold.priority} against {job.priority}")
    completed = {stage.key for stage in job.stages if stage.state == "completed"}
    require(fold.completed == completed, "I18", f"events completed {fold.completed}, the rows {completed}")
    parts = [part for stage in job.stages for part in stage.parts]
    active = {part.id: part.attempt for part in parts if part.state == "active"}
    require(
        {part: attempt for part, attempt in fold.running.items() if active.get(part) != attempt} == {},
        "I18",
        f"events run {fold.running}, the rows {active}",
    )
    _check_state(job, {str(part.state) for part in parts})
    require(0 <= job.progress <= 100, "I7", job.progress)
    require((job.progress == 100) == (job.state == "succeeded"), "I7", f"{job.progress} % and {job.state}")


def _check_state(job: JobView, states: set[str]) -> None:
    if job.state in FINAL.values():
        require(not states & {"pending", "ready", "active", "waiting"}, "I14", f"{job.state} with parts {states}")
        require(job.finished_at is not None, "I18", "a final state without its time")
    elif job.state == "paused":
        require("ready" not in states, "I9", "a ready part of a paused job")
    elif job.state == "waiting":
        require("waiting" in states or bool(states & {"ready", "active"}), "L1", "a job waits for nothing")
    else:
        require(bool(states & {"ready", "active", "waiting"}), "L1", f"a {job.state} job that nothing moves: {states}")


class ProgressLog:
    """Keeps the newest percentage of each job's generation."""

    def __init__(self) -> None:
        self._newest: dict[tuple[str, int], int] = {}

    def see(self, job: JobView) -> None:
        key = (job.id, job.generation)
        before = self._newest.get(key, 0)
        require(job.progress >= before, "I5", f"progress fell from {before} to {job.progress}")
        self._newest[key] = job.progress
