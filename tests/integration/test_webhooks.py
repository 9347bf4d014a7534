"""Real servers bring real messages to a real receiver, whatever dies in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from soundstage.testing.receiver import Received, Receiver

Start = Callable[..., Any]
Eventually = Callable[[Callable[[], object], str], None]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of the gated pipeline, with the gate open."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "open").touch()
    return folder


def listen(server: Any, receiver: Receiver, events: list[str]) -> dict[str, Any]:
    answer = server.client.post("/api/webhooks", json={"url": receiver.url, "events": events})
    assert answer.status_code == 201, answer.text
    webhook: dict[str, Any] = answer.json()
    return webhook


def order(server: Any, folder: Path) -> str:
    answer = server.client.post("/api/jobs", json={"pipeline": "gated", "params": {"folder": str(folder)}})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def deliveries(server: Any, webhook: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = server.client.get(f"/api/webhooks/{webhook['id']}/deliveries").json()["deliveries"]
    return found


def opened(webhook: dict[str, Any], message: Received) -> dict[str, Any]:
    told: dict[str, Any] = Webhook(webhook["secret"]).verify(message.body, dict(message.headers))
    return told


def test_the_life_of_a_job_is_told_and_no_secret_is_logged(
    start: Start, receiver: Receiver, folder: Path, eventually: Eventually
) -> None:
    server = start(outbound_allow=receiver.allowance, log_level="DEBUG")
    webhook = listen(server, receiver, ["*"])
    job_id = order(server, folder)
    told = [opened(webhook, message) for message in receiver.wait_for(2)]
    assert {(each["type"], each["data"]["id"]) for each in told} == {("job.started", job_id), ("job.succeeded", job_id)}
    eventually(lambda: {each["state"] for each in deliveries(server, webhook)} == {"delivered"}, "both are settled")
    server.ask_to_stop()
    said = "".join(server.process.communicate(timeout=30))
    assert server.process.returncode == 0
    assert webhook["secret"].removeprefix("whsec_") not in said


def test_a_server_that_is_killed_while_it_sends_leaves_the_message_to_the_next_under_the_same_id(
    start: Start, receiver: Receiver, folder: Path, eventually: Eventually
) -> None:
    first = start(outbound_allow=receiver.allowance)
    webhook = listen(first, receiver, ["job.succeeded"])
    receiver.gate.clear()
    job_id = order(first, folder)
    receiver.wait_for(1)
    first.kill()
    receiver.gate.set()
    second = start(outbound_allow=receiver.allowance)
    second.client.headers.update(first.client.headers)
    end_leases(second.home)
    before, after = receiver.wait_for(2)
    assert before.headers["webhook-id"] == after.headers["webhook-id"]
    assert before.body == after.body
    assert opened(webhook, after)["data"]["id"] == job_id
    eventually(lambda: [each["state"] for each in deliveries(second, webhook)] == ["delivered"], "it is settled")
    assert [each["attempts"] for each in deliveries(second, webhook)] == [2]


def end_leases(home: Path) -> None:
    """As time would, a minute later."""
    with closing(sqlite3.connect(home / "soundstage.db", timeout=30)) as connection, connection:
        assert connection.execute("UPDATE deliveries SET due_at = 0 WHERE state = 'pending'").rowcount == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_that_is_killed_around_the_commit_of_a_fact_makes_it_told_exactly_once(
    start: Start, receiver: Receiver, folder: Path, eventually: Eventually, tmp_path: Path, moment: str
) -> None:
    mark = tmp_path / "crashed"
    crash = {"crash_at": f"commit.complete.{moment}:3", "crash_mark": str(mark)}
    server = start(outbound_allow=receiver.allowance, workers="1", **crash)
    webhook = listen(server, receiver, ["job.succeeded"])
    job_id = order(server, folder)
    assert opened(webhook, *receiver.wait_for(1))["data"]["id"] == job_id
    assert mark.exists()
    eventually(lambda: [each["state"] for each in deliveries(server, webhook)] == ["delivered"], "it is settled")
    assert len(receiver.received) == 1


def test_a_stop_waits_only_a_moment_for_a_receiver_that_says_nothing(
    start: Start, receiver: Receiver, folder: Path
) -> None:
    server = start(outbound_allow=receiver.allowance)
    listen(server, receiver, ["job.succeeded"])
    receiver.gate.clear()
    order(server, folder)
    receiver.wait_for(1)
    server.ask_to_stop()
    assert server.process.wait(14) == 0


def test_a_server_whose_allowance_cannot_be_read_says_so_and_does_not_start(start_in_vain: Start) -> None:
    refused = start_in_vain(outbound_allow="10.0.0.0/99")
    assert refused.returncode != 0
    assert "SOUNDSTAGE_OUTBOUND_ALLOW" in refused.stderr
