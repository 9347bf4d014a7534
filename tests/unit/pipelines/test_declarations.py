"""What every built-in pipeline promises to forms, command line and schedulers."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

import pytest

from soundstage.core.files import FILE_FORMAT
from soundstage.core.pipeline import Pipeline
from soundstage.pipelines.full_pipeline import full_pipeline
from soundstage.pipelines.talking_head import talking_head
from soundstage.pipelines.text_to_speech import text_to_speech

PIPELINES = [text_to_speech, talking_head, full_pipeline]
REFERENCE = "sha256:" + "0" * 64

every_pipeline = pytest.mark.parametrize("pipeline", PIPELINES, ids=lambda pipeline: pipeline.kind)


@pytest.mark.parametrize(
    ("pipeline", "weights"),
    [
        (text_to_speech, {"TEXT_PROCESSING": 10, "GENERATION": 70, "UPLOADING": 20}),
        (talking_head, {"SETUP": 20, "INFERENCE": 50, "POST_PROCESS": 15, "UPLOADING": 15}),
        (
            full_pipeline,
            {
                "SCRIPT": 5,
                "SETUP": 5,
                "SPEECH": 20,
                "SUBTITLES": 5,
                "INFERENCE": 45,
                "POST_PROCESS": 10,
                "UPLOADING": 10,
            },
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Pipeline) else "",
)
def test_the_stages_have_their_weights(pipeline: Pipeline, weights: dict[str, int]) -> None:
    assert {stage.key: stage.weight for stage in pipeline.stages} == weights
    assert sum(weights.values()) == 100


@every_pipeline
def test_every_stage_is_labelled_in_three_languages(pipeline: Pipeline) -> None:
    for stage in pipeline.stages:
        names = [stage.label, *stage.labels.values()]
        assert set(stage.labels) == {"id", "pt"}
        assert len(set(names)) == 3
        assert all(names)


@every_pipeline
def test_every_parameter_is_described(pipeline: Pipeline) -> None:
    schema = pipeline.params.model_json_schema()
    objects = [schema, *schema.get("$defs", {}).values()]
    undescribed = [name for o in objects for name, field in o["properties"].items() if not field.get("description")]
    assert undescribed == []


@every_pipeline
def test_the_entry_point_finds_the_pipeline_under_its_kind(pipeline: Pipeline) -> None:
    (found,) = entry_points(group="soundstage.pipelines", name=pipeline.kind)
    assert found.load() is pipeline


@every_pipeline
def test_parameters_are_frozen_and_survive_json(pipeline: Pipeline) -> None:
    given = {"text": "Hello", "script": "Hello", "portrait": REFERENCE, "audio": REFERENCE}
    params = pipeline.params(**{name: given[name] for name in given if name in pipeline.params.model_fields})
    assert pipeline.params.model_validate_json(params.model_dump_json()) == params
    with pytest.raises(ValueError, match="frozen"):
        params.engine = "other"


def test_files_are_told_apart_from_text_in_the_schema() -> None:
    properties = talking_head.params.model_json_schema()["properties"]
    portrait, audio = properties["portrait"], properties["audio"]
    assert (portrait["format"], portrait["accept"]) == (FILE_FORMAT, ["image"])
    assert (audio["format"], audio["accept"]) == (FILE_FORMAT, ["audio"])


@pytest.mark.parametrize(
    ("pipeline", "small", "large"),
    [
        (text_to_speech, {"text": "Hi"}, {"text": "Hi" * 50}),
        (full_pipeline, {"script": "Hi", "portrait": REFERENCE}, {"script": "Hi" * 50, "portrait": REFERENCE}),
        (
            talking_head,
            {"portrait": REFERENCE, "audio": REFERENCE, "width": 256, "height": 256},
            {"portrait": REFERENCE, "audio": REFERENCE, "width": 1280, "height": 1280, "fps": 50},
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Pipeline) else "",
)
def test_the_size_grows_with_the_work(pipeline: Pipeline, small: dict[str, Any], large: dict[str, Any]) -> None:
    size = pipeline.size
    assert size is not None
    assert size(pipeline.params(**large)) == pytest.approx(50 * size(pipeline.params(**small)))
