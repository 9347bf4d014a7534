"""Runs a pipeline in the process of a test: a fake stage context, and a store of what would survive a crash."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from soundstage.core.context import StageOutput
from soundstage.core.errors import BlobNotFound, Cancelled, EngineNotReady, StageFailed, UnknownEngine, UnknownStage
from soundstage.core.files import reference_of
from soundstage.core.outcome import Answer, Done, Outcome, Wait
from soundstage.core.pipeline import Pipeline, Stage
from soundstage.core.progress import clamped_fraction, job_progress, stage_fraction
from soundstage.engines.contract import Engine

ParamsT = TypeVar("ParamsT")
PartKey = tuple[str, int]

MAX_SNOOZES = 100
LISTING = -1
"""The index of the context that lists the items of a stage."""


@dataclass(frozen=True, slots=True)
class FakeOutput:
    """What a stage, an item or a checkpoint left: JSON values and read-only files."""

    values: Mapping[str, Any]
    files: Mapping[str, Path]

    def file(self, name: str) -> Path:
        """Raises KeyError."""
        return self.files[name]


@dataclass(frozen=True, slots=True)
class Reported:
    """One call of `ctx.progress`. `percent` is the progress of the whole job after it."""

    stage: str
    done: float
    total: float
    message: str | None
    percent: int


@dataclass(slots=True)
class StopAfter:
    """Ends a run at the last of so many progress reports, as if from outside.

    `stop` makes what is raised there: `Cancelled`, `Released`, or any other exception to stand for a crash.
    """

    reports: int
    stop: Callable[[], BaseException] = Cancelled

    def count(self) -> None:
        self.reports -= 1

    def check(self) -> None:
        if self.reports <= 0:
            raise self.stop()


class NeedsAnswer(Exception):
    """A stage waits, and the test gave no answer for it."""

    def __init__(self, stage: str, wait: Wait) -> None:
        self.stage = stage
        self.wait = wait
        super().__init__(f"Stage {stage} waits: {wait.reason} Give run_pipeline an answer for it.")


@dataclass
class FakeStore:
    """The durable side of one job, in `folder`: outputs, checkpoints and files, and a record of what was reported.

    Running the pipeline again with the same store goes on after a "crash": completed stages are not run again.
    """

    folder: Path
    outputs: dict[str, list[FakeOutput]] = field(default_factory=dict)
    items: dict[PartKey, FakeOutput] = field(default_factory=dict)
    checkpoints: dict[PartKey, dict[str, dict[int, FakeOutput]]] = field(default_factory=dict)
    made_once: dict[PartKey, dict[str, Any]] = field(default_factory=dict)
    attempts: dict[PartKey, int] = field(default_factory=dict)
    fractions: dict[PartKey, float] = field(default_factory=dict)
    reports: list[Reported] = field(default_factory=list)
    logs: list[tuple[str, str]] = field(default_factory=list)

    def add_file(self, path: Path) -> str:
        """Stores a copy and returns the reference to put into a parameter."""
        return reference_of(self._stored(path).name)

    def input_file(self, reference: str) -> Path:
        """Raises BlobNotFound."""
        path = self.folder / "blobs" / reference.removeprefix("sha256:")
        if not path.is_file():
            raise BlobNotFound(f"There is no file {reference}. Add it with store.add_file(path).")
        return path

    def keep(self, values: Mapping[str, Any], files: Mapping[str, Path], workdir: Path) -> FakeOutput:
        """Holds the values and files of a stage to what the runtime takes: JSON, and files below `workdir`.

        Raises StageFailed.
        """
        for name, path in files.items():
            if not path.is_file():
                raise StageFailed(f"File {name!r} is said to be at {path}, but there is no such file.")
            if not path.resolve().is_relative_to(workdir.resolve()):
                raise StageFailed(f"File {name!r} is at {path}: files of an output must lie below ctx.workdir.")
        return FakeOutput(_as_json(dict(values)), {name: self._stored(path) for name, path in files.items()})

    def retry_from(self, pipeline: Pipeline, stage: str) -> None:
        """Forgets what that stage and those after it left; the earlier ones stay as they are. Raises UnknownStage."""
        first = list(pipeline.stages).index(pipeline.stage(stage))
        for key in [later.key for later in pipeline.stages[first:]]:
            self.outputs.pop(key, None)
            for parts in (self.items, self.checkpoints, self.made_once, self.fractions):
                for part in [part for part in parts if part[0] == key]:
                    del parts[part]

    @property
    def percentages(self) -> list[int]:
        """The job's progress after each report, in order."""
        return [report.percent for report in self.reports]

    def _stored(self, path: Path) -> Path:
        blob = self.folder / "blobs" / hashlib.sha256(path.read_bytes()).hexdigest()
        if not blob.exists():
            blob.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, blob)
            blob.chmod(0o444)
        return blob


