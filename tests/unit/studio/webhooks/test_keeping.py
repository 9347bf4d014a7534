"""Webhooks belong to their owner, are few, and lead only where they may."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from soundstage.core.errors import (
    AddressRefused,
    Conflict,
    DeliveryNotFound,
    LimitReached,
    SoundstageError,
    TooManyRequests,
    WebhookNotFound,
)
from soundstage.store.deliveries import DeliveryFilter, DeliveryState
from soundstage.studio.webhooks.keeping import KEPT_SECONDS, MOST_TESTS_AT_ONCE, MOST_WEBHOOKS_A_USER, WebhookChange
from soundstage.testing.receiver import Told

Desk = Any


def test_a_webhook_is_kept_as_it_was_made(desk: Desk) -> None:
    made = desk.listen()
    assert desk.keeping.get(made.id, "ann") == made
    assert desk.keeping.list_of("ann") == [made]
    assert made.events == ("job.succeeded",)


def test_what_is_another_s_is_not_found(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    delivery = desk.only(webhook)
    asks: list[Callable[[], object]] = [
        lambda: desk.keeping.get(webhook.id, "bob"),
        lambda: desk.keeping.change(webhook.id, "bob", WebhookChange(is_active=False)),
        lambda: desk.keeping.rotate_secret(webhook.id, "bob"),
        lambda: desk.keeping.remove(webhook.id, "bob"),
        lambda: desk.keeping.test(webhook.id, "bob"),
        lambda: desk.keeping.delivery(webhook.id, delivery.id, "bob"),
        lambda: desk.keeping.redeliver(webhook.id, delivery.id, "bob"),
    ]
    for ask in asks:
        with pytest.raises(WebhookNotFound):
            ask()
    assert desk.keeping.list_of("bob") == []
    assert desk.keeping.get(webhook.id, None) == webhook


def test_a_delivery_is_found_only_under_its_own_webhook(desk: Desk) -> None:
    webhook, other = desk.listen(), desk.listen(url=desk.receiver.url + "?2")
    desk.finish_a_job()
    delivery = desk.only(webhook)
    with pytest.raises(DeliveryNotFound):
        desk.keeping.delivery(other.id, delivery.id, "ann")
    with pytest.raises(DeliveryNotFound):
        desk.keeping.redeliver(other.id, delivery.id, "ann")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://169.254.169.254/", "http://user@127.0.0.1/", "file:///"]
)
def test_an_address_inside_is_refused_when_made_and_when_changed(desk: Desk, url: str) -> None:
    webhook = desk.listen()
    with pytest.raises(AddressRefused):
        desk.listen(url=url)
    with pytest.raises(AddressRefused):
        desk.keeping.change(webhook.id, "ann", WebhookChange(url=url))
    assert desk.keeping.list_of("ann") == [webhook]


def test_a_user_has_at_most_twenty_even_when_all_are_made_at_once(desk: Desk) -> None:
    def make(_number: int) -> bool:
        try:
            desk.listen()
        except LimitReached:
            return False
        finally:
            desk.bench.database.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(MOST_WEBHOOKS_A_USER + 4)))
    assert sum(made) == MOST_WEBHOOKS_A_USER == len(desk.keeping.list_of("ann"))
    assert desk.listen(owner="bob")


def test_changes_change_only_what_is_named(desk: Desk) -> None:
    webhook = desk.listen()
    desk.bench.clock.advance(5)
    changed = desk.keeping.change(webhook.id, "ann", WebhookChange(events=["job.failed", "*"], description="Slack"))
    assert (changed.events, changed.description, changed.url) == (("job.failed", "*"), "Slack", webhook.url)
    assert (changed.secret, changed.updated_at) == (webhook.secret, webhook.updated_at + 5)


def test_a_removed_webhook_takes_its_deliveries_along(desk: Desk) -> None:
    webhook, other = desk.listen(), desk.listen()
    desk.finish_a_job()
    desk.keeping.remove(webhook.id, "ann")
    assert desk.all(webhook) == []
    assert len(desk.all(other)) == 1


def test_nothing_is_left_of_an_erased_user(desk: Desk) -> None:
    mine, theirs = desk.listen(), desk.listen(owner="bob")
    desk.finish_a_job()
    desk.finish_a_job(owner="bob")
    desk.keeping.erase_owner("ann")
    assert (desk.keeping.list_of("ann"), desk.all(mine)) == ([], [])
    assert (len(desk.keeping.list_of("bob")), len(desk.all(theirs))) == (1, 1)


def test_deliveries_are_forgotten_a_month_after_their_end_and_not_before(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    desk.send_due()
    desk.finish_a_job()
    desk.bench.clock.advance(KEPT_SECONDS)
    assert (desk.keeping.forget_old(), len(desk.all(webhook))) == (0, 2)
    desk.bench.clock.advance(1)
    desk.keeping.forget_old()
    assert [delivery.state for delivery in desk.all(webhook)] == ["pending"]


def test_pages_of_deliveries_follow_each_other_without_gap(desk: Desk) -> None:
    webhook = desk.listen()
    for _ in range(5):
        desk.finish_a_job()
        desk.bench.clock.advance(1)
    everything = [delivery.id for delivery in desk.all(webhook)]
    assert everything == sorted(everything, reverse=True)
    page = desk.keeping.deliveries(DeliveryFilter(webhook_id=webhook.id, before_id=everything[1], limit=2))
    assert [delivery.id for delivery in page] == everything[2:4]


def test_dead_letters_are_listed_across_the_webhooks_of_an_owner(desk: Desk) -> None:
    for owner in ("ann", "ann", "bob"):
        webhook = desk.listen(owner=owner)
        desk.finish_a_job(owner=owner)
        desk.keeping.change(webhook.id, owner, WebhookChange(is_active=False))
    dead = desk.keeping.deliveries(DeliveryFilter(owner="ann", state=DeliveryState.DEAD))
    assert {delivery.owner for delivery in dead} == {"ann"}
    assert len({delivery.webhook_id for delivery in dead}) == 2


def test_a_message_for_a_webhook_that_is_off_cannot_be_sent_again(desk: Desk) -> None:
    webhook = desk.listen()
    desk.finish_a_job()
    desk.keeping.change(webhook.id, "ann", WebhookChange(is_active=False))
    with pytest.raises(Conflict, match="turned off"):
        desk.keeping.redeliver(webhook.id, desk.only(webhook).id, "ann")


def test_a_test_is_sent_once_and_tells_what_the_receiver_said(desk: Desk) -> None:
    webhook = desk.listen()
    desk.receiver.answers = [Told(500, body=b"<b>broken</b>\n"), Told(200, body=b"thanks")]
    failed, passed = desk.keeping.test(webhook.id, "ann"), desk.keeping.test(webhook.id, "ann")
    assert (failed.is_success, failed.status, failed.excerpt) == (False, 500, "<b>broken</b>")
    assert (passed.is_success, passed.status, passed.excerpt) == (True, 200, "thanks")
    bodies = [json.loads(message.body) for message in desk.receiver.received]
    assert bodies[0]["type"] == "webhook.test"
    assert bodies[0]["data"] == {"webhook": webhook.id}
    assert desk.all(webhook) == []


def test_only_a_few_tests_run_at_once_so_that_slow_receivers_do_not_fill_the_server(desk: Desk) -> None:
    webhook = desk.listen()
    desk.receiver.gate.clear()

    def try_out() -> bool:
        try:
            return bool(desk.keeping.test(webhook.id, "ann").is_success)
        finally:
            desk.bench.database.close()

    with ThreadPoolExecutor(MOST_TESTS_AT_ONCE) as pool:
        slow = [pool.submit(try_out) for _ in range(MOST_TESTS_AT_ONCE)]
        desk.receiver.wait_for(MOST_TESTS_AT_ONCE)
        with pytest.raises(TooManyRequests):
            desk.keeping.test(webhook.id, "ann")
        desk.receiver.gate.set()
        assert all(test.result() for test in slow)


def test_every_error_of_webhooks_says_what_happened(desk: Desk) -> None:
    with pytest.raises(SoundstageError) as missing:
        desk.keeping.get("wh_none", "ann")
    assert missing.value.message == "There is no webhook of this id."
