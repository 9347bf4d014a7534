"""Figures from the jobs of this machine: what one would take, and how those went that have ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.engines.contract import Quality
from soundstage.engines.registry import EngineRegistry
from soundstage.studio.engines import Engines
from soundstage.testing.engines import FakeSpeechEngine

Order = Callable[..., dict[str, Any]]
Complete = Callable[..., None]


def estimate(api: httpx.Client, **params: Any) -> dict[str, Any]:
    answer = api.post("/api/jobs/estimate", json={"pipeline": "letter", "params": params})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_what_is_not_known_is_null_and_what_runs_here_costs_nothing(api: httpx.Client, studio: Studio) -> None:
    assert estimate(api, text="Hello") == {
        "seconds": None,
        "seconds_by_stage": {"WRITE": None, "SEND": None},
        "cost": {"amount": 0, "currency": "USD"},
        "sample_jobs": 0,
    }
    assert studio.jobs.count() == []


def test_an_estimate_is_learned_from_earlier_jobs(
    api: httpx.Client, order: Order, complete: Complete, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soundstage.studio.remaining.TIMINGS_KEPT_SECONDS", 0.0)
    for _ in range(2):
        order()
        complete()
        complete()
    found = estimate(api, text="Hello")
    assert found["sample_jobs"] == 2
    assert found["seconds"] == pytest.approx(sum(found["seconds_by_stage"].values()))
    assert set(found["seconds_by_stage"]) == {"WRITE", "SEND"}
    assert found["seconds"] > 0


@pytest.mark.parametrize("params", [{}, {"text": ""}, {"text": "x", "portrait": f"sha256:{'0' * 64}"}])
def test_an_estimate_refuses_what_an_order_refuses(api: httpx.Client, params: dict[str, Any]) -> None:
    body = {"pipeline": "letter", "params": params}
    answers = [api.post(path, json=body) for path in ("/api/jobs", "/api/jobs/estimate")]
    assert [answer.status_code for answer in answers] == [422, 422]
    ordered, estimated = ({**answer.json(), "request_id": ""} for answer in answers)
    assert estimated == ordered


def rented() -> FakeSpeechEngine:
    engine = FakeSpeechEngine("rented")
    engine.spec = replace(engine.spec, quality=Quality.CLOUD)
    return engine


@pytest.mark.parametrize(
    ("named", "preferred", "is_paid"),
    [
        (["rented"], {}, True),
        (["fake_speech", 1, None], {}, False),
        (["auto"], {}, False),
        (["auto"], {"speech": "rented"}, True),
    ],
)
def test_only_an_engine_of_the_cloud_costs_money(named: list[Any], preferred: dict[str, str], is_paid: bool) -> None:
    registry = EngineRegistry.of(FakeSpeechEngine, rented, preferred=preferred)
    assert Engines(registry).costs_money(named) is is_paid


def test_statistics_tell_how_the_callers_jobs_ended(
    api: httpx.Client,
    order: Order,
    complete: Complete,
    fail: Callable[[], None],
    sign_in: Callable[..., dict[str, str]],
) -> None:
    for _ in range(3):
        order()
        complete()
        complete()
    order()
    fail()
    api.post(f"/api/jobs/{order()['id']}/cancel")
    order()
    found = api.get("/api/jobs/statistics?days=7").json()
    [letters] = found["pipelines"]
    assert found["days"] == 7
    assert (letters["pipeline"], letters["succeeded"], letters["failed"], letters["cancelled"]) == ("letter", 3, 1, 1)
    assert letters["success_rate"] == 0.75
    assert letters["median_seconds"] > 0
    assert api.get("/api/jobs/statistics", headers=sign_in("ben")).json() == {"days": 30, "pipelines": []}
