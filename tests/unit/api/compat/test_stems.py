"""The mixer document's flow: upload, status while it is taken apart, stems, and its two kinds of failure."""

from __future__ import annotations

import struct
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

Act = Callable[..., None]
STEMS = {"vocal.wav": b"la la", "drums.wav": b"boom", "bass.wav": b"doom", "other.wav": b"pling"}


@pytest.fixture
def project_id(ann: httpx.Client, install: Act, recording: bytes) -> str:
    """A recording of Ann's that waits to be taken apart."""
    install("stems")
    return str(upload(ann, recording).json()["project_id"])


def upload(client: httpx.Client, content: bytes, name: str = "arquivo.mp3") -> httpx.Response:
    return client.post("/upload", files={"file": (name, content, "audio/mpeg")})


def test_the_flow_of_the_document(ann: httpx.Client, install: Act, recording: bytes, finish_stage: Act) -> None:
    install("stems")
    answer = upload(ann, recording)
    assert answer.status_code == 202
    project_id = answer.json()["project_id"]
    assert answer.json() == {"project_id": project_id, "status": "processing"}
    assert ann.get(f"/status/{project_id}").json() == {"project_id": project_id, "status": "pending", "progress": 0}
    finish_stage()
    assert ann.get(f"/status/{project_id}").json()["status"] == "pending"
    finish_stage(STEMS)
    ready = ann.get(f"/status/{project_id}").json()
    assert (ready["status"], ready["progress"]) == ("ready", 100)
    assert [stem["name"] for stem in ready["stems"]] == ["vocal", "drums", "bass", "other"]
    fetched = {stem["name"]: ann.get(stem["url"]).content for stem in ready["stems"]}
    assert fetched == {name.removesuffix(".wav"): content for name, content in STEMS.items()}


def test_a_stem_is_given_as_soon_as_it_is_there(ann: httpx.Client, project_id: str, finish_stage: Act) -> None:
    finish_stage({"vocals.wav": b"la la", "notes.txt": b"la"})
    pending = ann.get(f"/status/{project_id}").json()
    assert (pending["status"], pending["progress"]) == ("pending", 80)
    assert [stem["name"] for stem in pending["stems"]] == ["vocal"]


def test_what_is_asked_for_is_the_job_of_the_recording(ann: httpx.Client, project_id: str) -> None:
    job = ann.get(f"/api/jobs/{project_id}").json()
    assert (job["pipeline"], job["description"]) == ("stems", "arquivo.mp3")
    assert job["params"]["audio"].startswith("sha256:")


def test_an_error_inside_is_told(ann: httpx.Client, project_id: str, fail: Act) -> None:
    fail()
    failed = ann.get(f"/status/{project_id}").json()
    assert (failed["status"], failed["error"]) == ("failed", "The pen broke.")


def test_a_cancelled_one_has_failed(ann: httpx.Client, project_id: str) -> None:
    ann.post(f"/api/jobs/{project_id}/cancel")
    failed = ann.get(f"/status/{project_id}/").json()
    assert (failed["status"], failed["error"]) == ("failed", "It was cancelled.")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"hello, I am no music", "text"),
        (b"#EXTM3U\nhttp://127.0.0.1/x", "cannot be used"),
        (b"OggS" + bytes(200), "Ogg"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt " + bytes(20), "wav"),
    ],
    ids=["M10 empty", "text", "M01", "ogg", "M17"],
)
def test_a_bad_file_is_refused_with_the_reason_and_leaves_nothing(
    ann: httpx.Client, install: Act, content: bytes, says: str
) -> None:
    install("stems")
    answer = upload(ann, content)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_recording")
    assert says.lower() in answer.json()["detail"].lower()
    assert ann.get("/api/jobs").json()["jobs"] == []
    assert ann.get("/api/assets").json()["assets"] == []


