"""OpenAI's speech route: what is ordered, what is answered, and what ends the wait."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from soundstage.bootstrap.studio import Studio
from soundstage.core.errors import NotSignedIn
from soundstage.core.job import ErrorView, JobView
from soundstage.runtime.live import EventHub
from soundstage.store.views import JobFilter
from soundstage.studio.engines import Engines
from soundstage.testing.identities import EverybodyIsLocal

WISH = {"model": "tts-1", "input": "Good morning.", "voice": "alloy"}
Act = Callable[..., None]


class Nobody(EverybodyIsLocal):
    """Knows no key."""

    def identify(self, token: str | None) -> Any:
        raise NotSignedIn(f"{len(token or '')} characters say nothing.")


def the_job(studio: Studio) -> JobView:
    (job,) = studio.jobs.list_jobs(JobFilter())
    return job


def refusal(answer: httpx.Response) -> tuple[int, str, str | None, str]:
    """Status, code, parameter and type of an error in OpenAI's shape."""
    error = answer.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["message"]
    return answer.status_code, error["code"], error["param"], error["type"]


@pytest.mark.parametrize(
    ("audio_format", "media_type"),
    [
        (None, "audio/mpeg"),
        ("mp3", "audio/mpeg"),
        ("opus", "audio/opus"),
        ("aac", "audio/aac"),
        ("flac", "audio/flac"),
        ("wav", "audio/wav"),
        ("pcm", "audio/pcm"),
    ],
)
def test_the_answer_is_the_finished_audio(
    api: httpx.Client, studio: Studio, speak_at_once: Act, audio_format: str | None, media_type: str
) -> None:
    speak_at_once(b"0123456789")
    chosen = {} if audio_format is None else {"response_format": audio_format}
    answer = api.post("/v1/audio/speech", json={**WISH, **chosen})
    assert (answer.status_code, answer.content) == (200, b"0123456789")
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-soundstage-job"] == the_job(studio).id


def test_a_wish_becomes_an_urgent_visible_job_of_the_caller(
    api: httpx.Client, studio: Studio, speak_at_once: Act
) -> None:
    speak_at_once()
    wish = {**WISH, "model": "choir", "voice": {"id": "ann"}, "speed": 0.25, "instructions": "Be calm."}
    assert api.post("/v1/audio/speech", json=wish).status_code == 200
    job = the_job(studio)
    assert (job.pipeline, job.priority, job.owner) == ("text_to_speech", "high", "local")
    assert job.params == {"text": "Good morning.", "voice": "ann", "engine": "choir", "rate": 0.25, "format": "mp3"}
    assert job.metadata == {"openai": {"model": "choir", "voice": "ann"}}


@pytest.mark.parametrize(
    ("wrong", "status", "code", "param"),
    [
        ({"input": ""}, 400, "bad_request", "input"),
        ({"input": "a" * 4097}, 400, "bad_request", "input"),
        ({"speed": 0.24}, 400, "bad_request", "speed"),
        ({"speed": 4.01}, 400, "bad_request", "speed"),
        ({"response_format": "exe"}, 400, "bad_request", "response_format"),
        ({"stream_format": "sse"}, 400, "bad_request", "stream_format"),
        ({"voice": "nobody"}, 400, "unknown_voice", "voice"),
        ({"voice": {"id": "x" * 101}}, 400, "bad_request", "voice"),
        ({"temperature": 1}, 400, "bad_request", "temperature"),
        ({"model": "gpt-5"}, 404, "model_not_found", "model"),
    ],
)
def test_what_openai_would_refuse_is_refused_before_there_is_a_job(
    api: httpx.Client, studio: Studio, wrong: dict[str, Any], status: int, code: str, param: str
) -> None:
    answer = api.post("/v1/audio/speech", json={**WISH, **wrong})
    assert refusal(answer) == (status, code, param, "invalid_request_error")
    assert studio.jobs.list_jobs(JobFilter()) == []


def test_the_longest_input_is_taken(api: httpx.Client, speak_at_once: Act) -> None:
    speak_at_once()
    assert api.post("/v1/audio/speech", json={**WISH, "input": "a" * 4096}).status_code == 200


