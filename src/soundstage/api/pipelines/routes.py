"""Routes of the installed pipelines."""

from __future__ import annotations

from fastapi import APIRouter

from soundstage.api.access import JobReader
from soundstage.api.languages import LanguagesWanted
from soundstage.api.pipelines.schemas import PipelineList, PipelineOut, pipeline_out
from soundstage.api.services import ServicesNeeded

router = APIRouter(prefix="/api/pipelines", tags=["pipelines"])


@router.get("", summary="All installed pipelines", operation_id="list_pipelines")
def list_pipelines(services: ServicesNeeded, languages: LanguagesWanted, _caller: JobReader) -> PipelineList:
    """With their stages and the JSON Schema of their parameters."""
    return PipelineList(pipelines=[pipeline_out(pipeline, languages) for pipeline in services.pipelines.installed()])


@router.get("/{kind}", summary="One pipeline", operation_id="get_pipeline")
def get_pipeline(kind: str, services: ServicesNeeded, languages: LanguagesWanted, _caller: JobReader) -> PipelineOut:
    return pipeline_out(services.pipelines.get(kind), languages)
