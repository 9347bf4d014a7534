"""Ordering, looking at, steering and removing jobs over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.core.job import JobView
from soundstage.store.views import JobFilter

Order = Callable[..., dict[str, Any]]
Act = Callable[..., None]
UNKNOWN = "job_" + "0" * 26


def test_an_accepted_order_is_stored_and_says_where(api: httpx.Client, studio: Studio) -> None:
    order = {
        "pipeline": "letter",
        "params": {"text": "Hello"},
        "priority": "high",
        "description": "For Ann",
        "metadata": {"room": 7},
    }
    answer = api.post("/api/jobs", json=order)
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/api/jobs/{answer.json()['id']}"
    stored = studio.jobs.get(answer.json()["id"])
    assert (stored.params["text"], stored.priority, stored.description) == ("Hello", "high", "For Ann")
    assert stored.metadata == {"room": 7}


def test_a_new_job_shows_every_stage_and_nothing_done(order: Order) -> None:
    job = order()
    assert (job["state"], job["progress"], job["current_stage"]) == ("queued", 0, "WRITE")
    assert [(stage["key"], stage["weight"], stage["kind"], stage["state"]) for stage in job["stages"]] == [
        ("WRITE", 60, "automatic", "ready"),
        ("SEND", 40, "manual", "pending"),
    ]
    assert job["remaining_seconds"] is None
    assert job["error"] is None


def test_times_are_rfc_3339_in_utc(api: httpx.Client, order: Order, complete: Act) -> None:
    job_id = order()["id"]
    complete()
    job = api.get(f"/api/jobs/{job_id}").json()
    for text in (job["created_at"], job["started_at"], job["stages"][0]["finished_at"]):
        assert text.endswith("Z")
        assert datetime.fromisoformat(text).utcoffset() is not None


def test_progress_is_the_weight_of_what_is_done(api: httpx.Client, order: Order, complete: Act) -> None:
    job_id = order()["id"]
    complete()
    job = api.get(f"/api/jobs/{job_id}").json()
    assert (job["state"], job["progress"], job["current_stage"]) == ("running", 60, "SEND")
    complete()
    job = api.get(f"/api/jobs/{job_id}").json()
    assert (job["state"], job["progress"]) == ("succeeded", 100)


def test_older_clients_find_their_status_and_stages(api: httpx.Client, order: Order, complete: Act, fail: Act) -> None:
    job = order(metadata={"room": 7})
    assert job["status"] == "processing"
    complete()
    fail()
    job = api.get(f"/api/jobs/{job['id']}").json()
    stages = job["metadata"]["pipeline"]["stages"]
    assert job["status"] == "failed"
    assert job["metadata"]["room"] == 7
    assert [(stage["key"], stage["status"], stage["progress"]) for stage in stages] == [
        ("WRITE", "completed", 100),
        ("SEND", "failed", 0),
    ]
    assert stages[0]["completed_at"] is not None
    assert stages[1]["completed_at"] is None


def test_the_views_for_older_clients_are_stored_nowhere(order: Order, studio: Studio) -> None:
    stored: JobView = studio.jobs.get(order()["id"])
    assert "pipeline" not in stored.metadata


def test_a_failed_job_says_where_and_why(api: httpx.Client, order: Order, complete: Act, fail: Act) -> None:
    job_id = order()["id"]
    complete()
    fail()
    job = api.get(f"/api/jobs/{job_id}").json()
    assert job["current_stage"] == "SEND"
    assert job["error"] == {"code": "engine_failed", "message": "The pen broke.", "hint": "Buy ink."}
    assert job["stages"][1]["parts"][0]["error"]["code"] == "engine_failed"


@pytest.mark.parametrize(
    ("asked", "label"), [({"lang": "id"}, "Menulis"), ({"lang": "pt-BR"}, "Escrevendo"), ({"lang": "de"}, "Writing")]
)
def test_labels_come_in_the_language_asked_for(
    api: httpx.Client, order: Order, asked: dict[str, str], label: str
) -> None:
    job = api.get(f"/api/jobs/{order()['id']}", params=asked).json()
    assert job["stages"][0]["label"] == label
    assert job["metadata"]["pipeline"]["stages"][0]["label"] == label


def test_the_browser_s_languages_count_in_their_order(api: httpx.Client, order: Order) -> None:
    path = f"/api/jobs/{order()['id']}"
    labels = {
        wish: api.get(path, headers={"Accept-Language": wish}).json()["stages"][0]["label"]
        for wish in ("de, id;q=0.5, pt;q=0.7", "en-GB, id", "id;q=0, pt;q=x", "*")
    }
    assert list(labels.values()) == ["Escrevendo", "Writing", "Writing", "Writing"]


def test_lists_go_page_by_page_from_the_newest(api: httpx.Client, order: Order) -> None:
    ids = [order(text=str(number))["id"] for number in range(5)]
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = api.get("/api/jobs", params={"limit": 2, **cursor}).json()
        seen += [job["id"] for job in page["jobs"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert sorted(seen, reverse=True) == seen
    assert set(seen) == set(ids)
    assert len(seen) == 5


def test_lists_are_filtered_by_states_and_pipeline(api: httpx.Client, order: Order) -> None:
    paused, cancelled, _ = (order()["id"] for _ in range(3))
    api.post(f"/api/jobs/{paused}/pause")
    api.post(f"/api/jobs/{cancelled}/cancel")
    found = api.get("/api/jobs", params={"state": ["paused", "cancelled"]}).json()["jobs"]
    assert {job["id"] for job in found} == {paused, cancelled}
    assert len(api.get("/api/jobs", params={"pipeline": "letter"}).json()["jobs"]) == 3
    assert api.get("/api/jobs", params={"pipeline": "other"}).json() == {"jobs": [], "next": None}


def test_another_owner_s_job_is_not_found(
    api: httpx.Client, studio: Studio, order: Order, sign_in: Callable[..., dict[str, str]]
) -> None:
    foreign = order()["id"]
    ben = sign_in("ben")
    for method, path in (
        ("GET", ""),
        ("GET", "/events"),
        ("GET", "/attempts"),
        ("GET", "/logs"),
        ("GET", "/artifacts"),
        ("GET", "/artifacts/a"),
        ("POST", "/cancel"),
        ("POST", "/retry"),
        ("POST", "/executor-token"),
        ("PATCH", ""),
        ("DELETE", ""),
    ):
        body = {"priority": "low"} if method == "PATCH" else None
        answer = api.request(method, f"/api/jobs/{foreign}{path}", headers=ben, json=body)
        missing = api.request(method, f"/api/jobs/{UNKNOWN}{path}", headers=ben, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found"), (method, path)
        told, told_of_none = (
            {
                name: str(value).replace(foreign, UNKNOWN)
                for name, value in problem.json().items()
                if name != "request_id"
            }
            for problem in (answer, missing)
        )
        assert told == told_of_none, (method, path)
    assert api.get("/api/jobs", headers=ben).json()["jobs"] == []
    assert studio.jobs.get(foreign).state == "queued"


def test_a_job_is_paused_and_resumed(api: httpx.Client, order: Order) -> None:
    path = f"/api/jobs/{order()['id']}"
    assert api.post(f"{path}/pause").json()["state"] == "paused"
    assert api.post(f"{path}/resume").json()["state"] == "queued"
    assert api.post(f"{path}/resume").status_code == 409


def test_a_job_is_cancelled_once_and_for_all(api: httpx.Client, order: Order) -> None:
    path = f"/api/jobs/{order()['id']}"
    assert api.post(f"{path}/cancel").json()["state"] == "cancelled"
    assert api.post(f"{path}/cancel").json()["state"] == "cancelled"
    kinds = [event["kind"] for event in api.get(f"{path}/events?follow=false").json()]
    assert kinds.count("job.cancelled") == 1


def test_a_retry_names_its_stage_and_its_changes(api: httpx.Client, order: Order, complete: Act, fail: Act) -> None:
    path = f"/api/jobs/{order()['id']}"
    complete()
    fail()
    assert api.post(f"{path}/retry", json={"from": "WRITE", "params": {"text": "Anew"}}).json()["generation"] == 2
    job = api.get(path).json()
    assert (job["params"]["text"], job["current_stage"], job["state"]) == ("Anew", "WRITE", "queued")


def test_a_retry_without_a_body_goes_on_where_it_failed(
    api: httpx.Client, order: Order, complete: Act, fail: Act
) -> None:
    path = f"/api/jobs/{order()['id']}"
    complete()
    fail()
    assert api.post(f"{path}/retry").json()["current_stage"] == "SEND"


def test_a_retry_with_bad_parameters_changes_nothing(api: httpx.Client, order: Order, fail: Act) -> None:
    path = f"/api/jobs/{order()['id']}"
    fail()
    refused = api.post(f"{path}/retry", json={"params": {"text": ""}})
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_parameters")
    assert api.get(path).json()["state"] == "failed"


def test_a_waiting_stage_shows_its_actions_and_takes_an_answer(
    api: httpx.Client, order: Order, complete: Act, suspend: Act
) -> None:
    path = f"/api/jobs/{order()['id']}"
    complete()
    suspend()
    job = api.get(path).json()
    assert job["state"] == "waiting"
    assert job["stages"][1]["wait"] == {
        "kind": "manual",
        "reason": "Read it through",
        "actions": ["send", "burn"],
        "due_at": None,
    }
    assert api.post(f"{path}/stages/SEND/answer", json={"action": "eat"}).status_code == 409
    answered = api.post(f"{path}/stages/SEND/answer", json={"action": "send", "data": {"by": "post"}})
    assert answered.json()["stages"][1]["state"] == "ready"
    assert api.post(f"{path}/stages/SEND/answer", json={"action": "send"}).status_code == 409
    assert api.post(f"{path}/stages/NOWHERE/answer", json={"action": "send"}).status_code == 404


def test_the_priority_of_an_unfinished_job_can_be_changed(api: httpx.Client, order: Order) -> None:
    path = f"/api/jobs/{order()['id']}"
    assert api.put(path, json={"priority": "urgent"}).json()["priority"] == "urgent"
    assert api.put(path, json={"priority": "now"}).status_code == 422


def test_only_an_ended_job_can_be_removed(api: httpx.Client, order: Order) -> None:
    path = f"/api/jobs/{order()['id']}"
    assert api.delete(path).status_code == 409
    api.post(f"{path}/cancel")
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404


def test_attempts_and_logs_tell_what_was_tried(
    api: httpx.Client, order: Order, complete: Act, fail: Act, studio: Studio
) -> None:
    path = f"/api/jobs/{order()['id']}"
    complete()
    fail()
    attempts = api.get(f"{path}/attempts").json()
    assert [(tried["stage"], tried["attempt"], tried["result"]) for tried in attempts] == [
        ("WRITE", 1, "completed"),
        ("SEND", 1, "failed"),
    ]
    assert attempts[1]["error"]["message"] == "The pen broke."
    assert api.get(f"{path}/logs").json() == []


def test_log_lines_come_with_their_stage(
    api: httpx.Client, order: Order, claim: Callable[[], Any], studio: Studio
) -> None:
    path = f"/api/jobs/{order()['id']}"
    studio.parts.store.parts.record_progress(claim(), 0.5, "half", ["dipped the pen"])
    lines = api.get(f"{path}/logs").json()
    assert [(line["stage"], line["line"]) for line in lines] == [("WRITE", "dipped the pen")]
    part = api.get(path).json()["stages"][0]["parts"][0]
    assert (part["progress"], part["message"]) == (50, "half")


@pytest.mark.parametrize(
    ("order", "status", "code"),
    [
        ({"pipeline": "nowhere", "params": {}}, 404, "unknown_pipeline"),
        ({"pipeline": "letter", "params": {}}, 422, "bad_parameters"),
        ({"pipeline": "letter", "params": {"text": "x", "size": 1}}, 422, "bad_parameters"),
        ({"pipeline": "letter", "params": {"text": "x", "portrait": "/etc/passwd"}}, 422, "bad_parameters"),
        ({"pipeline": "letter", "params": {"text": "x", "portrait": f"sha256:{'0' * 64}"}}, 422, "bad_parameters"),
        ({"pipeline": "letter", "params": {"text": "x"}, "progress": 100}, 422, "bad_request"),
        ({"pipeline": "letter", "params": {"text": "x"}, "owner": "ann"}, 422, "bad_request"),
        ({"pipeline": "letter", "params": {"text": "x"}, "priority": "now"}, 422, "bad_request"),
        ({"pipeline": "letter", "params": {"text": "x"}, "description": "\x00"}, 422, "bad_request"),
        ({"pipeline": "letter", "params": {"text": "x"}, "metadata": {"a": "x" * 20_000}}, 422, "bad_request"),
        ({"pipeline": "letter", "params": []}, 422, "bad_request"),
    ],
)
def test_a_bad_order_makes_no_job(
    api: httpx.Client, studio: Studio, order: dict[str, Any], status: int, code: str
) -> None:
    answer = api.post("/api/jobs", json=order)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert studio.jobs.list_jobs(JobFilter()) == []


@pytest.mark.parametrize(
    "job_id",
    ["%2e%2e", "%2e%2e%2fetc", "%252e%252e%252f", "..%c0%af", "job%00", UNKNOWN, "a" * 10_000, "job_x y", "%20"],
)
def test_an_id_that_is_none_is_not_found(api: httpx.Client, job_id: str) -> None:
    for path in (f"/api/jobs/{job_id}", f"/api/jobs/{job_id}/events", f"/api/jobs/{job_id}/artifacts/x"):
        answer = api.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "state=done", "before=x", "pipeline=%00", "lang=%0A"]
)
def test_a_list_refuses_what_it_does_not_know(api: httpx.Client, query: str) -> None:
    answer = api.get(f"/api/jobs?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")