def test_an_engine_that_is_away_is_told(api: httpx.Client) -> None:
    answer = api.post("/v1/audio/speech", json={**WISH, "model": "away"})
    assert refusal(answer) == (503, "engine_not_ready", None, "server_error")
    assert "Install it." in answer.json()["error"]["message"]


def test_a_wrong_key_is_told_in_the_words_of_openai(api: httpx.Client, change_services: Act) -> None:
    change_services(identities=Nobody())
    for answer in (api.post("/v1/audio/speech", json=WISH), api.get("/v1/models")):
        assert refusal(answer) == (401, "invalid_api_key", None, "invalid_request_error")
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/v1/audio/speech", b"{", 400, "bad_json"),
        ("/v1/audio/speech", b'{"model": 1, "model": 2}', 400, "bad_json"),
        ("/v1/chat/completions", b"{}", 404, "not_found"),
    ],
)
def test_what_the_doors_refuse_is_told_in_the_same_shape(
    api: httpx.Client, path: str, body: bytes, status: int, code: str
) -> None:
    answer = api.post(path, content=body, headers={"Content-Type": "application/json"})
    assert refusal(answer)[:2] == (status, code)


class Broken(Engines):
    def __init__(self) -> None:
        pass

    def describe(self, capability: str | None = None) -> Any:
        raise ZeroDivisionError("secret")


def test_what_nobody_foresaw_has_the_same_shape_and_tells_nothing(api: httpx.Client, change_services: Act) -> None:
    change_services(engines=Broken())
    answer = api.post("/v1/audio/speech", json=WISH)
    assert refusal(answer) == (500, "internal", None, "server_error")
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("code", "status"),
    [("engine_failed", 500), ("nothing_to_say", 400), ("unknown_voice", 400), ("engine_not_ready", 503)],
)
def test_a_failed_job_is_an_error_that_clients_do_not_repeat(
    api: httpx.Client, speak_at_once: Act, code: str, status: int
) -> None:
    speak_at_once(error=ErrorView(code, "The voice broke.", "Drink tea."))
    answer = api.post("/v1/audio/speech", json=WISH)
    assert refusal(answer)[:2] == (status, code)
    assert answer.json()["error"]["message"] == "The voice broke. Drink tea."
    assert answer.headers["x-should-retry"] == "false"


def test_a_job_that_somebody_cancels_is_an_error(api: httpx.Client, studio: Studio) -> None:
    studio.announce = lambda job_id: studio.parts.store.control.cancel(job_id)
    answer = api.post("/v1/audio/speech", json=WISH)
    assert refusal(answer)[:2] == (409, "job_cancelled")


def test_a_speech_that_takes_too_long_is_cancelled(api: httpx.Client, studio: Studio, change_services: Act) -> None:
    change_services(settings={"speech_wait_seconds": 0.05})
    answer = api.post("/v1/audio/speech", json=WISH)
    assert refusal(answer) == (504, "timed_out", None, "server_error")
    assert answer.headers["x-should-retry"] == "false"
    assert the_job(studio).state == "cancelled"


def test_a_server_that_stops_ends_the_wait(api: httpx.Client, studio: Studio, hub: EventHub) -> None:
    studio.announce = lambda job_id: hub.close()
    answer = api.post("/v1/audio/speech", json=WISH)
    assert refusal(answer)[:2] == (503, "shutdown")
    assert the_job(studio).state == "cancelled"


def test_a_caller_who_leaves_ends_the_job(app: FastAPI, studio: Studio, api: httpx.Client) -> None:
    async def call_and_leave() -> None:
        loop, ordered = asyncio.get_running_loop(), asyncio.Event()

        def announce(_job_id: str) -> None:
            loop.call_soon_threadsafe(ordered.set)

        studio.announce = announce
        body = json.dumps(WISH).encode()
        messages = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if messages:
                return messages.pop()
            await ordered.wait()
            return {"type": "http.disconnect"}

        async def send(_message: Any) -> None:
            pass

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
        headers.append((b"authorization", api.headers["authorization"].encode()))
        scope = {"type": "http", "method": "POST", "path": "/v1/audio/speech", "headers": headers, "query_string": b""}
        await asyncio.wait_for(app(scope, receive, send), 10)

    asyncio.run(call_and_leave())
    assert the_job(studio).state == "cancelled"
