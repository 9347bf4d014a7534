"""What administrators see of workers, queues, failures and storage over HTTP, and how they steer queues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.core.remaining import FEWEST_SAMPLES
from soundstage.runtime.doorbell.local import LocalBell
from soundstage.store.claims import Claim, WorkerSlot
from soundstage.studio import jobs

Order = Callable[..., dict[str, Any]]
Act = Callable[[], None]


def queue_named(api: httpx.Client, name: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = api.get("/api/admin/queues").json()["queues"]
    return next(queue for queue in found if queue["name"] == name)


@pytest.fixture
def bell(studio: Studio) -> Iterator[LocalBell]:
    """What the process that runs the workers hears."""
    bell = LocalBell(studio.home.run)
    yield bell
    bell.close()


def test_a_worker_tells_what_it_does(
    api: httpx.Client, studio: Studio, order: Order, claim: Callable[[], Claim]
) -> None:
    store = studio.parts.store
    store.workers.register(WorkerSlot("worker_1", ("cpu",)), "studio-1", 4711)
    job = order()
    store.parts.record_progress(claim(), 0.5, "Dear", [])
    [worker] = api.get("/api/admin/workers", headers={"Accept-Language": "pt"}).json()["workers"]
    assert (worker["id"], worker["host"], worker["pid"], worker["state"]) == ("worker_1", "studio-1", 4711, "busy")
    assert worker["queues"] == ["cpu"]
    work = worker["work"]
    assert work.pop("started_at").endswith("Z")
    assert work == {
        "job": job["id"],
        "pipeline": "letter",
        "stage": "WRITE",
        "label": "Escrevendo",
        "item": None,
        "attempt": 1,
        "progress": 50,
        "message": "Dear",
    }


def test_a_queue_tells_how_full_it_is_and_every_priority(api: httpx.Client, order: Order, claim: Any) -> None:
    order(priority="urgent")
    order(priority="low")
    claim()
    queue = queue_named(api, "cpu")
    assert queue["ready_by_priority"] == {"urgent": 0, "high": 0, "normal": 0, "low": 1}
    assert (queue["ready_parts"], queue["active_parts"], queue["retrying_parts"]) == (1, 1, 0)
    assert (queue["state"], queue["pause"]) == ("open", None)


def test_a_paused_queue_says_who_paused_it_and_why_and_the_job_says_why_it_stands(
    api: httpx.Client, order: Order, studio: Studio
) -> None:
    job = order()
    answer = api.post("/api/admin/queues/cpu/pause", json={"reason": "A new card"})
    assert (answer.status_code, answer.json()["state"]) == (200, "paused")
    pause = queue_named(api, "cpu")["pause"]
    assert (pause["by"], pause["by_name"], pause["reason"]) == ("local", "ada", "A new card")
    assert studio.parts.store.parts.claim(WorkerSlot("worker_1", ("cpu",))) is None
    told = api.get(f"/api/jobs/{job['id']}").json()
    assert (told["stages"][0]["state"], told["stages"][0]["queue_paused"]) == ("ready", True)
    assert told["stages"][1]["queue_paused"] is False
    listed = api.get("/api/jobs").json()["jobs"][0]
    assert listed["stages"][0]["queue_paused"] is True


def test_nobody_is_told_a_time_remaining_while_a_queue_is_paused(
    api: httpx.Client, studio: Studio, order: Order, complete: Act
) -> None:
    for number in range(FEWEST_SAMPLES):
        studio.jobs.create(jobs.Order("letter", {"text": f"Letter {number}"}))
        complete()
        complete()
    job = f"/api/jobs/{order()['id']}"
    assert api.get(job).json()["remaining_seconds"] is not None
    api.post("/api/admin/queues/cpu/pause")
    assert api.get(job).json()["remaining_seconds"] is None
    assert api.get("/api/jobs").json()["jobs"][0]["remaining_seconds"] is None
    api.post("/api/admin/queues/cpu/resume")
    assert api.get(job).json()["remaining_seconds"] is not None


def test_a_queue_drains_while_parts_of_it_run(api: httpx.Client, order: Order, claim: Any) -> None:
    order()
    claim()
    assert api.post("/api/admin/queues/cpu/pause").json()["state"] == "draining"


def test_a_resumed_queue_is_open_and_its_workers_are_rung(api: httpx.Client, bell: LocalBell) -> None:
    api.post("/api/admin/queues/cpu/pause")
    assert bell.hear() == 0
    answer = api.post("/api/admin/queues/cpu/resume")
    assert (answer.status_code, answer.json()["state"], bell.hear()) == (200, "open", 1)
    assert api.post("/api/admin/queues/cpu/resume").status_code == 200
    assert bell.hear() == 0


def test_pauses_and_resumptions_stand_in_the_audit_log(api: httpx.Client) -> None:
    api.post("/api/admin/queues/cpu/pause", json={"reason": "A new card"})
    api.post("/api/admin/queues/cpu/resume")
    resumed, paused = api.get("/api/admin/audit?target=cpu").json()["entries"]
    assert (paused["action"], paused["actor"], paused["data"]) == ("queue.paused", "local", {"reason": "A new card"})
    assert (resumed["action"], resumed["actor"], resumed["data"]) == ("queue.resumed", "local", {})


@pytest.mark.parametrize("verb", ["pause", "resume"])
def test_a_queue_that_there_is_not_is_not_found_and_those_that_there_are_are_named(
    api: httpx.Client, verb: str
) -> None:
    answer = api.post(f"/api/admin/queues/cpuu/{verb}")
    assert (answer.status_code, answer.json()["code"]) == (404, "queue_not_found")
    assert "cpu" in answer.json()["hint"]
    assert api.get("/api/admin/audit?target=cpuu").json()["entries"] == []


@pytest.mark.parametrize("body", [{"reason": "x" * 201}, {"reason": "\x00"}, {"because": "x"}, {"reason": None}])
def test_a_reason_that_cannot_be_kept_is_refused_and_nothing_is_paused(api: httpx.Client, body: Any) -> None:
    assert api.post("/api/admin/queues/cpu/pause", json=body).status_code == 422
    assert queue_named(api, "cpu")["state"] == "open"


def test_failures_are_told_by_their_cause(api: httpx.Client, order: Order, fail: Act) -> None:
    assert api.get("/api/admin/failures").json() == {"causes": []}
    order()
    fail()
    job = order()
    fail()
    [cause] = api.get("/api/admin/failures?hours=1").json()["causes"]
    assert cause.pop("last_at").endswith("Z")
    assert cause == {
        "pipeline": "letter",
        "stage": "WRITE",
        "code": "engine_failed",
        "failed_tries": 2,
        "failed_parts": 2,
        "jobs": 2,
        "last_job": job["id"],
        "message": "The pen broke.",
    }


@pytest.mark.parametrize("hours", ["0", "721", "soon"])
def test_failures_are_told_of_an_hour_to_thirty_days(api: httpx.Client, hours: str) -> None:
    assert api.get(f"/api/admin/failures?hours={hours}").status_code == 422


def test_storage_tells_what_is_held_by_whom_and_what_the_plan_and_the_disk_allow(
    api: httpx.Client, order: Order, complete: Act, sign_in: Callable[[str], dict[str, str]]
) -> None:
    ben = sign_in("ben")
    assert api.post("/api/assets", headers=ben, files={"file": ("a.txt", b"Four words of text")}).status_code == 201
    order()
    complete()
    told = api.get("/api/admin/storage").json()
    assert told["total"] == {"bytes": 28, "count": 2}
    assert told["by_content"]["assets"] == {"bytes": 18, "count": 1}
    assert told["by_content"]["artifacts"] == {"bytes": 10, "count": 1}
    assert 0 < told["disk_free_bytes"] <= told["disk_total_bytes"]
    largest, second = told["owners"]
    assert (largest["username"], largest["plan"], largest["asset_bytes"]) == ("ben", "free", 18)
    assert largest["limit_bytes"] > 0
    assert (second["username"], second["artifact_bytes"]) == ("ada", 10)
