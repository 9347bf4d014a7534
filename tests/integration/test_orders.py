"""Orders over HTTP to a real server: repeated by many at once, followed by an executor, and listed with many others."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[..., Any]
Eventually = Callable[[Callable[[], object], str], None]
TIMES = 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "gate"
    path.mkdir()
    return path


def test_a_hundred_equal_posts_at_once_make_one_job_f16(start: Start, database_url: str, folder: Path) -> None:
    server = start(database_url=database_url, workers="0")
    order = {"pipeline": "gated", "params": {"folder": str(folder)}}

    def post(_number: int) -> httpx.Response:
        answer: httpx.Response = server.client.post("/api/jobs", json=order, headers={"Idempotency-Key": "once"})
        return answer

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(post, range(TIMES)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == TIMES - 1
    assert server.client.get("/api/jobs/counts").json()["total"] == 1


def test_a_key_outlives_the_server_that_took_it(start: Start, folder: Path) -> None:
    first = start(workers="0")
    order = {"pipeline": "gated", "params": {"folder": str(folder)}}
    made = first.client.post("/api/jobs", json=order, headers={"Idempotency-Key": "once"}).json()["id"]
    first.kill()
    second = start(first.home, workers="0")
    again = second.client.post("/api/jobs", json=order, headers={"Idempotency-Key": "once"})
    assert (again.json()["id"], again.headers["idempotency-replayed"]) == (made, "true")


def test_a_batch_runs_while_it_is_listed_and_counted(start: Start, folder: Path, eventually: Eventually) -> None:
    server = start(workers="1")
    (folder / "open").touch()
    line = json.dumps({"pipeline": "gated", "params": {"folder": str(folder)}, "description": "Batch"}) + "\n"
    answer = server.client.post(
        "/api/jobs/batch", content=line * 20, headers={"Content-Type": "application/x-ndjson"}
    ).json()
    assert answer["accepted"] == 20

    def have_succeeded() -> bool:
        return bool(server.client.get("/api/jobs/counts").json()["by_state"]["succeeded"] == 20)

    eventually(have_succeeded, "all jobs of the batch have succeeded")
    listed = server.client.get("/api/jobs", params={"text": "batch", "sort": "-finished_at", "limit": 100}).json()
    assert {job["id"] for job in listed["jobs"]} == {result["id"] for result in answer["results"]}
