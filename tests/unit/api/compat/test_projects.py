"""The first document's routes: its own example, its stages, its two spellings of a path, its ways to send files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from soundstage.studio.access import Caller, Plan, Role, Scope
from soundstage.testing.identities import EverybodyIsLocal

Act = Callable[..., None]

PROJECTS = "/api/v1/projects/"
KOKORO = "/api/v1/audio/kokoro/generate"
CHATTERBOX = "/api/v1/audio/chatterbox/tts/generate"


class Narrow(EverybodyIsLocal):
    """Ann, with a key of few scopes."""

    def __init__(self, scopes: frozenset[Scope]) -> None:
        self._scopes = scopes

    def identify(self, token: str | None) -> Caller:
        del token
        return Caller("ann", Role.USER, Plan.PRO, self._scopes, key_id="key_1")


@pytest.fixture
def stored(ann: httpx.Client, portrait: bytes, recording: bytes) -> dict[str, str]:
    """References to a portrait and a recording of Ann's."""
    files = {"portrait": portrait, "audio": recording}
    return {name: ann.post("/api/files", content=content).json()["reference"] for name, content in files.items()}


def shape(stages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(stage["key"], stage["status"]) for stage in stages]


def test_the_example_of_the_document(ann: httpx.Client, stored: dict[str, str], finish_stage: Act) -> None:
    created = ann.post(PROJECTS, json=stored)
    assert created.status_code == 202
    project = created.json()
    assert (project["status"], project["progress"], project["current_stage"]) == ("processing", 0, "SETUP")
    finish_stage()
    project = ann.get(f"{PROJECTS}{project['id']}", headers={"Accept-Language": "id"}).json()
    assert (project["status"], project["progress"], project["current_stage"]) == ("processing", 20, "INFERENCE")
    assert shape(project["pipeline"]["stages"]) == [
        ("SETUP", "completed"),
        ("INFERENCE", "pending"),
        ("POST_PROCESS", "pending"),
        ("UPLOADING", "pending"),
    ]
    first = project["pipeline"]["stages"][0]
    assert set(first) == {"key", "label", "status", "progress", "completed_at"}
    assert (first["label"], first["progress"]) == ("Memeriksa potret dan audio", 100)
    assert first["completed_at"].endswith("Z")
    assert project["pipeline"] == project["metadata"]["pipeline"]


def test_an_old_client_that_reads_only_status_and_progress_sees_it_finish(
    ann: httpx.Client, stored: dict[str, str], finish_stage: Act
) -> None:
    project_id = ann.post(PROJECTS, json=stored).json()["id"]
    seen = []
    for files in ({}, {}, {}, {"video.mp4": b"film"}):
        finish_stage(files)
        project = ann.get(f"{PROJECTS}{project_id}").json()
        seen.append((project["status"], project["progress"]))
    assert seen == [("processing", 20), ("processing", 70), ("processing", 85), ("finished", 100)]
    (result,) = project["results"]
    assert result["name"] == "video.mp4"
    assert ann.get(result["url"]).content == b"film"


def test_a_failure_says_in_which_stage_and_why(
    ann: httpx.Client, stored: dict[str, str], finish_stage: Act, fail: Act
) -> None:
    project_id = ann.post(PROJECTS, json=stored).json()["id"]
    finish_stage()
    fail()
    project = ann.get(f"{PROJECTS}{project_id}").json()
    assert (project["status"], project["current_stage"]) == ("failed", "INFERENCE")
    assert shape(project["pipeline"]["stages"])[:2] == [("SETUP", "completed"), ("INFERENCE", "failed")]
    assert project["error"] == "The pen broke."


def test_files_come_as_parts_of_a_form(ann: httpx.Client, portrait: bytes, recording: bytes) -> None:
    files = {"image": ("me.png", portrait, "image/png"), "audio": ("me.wav", recording, "audio/wav")}
    answer = ann.post(PROJECTS, files=files, data={"name": "Greeting", "fps": "30"})
    assert answer.status_code == 202, answer.text
    job = ann.get(f"/api/jobs/{answer.json()['id']}").json()
    assert answer.json()["name"] == "Greeting"
    assert job["params"]["fps"] == 30
    assert job["params"]["portrait"].startswith("sha256:")


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize(
    ("path", "body"), [(KOKORO, {"text": "Hello"}), (CHATTERBOX, {"text": "Hello", "reference": "audio"})]
)
def test_paths_answer_with_and_without_a_slash(
    ann: httpx.Client, install: Act, stored: dict[str, str], slash: str, path: str, body: dict[str, str]
) -> None:
    install("voice_clone")
    body = {name: stored.get(value, value) for name, value in body.items()}
    assert ann.post(path + slash, json=body).status_code == 202
    assert ann.post(PROJECTS.rstrip("/") + slash, json=stored).status_code == 202
    project = ann.get(PROJECTS.rstrip("/") + slash).json()[0]
    assert ann.get(f"{PROJECTS}{project['id']}{slash}").json()["id"] == project["id"]


