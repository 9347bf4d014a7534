"""The studio document's routes of generation, with its type names and status words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from soundstage.bootstrap.studio import Studio
from soundstage.engines.contract import Readiness
from soundstage.engines.registry import EngineRegistry
from soundstage.studio.engines import Engines
from soundstage.testing.engines import FakeAvatarEngine, FakeSpeechEngine

Act = Callable[..., None]

SPEECH = "/api/generate/text-to-speech"
VIDEO = "/api/generate/video"


class Away(FakeSpeechEngine):
    def __init__(self) -> None:
        super().__init__("away", readiness=Readiness(ready=False, reason="It is not installed.", remedy="Install it."))


@pytest.fixture
def studio(studio: Studio) -> Studio:
    studio.parts.engines = EngineRegistry.of(FakeSpeechEngine, Away)
    return studio


@pytest.fixture
def store(ann: httpx.Client) -> Callable[[bytes], str]:
    def put(content: bytes) -> str:
        return str(ann.post("/api/files", content=content).json()["reference"])

    return put


def test_a_text_becomes_a_pending_job_of_its_type(ann: httpx.Client) -> None:
    order = {"text": "Hello", "title": "Greeting", "priority": "urgent", "speed": 1.25, "format": "mp3"}
    answer = ann.post(SPEECH, json=order)
    assert answer.status_code == 202
    given = answer.json()
    assert (given["type"], given["status"], given["progress"]) == ("text_to_speech", "pending", 0)
    assert (given["title"], given["priority"], given["current_stage"]) == ("Greeting", "urgent", "TEXT_PROCESSING")
    assert answer.headers["location"] == given["url"]
    job = ann.get(given["url"]).json()
    assert job["params"] == {"text": "Hello", "voice": "default", "engine": "auto", "rate": 1.25, "format": "mp3"}


def test_a_sample_of_a_voice_makes_it_a_clone(
    ann: httpx.Client, install: Act, store: Callable[[bytes], str], recording: bytes
) -> None:
    reference = store(recording)
    order = {"text": "Hello", "voice_asset_id": reference}
    refused = ann.post(SPEECH, json=order)
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_pipeline")
    install("voice_clone")
    given = ann.post(SPEECH, json=order).json()
    assert given["type"] == "voice_clone"
    assert ann.get(given["url"]).json()["params"] == {"text": "Hello", "reference": reference}


def test_a_portrait_and_a_recording_become_a_video(
    ann: httpx.Client, store: Callable[[bytes], str], portrait: bytes, recording: bytes
) -> None:
    order = {"portrait_asset_id": store(portrait), "audio_asset_id": store(recording), "fps": 30}
    given = ann.post(VIDEO, json=order).json()
    assert (given["type"], given["status"]) == ("video_generation", "pending")
    job = ann.get(given["url"]).json()
    assert (job["pipeline"], job["params"]["fps"]) == ("talking_head", 30)
    again = ann.post("/api/jobs", json={"pipeline": "video_generation", "params": job["params"]}).json()
    found = ann.get("/api/jobs?type=video_generation").json()["jobs"]
    assert [each["id"] for each in found] == [again["id"], job["id"]]


def test_assets_are_named_by_their_bare_ids(ann: httpx.Client, portrait: bytes, recording: bytes) -> None:
    def asset(content: bytes) -> str:
        return str(ann.post("/api/assets", files={"file": ("a", content)}).json()["id"])

    order = {"portrait_asset_id": asset(portrait), "audio_asset_id": asset(recording)}
    answer = ann.post(VIDEO, json=order)
    assert answer.status_code == 202, answer.text
    params = ann.get(answer.json()["url"]).json()["params"]
    assert params["portrait"].startswith("sha256:")


def test_a_portrait_and_a_script_become_a_video_in_one_job(
    ann: httpx.Client, store: Callable[[bytes], str], portrait: bytes
) -> None:
    given = ann.post(VIDEO, json={"portrait_asset_id": store(portrait), "script": "Hello", "voice": "rms"}).json()
    assert given["type"] == "full_pipeline"
    params = ann.get(given["url"]).json()["params"]
    assert (params["script"], params["voice"]) == ("Hello", "rms")


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (SPEECH, {}, "bad_request"),
        (SPEECH, {"text": ""}, "bad_request"),
        (SPEECH, {"text": "Hello", "user_id": 2}, "bad_request"),
        (SPEECH, {"text": "Hello", "status": "completed"}, "bad_request"),
        (SPEECH, {"text": "Hello", "speed": 9}, "bad_parameters"),
        (VIDEO, {"portrait_asset_id": "x"}, "bad_request"),
        (VIDEO, {"portrait_asset_id": "x", "audio_asset_id": "y", "script": "z"}, "bad_request"),
        (VIDEO, {"portrait_asset_id": "../../etc/passwd", "script": "z"}, "bad_parameters"),
    ],
    ids=["empty", "no text", "B05 user_id", "B05 status", "speed", "nothing to say", "two things", "T01"],
)
def test_bad_orders_are_refused(ann: httpx.Client, path: str, body: dict[str, Any], code: str) -> None:
    answer = ann.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_the_health_of_speech_names_what_is_missing(ann: httpx.Client) -> None:
    health = ann.get("/api/generate/tts/status").json()
    assert (health["service"], health["status"]) == ("tts", "healthy")
    engines = {engine["name"]: engine for engine in health["engines"]}
    assert engines["fake_speech"]["ready"]
    assert (engines["away"]["ready"], engines["away"]["missing"]) == (False, "It is not installed.")
    assert engines["away"]["remedy"] == "Install it."


def test_a_service_without_a_ready_engine_is_unavailable(ann: httpx.Client) -> None:
    assert ann.get("/api/generate/video/status").json() == {"service": "video", "status": "unavailable", "engines": []}


def test_the_health_of_video_is_that_of_the_avatars(ann: httpx.Client, app: FastAPI) -> None:
    engines = Engines(EngineRegistry.of(FakeAvatarEngine, FakeSpeechEngine))
    app.state.services = replace(app.state.services, engines=engines)
    health = ann.get("/api/generate/video/status").json()
    assert (health["service"], health["status"]) == ("video", "healthy")
    assert [engine["name"] for engine in health["engines"]] == ["fake_avatar"]


@pytest.mark.parametrize("path", [SPEECH, VIDEO])
def test_nobody_generates_without_a_key(as_caller: Callable[[str], httpx.Client], path: str) -> None:
    assert as_caller("").post(path, json={"text": "Hello"}).status_code == 401
    assert as_caller("").get("/api/generate/tts/status").status_code == 401
