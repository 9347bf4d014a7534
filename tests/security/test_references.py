"""Things that are named beside the path: in bodies, and below a thing of one's own (A1, T11)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

World = Any
NO_ASSET, NO_JOB = "asset_" + "0" * 26, "job_" + "0" * 26
Naming = Callable[[str], Mapping[str, Any]]


def order(asset_id: str) -> dict[str, Any]:
    return {"pipeline": "letter", "params": {"portrait": f"asset:{asset_id}"}}


ORDERS: dict[str, tuple[str, Naming]] = {
    "a job": ("/api/jobs", lambda asset_id: {"json": order(asset_id)}),
    "a line of a batch": (
        "/api/jobs/batch?atomic=true",
        lambda asset_id: {
            "content": json.dumps(order(asset_id)).encode() + b"\n",
            "headers": {"Content-Type": "application/x-ndjson"},
        },
    ),
    "a project": (
        "/api/v1/projects/",
        lambda asset_id: {"json": {"portrait": f"asset:{asset_id}", "audio": f"asset:{asset_id}"}},
    ),
    "a clone": (
        "/api/v1/audio/chatterbox/tts/generate",
        lambda asset_id: {"json": {"text": "Hello", "reference": f"asset:{asset_id}"}},
    ),
    "speech in a voice": (
        "/api/generate/text-to-speech",
        lambda asset_id: {"json": {"text": "Hello", "voice_asset_id": asset_id}},
    ),
    "a video": (
        "/api/generate/video",
        lambda asset_id: {"json": {"portrait_asset_id": asset_id, "script": "Hello"}},
    ),
}


def told(answer: Any, given: str) -> tuple[int, Any]:
    problem = json.loads(answer.text.replace(given, "?"))
    problem.pop("request_id", None)
    return answer.status_code, problem


@pytest.mark.parametrize(("path", "naming"), ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("as_administrator", [False, True], ids=["a user", "an administrator"])
def test_an_order_that_names_the_asset_of_another_is_refused_like_one_that_names_none(
    world: World, path: str, naming: Naming, as_administrator: bool
) -> None:
    cast = world.cast()
    orderer = cast.administrator if as_administrator else cast.other
    foreign = world.make("asset", cast.owner)["asset_id"]
    before = world.rows()
    answers = []
    for asset_id in (foreign, NO_ASSET):
        options = dict(naming(asset_id))
        headers = {**options.pop("headers", {}), **orderer.headers}
        answers.append(told(world.client.post(path, headers=headers, **options), asset_id))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert world.rows() == before


def test_the_hash_of_what_another_stored_opens_nothing(world: World) -> None:
    cast = world.cast()
    film = world.make("film", cast.owner)
    before = world.rows()
    params = {"portrait": f"sha256:{film['sha256']}"}
    answer = world.client.post("/api/jobs", json={"pipeline": "letter", "params": params}, headers=cast.other.headers)
    assert answer.status_code == 422
    assert world.rows() == before


@pytest.mark.parametrize("action", ["cancel", "pause", "resume", "retry", "delete"])
def test_an_action_on_many_jobs_leaves_those_of_others_alone(world: World, action: str) -> None:
    cast = world.cast()
    foreign = world.make("job", cast.owner)["job_id"]
    before = world.rows()
    body = {"action": action, "ids": [foreign, NO_JOB]}
    result = world.client.post("/api/jobs/bulk", json=body, headers=cast.other.headers).json()
    problems = [entry["problem"] | {"detail": ""} for entry in result["results"]]
    assert (result["done"], problems[0]["status"]) == (0, 404)
    assert problems[0] == problems[1]
    assert world.rows() == before


@pytest.mark.parametrize("field", [{"owner": "local"}, {"owner": None}, {"user_id": "local"}], ids="B05-{}".format)
def test_a_filter_reaches_no_jobs_of_others(world: World, field: Mapping[str, Any]) -> None:
    cast = world.cast()
    world.make("job", cast.owner)
    before = world.rows()
    body = {"action": "cancel", "filter": {"state": ["queued"], **field}}
    answer = world.client.post("/api/jobs/bulk", json=body, headers=cast.other.headers)
    assert answer.status_code in (403, 422) or answer.json()["results"] == []
    assert world.rows() == before


@pytest.mark.parametrize("end", ["", "/redeliver"], ids=["look", "send again"])
def test_the_delivery_of_another_is_not_found_below_a_webhook_of_ones_own(world: World, end: str) -> None:
    cast = world.cast()
    foreign, own = world.make("delivery", cast.owner), world.make("webhook", cast.other)
    before = world.rows()
    answers = []
    for delivery_id in (foreign["delivery_id"], "msg_" + "0" * 26):
        path = f"/api/webhooks/{own['webhook_id']}/deliveries/{delivery_id}{end}"
        answers.append(
            told(
                world.client.request("POST" if end else "GET", path, headers=cast.other.headers),
                delivery_id,
            )
        )
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert world.rows() == before


def test_lists_show_the_callers_own_and_nothing_else(world: World) -> None:
    cast = world.cast()
    for what in ("job", "asset", "webhook", "key"):
        world.make(what, cast.owner)
    lists = {
        "/api/jobs": "jobs",
        "/api/assets": "assets",
        "/api/webhooks": "webhooks",
        "/api/auth/keys": "keys",
    }
    for path, name in lists.items():
        shown = [
            len(world.client.get(path, headers=person.headers).json()[name])
            for person in (cast.owner, cast.other, cast.administrator)
        ]
        assert shown == [1, 0, 0], path
