"""Each request has an id, a line in the log and its numbers; a failure that nobody foresaw is answered and logged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from soundstage.api.operating.event_loop import LoopWatch
from soundstage.api.operating.metrics import Metrics
from soundstage.bootstrap.studio import Studio
from soundstage.core.log_lines import keep_fields


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def access_lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[dict[str, Any]]]:
    """The fields of the access lines."""
    caplog.handler.addFilter(keep_fields)
    caplog.set_level(logging.INFO, "soundstage.access")
    return lambda: [vars(record)["fields"] for record in caplog.records if record.name == "soundstage.access"]


def test_an_id_is_made_and_told_in_the_answer_and_in_the_problem(api: httpx.Client) -> None:
    answer = api.get("/api/jobs/job_x")
    assert answer.headers["x-request-id"].startswith("req_")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert api.get("/api/jobs/job_x").headers["x-request-id"] != answer.headers["x-request-id"]


def test_a_sane_id_is_taken_over(api: httpx.Client) -> None:
    answer = api.get("/healthz", headers={"X-Request-Id": "9b1c:42.a-b_C"})
    assert answer.headers["x-request-id"] == "9b1c:42.a-b_C"


@pytest.mark.parametrize("given", ["", "a b", "a" * 129, "<script>", "a\tb", "é", "-rf"])
def test_any_other_id_is_replaced(api: httpx.Client, given: str) -> None:
    answer = api.get("/healthz", headers=[(b"X-Request-Id", given.encode())])
    assert answer.headers["x-request-id"].startswith("req_")


def test_a_request_is_one_line_that_says_who_what_and_how(
    api: httpx.Client, order: Callable[..., dict[str, Any]], access_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    job = order()
    api.get(f"/api/jobs/{job['id']}", headers={"X-Request-Id": "mine"})
    line = access_lines()[-1]
    assert line["duration_ms"] > 0
    assert {**line, "duration_ms": 0, "trace_id": None} == {
        "request_id": "mine",
        "method": "GET",
        "route": "/api/jobs/{job_id}",
        "status": 200,
        "duration_ms": 0,
        "user_id": "local",
        "job_id": job["id"],
        "trace_id": None,
    }


def test_a_refusal_has_its_code_in_the_line(
    visitor: httpx.Client, access_lines: Callable[[], list[dict[str, Any]]]
) -> None:
    visitor.get("/api/jobs")
    assert (access_lines()[-1]["status"], access_lines()[-1]["error_code"]) == (401, "not_signed_in")


def test_what_nobody_foresaw_is_answered_with_an_id_and_logged_with_it(
    app: FastAPI, api: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("the cellar")

    caplog.handler.addFilter(keep_fields)
    answer = api.get("/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "cellar" not in answer.text
    failed = next(record for record in caplog.records if record.exc_info)
    assert vars(failed)["fields"]["request_id"] == answer.json()["request_id"] == answer.headers["x-request-id"]
    told = samples(api.get("/metrics").text)
    labels = {("method", "GET"), ("route", "/broken"), ("status", "5xx")}
    assert told["soundstage_http_requests_total", frozenset(labels)] == 1


def test_requests_are_counted_by_the_template_of_their_route(api: httpx.Client) -> None:
    for path in ("/api/jobs/job_x", "/api/jobs/job_y", "/nowhere/17", "/nowhere/18"):
        api.get(path)
    api.request("BREW", "/nowhere/19")
    told = samples(api.get("/metrics").text)

    def count(method: str, route: str) -> float:
        labels = {("method", method), ("route", route), ("status", "4xx")}
        return told["soundstage_http_requests_total", frozenset(labels)]

    assert (count("GET", "/api/jobs/{job_id}"), count("GET", "other"), count("other", "other")) == (2, 2, 1)
    timed = frozenset({("method", "GET"), ("route", "/api/jobs/{job_id}")})
    assert told["soundstage_http_request_duration_seconds_count", timed] == 2


def test_bytes_of_bodies_are_counted(api: httpx.Client) -> None:
    api.post("/api/jobs", content=b'{"pipeline": "letter"}', headers={"Content-Type": "application/json"})
    told = samples(api.get("/metrics").text)
    assert told["soundstage_http_received_bytes_total", frozenset({("route", "/api/jobs")})] == 22


def test_only_administrators_read_the_metrics(
    visitor: httpx.Client, studio: Studio, sign_in: Callable[..., dict[str, str]]
) -> None:
    assert visitor.get("/metrics").status_code == 401
    assert visitor.get("/metrics", headers={"Authorization": "Bearer None"}).status_code == 401
    assert visitor.get("/metrics", headers=sign_in("ben")).status_code == 403


def test_a_loop_that_is_held_up_is_told_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    now = [100.0]
    metrics = Metrics()
    watch = LoopWatch(metrics, lambda: now[0])
    for step in (0.0, 0.1, 0.25, 0.45, 0.1):
        now[0] += step
        watch.tick()
    told = samples(metrics.text().decode())
    assert told["soundstage_event_loop_stalls_total", frozenset()] == 1
    assert told["soundstage_event_loop_lag_seconds", frozenset()] == pytest.approx(0.35)
    assert [record.getMessage()[:40] for record in caplog.records] == ["The event loop was held up for 350 ms: n"]
    now[0] += 61
    assert samples(metrics.text().decode())["soundstage_event_loop_lag_seconds", frozenset()] == 0
