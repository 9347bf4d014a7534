"""A voice can be heard: spoken once, in a job that is in nobody's list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from soundstage.bootstrap.studio import Studio
from soundstage.engines.contract import Voice
from soundstage.engines.registry import EngineRegistry
from soundstage.pipelines.voice_sample import voice_sample
from soundstage.store.claims import Claim
from soundstage.store.views import JobFilter
from soundstage.studio.voice_samples import SENTENCES
from soundstage.testing.context import FakeStore, run_pipeline
from soundstage.testing.engines import FakeSpeechEngine

Complete = Callable[..., None]


class Choir(FakeSpeechEngine):
    def __init__(self) -> None:
        super().__init__("choir")

    def voices(self) -> tuple[Voice, ...]:
        languages = {"ann": "en-GB", "ine": "nl", "ana": "pt_BR", "a/sri": "id"}
        return tuple(Voice(name, language, name) for name, language in languages.items())


@pytest.fixture
def studio(studio: Studio) -> Studio:
    studio.parts.engines = EngineRegistry.of(Choir)
    return studio


@pytest.fixture(autouse=True)
def is_impatient(app: FastAPI) -> None:
    """No worker runs: what is not made is waited for only a moment."""
    services = app.state.services
    app.state.services = replace(services, settings=replace(services.settings, speech_wait_seconds=0.01))


def sample(api: httpx.Client, voice: str = "ann", **query: Any) -> httpx.Response:
    return api.get(f"/api/voices/choir/{voice}/sample", params=query)


def test_a_sample_is_spoken_once_and_then_there_at_once(api: httpx.Client, studio: Studio, complete: Complete) -> None:
    waiting = sample(api)
    assert (waiting.status_code, waiting.json()["code"], waiting.headers["retry-after"]) == (503, "too_busy", "3")
    sample(api)
    complete("sample.wav", b"RIFF", "audio/wav")
    heard = [sample(api) for _ in range(2)]
    assert [(answer.status_code, answer.content) for answer in heard] == [(200, b"RIFF")] * 2
    assert heard[0].headers["content-type"] == "audio/wav"
    assert heard[0].headers["content-disposition"].startswith("inline")
    assert len(studio.jobs.list_jobs(JobFilter())) == 1
    etag = heard[0].headers["etag"]
    assert api.get("/api/voices/choir/ann/sample", headers={"If-None-Match": etag}).status_code == 304


def test_a_sample_is_in_nobodys_list_and_no_product(api: httpx.Client) -> None:
    sample(api)
    assert api.get("/api/jobs").json()["jobs"] == []
    assert "voice_sample" not in [pipeline["kind"] for pipeline in api.get("/api/pipelines").json()["pipelines"]]


@pytest.mark.parametrize(
    ("voice", "asked", "language"),
    [("ann", {}, "en"), ("ana", {}, "pt"), ("a/sri", {}, "id"), ("ine", {}, "en"), ("ann", {"lang": "id-ID"}, "id")],
)
def test_the_sentence_is_in_the_language_of_the_voice(
    api: httpx.Client, claim: Callable[[], Claim], voice: str, asked: dict[str, str], language: str
) -> None:
    sample(api, voice, **asked)
    assert voice_sample.params.model_validate_json(claim().params).text == SENTENCES[language]


def test_a_sample_that_failed_says_why_and_is_tried_again(api: httpx.Client, fail: Callable[[], None]) -> None:
    sample(api)
    fail()
    assert sample(api).json()["code"] == "too_busy"
    fail()


def test_a_voice_that_is_not_there_is_refused(api: httpx.Client) -> None:
    assert sample(api, "nobody").json()["code"] == "unknown_voice"
    assert api.get("/api/voices/nobody/ann/sample").json()["code"] == "unknown_engine"


def test_the_sound_is_that_of_the_engine(tmp_path: Path) -> None:
    store = FakeStore(tmp_path / "store")
    speaker = FakeSpeechEngine()
    params = {"engine": "fake_speech", "voice": "tone", "text": "Good morning"}
    [made] = run_pipeline(voice_sample, params, store, engines=[speaker])["SAMPLE"]
    assert list(made.files) == ["sample.wav"]
    assert made.files["sample.wav"].read_bytes()[:4] == b"RIFF"
    assert speaker.spoken == ["Good morning"]
