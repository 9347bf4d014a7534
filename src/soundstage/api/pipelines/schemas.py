"""Pipelines as JSON."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from soundstage.api.languages import Languages, label_in
from soundstage.core.pipeline import Pipeline
from soundstage.core.states import StageKind


class PipelineStageOut(BaseModel):
    """`weight` is the stage's share of the job in percent; `has_items` says that it runs once for each item."""

    key: str = Field(examples=["GENERATION"])
    label: str = Field(examples=["Speaking"])
    weight: int = Field(examples=[70])
    kind: StageKind
    queue: str = Field(examples=["cpu"])
    has_items: bool


class PipelineOut(BaseModel):
    """`params` is the JSON Schema of the parameters of a job."""

    kind: str = Field(examples=["text_to_speech"])
    title: str
    description: str
    version: int
    stages: list[PipelineStageOut]
    params: dict[str, Any]


class PipelineList(BaseModel):
    pipelines: list[PipelineOut]


def pipeline_out(pipeline: Pipeline, languages: Languages) -> PipelineOut:
    stages = [
        PipelineStageOut(
            key=stage.key,
            label=label_in(languages, stage.label, stage.labels),
            weight=stage.weight,
            kind=stage.kind,
            queue=stage.queue,
            has_items=stage.each is not None,
        )
        for stage in pipeline.stages
    ]
    return PipelineOut(
        kind=pipeline.kind,
        title=pipeline.title,
        description=pipeline.description,
        version=pipeline.version,
        stages=stages,
        params=pipeline.params.model_json_schema(),
    )
