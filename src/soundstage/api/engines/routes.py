"""Routes of engines and their voices. Plain functions: to look at an engine may start a child process."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from soundstage.api.access import JobReader
from soundstage.api.services import ServicesNeeded
from soundstage.engines.contract import Quality
from soundstage.engines.registry import AUTO

ENGINE_NAME = r"^[a-z][a-z0-9_-]{0,59}$"
LANGUAGE_TAG = r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$"

router = APIRouter(tags=["engines"])


class EngineOut(BaseModel):
    """An adapter to a model or service. Where it is not ready, `reason` says what is missing, `remedy` what to type."""

    kind: str = Field(examples=["flite"])
    capability: str = Field(examples=["speech"])
    title: str
    quality: Quality
    licence: str
    queue: str
    languages: list[str] = Field(description="BCP 47 tags; empty for any")
    note: str
    ready: bool
    reason: str
    remedy: str


class EngineList(BaseModel):
    engines: list[EngineOut]


class VoiceOut(BaseModel):
    name: str = Field(examples=["slt"])
    language: str = Field(examples=["en-US"])
    engine: str = Field(examples=["flite"])
    title: str


class VoiceList(BaseModel):
    voices: list[VoiceOut]


@router.get("/api/engines", summary="All engines, and what they lack", operation_id="list_engines")
def list_engines(
    services: ServicesNeeded,
    _caller: JobReader,
    capability: Annotated[
        str | None, Query(max_length=40, description="Only those for it", examples=["speech"])
    ] = None,
) -> EngineList:
    described = services.engines.describe(capability)
    return EngineList(engines=[EngineOut(**asdict(spec), **asdict(readiness)) for spec, readiness in described])


@router.get("/api/voices", summary="The voices that can speak here", operation_id="list_voices")
def list_voices(
    services: ServicesNeeded,
    _caller: JobReader,
    engine: Annotated[str, Query(pattern=ENGINE_NAME, description="`auto`: all engines that are ready")] = AUTO,
    language: Annotated[str | None, Query(pattern=LANGUAGE_TAG, max_length=35, examples=["pt"])] = None,
) -> VoiceList:
    """The best engine first."""
    found = services.engines.voices(engine, language)
    return VoiceList(voices=[VoiceOut(**asdict(voice), engine=kind) for kind, voice in found])
