"""Streams over WebSockets: who opens them, what comes, and how they end."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from soundstage.api.live import websocket as live_websocket
from soundstage.bootstrap.studio import Studio
from soundstage.core.events import Tick
from soundstage.runtime.live import EventHub
from soundstage.store.tables import jobs

Act = Callable[..., None]
Served = Any
MISSING = f"job_{'0' * 26}"


def messages(connection: ClientConnection) -> list[dict[str, Any]]:
    """All until the end."""
    got = []
    try:
        while True:
            got.append(json.loads(connection.recv(timeout=10)))
    except ConnectionClosed:
        return got


def closed_with(connection: ClientConnection) -> int:
    messages(connection)
    assert connection.close_code is not None
    return connection.close_code


def refused(served: Served, path: str, headers: dict[str, str] | None = None, **options: Any) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as answer:
        served.socket(path, headers, **options)
    body = answer.value.response.body or b"{}"
    return answer.value.response.status_code, json.loads(body).get("code", "")


def test_every_fact_comes_in_order_and_then_the_end(served: Served, job: str, complete: Act) -> None:
    complete()
    complete()
    connection = served.socket(f"/ws/jobs/{job}")
    *facts, bye = messages(connection)
    assert [fact["seq"] for fact in facts] == list(range(1, len(facts) + 1))
    assert facts[0].keys() == {"type", "cursor", "job", "seq", "kind", "at", "stage", "data"}
    assert (facts[0]["type"], facts[0]["job"], facts[-1]["kind"]) == ("fact", job, "job.succeeded")
    assert bye == {"type": "bye", "reason": "ended"}
    assert connection.close_code == 1000
    after = served.socket(f"/ws/jobs/{job}?after={facts[2]['seq']}")
    assert messages(after) == [*facts[3:], bye]


def test_ticks_come_between(served: Served, job: str, hub: EventHub) -> None:
    connection = served.socket(f"/ws/jobs/{job}")
    assert json.loads(connection.recv(timeout=10))["seq"] == 1
    hub.tick(Tick(job, 7, 1, 0.5, "half", "WRITE", 2))
    told = json.loads(connection.recv(timeout=10))
    said = {"job": job, "stage": "WRITE", "item": 2, "part": 7, "attempt": 1, "fraction": 0.5, "message": "half"}
    assert told == {"type": "tick", **said}


def test_all_jobs_of_the_caller(served: Served, studio: Studio, order: Callable[..., dict[str, Any]]) -> None:
    connection = served.socket("/ws/events")
    ready = json.loads(connection.recv(timeout=10))
    assert ready["type"] == "ready"
    job_id = order()["id"]
    fact = json.loads(connection.recv(timeout=10))
    assert (fact["job"], fact["seq"]) == (job_id, 1)
    studio.jobs.cancel(job_id)
    again = served.socket(f"/ws/events?after={fact['cursor']}")
    assert json.loads(again.recv(timeout=10))["type"] == "ready"
    assert json.loads(again.recv(timeout=10))["kind"] == "job.cancelled"


def test_the_token_may_be_the_first_message(served: Served, job: str) -> None:
    connection = served.socket(f"/ws/jobs/{job}", headers={})
    connection.send(json.dumps({"type": "auth", "token": served.bearer["Authorization"].removeprefix("Bearer ")}))
    assert json.loads(connection.recv(timeout=10))["seq"] == 1


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('{"type": "auth", "token": "made-up"}', 4401),
        ('{"type": "auth"}', 4422),
        ("[]", 4422),
        ("{", 4422),
        ("[" * 2000, 4422),
        (json.dumps({"type": "auth", "token": "x" * 5000}), 4422),
        (b"\x00", 4422),
    ],
    ids=["unknown", "without", "list", "broken", "deep", "long", "binary"],
)
def test_a_first_message_that_is_no_token_ends_it(served: Served, job: str, message: str | bytes, code: int) -> None:
    connection = served.socket(f"/ws/jobs/{job}", headers={})
    connection.send(message)
    (error,) = messages(connection)
    assert error["type"] == "error"
    assert connection.close_code == code


def test_silence_instead_of_a_token_ends_it(served: Served, job: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_websocket, "FIRST_MESSAGE_SECONDS", 0.05)
    assert closed_with(served.socket(f"/ws/jobs/{job}", headers={})) == 4401


def test_a_ticket_opens_one_socket_once(served: Served, api: httpx.Client, job: str) -> None:
    ticket = api.post("/api/auth/tickets").json()["ticket"]
    connection = served.socket(f"/ws/jobs/{job}?ticket={ticket}", headers={})
    assert json.loads(connection.recv(timeout=10))["seq"] == 1
    assert refused(served, f"/ws/jobs/{job}?ticket={ticket}", headers={}) == (401, "not_signed_in")


def test_refusals_are_answered_as_over_http(served: Served, job: str, sign_in: Callable[..., dict[str, str]]) -> None:
    ben = sign_in("ben")
    assert refused(served, f"/ws/jobs/{job}", {"Authorization": "Bearer made-up"}) == (401, "not_signed_in")
    assert refused(served, f"/ws/jobs/{job}", ben) == refused(served, f"/ws/jobs/{MISSING}", ben)
    assert refused(served, f"/ws/jobs/{MISSING}", ben) == (404, "job_not_found")
    assert refused(served, "/ws/events?after=x") == (422, "bad_input")


@pytest.mark.parametrize("cursor", ["-1", str(2**64), "x", "1.5", "%D9%A1"], ids=lambda cursor: f"R05 {cursor}")
def test_a_cursor_that_cannot_be_is_refused(served: Served, job: str, cursor: str) -> None:
    assert refused(served, f"/ws/jobs/{job}?after={cursor}") == (422, "bad_input")


@pytest.mark.parametrize("after", ["999", str(2**63 - 1)])
def test_a_cursor_from_the_future_asks_to_load_the_job_anew(served: Served, job: str, after: str) -> None:
    connection = served.socket(f"/ws/jobs/{job}?after={after}")
    told = json.loads(connection.recv(timeout=10))
    assert told == {"type": "snapshot_required", "reason": "future", "cursor": "1"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.test"},
        {"Cookie": "session=1"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=["C01 foreign origin", "C06 null", "C06 suffix", "C01 no origin and a cookie", "C01 cross-site"],
)
def test_a_page_of_another_site_opens_no_socket(served: Served, job: str, headers: dict[str, str]) -> None:
    status, _ = refused(served, f"/ws/jobs/{job}", served.bearer | headers)
    assert status == 403


def test_our_own_page_opens_one(served: Served, job: str) -> None:
    headers = served.bearer | {"Origin": f"http://{served.address}", "Sec-Fetch-Site": "same-origin"}
    assert json.loads(served.socket(f"/ws/jobs/{job}", headers).recv(timeout=10))["seq"] == 1


def test_who_follows_has_nothing_to_say(served: Served, job: str) -> None:
    connection = served.socket(f"/ws/jobs/{job}")
    connection.send("hello")
    assert messages(connection)[-1] == {"type": "bye", "reason": "unexpected_message"}
    assert connection.close_code == 1008


def test_a_frame_above_the_limit_is_not_taken(served: Served, job: str) -> None:
    connection = served.socket(f"/ws/jobs/{job}", headers={})
    connection.send("x" * 20_000)
    assert closed_with(connection) == 1009


def test_no_compression_is_agreed_on(served: Served, job: str) -> None:
    from websockets.sync.client import connect

    with connect(f"ws://{served.address}/ws/jobs/{job}", additional_headers=served.bearer) as connection:
        assert connection.response is not None
        assert "sec-websocket-extensions" not in connection.response.headers


def test_a_session_that_ends_ends_its_sockets(served: Served, api: httpx.Client, job: str) -> None:
    connection = served.socket(f"/ws/jobs/{job}")
    assert api.post("/api/auth/logout").status_code in (200, 204)
    assert messages(connection)[-1] == {"type": "bye", "reason": "revoked"}
    assert connection.close_code == 4401


def test_r04_a_job_that_gets_another_owner_is_gone(
    served: Served, visitor: httpx.Client, studio: Studio, sign_in: Callable[..., dict[str, str]]
) -> None:
    ben = sign_in("ben")
    wish = {"pipeline": "letter", "params": {"text": "Dear reader"}}
    job_id = visitor.post("/api/jobs", json=wish, headers=ben).json()["id"]
    connection = served.socket(f"/ws/jobs/{job_id}", ben)
    assert json.loads(connection.recv(timeout=10))["seq"] == 1
    with studio.parts.records.write() as database:
        database.execute(update(jobs).where(jobs.c.id == job_id).values(owner="cleo"))
    assert messages(connection) == [{"type": "bye", "reason": "gone"}]
    assert connection.close_code == 4404


def test_a_server_that_stops_says_goodbye_first(served: Served, job: str, hub: EventHub, app: FastAPI) -> None:
    connection = served.socket(f"/ws/jobs/{job}")
    json.loads(connection.recv(timeout=10))
    hub.close()
    assert messages(connection) == [{"type": "bye", "reason": "shutdown"}]
    assert connection.close_code == 1001


def test_a_client_that_leaves_leaves_nothing_behind(served: Served, job: str, hub: EventHub) -> None:
    for _ in range(5):
        served.socket(f"/ws/jobs/{job}").close()
    done = threading.Event()
    for _ in range(500):
        if hub.reader_count == 0:
            done.set()
            break
        done.wait(0.01)
    assert done.is_set()
