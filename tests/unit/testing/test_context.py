"""The fake stage context holds authors to what the runtime holds them to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from soundstage import Answer, Done, Outcome, Pipeline, Snooze, Stage, StageContext, StageKind, Wait
from soundstage.core.errors import (
    BlobNotFound,
    Cancelled,
    EngineNotReady,
    Released,
    StageFailed,
    UnknownEngine,
    UnknownStage,
)
from soundstage.engines.contract import Readiness
from soundstage.testing.context import FakeStageContext, FakeStore, NeedsAnswer, StopAfter, run_pipeline
from soundstage.testing.engines import FakeSpeechEngine


class Params(BaseModel):
    count: int = 4


class Crash(BaseException):
    """Stands for kill -9."""


@pytest.fixture
def store(tmp_path: Path) -> FakeStore:
    return FakeStore(tmp_path / "store")


def one_stage(run: Callable[[StageContext[Any]], Outcome], **stage: Any) -> Pipeline:
    return Pipeline(kind="one", params=Params, stages=[Stage("ONLY", run, weight=100, **stage)])


def count_up(ctx: StageContext[Params]) -> Done:
    for turn in ctx.checkpointed("number", list(range(ctx.params.count))):
        ctx.progress(turn.index + 0.5, ctx.params.count)
        note = ctx.workdir / "note.txt"
        note.write_text(f"{turn.item} by attempt {ctx.attempt}")
        turn.keep(values={"square": turn.item**2}, files={"note.txt": note})
    notes = [kept.file("note.txt").read_text() for kept in ctx.checkpoints("number")]
    return Done(values={"squares": [kept.values["square"] for kept in ctx.checkpoints("number")], "notes": notes})


def test_the_stages_run_in_order_and_see_what_earlier_ones_left(store: FakeStore) -> None:
    def first(ctx: StageContext[Params]) -> Done:
        path = ctx.workdir / "a.txt"
        path.write_text("left by the first")
        return Done(values={"n": 1}, files={"a.txt": path})

    def second(ctx: StageContext[Params]) -> Done:
        earlier = ctx.output("FIRST")
        return Done(values={"read": earlier.file("a.txt").read_text(), "n": earlier.values["n"] + 1})

    pipeline = Pipeline(
        kind="two", params=Params, stages=[Stage("FIRST", first, weight=40), Stage("SECOND", second, weight=60)]
    )
    outputs = run_pipeline(pipeline, {}, store)
    assert outputs["SECOND"][0].values == {"read": "left by the first", "n": 2}


def test_a_run_after_a_crash_does_only_the_turns_that_were_not_kept(store: FakeStore) -> None:
    pipeline = one_stage(count_up)
    with pytest.raises(Crash):
        run_pipeline(pipeline, {}, store, stop_after=StopAfter(3, Crash))
    output = run_pipeline(pipeline, {}, store)["ONLY"][0]
    assert output.values["squares"] == [0, 1, 4, 9]
    assert output.values["notes"] == ["0 by attempt 1", "1 by attempt 1", "2 by attempt 2", "3 by attempt 2"]


def test_a_completed_stage_never_runs_again(store: FakeStore) -> None:
    calls: list[int] = []

    def count(ctx: StageContext[Params]) -> Done:
        calls.append(ctx.attempt)
        return Done()

    run_pipeline(one_stage(count), {}, store)
    run_pipeline(one_stage(count), {}, store)
    assert calls == [1]


def test_a_retry_from_a_stage_runs_it_and_the_later_ones_again(store: FakeStore) -> None:
    calls: list[str] = []

    def note(ctx: StageContext[Params]) -> Done:
        calls.append(ctx.stage)
        return Done()

    stages = [Stage("FIRST", note, weight=40), Stage("SECOND", count_up, weight=30), Stage("THIRD", note, weight=30)]
    pipeline = Pipeline(kind="three", params=Params, stages=stages)
    run_pipeline(pipeline, {"count": 2}, store)
    store.retry_from(pipeline, "SECOND")
    outputs = run_pipeline(pipeline, {"count": 3}, store)
    assert calls == ["FIRST", "THIRD", "THIRD"]
    assert outputs["SECOND"][0].values["squares"] == [0, 1, 4]
    with pytest.raises(UnknownStage):
        store.retry_from(pipeline, "FOURTH")


@pytest.mark.parametrize("stop", [Cancelled, Released])
def test_a_stop_ends_the_stage_at_a_progress_report(store: FakeStore, stop: type[BaseException]) -> None:
    with pytest.raises(stop):
        run_pipeline(one_stage(count_up), {}, store, stop_after=StopAfter(2, stop))
    assert len(store.reports) == 2


def test_a_turn_that_is_not_kept_is_stored_empty_when_the_next_begins(store: FakeStore) -> None:
    seen: list[int] = []

    def walk(ctx: StageContext[Params]) -> Done:
        for turn in ctx.checkpointed("step", [1, 2, 3]):
            seen.append(turn.item)
            ctx.progress(turn.index, 3)
        return Done()

    with pytest.raises(Crash):
        run_pipeline(one_stage(walk), {}, store, stop_after=StopAfter(3, Crash))
    run_pipeline(one_stage(walk), {}, store)
    assert seen == [1, 2, 3, 3]


def test_a_stage_with_items_runs_once_for_each(store: FakeStore) -> None:
    pipeline = one_stage(lambda ctx: Done(values={"item": ctx.item}), each=lambda ctx: ["a", {"b": (1, 2)}])
    outputs = run_pipeline(pipeline, {}, store)
    assert [output.values["item"] for output in outputs["ONLY"]] == ["a", {"b": [1, 2]}]


def test_a_wait_gets_the_answer_of_the_test(store: FakeStore) -> None:
    def ask(ctx: StageContext[Params]) -> Outcome:
        if ctx.answer is None:
            return Wait("Look at it.", actions=["accept", "reject"])
        return Done(values={"action": ctx.answer.action})

    pipeline = one_stage(ask, kind=StageKind.MANUAL)
    with pytest.raises(NeedsAnswer, match="Look at it"):
        run_pipeline(pipeline, {}, store)
    outputs = run_pipeline(pipeline, {}, store, answers={"ONLY": Answer("accept", {}, "tester")})
    assert outputs["ONLY"][0].values == {"action": "accept"}


def test_a_snooze_runs_the_part_again_and_once_keeps_its_value(store: FakeStore) -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"id": 7}

    def poll(ctx: StageContext[Params]) -> Outcome:
        task = ctx.once("submitted", make)
        return Done(values=task) if ctx.attempt > 3 else Snooze(5)

    outputs = run_pipeline(one_stage(poll), {}, store)
    assert outputs["ONLY"][0].values == {"id": 7}
    assert made == [1]


def test_a_stage_that_snoozes_for_ever_fails_the_test(store: FakeStore) -> None:
    with pytest.raises(AssertionError, match="did not finish"):
        run_pipeline(one_stage(lambda ctx: Snooze(1)), {}, store)


def test_a_file_outside_the_workdir_is_refused(store: FakeStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    with pytest.raises(StageFailed, match="workdir"):
        run_pipeline(one_stage(lambda ctx: Done(files={"a": outside})), {}, store)


def test_values_that_are_not_json_are_refused(store: FakeStore) -> None:
    with pytest.raises(StageFailed, match="not JSON"):
        run_pipeline(one_stage(lambda ctx: Done(values={"path": Path("x")})), {}, store)


def test_a_file_that_was_not_written_is_refused(store: FakeStore) -> None:
    with pytest.raises(StageFailed, match="no such file"):
        run_pipeline(one_stage(lambda ctx: Done(files={"a": ctx.workdir / "a"})), {}, store)


def test_keeping_a_turn_twice_is_refused(store: FakeStore) -> None:
    def twice(ctx: StageContext[Params]) -> Done:
        for turn in ctx.checkpointed("a", [1]):
            turn.keep()
            turn.keep()
        return Done()

    with pytest.raises(StageFailed, match="kept already"):
        run_pipeline(one_stage(twice), {}, store)


def test_the_workdir_is_gone_after_the_attempt(store: FakeStore) -> None:
    folders: list[Path] = []

    def note(ctx: StageContext[Params]) -> Done:
        folders.append(ctx.workdir)
        (ctx.workdir / "junk").write_text("x")
        return Done()

    run_pipeline(one_stage(note), {}, store)
    assert not folders[0].exists()


def test_parameters_are_validated_by_the_model(store: FakeStore) -> None:
    with pytest.raises(ValidationError):
        run_pipeline(one_stage(count_up), {"count": "many"}, store)


def test_the_percentages_are_those_of_the_whole_job(store: FakeStore) -> None:
    def half(ctx: StageContext[Params]) -> Done:
        ctx.progress(1, 2, "half")
        return Done()

    stages = [Stage("FIRST", half, weight=40), Stage("SECOND", half, weight=60)]
    run_pipeline(Pipeline(kind="two", params=Params, stages=stages), {}, store)
    assert store.percentages == [20, 70]
    assert store.reports[0].message == "half"


def test_a_stored_file_is_found_by_its_reference(store: FakeStore, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("bytes")
    ctx = FakeStageContext(Params(), store)
    assert ctx.input_file(store.add_file(path)).read_text() == "bytes"
    with pytest.raises(BlobNotFound):
        ctx.input_file("sha256:" + "0" * 64)


def test_an_output_that_is_not_there_yet_is_an_unknown_stage(store: FakeStore) -> None:
    with pytest.raises(UnknownStage):
        FakeStageContext(Params(), store).output("LATER")


def test_the_first_ready_engine_is_given_and_a_named_one_where_asked(store: FakeStore) -> None:
    away = FakeSpeechEngine("away", readiness=Readiness(ready=False, reason="It is away."))
    here = FakeSpeechEngine("here")
    ctx = FakeStageContext(Params(), store, engines=[away, here])
    assert ctx.engine("speech") is here
    assert list(ctx.engines("speech")) == [here]
    assert list(ctx.engines("avatar")) == []
    with pytest.raises(EngineNotReady, match="away"):
        ctx.engine("speech", "away")
    with pytest.raises(UnknownEngine, match="away, here"):
        ctx.engine("speech", "other")
    with pytest.raises(UnknownEngine):
        ctx.engine("avatar")


def test_the_fake_is_a_stage_context(store: FakeStore) -> None:
    ctx: StageContext[Params] = FakeStageContext(Params(count=2), store)
    ctx.log("a line")
    assert (ctx.params.count, ctx.attempt, ctx.answer, store.logs) == (2, 1, None, [("STAGE", "a line")])
