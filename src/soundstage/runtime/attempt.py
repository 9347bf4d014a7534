"""One attempt of one part: prepare, run, decide, record."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from soundstage.blobs.contract import Blobs
from soundstage.core.crashpoints import crashpoint
from soundstage.core.errors import (
    DiskFull,
    HomeNotWritable,
    Incompatible,
    LeaseLost,
    Released,
    SoundstageError,
    StageFailed,
    Stop,
    StoreUnavailable,
    UnknownPipeline,
)
from soundstage.core.job import ErrorView
from soundstage.core.outcome import Done, Outcome
from soundstage.core.pipeline import Pipeline, Stage
from soundstage.core.retry import is_retryable, retry_delay_seconds
from soundstage.runtime.context import AttemptContext, Engines, jsonable
from soundstage.runtime.observing import Course, Observe, unobserved
from soundstage.runtime.running import RunningAttempt
from soundstage.store.claims import Claim, WorkerSlot, parsed
from soundstage.store.parts import Completion
from soundstage.store.store import Store

MAX_ITEMS = 10_000
MAX_ERROR_CHARACTERS = 4_000

_Result = TypeVar("_Result")


class Pipelines(Protocol):
    """Where a job's pipeline comes from. `get` raises UnknownPipeline."""

    def get(self, kind: str) -> Pipeline: ...


class Watcher(Protocol):
    """Looks after an attempt while it runs: its lease, its deadline, its reports."""

    def watch(self, running: RunningAttempt) -> None: ...

    def unwatch(self) -> None: ...

    @property
    def is_draining(self) -> bool:
        """Whether the worker shall claim nothing more."""

    def save_lines(self) -> None:
        """Write what the stage logged. Raises StoreUnavailable, DiskFull."""

    def wait_to_try_again(self, tries: int) -> bool:
        """Wait a little longer each time; False once the worker must give up."""


