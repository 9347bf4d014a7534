"""Adding, listing, changing and removing files of the library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.store.claims import Claim
from soundstage.store.parts import Completion, StoredFile

Add = Callable[..., dict[str, Any]]
MISSING = "asset_" + "0" * 26


def names(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [asset["name"] for asset in answer.json()["assets"]]


def test_a_file_in_a_form_becomes_an_asset(api: httpx.Client, png: bytes) -> None:
    form = {"kind": "image", "name": "The dot", "tags": "small, black"}
    answer = api.post("/api/assets", files={"file": ("dot.png", png, "text/html")}, data=form)
    assert answer.status_code == 201
    asset = answer.json()
    expected = {
        "kind": "image",
        "name": "The dot",
        "state": "ready",
        "size_bytes": len(png),
        "media_type": "image/png",
        "sha256": hashlib.sha256(png).hexdigest(),
        "tags": ["black", "small"],
        "facts": {"container": "png", "width": 1, "height": 1, "video_codec": "png"},
        "error": None,
        "previews": [],
    }
    assert {name: asset[name] for name in expected} == expected
    assert api.get(f"/api/assets/{asset['id']}").json() == asset


@pytest.mark.parametrize(
    ("content", "kind", "facts"),
    [
        ("png", "image", {"width": 1}),
        ("wav", "audio", {"duration_seconds": 0.1, "rate_hz": 8_000, "channels": 1}),
        ("zipped", "dataset_zip", {"entries": 2}),
    ],
)
def test_without_a_kind_the_content_decides(
    add: Add, request: pytest.FixtureRequest, content: str, kind: str, facts: dict[str, Any]
) -> None:
    asset = add(request.getfixturevalue(content), "whatever.exe")
    assert (asset["kind"], asset["state"]) == (kind, "ready")
    assert facts.items() <= asset["facts"].items()


def test_a_text_is_a_script(add: Add) -> None:
    asset = add("Grüße an alle".encode(), kind="script")
    assert asset["facts"] == {"characters": 13, "words": 3}


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        ("png", "audio", "bad_media"),
        ("wav", "portrait", "bad_media"),
        ("png", "dataset_zip", "bad_media"),
        ("zipped", "video", "bad_media"),
        ("png", "portrait", "bad_picture"),
    ],
)
def test_a_file_that_does_not_fit_its_kind_is_refused_and_leaves_nothing(
    api: httpx.Client, request: pytest.FixtureRequest, content: str, kind: str, code: str
) -> None:
    file = request.getfixturevalue(content)
    answer = api.post("/api/assets", files={"file": ("one", file)}, data={"kind": kind})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert names(api.get("/api/assets")) == []
    assert api.get("/api/assets/usage").json()["used_bytes"] == 0


def test_a_kind_that_does_not_exist_is_refused(api: httpx.Client, png: bytes) -> None:
    answer = api.post("/api/assets", files={"file": ("one.png", png)}, data={"kind": "spreadsheet"})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_input")
    assert names(api.get("/api/assets")) == []


def test_the_list_is_filtered_by_kind_state_tag_and_text(api: httpx.Client, add: Add, png: bytes, wav: bytes) -> None:
    add(png, "Ärger.png", tags="red")
    add(wav, "song 50%.wav", tags="red,loud")
    add(png, "other.png")
    assert names(api.get("/api/assets", params={"kind": ["image"], "sort": "name"})) == ["other.png", "Ärger.png"]
    assert names(api.get("/api/assets", params={"kind": ["image", "audio"], "tag": ["red", "loud"]})) == [
        "song 50%.wav"
    ]
    assert names(api.get("/api/assets", params={"text": "äRG"})) == ["Ärger.png"]
    assert names(api.get("/api/assets", params={"text": "50%"})) == ["song 50%.wav"]
    assert names(api.get("/api/assets", params={"text": "_"})) == []
    assert names(api.get("/api/assets", params={"state": "failed"})) == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("created", ["b", "C", "a", "d"]),
        ("-created", ["d", "a", "C", "b"]),
        ("name", ["a", "b", "C", "d"]),
        ("-name", ["d", "C", "b", "a"]),
        ("size", ["a", "C", "b", "d"]),
        ("-size", ["d", "b", "C", "a"]),
    ],
)
def test_pages_go_on_where_the_one_before_ended(api: httpx.Client, add: Add, sort: str, order: list[str]) -> None:
    for name, size in (("b", 30), ("C", 20), ("a", 20), ("d", 40)):
        add(b"x" * size, name)
    if sort in ("size", "-size"):  # of equal size, by time
        order = ["C", "a", "b", "d"] if sort == "size" else ["d", "b", "a", "C"]
    seen: list[str] = []
    cursor = None
    while True:
        page = api.get("/api/assets", params={"sort": sort, "limit": 1, **({"cursor": cursor} if cursor else {})})
        seen += names(page)
        cursor = page.json()["next"]
        if cursor is None:
            break
    assert seen == order


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "a" * 2_001, "WyJzaXplIiwieCIsImEiXQ"])
def test_a_cursor_of_another_list_is_refused(api: httpx.Client, cursor: str) -> None:
    assert api.get("/api/assets", params={"cursor": cursor, "sort": "size"}).status_code == 422


def test_name_and_tags_can_be_changed(api: httpx.Client, add: Add) -> None:
    path = f"/api/assets/{add(tags='old')['id']}"
    assert api.patch(path, json={"name": "New"}).json()["tags"] == ["old"]
    changed = api.patch(path, json={"tags": ["fresh", "fresh "]}).json()
    assert (changed["name"], changed["tags"]) == ("New", ["fresh"])
    assert api.patch(path, json={"owner": "ben"}).status_code == 422
    assert api.patch(path, json={"tags": [str(n) for n in range(21)]}).status_code == 422


def test_a_removed_asset_is_gone_with_its_place_in_the_storage(api: httpx.Client, add: Add) -> None:
    asset_id = add()["id"]
    assert api.get("/api/assets/usage").json()["used_bytes"] > 0
    assert api.delete(f"/api/assets/{asset_id}").status_code == 204
    assert api.get(f"/api/assets/{asset_id}").status_code == 404
    assert api.get("/api/assets/usage").json()["used_bytes"] == 0


@pytest.fixture
def used(api: httpx.Client, add: Add) -> tuple[str, str]:
    """An asset, and a job that needs it."""
    asset_id = add()["id"]
    order = {"pipeline": "letter", "params": {"text": "Hello", "portrait": f"asset:{asset_id}"}}
    return asset_id, api.post("/api/jobs", json=order).json()["id"]


def test_what_an_unfinished_job_needs_is_not_removed(api: httpx.Client, used: tuple[str, str]) -> None:
    asset_id, job_id = used
    answer = api.delete(f"/api/assets/{asset_id}")
    assert (answer.status_code, answer.json()["code"]) == (409, "asset_in_use")
    assert job_id in answer.json()["detail"]
    assert [use["id"] for use in api.get(f"/api/assets/{asset_id}/jobs").json()] == [job_id]


def test_by_force_it_is_hidden_and_its_bytes_stay_until_the_job_has_ended(
    api: httpx.Client, studio: Studio, used: tuple[str, str]
) -> None:
    asset_id, job_id = used
    sha256 = api.get(f"/api/assets/{asset_id}").json()["sha256"]
    assert api.delete(f"/api/assets/{asset_id}", params={"force": True}).status_code == 204
    assert api.get(f"/api/assets/{asset_id}").status_code == 404
    assert names(api.get("/api/assets")) == []
    studio.assets.sweeping.sweep()
    assert api.get("/api/assets/usage").json()["used_bytes"] > 0
    assert studio.parts.store.retention.is_referenced(sha256)
    api.post(f"/api/jobs/{job_id}/cancel")
    studio.assets.sweeping.sweep()
    assert api.get("/api/assets/usage").json()["used_bytes"] == 0


def test_an_asset_is_a_parameter_as_the_hash_of_its_bytes(api: httpx.Client, add: Add) -> None:
    asset = add()
    order = {"pipeline": "letter", "params": {"text": "Hello", "portrait": f"asset:{asset['id']}"}}
    job = api.post("/api/jobs", json=order).json()
    assert job["params"]["portrait"] == f"sha256:{asset['sha256']}"


def test_an_asset_of_another_content_is_no_parameter(api: httpx.Client, add: Add, wav: bytes) -> None:
    order = {"pipeline": "letter", "params": {"text": "Hello", "portrait": f"asset:{add(wav)['id']}"}}
    answer = api.post("/api/jobs", json=order)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_parameters")
    assert "audio" in answer.json()["detail"]


def test_nobody_reaches_the_assets_of_another(
    api: httpx.Client, add: Add, sign_in: Callable[..., dict[str, str]], studio: Studio
) -> None:
    asset = add()
    ben = sign_in("ben")
    path = f"/api/assets/{asset['id']}"
    calls = [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/jobs"), ("POST", "/link"), ("POST", "/confirm")]
    calls += [("GET", "/thumbnail"), ("GET", "/peaks")]
    for method, rest in calls:
        body: dict[str, Any] = {"json": {}} if method in ("PATCH", "POST") else {}
        answer = api.request(method, path + rest, headers=ben, **body)
        missing = api.request(method, f"/api/assets/{MISSING}{rest}", headers=ben, **body)
        assert (answer.status_code, missing.status_code) == (404, 404), (method, rest)
        assert answer.json()["detail"].replace(asset["id"], MISSING) == missing.json()["detail"]
    assert names(api.get("/api/assets", headers=ben)) == []


@pytest.mark.parametrize("by", ["id", "hash"])
def test_nobody_orders_a_job_over_the_file_of_another(
    api: httpx.Client, add: Add, sign_in: Callable[..., dict[str, str]], png: bytes, by: str
) -> None:
    asset = add()
    reference = f"asset:{asset['id']}" if by == "id" else f"sha256:{asset['sha256']}"
    missing = f"asset:{MISSING}" if by == "id" else "sha256:" + "0" * 64
    ben = sign_in("ben")
    answers = [
        api.post("/api/jobs", json={"pipeline": "letter", "params": {"text": "x", "portrait": named}}, headers=ben)
        for named in (reference, missing)
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    told = answers[0].json()["detail"].replace(asset["id"], MISSING).replace(asset["sha256"][:12], "0" * 12)
    assert told == answers[1].json()["detail"]
    api.post("/api/files", content=png, headers=ben)
    own = {"pipeline": "letter", "params": {"text": "x", "portrait": f"sha256:{asset['sha256']}"}}
    assert api.post("/api/jobs", json=own, headers=ben).status_code == 202


def test_what_a_job_left_can_be_the_parameter_of_the_next(
    api: httpx.Client, order: Callable[..., dict[str, Any]], claim: Callable[[], Claim], studio: Studio, png: bytes
) -> None:
    order()
    blob = studio.parts.blobs.put([png])
    left = StoredFile("drawing.png", blob.sha256, blob.size_bytes, "image/png")
    studio.parts.store.parts.complete(claim(), Completion(files=[left]), None, 1.0)
    params = {"text": "x", "portrait": f"sha256:{blob.sha256}"}
    assert api.post("/api/jobs", json={"pipeline": "letter", "params": params}).status_code == 202


def test_equal_files_sent_the_simplest_way_are_one_asset(api: httpx.Client, png: bytes) -> None:
    api.post("/api/files", content=png)
    api.post("/api/files", content=png)
    assert len(names(api.get("/api/assets"))) == 1
    assert api.get("/api/assets/usage").json()["used_bytes"] == len(png)


def test_a_user_who_is_erased_leaves_nothing_in_the_library(api: httpx.Client, add: Add, studio: Studio) -> None:
    asset = add()
    planned = api.post("/api/assets/uploads", json={"name": "x", "size_bytes": 5}).json()
    api.put(planned["upload"]["url"], content=b"12345")
    owner = studio.assets.library.get(asset["id"], None).owner
    for erase in studio.erase_user:
        erase(owner)
    assert api.get(f"/api/assets/{asset['id']}").status_code == 404
    assert names(api.get("/api/assets")) == []
    assert api.get("/api/assets/usage").json()["used_bytes"] == 0
    assert not list(studio.home.blobs.glob("uploads/*"))