class FakeTurn:
    """One turn of `FakeStageContext.checkpointed`. `saved` is where the checkpoints of that name go."""

    def __init__(self, index: int, item: Any, saved: dict[int, FakeOutput], store: FakeStore, workdir: Path) -> None:
        self.index = index
        self.item = item
        self._saved, self._store, self._workdir = saved, store, workdir

    def keep(self, values: Mapping[str, Any] | None = None, files: Mapping[str, Path] | None = None) -> None:
        """Raises StageFailed where the turn is kept already, or what it keeps is not JSON or lies elsewhere."""
        if self.index in self._saved:
            raise StageFailed(f"Turn {self.index} is kept already: call keep once a turn.")
        self._saved[self.index] = self._store.keep(values or {}, files or {}, self._workdir)


class FakeStageContext(Generic[ParamsT]):
    """A StageContext over a FakeStore, for one attempt of one part.

    `engines` are the engines that exist. `stop_after` ends the attempt at that many more progress reports.
    """

    def __init__(
        self,
        params: ParamsT,
        store: FakeStore,
        *,
        pipeline: Pipeline | None = None,
        stage: str = "STAGE",
        engines: Sequence[Engine] = (),
        item: Any = None,
        item_index: int = 0,
        answer: Answer | None = None,
        stop_after: StopAfter | None = None,
        job_id: str = "job-1",
    ) -> None:
        self.params = params
        self.job_id = job_id
        self.stage = stage
        self.item = item
        self.answer = answer
        self._store = store
        self._pipeline = pipeline
        self._engines = engines
        self._stop_after = stop_after
        self.part: PartKey = (stage, item_index)
        self.attempt = store.attempts.get(self.part, 0) + 1
        store.attempts[self.part] = self.attempt
        self.workdir = store.folder / "work" / f"{stage}-{item_index}-{self.attempt}"
        self.workdir.mkdir(parents=True)

    def progress(self, done: float, total: float = 1.0, message: str | None = None) -> None:
        """Records the report. Raises what `stop_after` says when it is time."""
        self._store.fractions[self.part] = clamped_fraction(done, total)
        self._store.reports.append(Reported(self.stage, done, total, message, self._percent()))
        if self._stop_after is not None:
            self._stop_after.count()
        self.check_stop()

    def check_stop(self) -> None:
        if self._stop_after is not None:
            self._stop_after.check()

    def log(self, message: str) -> None:
        self._store.logs.append((self.stage, message))

    def output(self, stage: str) -> StageOutput:
        """Raises UnknownStage."""
        return self.outputs(stage)[0]

    def outputs(self, stage: str) -> Sequence[StageOutput]:
        """Raises UnknownStage."""
        if stage not in self._store.outputs:
            raise UnknownStage(f"Stage {stage} has not completed before {self.stage}.")
        return self._store.outputs[stage]

    def input_file(self, reference: str) -> Path:
        """Raises BlobNotFound."""
        return self._store.input_file(reference)

    def checkpointed(self, name: str, items: Sequence[Any]) -> Iterator[FakeTurn]:
        saved = self._store.checkpoints.setdefault(self.part, {}).setdefault(name, {})
        for index, item in enumerate(items):
            if index in saved:
                continue
            self.check_stop()
            turn = FakeTurn(index, _as_json(item), saved, self._store, self.workdir)
            yield turn
            if index not in saved:
                turn.keep()

    def checkpoints(self, name: str) -> Sequence[StageOutput]:
        saved = self._store.checkpoints.get(self.part, {}).get(name, {})
        return [saved[index] for index in sorted(saved)]

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        made = self._store.made_once.setdefault(self.part, {})
        if name not in made:
            made[name] = _as_json(make())
        return made[name]

    def engine(self, capability: str, kind: str = "auto") -> Any:
        """The named engine, or the first that is ready. Raises UnknownEngine, EngineNotReady."""
        able = [engine for engine in self._engines if engine.spec.capability == capability]
        named = [engine for engine in able if kind in ("auto", engine.spec.kind)]
        if not named:
            known = ", ".join(engine.spec.kind for engine in able) or "none"
            raise UnknownEngine(f"There is no {capability} engine {kind!r}. Those of this test: {known}.")
        ready = [engine for engine in named if engine.readiness().ready]
        if not ready:
            raise EngineNotReady(f"{named[0].spec.title} is not ready: {named[0].readiness().reason}")
        return ready[0]

    def engines(self, capability: str) -> Sequence[Any]:
        """Those that are ready, in the order in which the test gave them."""
        return [e for e in self._engines if e.spec.capability == capability and e.readiness().ready]

    def _percent(self) -> int:
        stages = self._pipeline.stages if self._pipeline is not None else ()
        return job_progress(((s.weight, self._fraction(s.key)) for s in stages), succeeded=False)

    def _fraction(self, stage: str) -> float:
        if stage in self._store.outputs:
            return 1.0
        return stage_fraction(f for (key, _), f in self._store.fractions.items() if key == stage)


