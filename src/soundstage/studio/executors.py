"""Programs elsewhere that do the work of a stage: they get a token of that job, tell how far they are, and hand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from soundstage.core.clock import Clock
from soundstage.core.errors import IllegalTransition, JobNotFound
from soundstage.core.events import Tick
from soundstage.core.states import WaitKind
from soundstage.studio.access import Caller
from soundstage.studio.jobs import Jobs


class JobTokens(Protocol):
    """Makes tokens that open one job to one who works on it: `Scope.JOBS_PROGRESS`, and nothing else."""

    def issue_job_token(self, job_id: str, owner: str, seconds: float) -> str: ...


@dataclass(frozen=True, slots=True)
class ExecutorToken:
    """`stages` are those that wait for work outside now."""

    token: str
    stages: tuple[str, ...]
    expires_at: float


class Executors:
    """`tell` hears each report at once; it is in the database before."""

    def __init__(self, jobs: Jobs, tokens: JobTokens, clock: Clock, tell: Callable[[Tick], None]) -> None:
        self._jobs = jobs
        self._tokens = tokens
        self._clock = clock
        self._tell = tell

    def issue(self, job_id: str, seconds: float) -> ExecutorToken:
        """Raises IllegalTransition for a job of which no stage waits for work outside."""
        job = self._jobs.get(job_id)
        waits = ((stage.key, part.wait) for stage in job.stages for part in stage.parts)
        stages = tuple(dict.fromkeys(key for key, wait in waits if wait is not None and wait.kind is WaitKind.EXTERNAL))
        if not stages:
            raise IllegalTransition(
                f"No stage of job {job_id} waits for work outside.",
                hint="Ask for a token when a stage of the kind `external` waits.",
            )
        token = self._tokens.issue_job_token(job_id, job.owner, seconds)
        return ExecutorToken(token, stages, self._clock.now() + seconds)

    def report(
        self, caller: Caller, job_id: str, stage: str, fraction: float, message: str | None, item: int | None
    ) -> Tick:
        """Keep and tell how far the work is, 0..1; less than before changes nothing.

        Raises JobNotFound for a token of another job, IllegalTransition where the stage does not wait, Conflict where
        several of its items do.
        """
        self._check_token(caller, job_id)
        tick = self._jobs.report_progress(job_id, stage, fraction, message, item)
        self._tell(tick)
        return tick

    def hand_in(
        self, caller: Caller, job_id: str, stage: str, action: str, data: Mapping[str, Any], item: int | None
    ) -> None:
        """Answer the stage that waits; its function runs again with it. Raises as `report` does."""
        self._check_token(caller, job_id)
        self._jobs.answer(job_id, stage, action, data, "executor", item, WaitKind.EXTERNAL)

    def _check_token(self, caller: Caller, job_id: str) -> None:
        if caller.job_id != job_id:
            raise JobNotFound(f"There is no job {job_id}.")
        self._jobs.check_owner(job_id, caller.user_id)
