"""A paused queue over a real server: its workers start nothing, what runs ends, a restart changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[..., Any]
Eventually = Callable[[Callable[[], object], str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "gate"
    folder.mkdir()
    (folder / "ledger").touch()
    return folder


def ran(folder: Path) -> Counter[str]:
    return Counter((folder / "ledger").read_text().split())


def order(client: httpx.Client, folder: Path) -> str:
    answer = client.post("/api/jobs", json={"pipeline": "gated", "params": {"folder": str(folder)}})
    return str(answer.json()["id"])


def state_of(client: httpx.Client, job_id: str) -> str:
    return str(client.get(f"/api/jobs/{job_id}").json()["state"])


def cpu_queue(client: httpx.Client) -> dict[str, Any]:
    queues: list[dict[str, Any]] = client.get("/api/admin/queues").json()["queues"]
    return next(queue for queue in queues if queue["name"] == "cpu")


def test_a_paused_queue_drains_starts_nothing_across_a_restart_and_goes_on_at_once(
    start: Start, folder: Path, eventually: Eventually
) -> None:
    first = start()
    job_id = order(first.client, folder)
    eventually(lambda: ran(folder)["GATED"], "the second stage runs")
    paused = first.client.post("/api/admin/queues/cpu/pause", json={"reason": "A new card"}).json()
    assert (paused["state"], paused["active_parts"], paused["workers"]) == ("draining", 1, 2)
    another = order(first.client, folder)
    (folder / "open").touch()
    eventually(lambda: cpu_queue(first.client)["state"] == "paused", "what ran has ended")
    assert ran(folder) == Counter(FIRST=1, GATED=1)
    first.ask_to_stop()
    first.process.wait()
    second = start()
    eventually(lambda: len(second.client.get("/api/admin/workers").json()["workers"]) == 2, "both workers are there")
    workers = second.client.get("/api/admin/workers").json()["workers"]
    assert [worker["state"] for worker in workers] == ["idle", "idle"]
    assert (cpu_queue(second.client)["state"], cpu_queue(second.client)["ready_parts"]) == ("paused", 2)
    assert ran(folder) == Counter(FIRST=1, GATED=1)
    assert second.client.post("/api/admin/queues/cpu/resume").json()["state"] == "open"
    eventually(lambda: {state_of(second.client, each) for each in (job_id, another)} == {"succeeded"}, "both succeed")
    assert ran(folder) == Counter(FIRST=2, GATED=2, LAST=2)