def test_sound_of_another_kind_is_refused_whatever_its_name_says(ann: httpx.Client, install: Act) -> None:
    install("stems")
    samples = bytes(8_000)
    rate_8000_hz = bytes.fromhex("400bfa00000000000000")
    head = b"COMM" + struct.pack(">lhLh", 18, 1, 4_000, 16) + rate_8000_hz
    sound = b"SSND" + struct.pack(">lLL", len(samples) + 8, 0, 0) + samples
    aiff = b"FORM" + struct.pack(">l", 4 + len(head) + len(sound)) + b"AIFF" + head + sound
    assert ann.post("/api/assets", files={"file": ("a", aiff)}).json()["media_type"] == "audio/aiff"
    answer = upload(ann, aiff, "song.wav")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_recording")
    assert "aiff" in answer.json()["detail"]
    assert len(ann.get("/api/assets").json()["assets"]) == 1


def test_a_picture_is_no_recording(ann: httpx.Client, install: Act, portrait: bytes) -> None:
    install("stems")
    answer = upload(ann, portrait)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_recording")
    assert ann.get("/api/assets").json()["assets"] == []


@pytest.mark.parametrize("files", [{}, {"a": b"x", "b": b"y"}], ids=["none", "two"])
def test_a_form_has_one_file(ann: httpx.Client, install: Act, files: dict[str, bytes]) -> None:
    install("stems")
    answer = ann.post("/upload/", files={**files, "note": (None, "x")})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_form")


def test_a_file_over_the_limit_is_refused(ann: httpx.Client, install: Act) -> None:
    install("stems")
    answer = upload(ann, bytes(100_001))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_without_the_pipeline_nothing_is_taken(ann: httpx.Client, recording: bytes) -> None:
    answer = upload(ann, recording)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_pipeline")
    assert ann.get("/api/assets").json()["assets"] == []


def test_what_is_another_s_or_no_project_is_not_found(ann: httpx.Client, ben: httpx.Client, project_id: str) -> None:
    speech_id = ann.post("/api/generate/text-to-speech", json={"text": "Hello"}).json()["job_id"]
    for client, asked in ((ben, project_id), (ann, speech_id), (ann, f"job_{'0' * 26}"), (ann, "x")):
        answer = client.get(f"/status/{asked}")
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


def test_nobody_uploads_without_a_key(as_caller: Callable[[str], httpx.Client], install: Act, recording: bytes) -> None:
    install("stems")
    assert upload(as_caller(""), recording).status_code == 401


def test_the_status_is_told_live(app: FastAPI, ann: httpx.Client, project_id: str, finish_stage: Act) -> None:
    with TestClient(app, base_url="http://localhost") as client:
        with client.websocket_connect(f"ws://localhost/ws/{project_id}", headers=dict(ann.headers)) as socket:
            assert socket.receive_json() == {"project_id": project_id, "status": "pending", "progress": 0}
            finish_stage({"vocal.wav": b"la la"})
            news = socket.receive_json()
            assert (news["status"], news["progress"], [stem["name"] for stem in news["stems"]]) == (
                "pending",
                80,
                ["vocal"],
            )
            finish_stage(STEMS)
            news = socket.receive_json()
            assert (news["status"], news["progress"], len(news["stems"])) == ("ready", 100, 4)
            with pytest.raises(WebSocketDisconnect) as end:
                socket.receive_json()
        assert end.value.code == 1000
        assert client.get(news["stems"][0]["url"]).content == b"la la"


def test_another_s_project_is_not_told_live(
    app: FastAPI, as_caller: Callable[[str], httpx.Client], project_id: str
) -> None:
    with TestClient(app, base_url="http://localhost") as client:
        socket = client.websocket_connect(f"ws://localhost/ws/{project_id}", headers={"Authorization": "Bearer ben"})
        with pytest.raises(WebSocketDenialResponse) as refusal, socket:
            pass
    assert (refusal.value.status_code, refusal.value.json()["code"]) == (404, "job_not_found")


def test_nobody_is_told_without_a_key(app: FastAPI, ann: httpx.Client, project_id: str) -> None:
    with TestClient(app, base_url="http://localhost") as client:
        with client.websocket_connect(f"ws://localhost/ws/{project_id}") as socket:
            socket.send_json({"type": "auth", "token": ""})
            assert socket.receive_json()["code"] == "not_signed_in"
            with pytest.raises(WebSocketDisconnect) as end:
                socket.receive_json()
        assert end.value.code == 4401
