"""The clients that people have, on a real server: all of them are told the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from websockets.sync.client import connect

NPM = Path(__file__).parents[2] / "npm"
FOLLOW_IN_A_PAGE = """
([path, ticket, after]) => new Promise((told) => {
  const source = new EventSource(`${path}?ticket=${ticket}&after=${after}`);
  const facts = [];
  const kinds = ["job.queued", "job.started", "stage.started", "stage.completed", "checkpoint.saved", "job.succeeded"];
  for (const kind of kinds) {
    source.addEventListener(kind, (event) => facts.push([event.lastEventId, JSON.parse(event.data)]));
  }
  source.addEventListener("bye", () => { source.close(); told({ facts, state: "bye" }); });
  source.onerror = () => { if (source.readyState === EventSource.CLOSED) told({ facts, state: "closed" }); };
})
"""
Live = Any


@pytest.fixture
def job(live: Live) -> str:
    """A job that has told some facts and ends while it is followed."""
    return str(live.order(pause_seconds=0.005, most=40))


@pytest.fixture
def page(live: Live, browser: Browser) -> Page:
    """A page of the studio."""
    page = browser.new_page()
    page.goto(f"http://{live.address}/healthz")
    return page


def missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what}; here every program must be there.")
    pytest.skip(what)


def ticket(live: Live) -> str:
    return str(live.client.post("/api/auth/tickets").json()["ticket"])


def test_a_browser_s_event_source_is_told_every_fact(live: Live, job: str, page: Page) -> None:
    path = f"/api/jobs/{job}/events"
    told = page.evaluate(FOLLOW_IN_A_PAGE, [path, ticket(live), 0])
    assert told["state"] == "bye"
    facts = live.facts(job)
    assert [fact for _, fact in told["facts"]] == facts
    assert [int(last_id) for last_id, _ in told["facts"]] == [fact["seq"] for fact in facts]
    again = page.evaluate(FOLLOW_IN_A_PAGE, [path, ticket(live), 5])
    assert [fact for _, fact in again["facts"]] == facts[5:]


def test_a_spent_ticket_stops_a_browser_s_event_source(live: Live, job: str, page: Page) -> None:
    spent = ticket(live)
    path = f"/api/jobs/{job}/events"
    page.evaluate(FOLLOW_IN_A_PAGE, [path, spent, 0])
    assert page.evaluate(FOLLOW_IN_A_PAGE, [path, spent, 0]) == {"facts": [], "state": "closed"}


def test_a_websocket_client_is_told_every_fact(live: Live, job: str) -> None:
    with connect(f"ws://{live.address}/ws/jobs/{job}", additional_headers=live.bearer) as connection:
        told = [json.loads(text) for text in connection]
    assert told[-1] == {"type": "bye", "reason": "ended"}
    facts = [message for message in told if message["type"] == "fact"]
    assert [without(fact, "type", "cursor") for fact in facts] == live.facts(job)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_the_npm_client_of_socket_io_is_told_every_fact(live: Live, job: str, transport: str) -> None:
    answer, *told = follow_by_npm(live, live.token, job, transport)
    assert answer == ["answer", {"ok": True}]
    assert told[-1] == ["bye", {"job": job, "reason": "ended"}]
    assert [without(fact, "cursor") for name, fact in told if name == "fact"] == live.facts(job)


def test_the_npm_client_of_socket_io_is_told_why_it_may_not(live: Live, job: str) -> None:
    assert follow_by_npm(live, "made-up", job, "websocket") == [["connect_error", {"code": "not_signed_in"}]]


def follow_by_npm(live: Live, token: str, job: str, transport: str) -> list[Any]:
    node = shutil.which("node")
    if node is None or not (NPM / "node_modules").exists():
        missing("node or the packages of tests/npm are not installed")
    words = [str(node), str(NPM / "follow.mjs"), f"http://{live.address}", token, job, transport]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert not done.stderr, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return sorted(lines, key=lambda line: line[0] != "answer")


def without(fact: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fact.items() if name not in names}


def test_all_jobs_come_over_one_stream_of_a_server(live: Live, until_told: Callable[..., list[Any]]) -> None:
    with connect(f"ws://{live.address}/ws/events", additional_headers=live.bearer) as connection:
        assert json.loads(connection.recv(timeout=30))["type"] == "ready"
        jobs = [live.order(most=3), live.order(most=3)]
        told = until_told(connection, jobs)
    for job_id in jobs:
        facts = [without(message, "type", "cursor") for message in told if message["job"] == job_id]
        assert facts == live.facts(job_id)


@pytest.fixture
def until_told() -> Callable[..., list[Any]]:
    """The facts of these jobs until all have succeeded."""

    def read(connection: Any, jobs: list[str]) -> list[Any]:
        told: list[Any] = []
        while sum(message["kind"] == "job.succeeded" for message in told) < len(jobs):
            message = json.loads(connection.recv(timeout=30))
            if message["type"] == "fact" and message["job"] in jobs:
                told.append(message)
        return told

    return read
