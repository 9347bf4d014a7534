"""A real server is looked after with real tools: Prometheus' parser, lines of JSON, and OTLP over HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from prometheus_client.parser import text_string_to_metric_families

from soundstage.testing.receiver import Receiver

ROOT = Path(__file__).parents[2]
Start = Callable[..., Any]
Eventually = Callable[[Callable[[], object], str], None]
STAGES = {"FIRST", "GATED", "LAST"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of the gated pipeline, with the gate closed."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


class Scraped:
    """One look at /metrics."""

    def __init__(self, client: httpx.Client) -> None:
        answer = client.get("/metrics", headers={"Authorization": "Bearer scrape-me"})
        assert answer.status_code == 200, answer.text
        self.families = {family.name: family for family in text_string_to_metric_families(answer.text)}

    def value(self, sample_name: str, **labels: str) -> float:
        samples = [sample for family in self.families.values() for sample in family.samples]
        return sum(s.value for s in samples if s.name == sample_name and labels.items() <= s.labels.items())


def order(server: Any, folder: Path, **headers: str) -> str:
    body = {"pipeline": "gated", "params": {"folder": str(folder)}}
    answer = server.client.post("/api/jobs", json=body, headers=headers)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def succeed(server: Any, folder: Path, job_id: str, eventually: Eventually) -> None:
    (folder / "open").touch()
    eventually(lambda: server.client.get(f"/api/jobs/{job_id}").json()["state"] == "succeeded", "the job succeeds")


def test_one_job_is_followed_through_the_metrics(start: Start, folder: Path, eventually: Eventually) -> None:
    server = start(metrics_token="scrape-me", workers="1")
    before = Scraped(server.client)
    assert before.value("soundstage_database_up") == 1
    assert before.value("soundstage_workers") == 1
    job_id = order(server, folder)
    other = order(server, folder)

    def is_seen() -> bool:
        now = Scraped(server.client)
        return (
            now.value("soundstage_jobs", pipeline="gated", state="running") == 1
            and now.value("soundstage_jobs", pipeline="gated", state="queued") == 1
            and now.value("soundstage_ready_parts", queue="cpu") == 1
            and now.value("soundstage_workers", state="busy") == 1
        )

    eventually(is_seen, "the metrics show a running job, and one that waits")
    with server.client.stream("GET", f"/api/jobs/{job_id}/events") as stream:
        assert stream.status_code == 200
        lines = stream.iter_lines()  # kept: httpx closes a stream whose lines nobody holds
        next(lines)
        assert Scraped(server.client).value("soundstage_open_streams", transport="sse") == 1
        succeed(server, folder, job_id, eventually)
    succeed(server, folder, other, eventually)

    def is_counted() -> bool:
        now = Scraped(server.client)
        ended = now.value("soundstage_attempts_total", pipeline="gated", result="completed")
        return ended == 6 and now.value("soundstage_jobs_ended_total", pipeline="gated", state="succeeded") == 2

    eventually(is_counted, "the ends of the jobs are counted")
    after = Scraped(server.client)
    for stage in STAGES:
        assert after.value("soundstage_stage_duration_seconds_count", stage=stage) == 2
    assert after.value("soundstage_jobs", pipeline="gated") == 0
    assert after.value("soundstage_open_streams", transport="sse") == 0
    assert after.value("soundstage_http_requests_total", method="POST", route="/api/jobs", status="2xx") == 2
    assert all("job_0" not in str(sample.labels) for f in after.families.values() for sample in f.samples)


def test_the_page_for_operators_names_every_metric(start: Start, folder: Path, eventually: Eventually) -> None:
    server = start(metrics_token="scrape-me")
    succeed(server, folder, order(server, folder), eventually)
    page = (ROOT / "docs" / "how-to" / "operate.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(soundstage_\w+)`", page))
    families = [family for name, family in Scraped(server.client).families.items() if name.startswith("soundstage")]
    ours = {family.name + ("_total" if family.type == "counter" else "") for family in families}
    assert ours - told == set()
    assert len(ours) > 15


def test_nobody_else_reads_the_metrics_unless_they_are_public(start: Start, tmp_path: Path) -> None:
    server = start(metrics_token="scrape-me")
    wrong = {"Authorization": "Bearer scrape-you"}
    assert httpx.get(f"{server.client.base_url}/metrics", headers=wrong).status_code == 401
    assert httpx.get(f"{server.client.base_url}/metrics").status_code == 401
    assert server.client.get("/metrics").status_code == 200
    public = start(tmp_path / "other", metrics_public="true", workers="0")
    assert httpx.get(f"{public.client.base_url}/metrics").status_code == 200


def test_lines_of_server_and_workers_are_json_and_hold_the_job_and_no_secret(
    start: Start, folder: Path, eventually: Eventually
) -> None:
    server = start(log_format="json", log_level="INFO", log_requests="true")
    secret = str(server.client.headers["Authorization"]).removeprefix("Bearer ")
    job_id = order(server, folder, **{"X-Request-Id": "order-1"})
    server.client.get(f"/api/jobs/{job_id}/events", params={"ticket": "ticket_hunter2", "follow": "false"})
    server.client.get("/api/jobs/%0d%0aHTTP%2f1.1%20200", headers={"User-Agent": "x\u2028y".encode()})
    succeed(server, folder, job_id, eventually)
    server.ask_to_stop()
    _, said = server.process.communicate(timeout=60)
    assert secret not in said
    assert "hunter2" not in said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    ordered = next(line for line in lines if line.get("request_id") == "order-1")
    assert (ordered["route"], ordered["status"], ordered["user_id"]) == ("/api/jobs", 202, "local")
    assert {line["logger"] for line in lines if line.get("status")} == {"soundstage.access"}
    attempts = [line for line in lines if line.get("job_id") == job_id and "worker_id" in line]
    assert [line["stage"] for line in attempts] == ["FIRST", "GATED", "LAST"]
    assert all(line["attempt"] == 1 and line["part_id"] for line in attempts)


def test_f29_a_log_that_nobody_reads_stops_no_job(start: Start, folder: Path, eventually: Eventually) -> None:
    server = start(log_level="DEBUG", log_requests="true", workers="1")
    for number in range(600):  # more than a pipe holds, and nobody reads it
        server.client.get("/healthz", headers={"X-Request-Id": f"{number}-{'x' * 100}"})
    job_id = order(server, folder)
    succeed(server, folder, job_id, eventually)
    server.ask_to_stop()
    assert server.process.wait(timeout=30) == 0


def spans_of(receiver: Receiver) -> list[Span]:
    found: list[Span] = []
    for request in list(receiver.received):
        told = ExportTraceServiceRequest.FromString(request.body)
        found += [span for of in told.resource_spans for scope in of.scope_spans for span in scope.spans]
    return found


def test_one_trace_goes_from_the_request_to_the_last_stage(
    start: Start, folder: Path, receiver: Receiver, eventually: Eventually
) -> None:
    server = start(traces_endpoint=receiver.url, workers="1")
    trace_id, caller = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    job_id = order(server, folder, traceparent=f"00-{trace_id}-{caller}-01")
    succeed(server, folder, job_id, eventually)
    server.ask_to_stop()
    server.process.communicate(timeout=60)
    ours = {span.name: span for span in spans_of(receiver) if span.trace_id.hex() == trace_id}
    assert set(ours) == {"POST /api/jobs", "gated FIRST", "gated GATED", "gated LAST"}
    ordered = ours.pop("POST /api/jobs")
    assert ordered.parent_span_id.hex() == caller
    for span in ours.values():
        assert span.parent_span_id == ordered.span_id
        told = {attribute.key: attribute.value.string_value for attribute in span.attributes}
        assert (told["soundstage.job_id"], told["soundstage.result"]) == (job_id, "completed")
    assert {request.path for request in receiver.received} == {"/hook/v1/traces"}


def test_a_collector_that_is_away_stops_nothing(start: Start, folder: Path, eventually: Eventually) -> None:
    with Receiver() as gone:
        away = gone.url
    server = start(traces_endpoint=away, workers="1")
    succeed(server, folder, order(server, folder), eventually)
    server.ask_to_stop()
    assert server.process.wait(timeout=30) == 0
