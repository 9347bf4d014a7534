"""What was sent to webhooks can be looked through, and sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from soundstage.testing.receiver import Receiver, Told

Listen = Callable[..., dict[str, Any]]
Act = Callable[..., Any]


@pytest.fixture
def finish_a_job(order: Act, complete: Act) -> Act:
    def finish() -> dict[str, Any]:
        job: dict[str, Any] = order()
        complete()
        complete("sent.txt")
        return job

    return finish


def test_a_job_s_end_is_delivered_and_its_delivery_can_be_looked_at(
    api: httpx.Client, listen: Listen, receiver: Receiver, finish_a_job: Act, send_due: Act
) -> None:
    webhook = listen(events=["job.succeeded"])
    job = finish_a_job()
    assert send_due() == 1
    [message] = receiver.received
    told = Webhook(webhook["secret"]).verify(message.body, dict(message.headers))
    assert (told["type"], told["data"]["id"], told["data"]["pipeline"]) == ("job.succeeded", job["id"], "letter")
    [listed] = api.get(f"/api/webhooks/{webhook['id']}/deliveries").json()["deliveries"]
    assert (listed["id"], listed["job"], listed["event"]) == (message.headers["webhook-id"], job["id"], "job.succeeded")
    assert (listed["state"], listed["attempts"], listed["last_status"]) == ("delivered", 1, 204)
    one = api.get(f"/api/webhooks/{webhook['id']}/deliveries/{listed['id']}").json()
    assert one == {**listed, "body": told}


def test_a_failure_is_told_with_its_reason(
    listen: Listen, receiver: Receiver, order: Act, fail: Act, send_due: Act
) -> None:
    listen(events=["job.failed"])
    order()
    fail()
    send_due()
    [message] = receiver.received
    assert b'"error":{"code":"engine_failed","message":"The pen broke.","hint":"Buy ink."}' in message.body


def test_deliveries_are_filtered_and_paged(
    api: httpx.Client, listen: Listen, receiver: Receiver, finish_a_job: Act, send_due: Act
) -> None:
    webhook = listen(events=["job.succeeded"])
    for _ in range(3):
        finish_a_job()
        send_due()
    receiver.answers = [Told(500)]
    finish_a_job()
    send_due()
    path = f"/api/webhooks/{webhook['id']}/deliveries"
    seen, following = [], None
    for _ in range(2):
        page = api.get(path, params={"limit": 2} | ({"before": following} if following else {})).json()
        seen += [each["id"] for each in page["deliveries"]]
        following = page["next"]
    assert following is None
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 4
    pending = api.get(path, params={"state": "pending"}).json()["deliveries"]
    assert [(each["id"], each["last_status"], each["last_error"]) for each in pending] == [
        (seen[0], 500, "The receiver answered 500.")
    ]


@pytest.mark.parametrize("query", ["state=lost", "limit=0", "limit=101", "before=x", "before=msg_'--"])
def test_a_list_of_deliveries_refuses_what_it_does_not_know(api: httpx.Client, listen: Listen, query: str) -> None:
    assert api.get(f"/api/webhooks/{listen()['id']}/deliveries?{query}").status_code == 422


def test_dead_letters_are_listed_and_sent_again(
    api: httpx.Client, listen: Listen, receiver: Receiver, finish_a_job: Act, send_due: Act
) -> None:
    webhook = listen(events=["job.succeeded"])
    finish_a_job()
    receiver.answers = [Told(410)]
    send_due()
    [dead] = api.get("/api/webhooks/dead-letters").json()["deliveries"]
    assert (dead["webhook"], dead["state"], dead["last_status"]) == (webhook["id"], "dead", 410)
    again = f"/api/webhooks/{webhook['id']}/deliveries/{dead['id']}/redeliver"
    refused = api.post(again)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    api.patch(f"/api/webhooks/{webhook['id']}", json={"is_active": True})
    accepted = api.post(again)
    assert (accepted.status_code, accepted.json()["state"]) == (202, "pending")
    assert send_due() == 1
    assert [message.headers["webhook-id"] for message in receiver.received] == [dead["id"]] * 2
    assert api.get("/api/webhooks/dead-letters").json() == {"deliveries": [], "next": None}


def test_dead_letters_of_others_are_not_shown(
    api: httpx.Client, listen: Listen, finish_a_job: Act, sign_in: Callable[..., dict[str, str]]
) -> None:
    webhook = listen(events=["job.succeeded"])
    finish_a_job()
    api.patch(f"/api/webhooks/{webhook['id']}", json={"is_active": False})
    assert len(api.get("/api/webhooks/dead-letters").json()["deliveries"]) == 1
    assert api.get("/api/webhooks/dead-letters", headers=sign_in()).json()["deliveries"] == []
