"""What a pipeline refuses at declaration, and what a job keeps of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundstage.core.errors import BadPipeline, UnknownStage
from soundstage.core.outcome import Done
from soundstage.core.pipeline import Pipeline, PipelineSnapshot, Stage, StageSnapshot
from soundstage.core.states import StageKind


def run(_: Any) -> Done:
    return Done()


def pipeline(*stages: Stage, kind: str = "two_stages") -> Pipeline:
    return Pipeline(kind=kind, params=dict, stages=stages)


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: Stage("speak", run, 10), "Stage key 'speak' must be upper-case"),
        (lambda: Stage("", run, 10), "Stage key '' must be upper-case"),
        (lambda: Stage("A" * 41, run, 10), "must be upper-case"),
        (lambda: Stage("A", run, 0), "Stage A has weight 0: it must be at least 1"),
        (lambda: Stage("A", run, 1, timeout_seconds=0), "Stage A has timeout_seconds 0: it must be positive"),
        (lambda: pipeline(Stage("A", run, 60)), "weights of pipeline two_stages sum to 60: they must sum to 100"),
        (lambda: pipeline(), "needs stages with keys of their own"),
        (lambda: pipeline(Stage("A", run, 50), Stage("A", run, 50)), r"it has \['A', 'A'\]"),
        (lambda: pipeline(Stage("A", run, 100), kind="Two Stages"), "kind 'Two Stages' must be lower-case"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_reason(declare: Any, message: str) -> None:
    with pytest.raises(BadPipeline, match=message):
        declare()


def test_names_for_people_come_from_the_keys_where_none_are_given() -> None:
    made = pipeline(Stage("POST_PROCESS", run, 100))
    assert (made.title, made.stages[0].label) == ("Two stages", "Post process")


def test_the_kind_of_a_stage_may_be_given_as_a_word() -> None:
    assert Stage("A", run, 100, kind="manual").kind is StageKind.MANUAL  # type: ignore[arg-type]


def test_an_unknown_stage_is_answered_with_those_that_exist() -> None:
    made = pipeline(Stage("A", run, 40), Stage("B", run, 60))
    assert made.stage("B").weight == 60
    for find in (made.stage, made.snapshot().index_of):
        with pytest.raises(UnknownStage, match=r"no stage 'C'. Its stages are A, B"):
            find("C")


words = st.text(st.characters(codec="utf-8"), max_size=20)
stage_snapshots = st.builds(
    StageSnapshot,
    key=words,
    weight=st.integers(1, 100),
    label=words,
    kind=st.sampled_from(StageKind),
    queue=words,
    has_items=st.booleans(),
    labels=st.dictionaries(words, words, max_size=3),
)
snapshots = st.builds(
    PipelineSnapshot, kind=words, version=st.integers(1), stages=st.lists(stage_snapshots, max_size=4).map(tuple)
)


@given(snapshots)
def test_a_snapshot_comes_back_from_its_json_as_it_was(snapshot: PipelineSnapshot) -> None:
    again = PipelineSnapshot.from_json(snapshot.to_json())
    assert again == snapshot
    assert again.fingerprint == snapshot.fingerprint
    assert json.loads(snapshot.to_json())["kind"] == snapshot.kind


def test_the_fingerprint_tells_apart_what_must_not_be_mixed() -> None:
    made = [
        pipeline(Stage("A", run, 40), Stage("B", run, 60)),
        pipeline(Stage("A", run, 60), Stage("B", run, 40)),
        pipeline(Stage("A", run, 40), Stage("B", run, 60, queue="gpu")),
        pipeline(Stage("A", run, 40), Stage("B", run, 60, each=lambda _: [])),
        pipeline(Stage("A", run, 40), Stage("B", run, 60, kind=StageKind.MANUAL)),
        pipeline(Stage("A", run, 40), Stage("B", run, 60), kind="other"),
    ]
    assert len({one.snapshot().fingerprint for one in made}) == len(made)


def test_a_new_label_is_no_new_pipeline() -> None:
    plain, labelled = pipeline(Stage("A", run, 100)), pipeline(Stage("A", run, 100, label="Other"))
    assert plain.snapshot().fingerprint == labelled.snapshot().fingerprint