@pytest.mark.parametrize(
    ("order", "listing", "keys"),
    [
        (KOKORO, "/api/v1/audio/kokoro/", ["TEXT_PROCESSING", "GENERATION", "UPLOADING"]),
        (CHATTERBOX, "/api/v1/audio/chatterbox/projects", ["ANALYSIS", "SYNTHESIS", "UPLOADING"]),
    ],
)
def test_each_list_holds_its_own_kind_newest_first(
    ann: httpx.Client, install: Act, stored: dict[str, str], order: str, listing: str, keys: list[str]
) -> None:
    install("voice_clone")
    ann.post(PROJECTS, json=stored)
    sample = {"audio": stored["audio"]} if order == CHATTERBOX else {"speed": 1.5}
    placed = [ann.post(order, json={"text": f"Number {n}", "name": f"{n}", **sample}).json()["id"] for n in range(3)]
    for slash in ("", "/"):
        listed = ann.get(listing.rstrip("/") + slash).json()
        assert [project["id"] for project in listed] == placed[::-1]
    assert [stage["key"] for stage in listed[0]["pipeline"]["stages"]] == keys
    page = ann.get(listing, params={"limit": 1, "offset": 1}).json()
    assert [project["id"] for project in page] == [placed[1]]


@pytest.mark.parametrize("as_form", [False, True], ids=["json", "form"])
def test_a_speech_is_ordered_with_the_words_of_the_document(ann: httpx.Client, as_form: bool) -> None:
    fields = {"text": "Halo", "speed": "1.5", "voice": "af_bella"}
    body = {"files": {name: (None, value) for name, value in fields.items()}} if as_form else {"json": fields}
    project = ann.post(KOKORO, **body).json()
    job = ann.get(f"/api/jobs/{project['id']}").json()
    assert (job["pipeline"], job["params"]["rate"], job["params"]["voice"]) == ("text_to_speech", 1.5, "af_bella")


def test_a_pipeline_that_is_not_installed_is_told_before_a_file_is_taken(ann: httpx.Client, recording: bytes) -> None:
    answer = ann.post(CHATTERBOX, data={"text": "Hello"}, files={"audio": recording})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_pipeline")
    assert ann.get("/api/v1/audio/chatterbox/projects").json() == []


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ({}, "portrait"),
        ({"portrait": "/etc/passwd", "audio": "x"}, "portrait"),
        ({"fps": 1000}, "fps"),
        ({"colour": "red"}, "colour"),
        ({"name": 7}, "name"),
        ({"name": "x" * 2001}, "name"),
    ],
)
def test_bad_fields_are_refused_and_named(ann: httpx.Client, body: dict[str, Any], names: str) -> None:
    answer = ann.post(PROJECTS, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_parameters")
    assert names in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"{", b'{"a": 1, "a": 2}'])
def test_a_body_that_is_no_object_is_refused(ann: httpx.Client, body: bytes) -> None:
    answer = ann.post(PROJECTS, content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_json")


def test_a_form_that_is_too_large_is_refused(ann: httpx.Client) -> None:
    answer = ann.post(PROJECTS, files={"audio": bytes(100_001)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    def endless() -> Any:
        yield b'--x\r\nContent-Disposition: form-data; name="audio"; filename="a"\r\n\r\n' + bytes(100_001)

    answer = ann.post(PROJECTS, content=endless(), headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_form_of_very_many_fields_is_refused(ann: httpx.Client) -> None:
    answer = ann.post(PROJECTS, files={f"f{n}": (None, "x") for n in range(51)})
    assert answer.status_code == 400


def test_what_is_another_s_is_not_found_and_not_listed(
    ann: httpx.Client, ben: httpx.Client, stored: dict[str, str]
) -> None:
    project_id = ann.post(PROJECTS, json=stored).json()["id"]
    missing = ben.get(f"{PROJECTS}job_{'0' * 26}")
    foreign = ben.get(f"{PROJECTS}{project_id}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["code"] == missing.json()["code"]
    assert ben.get(PROJECTS).json() == []


@pytest.mark.parametrize("path", [PROJECTS, KOKORO, CHATTERBOX])
def test_nobody_orders_without_a_key(as_caller: Callable[[str], httpx.Client], install: Act, path: str) -> None:
    install("voice_clone")
    assert as_caller("").post(path, json={"text": "Hello"}).status_code == 401


def test_a_file_is_an_asset_of_one_s_own(
    ann: httpx.Client, ben: httpx.Client, portrait: bytes, recording: bytes
) -> None:
    def asset(content: bytes) -> str:
        return f"asset:{ann.post('/api/assets', files={'file': ('a', content)}).json()['id']}"

    body = {"portrait": asset(portrait), "audio": asset(recording)}
    assert ann.post(PROJECTS, json=body).status_code == 202
    refused = ben.post(PROJECTS, json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_parameters")


def test_a_key_that_may_not_store_files_sends_none(
    app: FastAPI, ann: httpx.Client, portrait: bytes, stored: dict[str, str]
) -> None:
    scopes = frozenset({Scope.JOBS_READ, Scope.JOBS_WRITE})
    app.state.services = replace(app.state.services, identities=Narrow(scopes))
    assert ann.post(PROJECTS, json=stored).status_code == 202
    refused = ann.post(PROJECTS, files={"portrait": portrait}, data={"audio": stored["audio"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
