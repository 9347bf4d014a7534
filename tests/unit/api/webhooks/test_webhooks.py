"""Webhooks over HTTP: made with a secret that is shown once, changed, tried out and removed by their owner."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from standardwebhooks import Webhook, WebhookVerificationError

from soundstage.api.webhooks.schemas import WebhookEvent
from soundstage.studio.access import Caller, Plan, Role, Scope
from soundstage.studio.webhooks.keeping import EVENT_NAMES
from soundstage.testing.receiver import Receiver, Told

Listen = Callable[..., dict[str, Any]]
MISSING = "wh_00000000000000000000000000"


def test_a_webhook_is_made_and_its_secret_is_shown_once(api: httpx.Client, receiver: Receiver) -> None:
    wanted = {"url": receiver.url, "events": ["job.failed"], "description": "To the pager"}
    made = api.post("/api/webhooks", json=wanted)
    assert made.status_code == 201
    webhook = made.json()
    assert made.headers["location"] == f"/api/webhooks/{webhook['id']}"
    secret = webhook.pop("secret")
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    assert {name: webhook[name] for name in wanted} == wanted
    assert (webhook["is_active"], webhook["off_reason"], webhook["old_secret_until"]) == (True, None, None)
    assert api.get(f"/api/webhooks/{webhook['id']}").json() == webhook
    assert api.get("/api/webhooks").json() == {"webhooks": [webhook]}
    answers = [
        api.patch(f"/api/webhooks/{webhook['id']}", json={"description": "x"}),
        api.post(f"/api/webhooks/{webhook['id']}/test"),
        api.get(f"/api/webhooks/{webhook['id']}/deliveries"),
        api.post("/api/webhooks", json={"url": "http://169.254.169.254/"}),
    ]
    assert not any("whsec_" in answer.text or secret[6:] in answer.text for answer in answers)


def test_the_events_of_the_api_are_those_that_are_told() -> None:
    assert [str(event) for event in WebhookEvent] == list(EVENT_NAMES)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"url": "http://127.0.0.1/"}, "address_refused"),
        ({"url": "http://[::ffff:127.0.0.1]/"}, "address_refused"),
        ({"url": "http://localhost:5432/"}, "address_refused"),
        ({"url": "ftp://example.com/"}, "address_refused"),
        ({"url": "https://user:pass@example.com/"}, "address_refused"),
        ({"url": "https://example.com/" + "a" * 3_000}, "bad_request"),
        ({"url": ""}, "bad_request"),
        ({"url": 7}, "bad_request"),
        ({}, "bad_request"),
        ({"events": []}, "bad_request"),
        ({"events": ["job.exploded"]}, "bad_request"),
        ({"events": ["*"] * 100}, "bad_request"),
        ({"description": "a\u0000b"}, "bad_request"),
        ({"description": "a" * 501}, "bad_request"),
        ({"secret": "whsec_mine"}, "bad_request"),
        ({"owner": "somebody"}, "bad_request"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused_and_nothing_is_made(
    api: httpx.Client, receiver: Receiver, wanted: dict[str, Any], code: str
) -> None:
    body = wanted if not wanted or "url" in wanted else {"url": receiver.url, **wanted}
    answer = api.post("/api/webhooks", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert api.get("/api/webhooks").json() == {"webhooks": []}
    assert receiver.received == []


def test_a_change_is_checked_like_a_new_one(api: httpx.Client, listen: Listen, receiver: Receiver) -> None:
    webhook = listen()
    path = f"/api/webhooks/{webhook['id']}"
    changed = api.patch(path, json={"events": ["job.failed"], "is_active": False}).json()
    assert (changed["events"], changed["is_active"], changed["url"]) == (["job.failed"], False, receiver.url)
    assert api.patch(path, json={"url": "http://10.0.0.1/"}).json()["code"] == "address_refused"
    assert api.patch(path, json={"events": []}).status_code == 422
    assert api.patch(path, json={"colour": "red"}).status_code == 422
    assert api.get(path).json() == changed


def test_the_twenty_first_webhook_is_refused(api: httpx.Client, listen: Listen, receiver: Receiver) -> None:
    for _ in range(20):
        listen()
    answer = api.post("/api/webhooks", json={"url": receiver.url})
    assert (answer.status_code, answer.json()["code"]) == (429, "limit_reached")


def test_a_test_arrives_signed_and_tells_what_the_receiver_said(
    api: httpx.Client, listen: Listen, receiver: Receiver
) -> None:
    webhook = listen(is_active=False)
    receiver.answers = [Told(200, body=b"thanks\x1b[0m")]
    result = api.post(f"/api/webhooks/{webhook['id']}/test").json()
    assert result.pop("seconds") < 5
    assert result == {"is_success": True, "status": 200, "error": None, "excerpt": "thanks [0m"}
    [message] = receiver.received
    told = Webhook(webhook["secret"]).verify(message.body, dict(message.headers))
    assert told["type"] == "webhook.test"


def test_a_rotated_secret_and_the_old_one_both_open_messages(
    api: httpx.Client, listen: Listen, receiver: Receiver
) -> None:
    old = listen()
    new = api.post(f"/api/webhooks/{old['id']}/rotate-secret").json()
    assert new["secret"] != old["secret"]
    assert new["old_secret_until"] is not None
    api.post(f"/api/webhooks/{old['id']}/test")
    [message] = receiver.received
    for secret in (old["secret"], new["secret"]):
        Webhook(secret).verify(message.body, dict(message.headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(listen()["secret"]).verify(message.body, dict(message.headers))


def test_a_removed_webhook_is_gone(api: httpx.Client, listen: Listen) -> None:
    path = f"/api/webhooks/{listen()['id']}"
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == api.delete(path).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/rotate-secret"),
        ("POST", "/test"),
        ("GET", "/deliveries"),
        ("GET", "/deliveries/msg_00000000000000000000000000"),
        ("POST", "/deliveries/msg_00000000000000000000000000/redeliver"),
    ],
)
def test_a1_a_webhook_of_another_answers_exactly_like_one_that_is_not_there(
    api: httpx.Client, listen: Listen, sign_in: Callable[..., dict[str, str]], method: str, path: str
) -> None:
    webhook, stranger = listen(), {**sign_in(), "X-Request-Id": "the-same"}
    answers = [
        api.request(method, f"/api/webhooks/{webhook_id}{path}", headers=stranger, json={})
        for webhook_id in (webhook["id"], MISSING, "x", "..%2F..%2Fetc")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers[:3]}) == 1
    assert api.get(f"/api/webhooks/{webhook['id']}").status_code == 200


def test_a_list_shows_only_the_caller_s_own(
    api: httpx.Client, listen: Listen, sign_in: Callable[..., dict[str, str]]
) -> None:
    stranger = sign_in()
    mine, theirs = listen(), listen(headers=stranger)
    assert [each["id"] for each in api.get("/api/webhooks").json()["webhooks"]] == [mine["id"]]
    assert [each["id"] for each in api.get("/api/webhooks", headers=stranger).json()["webhooks"]] == [theirs["id"]]


def test_nobody_gets_in_without_signing_in(visitor: httpx.Client) -> None:
    for path in ("/api/webhooks", "/api/webhooks/dead-letters", f"/api/webhooks/{MISSING}"):
        assert visitor.get(path).status_code == 401


def test_a_key_without_the_scope_of_webhooks_is_refused(api: httpx.Client, app: FastAPI) -> None:
    class ReadsJobs:
        def identify(self, token: str | None) -> Caller:
            del token
            return Caller("ann", Role.USER, Plan.FREE, frozenset({Scope.JOBS_READ, Scope.JOBS_WRITE}))

        redeem_ticket = identify

        def confirm(self, caller: Caller) -> Caller:
            return caller

    app.state.services = replace(app.state.services, identities=ReadsJobs())
    answer = api.get("/api/webhooks")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
