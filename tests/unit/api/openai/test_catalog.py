"""The models and voices that clients of OpenAI find."""

from __future__ import annotations

import httpx
import pytest

from soundstage.api.openai.errors import ModelNotFound
from soundstage.api.openai.names import MODELS, VOICES, engine_of, voice_of
from soundstage.core.errors import UnknownVoice
from soundstage.engines.contract import EngineSpec, Quality, Voice

KOKORO = EngineSpec("kokoro", "speech", "Kokoro", Quality.MODEL, "Apache-2.0")
FLITE = EngineSpec("flite", "speech", "Flite", Quality.DRAFT, "MIT")
SPOKEN = [
    ("flite", Voice("rms", "en-US", "Rms")),
    ("flite", Voice("slt", "en-US", "Slt")),
    ("espeak", Voice("nova", "pt", "Nova")),
]


def test_models_are_the_names_of_openai_and_the_engines_that_are_ready(api: httpx.Client) -> None:
    listed = api.get("/v1/models").json()
    assert listed["object"] == "list"
    assert [model["id"] for model in listed["data"]] == [*MODELS, "choir"]
    assert listed["data"][0] == {"id": "tts-1", "object": "model", "created": 0, "owned_by": "soundstage"}


def test_one_model_is_found_and_another_is_not(api: httpx.Client) -> None:
    assert api.get("/v1/models/choir").json()["id"] == "choir"
    missing = api.get("/v1/models/away")
    assert missing.status_code == 404
    assert missing.json()["error"]["code"] == "model_not_found"


def test_voices_are_openai_s_with_what_they_mean_then_those_of_the_engines(api: httpx.Client) -> None:
    voices = api.get("/v1/audio/voices").json()["voices"]
    assert [voice["id"] for voice in voices] == [*VOICES, "rex", "ann", "ine", "af_nova"]
    assert voices[0] == {"id": "alloy", "name": "Rex, a man"}
    assert {voice["id"]: voice["name"] for voice in voices}["nova"] == "Nova"


@pytest.mark.parametrize(
    ("model", "engine"),
    [("tts-1", "auto"), ("tts-1-hd", "auto"), ("gpt-4o-mini-tts", "auto"), ("kokoro", "auto"), ("flite", "flite")],
)
def test_a_model_means_an_engine(model: str, engine: str) -> None:
    assert engine_of(model, [FLITE]) == engine


def test_kokoro_means_that_engine_where_it_is_installed() -> None:
    assert engine_of("kokoro", [FLITE, KOKORO]) == "kokoro"


def test_an_unknown_model_is_not_found() -> None:
    with pytest.raises(ModelNotFound, match="whisper-1"):
        engine_of("whisper-1", [FLITE])


@pytest.mark.parametrize(
    ("name", "voice"),
    [("default", "default"), ("slt", "slt"), ("nova", "nova"), ("alloy", "rms"), ("ash", "slt"), ("Alloy", "rms")],
)
def test_a_voice_s_own_name_wins_and_openai_s_are_dealt_out_over_the_best_engine(name: str, voice: str) -> None:
    assert voice_of(name, SPOKEN) == voice


def test_every_name_of_openai_means_a_voice_where_there_is_one() -> None:
    assert {voice_of(name, SPOKEN[:2]) for name in VOICES} == {"rms", "slt"}
    many = [("x", Voice(f"v{n}", "en", "")) for n in range(9)]
    assert {voice_of(name, many) for name in VOICES} == {"v0", "v1", "v2"}
    assert {voice_of(name, [("x", Voice("ine", "nl", "Ine"))]) for name in VOICES} == {"ine"}


def test_an_unknown_voice_is_refused_and_near_ones_are_named() -> None:
    with pytest.raises(UnknownVoice, match="alloy"):
        voice_of("aloy", SPOKEN)
    with pytest.raises(UnknownVoice):
        voice_of("alloy", [])
