"""Who may come in, what a body may be, and how refusals look."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.datastructures import Headers

from soundstage.api.door import Door
from soundstage.api.errors import STATUS_OF, status_of
from soundstage.api.services import LOOPBACK_NAMES
from soundstage.bootstrap.studio import Studio
from soundstage.core import errors
from soundstage.core.errors import SoundstageError
from soundstage.store.views import JobFilter

ORDER = {"pipeline": "letter", "params": {"text": "Hello"}}
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "", "localhost."])
def test_a_foreign_name_of_the_host_is_refused(api: httpx.Client, host: str) -> None:
    answer = api.get("/api/pipelines", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_caller")


@pytest.mark.parametrize("host", ["localhost:8484", "127.0.0.1", "127.0.0.1:8484", "[::1]:8484", "[::1]", "LocalHost"])
def test_the_names_of_the_loopback_are_ours(api: httpx.Client, host: str) -> None:
    assert api.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.test"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(api: httpx.Client, studio: Studio, headers: dict[str, str]) -> None:
    assert api.post("/api/jobs", json=ORDER, headers=headers).status_code == 403
    assert api.post("/api/files", content=b"text", headers=headers).status_code == 403
    assert studio.jobs.list_jobs(JobFilter()) == []


@pytest.mark.parametrize(
    ("headers", "may_come_in"),
    [
        ({"host": "localhost:8484"}, True),
        ({"host": "localhost:8484", "origin": "http://localhost:8484", "cookie": "a=b"}, True),
        ({"host": "localhost:8484", "origin": "http://evil.test"}, False),
        ({"host": "localhost:8484", "origin": "http://localhost:9999"}, False),
        ({"host": "localhost:8484", "origin": "null"}, False),
        ({"host": "localhost:8484", "cookie": "a=b"}, False),
        ({"host": "evil.test", "origin": "http://evil.test"}, False),
        ({"host": "localhost:8484", "sec-fetch-site": "cross-site"}, False),
    ],
    ids=["program", "own", "C01-foreign", "C01-port", "C01-null", "C01-cookie", "C05-host", "C01-site"],
)
def test_c01_a_websocket_is_opened_by_our_own_pages_and_by_programs(headers: dict[str, str], may_come_in: bool) -> None:
    came_in, sent = [], []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        came_in.append(scope)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "websocket", "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    asyncio.run(Door(app, LOOPBACK_NAMES)(scope, _receive_nothing, send))
    assert bool(came_in) == may_come_in
    assert sent == ([] if may_come_in else [{"type": "websocket.close", "code": 1008}])


async def _receive_nothing() -> Any:
    return {"type": "websocket.connect"}


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("192.0.2.1", True),
        ("192.0.2.1:8484", True),
        ("[2001:db8::1]:8484", True),
        ("localhost", True),
        ("evil.test", False),
        ("192.0.2.1.evil.test", False),
        ("2130706433", False),
        ("0x7f.1", False),
        ("[192.0.2.1]", False),
        ("2001:db8::1", False),
        ("", False),
    ],
)
def test_c05_a_server_for_other_machines_takes_addresses_but_no_foreign_name(host: str, is_ours: bool) -> None:
    door = Door(_never, LOOPBACK_NAMES, takes_addresses=True)
    refusal = door._refusal("GET", Headers({"host": host}))
    assert (refusal is None) == is_ours


async def _never(_scope: Any, _receive: Any, _send: Any) -> None:
    raise AssertionError


def test_our_own_page_may_change_things(api: httpx.Client) -> None:
    headers = {"Origin": "http://localhost:8484", "Host": "localhost:8484", "Sec-Fetch-Site": "same-origin"}
    assert api.post("/api/jobs", json=ORDER, headers=headers).status_code == 202


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_that_is_not_called_json_is_refused(api: httpx.Client, kind: str) -> None:
    answer = api.post("/api/jobs", content=b'{"pipeline": "letter"}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 1, "a": 2}',
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": "\xff"}',
        b'{"a": ' + b"9" * 100_000 + b"}",
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        '{"a": 1}'.encode("utf-16"),
        b"\x1f\x8b\x08\x00",
    ],
    ids=lambda body: body[:12].decode("ascii", "replace"),
)
def test_json_that_is_none_is_refused(api: httpx.Client, body: bytes) -> None:
    answer = api.post("/api/jobs", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_json")


def test_deep_but_reasonable_json_and_every_script_come_through(api: httpx.Client) -> None:
    metadata: dict[str, Any] = {"text": "Grüße 🎬 \x00"}
    for _ in range(20):
        metadata = {"in": metadata}
    answer = api.post("/api/jobs", json={**ORDER, "metadata": metadata})
    assert answer.status_code == 202
    assert answer.json()["metadata"]["in"] == metadata["in"]


def test_a_json_body_above_its_limit_is_refused(api: httpx.Client) -> None:
    order = {**ORDER, "description": "x" * (1 << 20)}
    answer = api.post("/api/jobs", json=order)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    chunked = api.post("/api/jobs", content=iter([b" " * (1 << 20), b" "]), headers=JSON)
    assert chunked.status_code == 413


def test_unknown_routes_and_methods_answer_with_a_problem(api: httpx.Client) -> None:
    for method, path, status in (
        ("GET", "/api/nowhere", 404),
        ("GET", "/", 404),
        ("PATCH", "/api/jobs", 405),
        ("GET", f"/api/jobs/job_{'0' * 26}/cancel", 405),
        ("GET", "//etc/passwd", 404),
    ):
        answer = api.request(method, f"http://localhost{path}")
        assert (answer.status_code, answer.json()["status"]) == (status, status)
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_method_cannot_be_smuggled_in_a_header(api: httpx.Client, studio: Studio) -> None:
    job_id = api.post("/api/jobs", json=ORDER).json()["id"]
    api.get(f"/api/jobs/{job_id}", headers={"X-HTTP-Method-Override": "DELETE"})
    assert studio.jobs.get(job_id).state == "queued"


def test_what_nobody_foresaw_tells_nothing_of_the_inside(api: httpx.Client, app: FastAPI) -> None:
    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the password is swordfish")

    answer = api.get("/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "swordfish" not in answer.text


def test_an_internal_error_of_ours_tells_nothing_of_the_inside(api: httpx.Client, app: FastAPI) -> None:
    @app.get("/broken")
    def broken() -> None:
        raise SoundstageError("the password is swordfish")

    assert "swordfish" not in api.get("/broken").text


def test_a_database_that_rests_asks_to_come_again(api: httpx.Client, app: FastAPI) -> None:
    @app.get("/resting")
    def resting() -> None:
        raise errors.StoreUnavailable("The database rests.")

    answer = api.get("/resting")
    assert (answer.status_code, answer.json()["detail"]) == (503, "The database rests.")
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.BadParameters, 422),
        (errors.NoFace, 422),
        (errors.JobNotFound, 404),
        (errors.IllegalTransition, 409),
        (errors.DiskFull, 507),
        (errors.StoreUnavailable, 503),
        (errors.LeaseLost, 500),
    ],
)
def test_each_error_has_the_status_of_its_nearest_kind(error: type[SoundstageError], status: int) -> None:
    assert status_of(error()) == status


def test_only_the_root_of_the_tree_is_an_internal_error() -> None:
    assert [kind for kind, status in STATUS_OF.items() if status == 500] == [SoundstageError]


def test_every_answer_is_guarded(api: httpx.Client) -> None:
    for path in ("/healthz", "/api/nowhere", "/api/openapi.json"):
        headers = api.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
