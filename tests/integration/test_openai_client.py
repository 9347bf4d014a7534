"""The official client of OpenAI against a real server whose workers speak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import openai
import pytest

from soundstage.media.probe import probe

Start = Callable[..., Any]
Eventually = Callable[[Callable[[], object], str], None]
Format = Literal["mp3", "opus", "aac", "flac", "wav"]

TEXT = "The quick brown fox jumps over the lazy dog."
CODECS: dict[Format, str] = {"mp3": "mp3", "opus": "opus", "aac": "aac", "flac": "flac", "wav": "pcm_s16le"}
PCM_BYTES_A_SECOND = 2 * 24_000


def client_of(server: Any, **options: Any) -> openai.OpenAI:
    """With the key that the server's own client has."""
    key = server.client.headers.get("Authorization", "Bearer none").removeprefix("Bearer ")
    return openai.OpenAI(base_url=f"{server.client.base_url}/v1", api_key=key, **options)


def states(server: Any) -> list[str]:
    return [job["state"] for job in server.client.get("/api/jobs").json()["jobs"]]


def test_speech_arrives_in_each_format(start: Start, tmp_path: Path) -> None:
    server = start()
    with client_of(server) as client:
        for name in CODECS:
            speech = client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT, response_format=name)
            speech.write_to_file(tmp_path / name)
        samples = client.audio.speech.create(model="tts-1-hd", voice="nova", input=TEXT, response_format="pcm").content
    found = {name: probe(tmp_path / name) for name in CODECS}
    assert {name: info.audio.codec for name, info in found.items() if info.audio} == CODECS
    seconds = [info.duration_seconds for info in found.values()]
    assert 2 < min(seconds) <= max(seconds) < 5
    assert max(seconds) - min(seconds) < 0.2
    assert 2 < len(samples) / PCM_BYTES_A_SECOND < 5
    assert states(server) == ["succeeded"] * 6


def test_speech_streams_at_the_speed_and_by_the_engine_asked_for(start: Start, tmp_path: Path) -> None:
    server = start()
    with client_of(server) as client:
        models = [model.id for model in client.models.list()]
        for speed in (4.0, 0.25):
            with client.audio.speech.with_streaming_response.create(
                model="flite", voice="slt", input=TEXT, speed=speed, response_format="wav"
            ) as answer:
                assert answer.headers["content-type"] == "audio/wav"
                answer.stream_to_file(tmp_path / f"{speed}.wav")
        assert client.models.retrieve("flite").id == "flite"
    assert {"tts-1", "tts-1-hd", "gpt-4o-mini-tts", "flite", "espeak"} <= set(models)
    fast, slow = (probe(tmp_path / f"{speed}.wav").duration_seconds for speed in (4.0, 0.25))
    assert slow / fast == pytest.approx(16, rel=0.15)


def test_the_clients_errors_are_those_of_openai(start: Start) -> None:
    server = start()
    with client_of(server, max_retries=0) as client:
        with pytest.raises(openai.BadRequestError, match="alloy") as bad_voice:
            client.audio.speech.create(model="tts-1", voice="alloi", input=TEXT)
        assert (bad_voice.value.code, bad_voice.value.param) == ("unknown_voice", "voice")
        with pytest.raises(openai.NotFoundError) as no_model:
            client.audio.speech.create(model="whisper-1", voice="alloy", input=TEXT)
        assert no_model.value.code == "model_not_found"
        with pytest.raises(openai.BadRequestError, match="4096"):
            client.audio.speech.create(model="tts-1", voice="alloy", input="a" * 4097)
        with pytest.raises(openai.BadRequestError) as silence:
            client.audio.speech.create(model="tts-1", voice="alloy", input="...")
        assert silence.value.code == "nothing_to_say"
    assert states(server) == ["failed"]


def test_a_wrong_key_opens_nothing(start: Start) -> None:
    url = f"{start().client.base_url}/v1"
    with openai.OpenAI(base_url=url, api_key="sk_wrong") as client:
        with pytest.raises(openai.AuthenticationError) as refusal:
            client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT)
        assert refusal.value.code == "invalid_api_key"
        with pytest.raises(openai.AuthenticationError):
            client.models.list()


def test_a_client_that_leaves_ends_its_job(start: Start, eventually: Eventually) -> None:
    server = start(workers="0")
    with client_of(server, max_retries=0, timeout=1.0) as client, pytest.raises(openai.APITimeoutError):
        client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT)
    eventually(lambda: states(server) == ["cancelled"], "the job is cancelled")


def test_a_speech_that_takes_too_long_is_not_ordered_again(start: Start) -> None:
    server = start(workers="0", speech_wait_seconds="0.2")
    with client_of(server) as client, pytest.raises(openai.InternalServerError) as late:
        client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT)
    assert (late.value.status_code, late.value.code) == (504, "timed_out")
    assert states(server) == ["cancelled"]
