"""The models and voices that a client of OpenAI may name here."""

from __future__ import annotations

from fastapi import APIRouter

from soundstage.api.access import JobReader
from soundstage.api.openai.errors import ModelNotFound
from soundstage.api.openai.names import MODELS, VOICES, voice_of
from soundstage.api.openai.schemas import ModelList, ModelOut, NamedVoiceList, NamedVoiceOut
from soundstage.api.services import Services, ServicesNeeded

router = APIRouter(prefix="/v1", tags=["openai"])


@router.get("/models", summary="The models that speak", operation_id="openai_list_models")
def list_models(services: ServicesNeeded, _caller: JobReader) -> ModelList:
    """OpenAI's names, and the engines that are ready."""
    return ModelList(data=[ModelOut(id=name) for name in _model_names(services)])


@router.get("/models/{model}", summary="One model", operation_id="openai_get_model")
def get_model(model: str, services: ServicesNeeded, _caller: JobReader) -> ModelOut:
    if model not in _model_names(services):
        raise ModelNotFound(f"There is no model {model[:60]!r}.")
    return ModelOut(id=model)


@router.get("/audio/voices", summary="The voices", operation_id="openai_list_voices")
def list_voices(services: ServicesNeeded, _caller: JobReader) -> NamedVoiceList:
    """OpenAI's names with the voice that each means, then the voices of all engines that are ready."""
    voices = services.engines.voices()
    titles: dict[str, str] = {}
    for _, voice in voices:
        titles.setdefault(voice.name, voice.title)
    meant = [(name, titles[voice_of(name, voices)]) for name in VOICES if voices]
    return NamedVoiceList(voices=[NamedVoiceOut(id=name, name=title) for name, title in [*meant, *titles.items()]])


def _model_names(services: Services) -> list[str]:
    engines = [spec.kind for spec, readiness in services.engines.describe("speech") if readiness.ready]
    return list(dict.fromkeys([*MODELS, *engines]))