def run_pipeline(
    pipeline: Pipeline,
    params: Any,
    store: FakeStore,
    *,
    engines: Sequence[Engine] = (),
    answers: Mapping[str, Answer] | None = None,
    stop_after: StopAfter | None = None,
) -> Mapping[str, Sequence[FakeOutput]]:
    """Runs the stages that `store` has no output of, in order, and returns the outputs of all stages by key.

    `params` is an instance of the pipeline's model or a mapping that it validates. `answers` replies to the Wait of
    the stage of that key. Errors of stages come out as they are; there is no retry. Raises NeedsAnswer.
    """
    run = _Run(pipeline, pipeline.params.model_validate(params), store, engines, answers or {}, stop_after)
    for stage in pipeline.stages:
        if stage.key not in store.outputs:
            store.outputs[stage.key] = run.stage(stage)
    return store.outputs


@dataclass(frozen=True, slots=True)
class _Run:
    pipeline: Pipeline
    params: Any
    store: FakeStore
    engines: Sequence[Engine]
    answers: Mapping[str, Answer]
    stop_after: StopAfter | None

    def stage(self, stage: Stage) -> list[FakeOutput]:
        if stage.each is None:
            return [self.part(stage, None, 0)]
        lister = self.context(stage, None, LISTING, None)
        try:
            items = [_as_json(item) for item in stage.each(lister)]
        finally:
            shutil.rmtree(lister.workdir)
        return [self.part(stage, item, index) for index, item in enumerate(items)]

    def part(self, stage: Stage, item: Any, index: int) -> FakeOutput:
        key = (stage.key, index)
        answer: Answer | None = None
        for _ in range(MAX_SNOOZES):
            if key in self.store.items:
                return self.store.items[key]
            outcome = self.attempt(stage, self.context(stage, item, index, answer))
            if isinstance(outcome, Wait):
                answer = self.answer(stage, outcome)
        raise AssertionError(f"Stage {stage.key} was run {MAX_SNOOZES} times and did not finish.")

    def attempt(self, stage: Stage, ctx: FakeStageContext[Any]) -> Outcome:
        try:
            outcome = stage.run(ctx)
            if isinstance(outcome, Done):
                self.store.items[ctx.part] = self.store.keep(outcome.values, outcome.files, ctx.workdir)
                self.store.fractions[ctx.part] = 1.0
            return outcome
        finally:
            shutil.rmtree(ctx.workdir)

    def answer(self, stage: Stage, wait: Wait) -> Answer:
        if stage.key not in self.answers:
            raise NeedsAnswer(stage.key, wait)
        return self.answers[stage.key]

    def context(self, stage: Stage, item: Any, index: int, answer: Answer | None) -> FakeStageContext[Any]:
        return FakeStageContext(
            self.params,
            self.store,
            pipeline=self.pipeline,
            stage=stage.key,
            engines=self.engines,
            item=item,
            item_index=index,
            answer=answer,
            stop_after=self.stop_after,
        )


def _as_json(value: Any) -> Any:
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise StageFailed(f"A stage left values that are not JSON: {error}.") from error
