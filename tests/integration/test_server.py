"""A real server with real workers: followed, cancelled, killed, stopped, and started twice."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

Block = dict[str, str]
Eventually = Callable[[Callable[[], object], str], None]
Start = Callable[..., Any]


def order(client: httpx.Client, folder: Path, pipeline: str = "gated") -> str:
    folder.mkdir(exist_ok=True)
    answer = client.post("/api/jobs", json={"pipeline": pipeline, "params": {"folder": str(folder)}})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def open_gate(folder: Path) -> None:
    (folder / "open").touch()


def ran(folder: Path) -> Counter[str]:
    ledger = folder / "ledger"
    return Counter(ledger.read_text().split()) if ledger.exists() else Counter()


def follow(client: httpx.Client, job_id: str, **headers: str) -> Iterator[Block]:
    """The blocks of the stream as they come."""
    with client.stream("GET", f"/api/jobs/{job_id}/events", headers=headers) as answer:
        assert answer.status_code == 200
        block: Block = {}
        for line in answer.iter_lines():
            if line:
                name, _, value = line.partition(": ")
                block[name] = value
            elif block:
                yield block
                block = {}


def ids(blocks: list[Block]) -> list[int]:
    return [int(block["id"]) for block in blocks if "id" in block]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "folder"


def test_a_job_is_followed_live_across_a_broken_connection(start: Start, folder: Path) -> None:
    client = start().client
    job_id = order(client, folder)
    before: list[Block] = []
    for block in follow(client, job_id):
        before.append(block)
        if block.get("event") == "tick" and len(ids(before)) >= 4:
            break
    seen = ids(before)
    assert 0 < json.loads(before[-1]["data"])["fraction"] < 1
    open_gate(folder)
    after = list(follow(client, job_id, **{"Last-Event-ID": str(seen[-1])}))
    assert seen + ids(after) == list(range(1, len(seen) + len(ids(after)) + 1))
    assert [block["event"] for block in after[-2:]] == ["job.succeeded", "bye"]
    assert client.get(f"/api/jobs/{job_id}").json()["progress"] == 100


def test_a_finished_job_s_file_is_fetched_in_parts(start: Start, folder: Path) -> None:
    client = start().client
    job_id = order(client, folder)
    open_gate(folder)
    assert list(follow(client, job_id))[-1]["event"] == "bye"
    artifact = client.get(f"/api/jobs/{job_id}").json()["stages"][-1]["artifacts"][0]
    part = client.get(artifact["url"], headers={"Range": "bytes=4-"})
    assert (part.status_code, part.content) == (206, b"456789")
    assert part.headers["etag"] == f'"{artifact["sha256"]}"'


def test_a_running_job_is_cancelled_and_its_stream_ends(start: Start, folder: Path, eventually: Eventually) -> None:
    client = start().client
    job_id = order(client, folder)
    eventually(lambda: ran(folder)["GATED"], "the second stage runs")
    blocks = follow(client, job_id)
    next(block for block in blocks if block.get("event") == "tick")
    assert client.post(f"/api/jobs/{job_id}/cancel").json()["state"] == "cancelled"
    assert [block["event"] for block in blocks if block.get("event", "tick") != "tick"][-2:] == ["job.cancelled", "bye"]


def test_a_killed_server_loses_nothing_and_its_workers_end(start: Start, folder: Path, eventually: Eventually) -> None:
    first = start()
    job_id = order(first.client, folder)
    seen = []
    for block in follow(first.client, job_id):
        seen += ids([block])
        if seen and ran(folder)["GATED"]:
            break
    workers = first.worker_pids()
    assert len(workers) == 2
    first.kill()
    eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), "the orphaned workers are gone")
    second = start()
    open_gate(folder)
    rest = list(follow(second.client, job_id, **{"Last-Event-ID": str(seen[-1])}))
    assert seen + ids(rest) == list(range(1, len(seen) + len(ids(rest)) + 1))
    assert rest[-2]["event"] == "job.succeeded"
    assert (ran(folder)["FIRST"], ran(folder)["LAST"]) == (1, 1)


def test_stopping_says_goodbye_hands_work_back_and_frees_the_home(
    start: Start, folder: Path, eventually: Eventually
) -> None:
    server = start(shutdown_grace_seconds="0")
    job_id = order(server.client, folder)
    workers = server.worker_pids()
    eventually(lambda: ran(folder)["GATED"], "the second stage runs")
    blocks = follow(server.client, job_id)
    next(block for block in blocks if block.get("event") == "tick")
    server.ask_to_stop()
    last = list(blocks)[-1]
    assert (last["event"], json.loads(last["data"])) == ("bye", {"reason": "shutdown"})
    assert server.process.wait(30) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    again = start()
    job = again.client.get(f"/api/jobs/{job_id}").json()
    part = job["stages"][1]["parts"][0]
    assert job["stages"][0]["state"] == "completed"
    assert (part["failures"], part["losses"]) == (0, 0)


def test_a_second_signal_ends_the_server_at_once(start: Start, folder: Path, eventually: Eventually) -> None:
    server = start(shutdown_grace_seconds="600")
    order(server.client, folder, pipeline="stubborn")
    eventually(lambda: ran(folder)["ONLY"], "the stage runs")
    blocks = follow(server.client, server.client.get("/api/jobs").json()["jobs"][0]["id"])
    next(blocks)
    server.ask_to_stop(signal.SIGINT)
    assert list(blocks)[-1]["event"] == "bye"
    server.ask_to_stop(signal.SIGTERM)
    assert server.process.wait(30) == -signal.SIGTERM
    open_gate(folder)


def test_a_second_server_on_one_home_is_refused_and_told_of_the_first(
    start: Start, start_in_vain: Callable[..., subprocess.CompletedProcess[str]], folder: Path
) -> None:
    first = start()
    refused = start_in_vain()
    assert refused.returncode == 5
    assert "home_in_use" in refused.stderr
    assert str(first.client.base_url).rstrip("/") in refused.stderr
    assert first.client.get("/readyz").status_code == 200


def test_a_taken_port_is_told_before_any_worker_starts(
    start: Start, start_in_vain: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    port = start(home=tmp_path / "other").client.base_url.port
    refused = start_in_vain(port=str(port))
    assert refused.returncode == 5
    assert "port_in_use" in refused.stderr
    assert not (tmp_path / "home" / "owner.lock").exists()


@pytest.mark.parametrize("host", ["example.org", "256.0.0.1"])
def test_what_is_no_address_is_refused(
    start_in_vain: Callable[..., subprocess.CompletedProcess[str]], host: str
) -> None:
    refused = start_in_vain(host=host)
    assert refused.returncode == 2
    assert host in refused.stderr


def test_a_server_without_workers_alive_is_not_ready(start: Start, eventually: Eventually) -> None:
    checks = start().client.get("/readyz").json()["checks"]
    assert {check["name"]: check["ready"] for check in checks} == dict.fromkeys(
        ("database", "disk", "blobs", "workers"), True
    )


def test_a_worker_that_dies_is_replaced(start: Start, eventually: Eventually) -> None:
    server = start()
    before = server.worker_pids()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(set(server.worker_pids()) - set(before)) == 2, "two new workers have started")
    eventually(lambda: server.client.get("/readyz").status_code == 200, "the server is ready again")


def test_a_caller_that_leaves_in_the_middle_of_an_upload_leaves_nothing(start: Start, eventually: Eventually) -> None:
    server = start()
    incoming = server.home / "blobs" / "incoming"
    url = server.client.base_url
    with socket.create_connection((url.host, url.port)) as caller:
        bearer = server.client.headers["Authorization"]
        head = (
            f"POST /api/files HTTP/1.1\r\nHost: {url.host}\r\nAuthorization: {bearer}\r\nContent-Length: 1000\r\n\r\n"
        )
        caller.sendall(head.encode() + b"x" * 500)
        eventually(lambda: list(incoming.iterdir()), "the upload has begun")
    eventually(lambda: not list(incoming.iterdir()), "what had come is removed")
    assert server.client.get("/healthz").status_code == 200
