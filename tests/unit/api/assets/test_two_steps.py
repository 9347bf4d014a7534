"""Uploads in two steps: a place is given, the bytes go there, and their arrival is confirmed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio

Plan = Callable[..., dict[str, Any]]


@pytest.fixture
def plan(api: httpx.Client, png: bytes) -> Plan:
    """Asks for a place for the small picture; fields are those of the wish."""

    def ask(**fields: Any) -> dict[str, Any]:
        wish = {"kind": "image", "name": "dot.png", "size_bytes": len(png), **fields}
        answer = api.post("/api/assets/uploads", json=wish)
        assert answer.status_code == 201, answer.text
        planned: dict[str, Any] = answer.json()
        return planned

    return ask


def put(api: httpx.Client, planned: dict[str, Any], content: bytes) -> httpx.Response:
    place = planned["upload"]
    return api.request(place["method"], place["url"], content=content, headers={"Authorization": ""})


def confirm(api: httpx.Client, planned: dict[str, Any]) -> httpx.Response:
    return api.post(f"/api/assets/{planned['asset']['id']}/confirm")


def test_bytes_that_were_put_are_confirmed_and_ready(api: httpx.Client, plan: Plan, png: bytes) -> None:
    planned = plan(sha256=hashlib.sha256(png).hexdigest(), tags=["a"])
    assert planned["asset"]["state"] == "pending"
    assert put(api, planned, png).status_code == 204
    asset = confirm(api, planned).json()
    assert (asset["state"], asset["kind"], asset["tags"]) == ("ready", "image", ["a"])
    assert confirm(api, planned).json() == asset


def test_many_confirmations_at_once_are_one(api: httpx.Client, plan: Plan, png: bytes, studio: Studio) -> None:
    planned = plan()
    put(api, planned, png)
    confirm_one = studio.assets.uploads.confirm
    with ThreadPoolExecutor(8) as threads:
        states = [
            ended.result().state
            for ended in [threads.submit(confirm_one, planned["asset"]["id"], None) for _ in range(8)]
        ]
    assert set(states) == {"ready"}


def test_what_was_not_sent_cannot_be_confirmed(api: httpx.Client, plan: Plan, png: bytes) -> None:
    planned = plan()
    answer = confirm(api, planned)
    assert (answer.status_code, answer.json()["code"]) == (409, "upload_unfinished")
    put(api, planned, png)
    assert confirm(api, planned).json()["state"] == "ready"


def test_other_bytes_than_announced_are_refused_and_can_be_sent_again(
    api: httpx.Client, plan: Plan, png: bytes
) -> None:
    planned = plan(sha256=hashlib.sha256(png).hexdigest())
    assert put(api, planned, png[:-1]).json()["code"] == "wrong_bytes"
    assert put(api, planned, png + b"x").json()["code"] == "too_large"
    put(api, planned, bytes(len(png)))
    assert confirm(api, planned).json()["code"] == "wrong_bytes"
    assert confirm(api, planned).json()["code"] == "upload_unfinished"
    put(api, planned, png)
    assert confirm(api, planned).json()["state"] == "ready"


def test_a_file_that_fails_its_check_stays_failed_with_its_reason(api: httpx.Client, plan: Plan, png: bytes) -> None:
    planned = plan(size_bytes=len(png))
    put(api, planned, b"MZ" + bytes(len(png) - 2))
    first, second = confirm(api, planned), confirm(api, planned)
    assert (first.status_code, first.json()["code"]) == (422, "bad_media")
    assert (second.status_code, second.json()["detail"]) == (422, first.json()["detail"])
    asset = api.get(f"/api/assets/{planned['asset']['id']}").json()
    assert (asset["state"], asset["error"]["code"], asset["sha256"]) == ("failed", "bad_media", None)
    assert api.get("/api/assets/usage").json()["used_bytes"] == 0


@pytest.mark.parametrize("change", ["signature", "expires", "id", "method"])
def test_a_place_is_for_one_upload_alone(api: httpx.Client, plan: Plan, png: bytes, change: str) -> None:
    planned, other = plan(), plan()
    url: str = planned["upload"]["url"]
    altered = {
        "signature": url[:-1] + ("0" if url[-1] != "0" else "1"),
        "expires": url.replace("expires=", "expires=9"),
        "id": url.replace(planned["asset"]["id"], other["asset"]["id"]),
        "method": url,
    }[change]
    answer = api.request("POST" if change == "method" else "PUT", altered, content=png)
    assert answer.status_code in ((405,) if change == "method" else (403,))
    assert confirm(api, other).status_code == 409


def test_what_did_not_come_in_time_fails_and_frees_its_place(
    api: httpx.Client, plan: Plan, png: bytes, studio: Studio
) -> None:
    planned = plan()
    put(api, planned, png)
    assert api.get("/api/assets/usage").json()["used_bytes"] == len(png)
    _let_expire(studio)
    studio.assets.sweeping.sweep()
    asset = api.get(f"/api/assets/{planned['asset']['id']}").json()
    assert (asset["state"], asset["error"]["code"]) == ("failed", "upload_expired")
    assert api.get("/api/assets/usage").json()["used_bytes"] == 0
    assert not [path for path in studio.home.blobs.rglob("*") if path.is_file()]
    answer = confirm(api, planned)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_input")


def test_the_storage_of_a_plan_holds_no_more(api: httpx.Client, sign_in: Callable[..., dict[str, str]]) -> None:
    ben = sign_in("ben")
    gigabyte = 10**9
    too_large = api.post("/api/assets/uploads", json={"name": "x", "size_bytes": gigabyte}, headers=ben)
    assert (too_large.status_code, too_large.json()["code"]) == (413, "too_large")
    statuses = [
        api.post("/api/assets/uploads", json={"name": "x", "size_bytes": gigabyte // 5}, headers=ben).status_code
        for _ in range(11)
    ]
    assert statuses == [201] * 10 + [429]


@pytest.mark.parametrize("wish", [{"size_bytes": 0}, {"size_bytes": -1}, {"size_bytes": 2**63}, {"sha256": "x"}])
def test_a_wish_that_cannot_be_is_refused(api: httpx.Client, wish: dict[str, Any]) -> None:
    assert api.post("/api/assets/uploads", json={"name": "x", "size_bytes": 1, **wish}).status_code == 422


def _let_expire(studio: Studio) -> None:
    """Dates back all uploads."""
    path = studio.settings.resolved_database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE uploads SET expires_at = expires_at - 100000")
    database.close()