class AttemptRunner:
    """Runs claims for one worker process."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        pipelines: Pipelines,
        engines: Engines,
        watcher: Watcher,
        slot: WorkerSlot,
        work_folder: Path,
        observe: Observe = unobserved,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._pipelines = pipelines
        self._engines = engines
        self._watcher = watcher
        self._slot = slot
        self._work_folder = work_folder
        self._observe = observe
        self._params: tuple[str, str, Any] = ("", "", None)

    def run(self, claim: Claim) -> Claim | None:
        """Run the attempt and record how it ended. Returns the part to go on with, claimed in the same commit."""
        with self._observe(claim) as course:
            return self._run(claim, course)

    def _run(self, claim: Claim, course: Course) -> Claim | None:
        try:
            pipeline, stage = self._find_stage(claim)
            params = self._parsed_params(pipeline, claim)
        except Incompatible as error:
            refusal = course.error = error
            course.result = "failed"
            return self._recorded(lambda: self._fail(claim, refusal, None), course)
        course.stage = stage.key
        running = RunningAttempt(claim, stage.key, stage.timeout_seconds)
        context = AttemptContext(pipeline, params, running, self._store, self._blobs, self._engines, self._work_folder)
        self._watcher.watch(running)
        try:
            return self._recorded(self._outcome_of(stage, context, running, course), course)
        finally:
            self._watcher.unwatch()
            context.remove_workdir()

    def release(self, claim: Claim) -> None:
        """Hand back a part that was claimed and not begun."""
        self._recorded(lambda: self._store.parts.release(claim), Course())

    def _find_stage(self, claim: Claim) -> tuple[Pipeline, Stage]:
        """Raises Incompatible where the installed pipeline is not the one that the job was made with."""
        kind = claim.pipeline
        try:
            pipeline = self._pipelines.get(kind)
        except UnknownPipeline as error:
            raise Incompatible(f"{error.message} Install it, then retry the job.") from error
        if pipeline.snapshot_fingerprint != claim.fingerprint or claim.stage >= len(pipeline.stages):
            raise Incompatible(
                f"Job {claim.job_id} was made with other stages than pipeline {kind} has now. "
                "Install the version it was made with, then retry it; or start a new job."
            )
        return pipeline, pipeline.stages[claim.stage]

    def _parsed_params(self, pipeline: Pipeline, claim: Claim) -> Any:
        """Raises Incompatible where the parameters, the item or the answer in the database cannot be read."""
        try:
            parsed(claim.item)
            parsed(claim.answer)
            text, kind, params = self._params
            if text != claim.params or kind != pipeline.kind:
                params = pipeline.params.model_validate_json(claim.params)
                self._params = (claim.params, pipeline.kind, params)
        except Exception as error:  # an author's validator may raise anything
            raise Incompatible(
                f"What the database holds of job {claim.job_id} does not fit pipeline {pipeline.kind}: {error}. "
                "Start a new job."
            ) from error
        return params

    def _outcome_of(
        self, stage: Stage, context: AttemptContext, running: RunningAttempt, course: Course
    ) -> Callable[[], Claim | None]:
        """Call the stage function and turn what happened into the write that records it."""
        claim = running.claim
        try:
            crashpoint("stage.before")
            if claim.role == "list":
                return self._completed_list(stage, context, running, course)
            outcome = stage.run(context)
            crashpoint("stage.after")
            return self._accepted(outcome, context, running, course)
        except (Stop, LeaseLost) as stop:
            return self._stopped(running, stop, course)
        except (Exception, SystemExit) as error:  # whatever a stage raises is put to its retry policy
            if running.stop is not None:
                return self._stopped(running, error, course)
            failure = course.error = _known(error)
            course.result = "failed"
            return lambda: self._fail(claim, failure, stage)

    def _stopped(self, running: RunningAttempt, how: BaseException, course: Course) -> Callable[[], Claim | None]:
        """A stage that was asked to stop may end with whatever error its engine makes of that."""
        if running.stop is Released or isinstance(how, Released):
            course.result = "released"
            return lambda: self._store.parts.release(running.claim)
        return lambda: None

    def _accepted(
        self, outcome: Outcome, context: AttemptContext, running: RunningAttempt, course: Course
    ) -> Callable[[], Claim | None]:
        claim = running.claim
        if not isinstance(outcome, Done):
            if not hasattr(outcome, "reason"):
                raise StageFailed(f"Stage {context.stage} returned {outcome!r}: it must return Done, Wait or Snooze.")
            course.result = "waiting"
            return lambda: self._store.parts.suspend(claim, outcome, self._next_slot())
        completion = Completion(
            values=jsonable(outcome.values), files=context.adopt(outcome.files), made_by=context.engines_used
        )
        course.result = "completed"
        return lambda: self._store.parts.complete(claim, completion, self._next_slot(), running.seconds)

    def _completed_list(
        self, stage: Stage, context: AttemptContext, running: RunningAttempt, course: Course
    ) -> Callable[[], Claim | None]:
        listed = list(stage.each(context)) if stage.each is not None else []
        if len(listed) > MAX_ITEMS:
            raise StageFailed(f"Stage {stage.key} lists {len(listed)} items: at most {MAX_ITEMS} are possible.")
        items = [json.dumps(item) for item in jsonable({"items": listed})["items"]]
        completion = Completion(items=items)
        course.result = "completed"
        return lambda: self._store.parts.complete(running.claim, completion, self._next_slot(), running.seconds)

    def _fail(self, claim: Claim, error: BaseException, stage: Stage | None) -> Claim | None:
        delay = None
        if stage is not None:
            delay = retry_delay_seconds(stage.retry, is_retryable(error), claim.failures + 1)
        return self._store.parts.fail(claim, error_view(error), delay, self._next_slot())

    def _next_slot(self) -> WorkerSlot | None:
        return None if self._watcher.is_draining else self._slot

    def _recorded(self, record: Callable[[], _Result], course: Course) -> _Result | None:
        """Write until the database takes it: what the attempt did is not lost to a full disk or a restart.

        The lines that it logged go first, for the store refuses those of a closed attempt.
        """
        tries = 0
        while True:
            try:
                self._watcher.save_lines()
                return record()
            except LeaseLost:
                course.result = "refused"
                return None
            except (StoreUnavailable, DiskFull, HomeNotWritable, OSError):
                tries += 1
                if not self._watcher.wait_to_try_again(tries):
                    return None


def error_view(error: BaseException) -> ErrorView:
    if isinstance(error, SoundstageError):
        return ErrorView(error.code, error.message[:MAX_ERROR_CHARACTERS], error.hint)
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    code = "out_of_memory" if isinstance(error, MemoryError) else "stage_error"
    return ErrorView(code, text[:MAX_ERROR_CHARACTERS])


def _known(error: BaseException) -> BaseException:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"The disk is full: {error}.")
    return error
