"""Requests of other sites, and of those who want to exhaust the server: C03, C04, C07, C08, D03, D05, D07, D10, J12.

And X02: nothing that an address says is where somebody is sent to.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping

import httpx
import pytest
from fastapi import FastAPI

from soundstage.bootstrap.studio import Studio

Ask = Callable[..., httpx.Response]
TEXT = b"A few words, and some more"
ORDER = json.dumps({"pipeline": "text_to_speech", "params": {"text": "Good morning."}}).encode()
FORM = b"pipeline=text_to_speech&params=%7B%22text%22%3A%22x%22%7D"
MULTIPART = b'--e\r\nContent-Disposition: form-data; name="pipeline"\r\n\r\ntext_to_speech\r\n--e--\r\n'
JOB = "job_" + "0" * 26
MOST_UNFINISHED = 10

BODIES: Mapping[str, tuple[str, bytes]] = {
    "C03-text": ("text/plain", ORDER),
    "C03-text-that-says-json": ("text/plain; application/json", ORDER),
    "C03-none": ("", ORDER),
    "C04-urlencoded": ("application/x-www-form-urlencoded", FORM),
    "C04-multipart": ("multipart/form-data; boundary=e", MULTIPART),
    "D03-semicolons": ("application/x-www-form-urlencoded", b"a;" * 250_000),
}


def jobs_of(studio: Studio) -> int:
    return sum(count.jobs for count in studio.jobs.count())


@pytest.mark.parametrize(("content_type", "body"), BODIES.values(), ids=BODIES)
def test_a_form_of_another_site_orders_nothing(ask: Ask, studio: Studio, content_type: str, body: bytes) -> None:
    answer = ask("POST", "/api/jobs", content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    assert jobs_of(studio) == 0


def test_c07_nothing_is_changed_by_looking_at_an_address(ask: Ask, app: FastAPI, studio: Studio) -> None:
    paths = app.openapi()["paths"]
    changing = [path for path, methods in paths.items() if "get" not in methods and "head" not in methods]
    assert len(changing) > 20
    for path in changing:
        answer = ask("GET", path.replace("{job_id}", JOB))
        assert answer.status_code in (404, 405), path


@pytest.mark.parametrize(
    "header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"], ids="C08-{}".format
)
def test_c08_a_header_makes_no_other_method_of_a_request(ask: Ask, studio: Studio, header: str) -> None:
    job_id = ask("POST", "/api/jobs", content=ORDER, headers={"Content-Type": "application/json"}).json()["id"]
    for method in ("GET", "POST"):
        ask(method, f"/api/jobs/{job_id}?_method=DELETE&cancel=true", headers={header: "DELETE"})
    assert studio.jobs.get(job_id).state == "queued"


@pytest.fixture
def link(ask: Ask) -> str:
    asset = ask("POST", "/api/assets", files={"file": ("a.txt", TEXT)}, data={"kind": "script"}).json()
    return str(ask("POST", f"/api/assets/{asset['id']}/link", json={}).json()["url"])


@pytest.mark.parametrize(
    "ranges",
    [
        "bytes=" + ",".join("0-0" for _ in range(10_000)),
        "bytes=" + ",".join(f"{at}-" for at in range(20)),
        "bytes=" + "0-" * 5_000,
        "bytes=-" + "9" * 5_000,
        "bytes=5-1",
        "bits=0-1",
    ],
    ids=["D05-ten-thousand", "D05-overlapping", "D05-dashes", "D05-digits", "D05-backwards", "D05-unit"],
)
def test_many_ranges_give_no_more_than_the_file(ask: Ask, link: str, ranges: str) -> None:
    answer = ask("GET", link, headers={"Range": ranges})
    assert answer.status_code in (200, 206, 400, 416)
    assert "multipart" not in answer.headers["content-type"]
    assert len(answer.content) <= max(len(TEXT), 1_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"], ids="D07-{}".format)
def test_a_packed_body_is_not_unpacked(ask: Ask, studio: Studio, encoding: str) -> None:
    bomb = gzip.compress(b'{"pipeline": "' + b"x" * 5_000_000 + b'"}')
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    assert ask("POST", "/api/jobs", content=bomb, headers=headers).status_code in (400, 415)
    assert jobs_of(studio) == 0


def test_d10_one_user_queues_no_more_than_the_plan_allows(ask: Ask, studio: Studio) -> None:
    lines = b"\n".join(ORDER for _ in range(1_000))
    headers = {"Content-Type": "application/x-ndjson"}
    results = [ask("POST", "/api/jobs/batch", content=lines, headers=headers).json() for _ in range(2)]
    assert [result["accepted"] for result in results] == [MOST_UNFINISHED, 0]
    assert {line["status"] for line in results[1]["results"]} == {429}
    assert jobs_of(studio) == MOST_UNFINISHED


@pytest.mark.parametrize("name", ["token", "access_token", "authorization", "bearer"], ids="J12-{}".format)
@pytest.mark.parametrize("path", [f"/api/jobs/{JOB}/events", "/api/events", "/api/jobs"])
def test_an_access_token_in_an_address_opens_nothing(ask: Ask, path: str, name: str) -> None:
    answer = ask("GET", f"{path}?{name}=ann", headers={"Authorization": ""})
    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/setup", "/api/jobs", "/healthz", "/readyz"])
def test_x02_nobody_is_sent_to_where_an_address_says(ask: Ask, path: str) -> None:
    for target in ("javascript:alert(1)", "https://evil.test/", "//evil.test"):
        answer = ask("GET", path, params={"next": target, "continue": target, "redirect": target})
        assert "location" not in answer.headers
        assert target not in answer.text
