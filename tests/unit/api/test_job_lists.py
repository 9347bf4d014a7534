"""Lists of jobs over HTTP: filters, orders, cursors, counts, and what they refuse."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from soundstage.bootstrap.studio import Studio
from soundstage.store.tables import jobs
from soundstage.studio.jobs import JobOrder

Order = Callable[..., dict[str, Any]]
Act = Callable[..., None]
SignIn = Callable[..., dict[str, str]]


def ids(api: httpx.Client, query: str = "", **headers: str) -> list[str]:
    answer = api.get(f"/api/jobs?{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    return [job["id"] for job in answer.json()["jobs"]]


def cursor(*place: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


@pytest.mark.parametrize("sort", list(JobOrder))
def test_every_order_goes_on_where_the_page_before_ended(api: httpx.Client, order: Order, sort: JobOrder) -> None:
    priorities = ["low", "urgent", "normal", "high", "urgent"]
    made = [order(text=str(number), priority=priority)["id"] for number, priority in enumerate(priorities)]
    for job_id in made[1:4]:
        api.post(f"/api/jobs/{job_id}/cancel")
    whole = ids(api, f"sort={sort}")
    assert sorted(whole) == sorted(made)
    seen, query = [], f"sort={sort}&limit=2"
    while query:
        page = api.get(f"/api/jobs?{query}").json()
        seen += [job["id"] for job in page["jobs"]]
        query = page["next"] and f"sort={sort}&limit=2&cursor={page['next']}"
    assert seen == whole


def test_urgent_jobs_come_first_and_those_that_have_not_ended_last(api: httpx.Client, order: Order) -> None:
    low, urgent, normal = (order(priority=priority)["id"] for priority in ("low", "urgent", "normal"))
    assert ids(api, "sort=-priority") == [urgent, normal, low]
    assert ids(api, "sort=priority") == [low, normal, urgent]
    api.post(f"/api/jobs/{low}/cancel")
    assert ids(api, "sort=finished_at")[0] == ids(api, "sort=-finished_at")[0] == low


def test_every_filter_narrows_the_list(api: httpx.Client, order: Order, complete: Act) -> None:
    done = order(description="Lesson one", priority="high")["id"]
    complete()
    complete()
    paused, queued = (order(description=text)["id"] for text in ("Lesson two", "Trailer"))
    api.post(f"/api/jobs/{paused}/pause")
    moment = api.get(f"/api/jobs/{paused}").json()["created_at"]
    assert ids(api, "state=succeeded") == [done]
    assert ids(api, "state=succeeded&state=paused") == [paused, done]
    assert ids(api, "status=completed") == [done]
    assert ids(api, "status=running&status=pending") == [queued, paused]
    assert ids(api, "status=paused") == [paused]
    assert ids(api, "status=waiting") == []
    assert ids(api, "status=completed&state=queued") == [queued, done]
    assert ids(api, "priority=high&priority=urgent") == [done]
    assert ids(api, "pipeline=letter") == ids(api, "type=letter") == [queued, paused, done]
    assert ids(api, "type=other") == []
    assert ids(api, "text=LESSON") == [paused, done]
    assert ids(api, f"text={done[:-2].upper()}") == [done]
    assert ids(api, f"created_after={moment}") == [queued]
    assert ids(api, f"created_before={moment}") == [done]
    assert ids(api, "text=lesson&state=paused&priority=normal") == [paused]


def test_a_list_shows_jobs_in_short_and_in_full_where_that_is_asked_for(
    api: httpx.Client, order: Order, complete: Act, fail: Act
) -> None:
    job_id = order(metadata={"room": 7})["id"]
    complete()
    fail()
    short = api.get("/api/jobs").json()["jobs"][0]
    full = api.get("/api/jobs?detail=full").json()["jobs"][0]
    assert full == api.get(f"/api/jobs/{job_id}").json()
    left_out = {"params", "inputs", "stages"}
    assert {name: short[name] for name in full.keys() - left_out} == {
        name: full[name] for name in full.keys() - left_out
    }
    assert "params" not in short
    for stage, whole in zip(short["stages"], full["stages"], strict=True):
        assert stage == {name: whole[name] for name in stage}
        assert not stage.keys() & {"parts", "artifacts", "wait"}
    assert short["error"]["code"] == "engine_failed"


def test_labels_of_a_list_come_in_the_language_asked_for(api: httpx.Client, order: Order) -> None:
    order()
    job = api.get("/api/jobs?lang=id").json()["jobs"][0]
    assert job["stages"][0]["label"] == "Menulis"


def test_jobs_are_counted_by_state_and_by_pipeline(api: httpx.Client, order: Order, sign_in: SignIn) -> None:
    cancelled, _, _ = (order()["id"] for _ in range(3))
    api.post(f"/api/jobs/{cancelled}/cancel")
    counts = api.get("/api/jobs/counts").json()
    assert counts["total"] == 3
    assert counts["by_state"] == {
        "queued": 2,
        "running": 0,
        "waiting": 0,
        "paused": 0,
        "succeeded": 0,
        "failed": 0,
        "cancelled": 1,
    }
    assert counts["by_pipeline"] == {"letter": 3}
    assert api.get("/api/jobs/counts", headers=sign_in("ben")).json()["total"] == 0


def test_only_an_administrator_lists_the_jobs_of_others(api: httpx.Client, order: Order, sign_in: SignIn) -> None:
    own, ben = order()["id"], sign_in("ben")
    order_of_ben = api.post("/api/jobs", json={"pipeline": "letter", "params": {"text": "x"}}, headers=ben).json()["id"]
    assert ids(api) == [own]
    assert ids(api, **ben) == [order_of_ben]
    assert ids(api, "owner=*") == [order_of_ben, own]
    assert ids(api, "owner=local") == [own]
    assert ids(api, "owner=nobody") == []
    for owner in ("*", "local"):
        refused = api.get(f"/api/jobs?owner={owner}", headers=ben)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    "query",
    [
        "limit=-1",
        "limit=1000000000",
        "limit=0",
        "limit=1.5",
        "sort=params",
        "sort=created_at;drop table jobs",
        "sort=--created_at",
        "color=red",
        "order=asc",
        "state=done",
        "status=succeeded",
        "priority=now",
        "pipeline=DROP",
        "detail=everything",
        "text=%00",
        "text=" + "x" * 101,
        "created_after=yesterday",
        "created_after=2026-01-01T00:00:00",
        "state=queued&" * 21,
    ],
    ids=lambda query: f"D09-{query[:40]}",
)
def test_a_list_refuses_what_it_does_not_know_d09(api: httpx.Client, query: str) -> None:
    answer = api.get(f"/api/jobs?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_request")


JOB_ID = "job_" + "0" * 26


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "é",
        "=",
        "....",
        "x" * 201,
        cursor(),
        cursor("-created_at", 1.0),
        cursor("created_at", 1.0, JOB_ID),
        cursor("-created_at", "1.0; DROP TABLE jobs", JOB_ID),
        cursor("-created_at", float("inf"), JOB_ID),
        cursor("-created_at", None, JOB_ID),
        cursor("-created_at", 1.0, "job_x' OR '1'='1"),
        cursor("-created_at", 1.0, JOB_ID, "more"),
        cursor("params", 1.0, JOB_ID),
        base64.urlsafe_b64encode(b"\xff\xfe").decode().rstrip("="),
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(api: httpx.Client, order: Order, text: str) -> None:
    order()
    answer = api.get("/api/jobs", params={"cursor": text})
    assert answer.status_code == 422
    assert answer.json()["code"] in ("bad_request", "bad_input")


def test_log_lines_are_read_by_stage_attempt_and_from_where_one_left_off(
    api: httpx.Client, order: Order, claim: Callable[[], Any], studio: Studio
) -> None:
    path = f"/api/jobs/{order()['id']}/logs"
    first = claim()
    parts = studio.parts.store.parts
    parts.record_progress(first, 0.5, None, ["one", "two", "three"])
    parts.release(first)
    parts.record_progress(claim(), 0.6, None, ["four"])

    def lines(query: str) -> list[str]:
        return [line["line"] for line in api.get(f"{path}?{query}").json()]

    assert lines("") == ["one", "two", "three", "four"]
    assert lines("limit=2") == ["three", "four"]
    assert lines("attempt=2") == ["four"]
    assert lines("stage=WRITE&attempt=1") == ["one", "two", "three"]
    assert lines("stage=SEND") == []
    last = api.get(f"{path}?after=0&limit=2").json()[-1]
    assert last["line"] == "two"
    assert lines(f"after={last['id']}") == ["three", "four"]
    assert api.get(f"{path}?after=-1").status_code == 422


def test_the_files_of_a_job_are_listed_with_their_stage(api: httpx.Client, order: Order, complete: Act) -> None:
    path = f"/api/jobs/{order()['id']}/artifacts"
    assert api.get(path).json() == []
    complete("a.txt", b"a")
    complete("b.txt", b"bb")
    listed = api.get(path).json()
    assert [(file["stage"], file["name"], file["size_bytes"]) for file in listed] == [
        ("WRITE", "a.txt", 1),
        ("SEND", "b.txt", 2),
    ]
    assert api.get(listed[1]["url"]).content == b"bb"


def test_a_job_whose_rows_are_unreadable_breaks_no_list_and_can_be_removed(
    api: httpx.Client, order: Order, studio: Studio
) -> None:
    broken, fine = order()["id"], order()["id"]
    with studio.parts.records.write() as connection:
        connection.execute(update(jobs).where(jobs.c.id == broken).values(metadata="{"))
    for detail in ("summary", "full"):
        assert ids(api, f"detail={detail}") == [fine]
    shown = api.get(f"/api/jobs/{broken}")
    assert (shown.status_code, shown.json()["code"]) == (409, "incompatible")
    assert api.delete(f"/api/jobs/{broken}?cancel=true").status_code == 204
    assert api.get(f"/api/jobs/{broken}").status_code == 404
