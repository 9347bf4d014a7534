"""What is made with, and whether it is ready."""

from __future__ import annotations

import httpx
import pytest

from soundstage.engines.contract import EngineSpec, Quality, Readiness
from soundstage.engines.registry import EngineRegistry
from soundstage.testing.engines import FakeSpeechEngine


def test_each_engine_says_whether_it_is_ready_and_what_it_lacks(
    api: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = EngineSpec("talk", "speech", "Talk", Quality.MODEL, "MIT", languages=("en",))
    draw = EngineSpec("draw", "avatar", "Draw", Quality.DRAFT, "MIT")
    described = [(talk, Readiness(False, "Weights are missing.", "talk --fetch")), (draw, Readiness(True))]
    monkeypatch.setattr(EngineRegistry, "describe", lambda self: described)
    engines = api.get("/api/engines").json()["engines"]
    assert [(engine["kind"], engine["ready"]) for engine in engines] == [("talk", False), ("draw", True)]
    assert engines[0] == {
        "kind": "talk",
        "capability": "speech",
        "title": "Talk",
        "quality": "model",
        "licence": "MIT",
        "queue": "cpu",
        "languages": ["en"],
        "note": "",
        "ready": False,
        "reason": "Weights are missing.",
        "remedy": "talk --fetch",
    }
    avatars = api.get("/api/engines", params={"capability": "avatar"}).json()["engines"]
    assert [engine["kind"] for engine in avatars] == ["draw"]


def test_voices_are_listed_by_engine_and_language(api: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    speaker = FakeSpeechEngine()
    monkeypatch.setattr(EngineRegistry, "ready", lambda self, capability: [speaker])
    voices = api.get("/api/voices").json()["voices"]
    assert {voice["engine"] for voice in voices} == {speaker.spec.kind}
    assert [voice["name"] for voice in voices] == [voice.name for voice in speaker.voices()]
    assert api.get("/api/voices", params={"language": "xx"}).json() == {"voices": []}


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"engine": "nowhere"}, 404, "unknown_engine"),
        ({"engine": "../x"}, 422, "bad_request"),
        ({"language": "e"}, 422, "bad_request"),
    ],
)
def test_an_engine_that_is_not_there_is_told(api: httpx.Client, query: dict[str, str], status: int, code: str) -> None:
    answer = api.get("/api/voices", params=query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
