"""Each message arrives signed, is tried again as the specification says, and is never lost on its way."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest

from soundstage.core.errors import ForgedMessage
from soundstage.outbound.addresses import Reach
from soundstage.outbound.client import OutboundClient
from soundstage.outbound.signatures import verify
from soundstage.studio.webhooks.keeping import WebhookChange
from soundstage.studio.webhooks.sending import (
    LEASE_SECONDS,
    RETRY_SECONDS,
    Sender,
    cleaned,
    next_pause_seconds,
    retry_after_seconds,
)
from soundstage.testing.receiver import Received, Told

Desk = Any
DAY = 86_400


def is_signed_by(secret: str, message: Received, now: float) -> bool:
    try:
        return verify([secret], message.headers, message.body, now) == message.headers["webhook-id"]
    except ForgedMessage:
        return False


def test_a_message_arrives_signed_with_the_job_in_it(desk: Desk) -> None:
    webhook = desk.listen()
    job_id = desk.finish_a_job()
    assert desk.send_due() == 1
    [message] = desk.receiver.received
    assert is_signed_by(webhook.secret, message, desk.bench.clock.now())
    assert message.headers["content-type"] == "application/json"
    assert message.headers["user-agent"].startswith("Soundstage/")
    body = json.loads(message.body)
    assert (body["type"], body["data"]["id"], body["data"]["progress"]) == ("job.succeeded", job_id, 100)
    delivery = desk.only(webhook)
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("delivered", 1, 204)
    assert delivery.id == message.headers["webhook-id"]
    assert desk.send_due() == 0


def test_a_failing_receiver_is_tried_again_at_the_times_of_the_specification_until_the_message_is_dead(
    desk: Desk,
) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    desk.receiver.answers = [Told(500, body=b"no\x1b[31m good\n")] * (len(RETRY_SECONDS) + 1)
    assert desk.send_due() == 1
    for pause_seconds in RETRY_SECONDS:
        desk.bench.clock.advance(pause_seconds - 0.5)
        assert desk.send_due() == 0
        desk.bench.clock.advance(0.5)
        assert desk.send_due() == 1
    delivery = desk.only(webhook)
    assert (delivery.state, delivery.attempts, delivery.due_at) == ("dead", 10, None)
    assert delivery.last_error == "The receiver answered 500: no [31m good"
    assert len({(m.headers["webhook-id"], m.body) for m in desk.receiver.received}) == 1
    assert len({m.headers["webhook-timestamp"] for m in desk.receiver.received}) == 10
    desk.bench.clock.advance(30 * DAY)
    assert desk.send_due() == 0


@pytest.mark.parametrize("status", [301, 302, 400, 401, 404, 429, 503])
def test_only_an_answer_of_200_to_299_is_a_success(desk: Desk, status: int) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    desk.receiver.answers = [Told(status, {"Location": desk.receiver.url})]
    desk.send_due()
    assert (desk.only(webhook).state, len(desk.receiver.received)) == ("pending", 1)


def test_what_a_receiver_asks_for_is_waited_for_up_to_a_day(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    desk.receiver.answers = [Told(503, {"Retry-After": "120"}), Told(429, {"Retry-After": "99999999"})]
    desk.send_due()
    now = desk.bench.clock.now()
    assert desk.only(webhook).due_at == now + 120
    desk.bench.clock.advance(120)
    desk.send_due()
    assert desk.only(webhook).due_at == now + 120 + DAY


def test_a_receiver_that_is_gone_turns_its_webhook_off(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    desk.finish_a_job()
    desk.receiver.answers = [Told(410)]
    [first, second] = [due.delivery_id for due in desk.sender.list_due((), 10)]
    [parcel] = desk.sender.take([first])
    desk.sender.settle(parcel, desk.sender.send(parcel))
    found = desk.keeping.get(webhook.id, "ann")
    assert (found.is_active, found.off_reason) == (False, "The receiver answered 410 Gone.")
    assert {delivery.state for delivery in desk.all(webhook)} == {"dead"}
    gone = desk.deliveries.get(first, webhook.id)
    assert (gone.last_status, gone.last_error) == (410, "The receiver answered 410.")
    assert desk.deliveries.get(second, webhook.id).attempts == 0
    desk.finish_a_job()
    assert len(desk.all(webhook)) == 2
    again = desk.keeping.change(webhook.id, "ann", WebhookChange(is_active=True))
    assert (again.is_active, again.off_reason) == (True, None)


def test_two_couriers_do_not_send_the_same_message_at_once(desk: Desk) -> None:
    desk.listen()
    desk.finish_a_job()
    [due] = desk.sender.list_due((), 10)
    assert len(desk.sender.take([due.delivery_id])) == 1
    assert desk.sender.take([due.delivery_id]) == []


def test_the_message_of_a_courier_that_died_is_sent_by_the_next_after_the_lease_under_the_same_id(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    [due] = desk.sender.list_due((), 10)
    [lost] = desk.sender.take([due.delivery_id])
    desk.sender.send(lost)
    desk.bench.clock.advance(LEASE_SECONDS - 1)
    assert desk.send_due() == 0
    desk.bench.clock.advance(1)
    assert desk.send_due() == 1
    first, second = desk.receiver.received
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert desk.only(webhook).attempts == 2


def test_a_courier_that_comes_back_after_its_lease_changes_nothing(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    [due] = desk.sender.list_due((), 10)
    [late] = desk.sender.take([due.delivery_id])
    desk.bench.clock.advance(LEASE_SECONDS)
    desk.send_due()
    desk.receiver.answers = [Told(500)]
    desk.sender.settle(late, desk.sender.send(late))
    assert (desk.only(webhook).state, desk.only(webhook).last_status) == ("delivered", 204)


def test_a_late_courier_does_not_move_the_try_that_another_has_begun(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    [due] = desk.sender.list_due((), 10)
    [late] = desk.sender.take([due.delivery_id])
    desk.bench.clock.advance(LEASE_SECONDS)
    [held] = desk.sender.take([due.delivery_id])
    desk.receiver.answers = [Told(500)]
    desk.sender.settle(late, desk.sender.send(late))
    assert desk.only(webhook) == held.delivery


def test_what_goes_to_closed_hosts_is_left_for_later_however_long_it_has_waited(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    assert desk.sender.list_due({webhook.host}, 10) == []
    assert [due.host for due in desk.sender.list_due({"other.example:443"}, 10)] == [webhook.host]


def test_what_waits_for_a_webhook_that_is_turned_off_is_not_sent(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    [due] = desk.sender.list_due((), 10)
    desk.keeping.change(webhook.id, "ann", WebhookChange(is_active=False))
    assert (desk.send_due(), desk.sender.take([due.delivery_id]), desk.receiver.received) == (0, [], [])
    delivery = desk.only(webhook)
    assert (delivery.state, delivery.last_error) == ("dead", "The webhook was turned off.")


def test_a_message_that_was_written_while_its_webhook_was_turned_off_is_not_sent_either(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    [parcel] = desk.sender.take([due.delivery_id for due in desk.sender.list_due((), 10)])
    off = replace(parcel, webhook=replace(webhook, is_active=False))
    desk.sender.settle(off, desk.sender.send(off))
    assert (desk.only(webhook).state, desk.receiver.received) == ("dead", [])


def test_while_a_secret_is_replaced_both_sign_and_after_a_day_only_the_new_one(desk: Desk) -> None:
    old = desk.listen()
    new = desk.keeping.rotate_secret(old.id, "ann")
    assert new.secret != old.secret
    for seconds in (0, DAY - 1, 1):
        desk.bench.clock.advance(seconds)
        desk.finish_a_job()
        desk.send_due()
    first, second, third = desk.receiver.received
    now = desk.bench.clock.now()
    assert is_signed_by(new.secret, first, now - DAY)
    assert is_signed_by(old.secret, first, now - DAY)
    assert is_signed_by(old.secret, second, now - 1)
    assert is_signed_by(new.secret, third, now)
    assert not is_signed_by(old.secret, third, now)


def test_a_message_sent_again_by_its_owner_has_the_same_id_and_all_tries(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    desk.send_due()
    delivery = desk.only(webhook)
    again = desk.keeping.redeliver(webhook.id, delivery.id, "ann")
    assert (again.state, again.attempts, again.finished_at) == ("pending", 0, None)
    assert desk.send_due() == 1
    assert [message.headers["webhook-id"] for message in desk.receiver.received] == [delivery.id] * 2


def test_a_receiver_that_is_not_there_or_whose_name_moved_inside_is_tried_again(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    refusing = Sender(desk.deliveries, desk.keeping._webhooks, OutboundClient(Reach()), chance=lambda: 0.0)
    [parcel] = refusing.take([due.delivery_id for due in refusing.list_due((), 10)])
    refusing.settle(parcel, refusing.send(parcel))
    delivery = desk.only(webhook)
    assert (delivery.state, delivery.last_status, desk.receiver.received) == ("pending", None, [])
    assert "may not be reached" in str(delivery.last_error)


def test_no_secret_is_logged_or_kept_beside_the_webhook(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    webhook = desk.listen()
    desk.finish_a_job()
    desk.receiver.answers = [Told(500)]
    desk.send_due()
    secret = webhook.secret.removeprefix("whsec_")
    assert secret not in caplog.text
    assert secret not in repr(webhook)
    assert secret not in repr(desk.bench.dump()["deliveries"])
    assert webhook.url not in repr(webhook)


def test_pauses_grow_by_chance_so_that_what_failed_together_comes_back_apart() -> None:
    assert next_pause_seconds(1, None, 0.0) == 5
    assert next_pause_seconds(1, None, 1.0) == 6
    assert next_pause_seconds(9, None, 0.5) == pytest.approx(86_400 * 1.1)
    assert next_pause_seconds(10, 1.0, 0.5) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("9" * 400, None),
        (format_datetime(datetime.fromtimestamp(1_700_000_060, UTC), usegmt=True), 60.0),
        (format_datetime(datetime.fromtimestamp(1_600_000_000, UTC), usegmt=True), 0.0),
        ("Wed, 99 Foo 2023 99:99:99 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date(text: str, expected: float | None) -> None:
    assert retry_after_seconds({"retry-after": text}, 1_700_000_000.0) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", ""),
        (b"ok\r\n\tthen", "ok then"),
        (b"\x1b]0;title\x07\x1b[2Jred", "]0;title [2Jred"),
        ("cod\u202egpj.exe \u0000".encode(), "cod gpj.exe"),
        (b"\xff\xfe<script>", "<script>"),
        (b"a" * 10_000, "a" * 200),
    ],
)
def test_what_a_receiver_wrote_is_shown_cleaned_and_short(body: bytes, expected: str) -> None:
    assert cleaned(body) == expected
