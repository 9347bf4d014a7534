"""Orders that are sent again, many at once, beyond the limits, or with what is not theirs to say."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.studio.jobs import JobFilter

Order = Callable[..., dict[str, Any]]
Act = Callable[..., None]
SignIn = Callable[..., dict[str, str]]
LETTER = {"pipeline": "letter", "params": {"text": "Dear reader"}}
NDJSON = {"Content-Type": "application/x-ndjson"}


def post(api: httpx.Client, body: dict[str, Any] = LETTER, **headers: str) -> httpx.Response:
    return api.post("/api/jobs", json=body, headers={name.replace("_", "-"): text for name, text in headers.items()})


def batch(api: httpx.Client, lines: Iterable[object], query: str = "", **headers: str) -> httpx.Response:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return api.post(f"/api/jobs/batch{query}", content=text.encode(), headers={**NDJSON, **headers})


def job_count(studio: Studio) -> int:
    return sum(count.jobs for count in studio.jobs.count())


def test_the_same_key_and_body_give_the_same_job(api: httpx.Client, studio: Studio) -> None:
    first, again = (post(api, idempotency_key="lesson-3") for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    assert job_count(studio) == 1


def test_the_same_key_with_another_body_is_a_conflict(api: httpx.Client, studio: Studio) -> None:
    post(api, idempotency_key="k")
    for change in (
        {"params": {"text": "Dear writer"}},
        {"priority": "high"},
        {"description": "x"},
        {"metadata": {"a": 1}},
    ):
        refused = post(api, {**LETTER, **change}, idempotency_key="k")
        assert (refused.status_code, refused.json()["code"]) == (409, "idempotency_conflict")
    assert job_count(studio) == 1


def test_a_repetition_needs_nothing_that_has_changed_since(api: httpx.Client, studio: Studio) -> None:

    order = {"pipeline": "letter", "params": {"text": "With nothing"}}
    first = post(api, order, idempotency_key="k").json()["id"]
    api.post(f"/api/jobs/{first}/cancel")
    again = post(api, order, idempotency_key="k")
    assert (again.json()["id"], again.json()["state"]) == (first, "cancelled")


def test_a_key_belongs_to_its_user(api: httpx.Client, sign_in: SignIn) -> None:
    first = post(api, idempotency_key="k").json()["id"]
    other = api.post("/api/jobs", json=LETTER, headers={"Idempotency-Key": "k", **sign_in("ben")})
    assert other.status_code == 202
    assert other.json()["id"] != first


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "tab\there", "é"])
def test_a_key_is_of_visible_characters(api: httpx.Client, studio: Studio, key: str) -> None:
    answer = api.post("/api/jobs", json=LETTER, headers=[(b"Idempotency-Key", key.encode())])
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")
    assert job_count(studio) == 0


def test_a_batch_has_a_result_for_each_line(api: httpx.Client, studio: Studio) -> None:
    lines = [LETTER, {"pipeline": "nowhere"}, "{", "", {**LETTER, "progress": 100}, {**LETTER, "params": {}}, LETTER]
    answer = batch(api, lines)
    body = answer.json()
    assert (answer.status_code, body["accepted"], body["refused"]) == (207, 2, 4)
    told = [(line["line"], line["status"], line["problem"] and line["problem"]["code"]) for line in body["results"]]
    assert told == [
        (1, 202, None),
        (2, 404, "unknown_pipeline"),
        (3, 400, "bad_json"),
        (4, 422, "bad_request"),
        (5, 422, "bad_parameters"),
        (6, 202, None),
    ]
    assert {line["id"] for line in body["results"] if line["id"]} == {
        job.id for job in studio.jobs.list_jobs(JobFilter())
    }


def test_a_batch_of_good_lines_is_taken_whole(api: httpx.Client, studio: Studio) -> None:
    answer = batch(api, [{**LETTER, "description": str(number)} for number in range(120)], "?atomic=true")
    assert (answer.status_code, answer.json()["accepted"]) == (200, 120)
    made = [studio.jobs.get(line["id"]).description for line in answer.json()["results"]]
    assert made == [str(number) for number in range(120)]


def test_an_atomic_batch_with_one_bad_line_makes_nothing(api: httpx.Client, studio: Studio) -> None:
    answer = batch(api, [LETTER, {**LETTER, "params": {}}, LETTER], "?atomic=true")
    assert (answer.status_code, answer.json()["code"]) == (422, "batch_refused")
    assert "line 2" in answer.json()["detail"]
    assert job_count(studio) == 0


def test_a_batch_that_is_sent_again_makes_no_job_twice(api: httpx.Client, studio: Studio) -> None:
    first, again = (batch(api, [LETTER] * 3, **{"Idempotency-Key": "batch-1"}).json() for _ in range(2))
    assert [line["id"] for line in first["results"]] == [line["id"] for line in again["results"]]
    assert [line["is_replay"] for line in again["results"]] == [True] * 3
    assert job_count(studio) == 3


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"{}", {"Content-Type": "application/json"}, 415, "unsupported_media_type"),
        (b"{}", {"Content-Type": "text/plain"}, 415, "unsupported_media_type"),
        (b"{}\n" * 1001, NDJSON, 413, "too_large"),
        (b" " * (10 * 1024 * 1024 + 1), NDJSON, 413, "too_large"),
    ],
    ids=["one JSON", "text", "too many lines", "too many bytes"],
)
def test_a_batch_has_its_limits(
    api: httpx.Client, studio: Studio, content: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    answer = api.post("/api/jobs/batch", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert job_count(studio) == 0


@pytest.mark.parametrize(
    "line",
    [
        '{"a":' * 100_000,
        '{"pipeline":"letter","params":{"text":' + "1" * 1_000_000 + "}}",
        '{"pipeline":"letter","params":{"text":NaN}}',
        '{"pipeline":"letter","pipeline":"other"}',
        '{"pipeline":"letter","params":{"text":"\\ud800"}}',
        "[]",
        "null",
        "\x00",
    ],
    ids=["D06-deep", "D06-long number", "D06-NaN", "D06-twins", "D06-surrogate", "list", "null", "NUL"],
)
def test_a_bad_line_is_refused_and_the_others_are_taken(api: httpx.Client, studio: Studio, line: str) -> None:
    body = batch(api, [LETTER, line, LETTER]).json()
    assert [result["status"] for result in body["results"]][::2] == [202, 202]
    assert body["results"][1]["status"] in (400, 422)
    assert job_count(studio) == 2


def test_a_bulk_action_has_a_result_for_each_job(api: httpx.Client, order: Order, studio: Studio) -> None:
    queued, ended = order()["id"], order()["id"]
    api.post(f"/api/jobs/{ended}/cancel")
    unknown = "job_" + "0" * 26
    answer = api.post("/api/jobs/bulk", json={"action": "pause", "ids": [queued, ended, unknown, queued]})
    assert answer.status_code == 207
    told = [
        (line["id"], line["status"], line["problem"] and line["problem"]["code"]) for line in answer.json()["results"]
    ]
    assert told == [(queued, 200, None), (ended, 409, "illegal_transition"), (unknown, 404, "job_not_found")]
    assert studio.jobs.get(queued).state == "paused"


def test_every_bulk_action_acts_by_filter(api: httpx.Client, order: Order, studio: Studio) -> None:
    ids = [order(description="Lesson")["id"] for _ in range(3)]
    other = order(description="Trailer")["id"]
    for action, state in (("pause", "paused"), ("resume", "queued"), ("cancel", "cancelled"), ("retry", "queued")):
        answer = api.post("/api/jobs/bulk", json={"action": action, "filter": {"text": "lesson"}})
        assert (answer.status_code, answer.json()["done"]) == (200, 3)
        assert {studio.jobs.get(job_id).state for job_id in ids} == {state}
    api.post("/api/jobs/bulk", json={"action": "cancel", "filter": {"text": "lesson"}})
    deleted = api.post("/api/jobs/bulk", json={"action": "delete", "filter": {"state": ["cancelled"]}})
    assert deleted.json()["done"] == 3
    assert [job.id for job in studio.jobs.list_jobs(JobFilter())] == [other]


def test_a_bulk_action_never_reaches_another_s_jobs(
    api: httpx.Client, order: Order, sign_in: SignIn, studio: Studio
) -> None:
    foreign = order()["id"]
    ben = sign_in("ben")
    by_id = api.post("/api/jobs/bulk", json={"action": "cancel", "ids": [foreign]}, headers=ben)
    assert [line["status"] for line in by_id.json()["results"]] == [404]
    by_filter = api.post("/api/jobs/bulk", json={"action": "cancel", "filter": {}}, headers=ben)
    assert by_filter.json()["results"] == []
    for_all = api.post("/api/jobs/bulk", json={"action": "cancel", "filter": {"owner": "*"}}, headers=ben)
    assert (for_all.status_code, for_all.json()["code"]) == (403, "not_allowed")
    assert studio.jobs.get(foreign).state == "queued"


@pytest.mark.parametrize(
    "body",
    [
        {"action": "cancel"},
        {"action": "cancel", "ids": []},
        {"action": "cancel", "ids": ["x"]},
        {"action": "cancel", "ids": ["job_" + "0" * 26], "filter": {}},
        {"action": "explode", "filter": {}},
        {"action": "cancel", "filter": {"color": "red"}},
        {"action": "cancel", "ids": ["job_" + "0" * 26] * 1001},
    ],
)
def test_a_bulk_action_says_what_it_means(
    api: httpx.Client, order: Order, studio: Studio, body: dict[str, Any]
) -> None:
    job_id = order()["id"]
    assert api.post("/api/jobs/bulk", json=body).status_code == 422
    assert studio.jobs.get(job_id).state == "queued"


def test_a_free_user_has_ten_unfinished_jobs_and_is_told_what_to_do(
    api: httpx.Client, sign_in: SignIn, studio: Studio
) -> None:
    ben = sign_in("ben")
    made = [api.post("/api/jobs", json=LETTER, headers=ben) for _ in range(10)]
    assert {answer.status_code for answer in made} == {202}
    refused = api.post("/api/jobs", json=LETTER, headers=ben)
    assert (refused.status_code, refused.json()["code"]) == (429, "limit_reached")
    assert "unfinished_jobs" in refused.json()["detail"]
    assert "cancel one" in refused.json()["hint"]
    lines = batch(api, [LETTER] * 2, **ben).json()["results"]
    assert [line["status"] for line in lines] == [429, 429]
    api.post(f"/api/jobs/{made[0].json()['id']}/cancel", headers=ben)
    lines = batch(api, [LETTER] * 2, **ben).json()["results"]
    assert [line["status"] for line in lines] == [202, 429]
    assert api.post("/api/jobs", json=LETTER).status_code == 202


def test_a_retry_counts_as_an_order(api: httpx.Client, sign_in: SignIn) -> None:
    ben = sign_in("ben")
    ended = api.post("/api/jobs", json=LETTER, headers=ben).json()["id"]
    api.post(f"/api/jobs/{ended}/cancel", headers=ben)
    for _ in range(10):
        last = api.post("/api/jobs", json=LETTER, headers=ben).json()["id"]
    refused = api.post(f"/api/jobs/{ended}/retry", headers=ben)
    assert (refused.status_code, refused.json()["code"]) == (429, "limit_reached")
    bulk = api.post("/api/jobs/bulk", json={"action": "retry", "ids": [ended]}, headers=ben).json()
    assert [line["status"] for line in bulk["results"]] == [429]
    api.post(f"/api/jobs/{last}/cancel", headers=ben)
    assert api.post(f"/api/jobs/{ended}/retry", headers=ben).status_code == 200


def test_metadata_description_and_priority_are_changed_for_themselves(api: httpx.Client, order: Order) -> None:
    path = f"/api/jobs/{order(description='Draft', metadata={'a': 1})['id']}"
    changed = api.patch(path, json={"description": "Final"}).json()
    assert (changed["description"], changed["metadata"]["a"], changed["priority"]) == ("Final", 1, "normal")
    changed = api.put(path, json={"metadata": {"b": 2}, "priority": "low"}).json()
    assert (changed["description"], changed["metadata"]["b"], changed["priority"]) == ("Final", 2, "low")
    assert "a" not in changed["metadata"]
    kinds = [event["kind"] for event in api.get(f"{path}/events?follow=false").json()]
    assert kinds == ["job.queued", "job.changed", "job.changed"]


def test_an_ended_job_can_be_described_but_not_hurried(api: httpx.Client, order: Order) -> None:
    path = f"/api/jobs/{order()['id']}"
    api.post(f"{path}/cancel")
    refused = api.patch(path, json={"description": "New", "priority": "high"})
    assert refused.status_code == 409
    assert api.get(path).json()["description"] == ""
    assert api.patch(path, json={"description": "New"}).json()["description"] == "New"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"priority": None},
        {"progress": 100},
        {"status": "completed"},
        {"state": "succeeded"},
        {"owner": "ann", "priority": "low"},
        {"user_id": 2},
        {"role": "admin"},
        {"params": {"text": "x"}},
        {"description": "\x00"},
    ],
    ids=lambda body: f"B05-{body}",
)
def test_nothing_else_can_be_changed_b05(api: httpx.Client, order: Order, body: dict[str, Any]) -> None:
    path = f"/api/jobs/{order()['id']}"
    before = api.get(path).json()
    for method in ("PUT", "PATCH"):
        assert api.request(method, path, json=body).status_code == 422
    assert api.get(path).json() == before


def test_an_unfinished_job_is_cancelled_and_removed_in_one_go(api: httpx.Client, order: Order, complete: Act) -> None:
    path = f"/api/jobs/{order()['id']}"
    complete()
    assert api.delete(path).status_code == 409
    assert api.delete(f"{path}?cancel=true").status_code == 204
    assert api.get(path).status_code == 404
    ended = f"/api/jobs/{order()['id']}"
    api.post(f"{ended}/cancel")
    assert api.delete(f"{ended}?cancel=true").status_code == 204


def test_an_owner_is_erased_with_all_jobs(api: httpx.Client, order: Order, sign_in: SignIn, studio: Studio) -> None:
    kept = order()["id"]
    ben = sign_in("ben")
    ids = [api.post("/api/jobs", json=LETTER, headers=ben).json()["id"] for _ in range(3)]
    api.post(f"/api/jobs/{ids[0]}/cancel", headers=ben)
    owner = studio.jobs.get(ids[0]).owner
    studio.jobs.erase_owner(owner)
    assert [job.id for job in studio.jobs.list_jobs(JobFilter())] == [kept]
    assert studio.jobs.erase_owner in studio.erase_user
