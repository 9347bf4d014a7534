"""Programs elsewhere that do the work of a stage: by a token of that job, while the stage waits for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from soundstage import Done, Outcome, Pipeline, Stage, StageContext, StageKind, Wait
from soundstage.bootstrap.studio import Studio
from soundstage.core.events import Tick
from soundstage.runtime.live import EventHub
from soundstage.store.claims import Claim
from soundstage.store.parts import Completion

Claiming = Callable[[], Claim]
Begin = Callable[[], str]
SignIn = Callable[..., dict[str, str]]


class Film(BaseModel):
    title: str = "x"


def run(_ctx: StageContext[Film]) -> Outcome:
    return Done()


FILM = Pipeline(
    kind="film",
    params=Film,
    stages=[
        Stage("RENDER", run, weight=60, kind=StageKind.EXTERNAL),
        Stage("SHOTS", run, weight=30, kind=StageKind.EXTERNAL, each=lambda ctx: []),
        Stage("REVIEW", run, weight=10, kind=StageKind.MANUAL),
    ],
)


@pytest.fixture
def begin(api: httpx.Client, studio: Studio, claim: Claiming) -> Begin:
    """Orders a film whose first stage waits for work outside. Gives the path of the job."""
    studio.parts.pipelines.add(FILM)

    def order() -> str:
        job_id = api.post("/api/jobs", json={"pipeline": "film"}).json()["id"]
        studio.parts.store.parts.suspend(claim(), Wait("Render it", actions=["done", "give_up"]), None)
        return f"/api/jobs/{job_id}"

    return order


@pytest.fixture
def ticks(hub: EventHub, monkeypatch: pytest.MonkeyPatch) -> list[Tick]:
    """What is told live."""
    heard: list[Tick] = []
    monkeypatch.setattr(hub, "tick", heard.append)
    return heard


def token_of(api: httpx.Client, path: str) -> dict[str, str]:
    answer = api.post(f"{path}/executor-token")
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def test_a_token_names_the_stages_that_wait_and_its_end(api: httpx.Client, begin: Begin) -> None:
    answer = api.post(f"{begin()}/executor-token", json={"seconds": 120}).json()
    assert answer["stages"] == ["RENDER"]
    assert answer["expires_at"].endswith("Z")


def test_a_report_is_shown_kept_and_told_live(ticks: list[Tick], api: httpx.Client, begin: Begin) -> None:
    path = begin()
    executor = token_of(api, path)
    told = api.post(
        f"{path}/progress", json={"stage": "RENDER", "percent": 40, "message": "Frame 40"}, headers=executor
    )
    assert (told.status_code, told.json()["percent"], told.json()["message"]) == (200, 40, "Frame 40")
    job = api.get(path).json()
    assert (job["progress"], job["stages"][0]["progress"], job["state"]) == (24, 40, "waiting")
    assert job["stages"][0]["parts"][0]["message"] == "Frame 40"
    assert [(tick.fraction, tick.message) for tick in ticks] == [(0.4, "Frame 40")]


def test_reports_never_go_back(api: httpx.Client, begin: Begin) -> None:
    path = begin()
    executor = token_of(api, path)
    shown = []
    for percent in (30, 70, 50, 70.5, 0, 100):
        api.post(f"{path}/progress", json={"stage": "RENDER", "percent": percent}, headers=executor)
        shown.append(api.get(path).json()["progress"])
    assert shown == [18, 42, 42, 42, 42, 60]


def test_the_result_lets_the_stage_go_on_and_ends_the_reports(api: httpx.Client, begin: Begin, claim: Claiming) -> None:
    path = begin()
    executor = token_of(api, path)
    result = {"stage": "RENDER", "action": "done", "data": {"frames": 240}}
    assert api.post(f"{path}/result", json=result, headers=executor).status_code == 204
    again = claim()
    assert again.answer == '{"action":"done","data":{"frames":240},"by":"executor"}'
    for route, body in (("progress", {"stage": "RENDER", "percent": 5}), ("result", result)):
        refused = api.post(f"{path}/{route}", json=body, headers=executor)
        assert (refused.status_code, refused.json()["code"]) == (409, "illegal_transition")


def test_an_action_that_was_not_offered_is_refused(api: httpx.Client, begin: Begin) -> None:
    path = begin()
    refused = api.post(f"{path}/result", json={"stage": "RENDER", "action": "eat"}, headers=token_of(api, path))
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


def test_a_token_opens_its_own_job_and_nothing_else(api: httpx.Client, begin: Begin, sign_in: SignIn) -> None:
    path, other = begin(), begin()
    executor = token_of(api, path)
    report = {"stage": "RENDER", "percent": 50}
    for route, body in (("progress", report), ("result", {"stage": "RENDER", "action": "done"})):
        assert api.post(f"{other}/{route}", json=body, headers=executor).status_code == 404
    for method, route in (
        ("GET", path),
        ("GET", "/api/jobs"),
        ("DELETE", path),
        ("POST", f"{path}/cancel"),
        ("POST", f"{path}/executor-token"),
        ("GET", f"{path}/artifacts"),
    ):
        assert api.request(method, route, headers=executor).status_code == 403, (method, route)
    for headers in ({}, sign_in("ben")):
        assert api.post(f"{path}/progress", json=report, headers=headers).status_code == 403
    assert api.get(path).json()["progress"] == 0


def test_a_token_of_a_job_that_is_gone_opens_nothing(api: httpx.Client, begin: Begin) -> None:
    path = begin()
    executor = token_of(api, path)
    api.delete(f"{path}?cancel=true")
    gone = api.post(f"{path}/progress", json={"stage": "RENDER", "percent": 1}, headers=executor)
    assert gone.status_code in (401, 404)


def test_no_token_is_given_where_nothing_waits_for_work_outside(
    api: httpx.Client, begin: Begin, order: Callable[..., dict[str, Any]], complete: Callable[..., None], suspend: Any
) -> None:
    path = f"/api/jobs/{order()['id']}"
    complete()
    suspend()
    assert api.get(path).json()["stages"][1]["wait"]["kind"] == "manual"
    refused = api.post(f"{path}/executor-token")
    assert (refused.status_code, refused.json()["code"]) == (409, "illegal_transition")


@pytest.mark.parametrize(
    "body",
    [
        {"stage": "RENDER", "percent": -1},
        {"stage": "RENDER", "percent": 101},
        {"stage": "RENDER", "percent": "NaN"},
        {"stage": "RENDER"},
        {"stage": "RENDER", "percent": 1, "state": "succeeded"},
        {"stage": "RENDER", "percent": 1, "job_id": "job_x"},
        {"stage": "RENDER", "percent": 1, "message": "\x00"},
        {"stage": "RENDER", "percent": 1, "message": "x" * 501},
    ],
    ids=lambda body: f"B05-{sorted(body)}",
)
def test_a_report_says_how_far_and_nothing_else_b05(api: httpx.Client, begin: Begin, body: dict[str, Any]) -> None:
    path = begin()
    answer = api.post(f"{path}/progress", json=body, headers=token_of(api, path))
    assert answer.status_code == 422
    assert api.get(path).json()["progress"] == 0


def test_of_several_items_that_wait_one_is_named(
    api: httpx.Client, begin: Begin, claim: Claiming, studio: Studio
) -> None:
    path = begin()
    executor = token_of(api, path)
    store = studio.parts.store.parts
    api.post(f"{path}/result", json={"stage": "RENDER", "action": "done"}, headers=executor)
    store.complete(claim(), Completion(), None, 0.0)
    store.complete(claim(), Completion(items=["1", "2", "3"]), None, 0.0)
    for _ in range(3):
        store.suspend(claim(), Wait("Film it", actions=["done"]), None)
    for route, body in (
        ("progress", {"stage": "SHOTS", "percent": 50}),
        ("result", {"stage": "SHOTS", "action": "done"}),
    ):
        ambiguous = api.post(f"{path}/{route}", json=body, headers=executor)
        assert (ambiguous.status_code, ambiguous.json()["code"]) == (409, "conflict")
        assert "item" in ambiguous.json()["detail"]
    assert api.post(f"{path}/progress", json={"stage": "SHOTS", "percent": 60, "item": 1}, headers=executor).is_success
    assert [part["progress"] for part in api.get(path).json()["stages"][1]["parts"]] == [0, 60, 0]
    assert api.post(f"{path}/stages/SHOTS/answer", json={"action": "done"}).status_code == 409
    assert api.post(f"{path}/stages/SHOTS/answer", json={"action": "done", "item": 9}).status_code == 409
    answered = api.post(f"{path}/stages/SHOTS/answer", json={"action": "done", "item": 2}).json()
    assert [part["state"] for part in answered["stages"][1]["parts"]] == ["waiting", "waiting", "ready"]
