"""What the owner of webhooks can do: make and change them, try them out, and look after deliveries."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from soundstage.core.errors import TooManyRequests
from soundstage.core.ids import new_id
from soundstage.outbound.client import Limits, OutboundClient
from soundstage.outbound.signatures import new_secret
from soundstage.store.deliveries import Delivery as Delivery
from soundstage.store.deliveries import DeliveryFilter as DeliveryFilter
from soundstage.store.deliveries import DeliveryState as DeliveryState
from soundstage.store.deliveries import DeliveryStore
from soundstage.store.telling import EVERY_KIND, TOLD_KINDS
from soundstage.store.webhooks import Webhook as Webhook
from soundstage.store.webhooks import WebhookStore
from soundstage.studio.webhooks.sending import Answer as Answer
from soundstage.studio.webhooks.sending import moment_text, post

EVENT_NAMES = (*map(str, TOLD_KINDS), EVERY_KIND)
MOST_WEBHOOKS_A_USER = 20
OLD_SECRET_SECONDS = 86_400.0
KEPT_SECONDS = 30 * 86_400.0
TEST_LIMITS = Limits(total_seconds=5.0, body_bytes=4_096, cuts_body=True)
MOST_TESTS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A wish for a webhook, not yet checked. `events` are of EVENT_NAMES."""

    owner: str
    url: str
    events: Sequence[str]
    description: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class WebhookChange:
    """What is to be different; None leaves it as it is."""

    url: str | None = None
    events: Sequence[str] | None = None
    description: str | None = None
    is_active: bool | None = None


class Webhooks:
    """`owner` is whose webhooks are found; None finds everybody's."""

    def __init__(self, webhooks: WebhookStore, deliveries: DeliveryStore, client: OutboundClient) -> None:
        self._webhooks = webhooks
        self._deliveries = deliveries
        self._client = client
        self._tests = threading.BoundedSemaphore(MOST_TESTS_AT_ONCE)

    def create(self, wanted: NewWebhook) -> Webhook:
        """Raises AddressRefused, RemoteFailed, LimitReached."""
        host = self._checked_host(wanted.url)
        now = self._webhooks.now
        webhook = Webhook(
            id=new_id("wh", now),
            owner=wanted.owner,
            url=wanted.url,
            host=host,
            secret=new_secret(),
            old_secret=None,
            old_secret_until=None,
            events=_ordered(wanted.events),
            description=wanted.description,
            is_active=wanted.is_active,
            off_reason=None,
            created_at=now,
            updated_at=now,
        )
        self._webhooks.add(webhook, MOST_WEBHOOKS_A_USER)
        return webhook

    def get(self, webhook_id: str, owner: str | None) -> Webhook:
        """Raises WebhookNotFound."""
        return self._webhooks.get(webhook_id, owner)

    def list_of(self, owner: str) -> Sequence[Webhook]:
        return self._webhooks.list_of(owner)

    def change(self, webhook_id: str, owner: str | None, wanted: WebhookChange) -> Webhook:
        """Raises AddressRefused, RemoteFailed, WebhookNotFound."""
        self._webhooks.get(webhook_id, owner)
        columns: dict[str, Any] = {}
        if wanted.url is not None:
            columns |= {"url": wanted.url, "host": self._checked_host(wanted.url)}
        if wanted.events is not None:
            columns["events"] = " ".join(_ordered(wanted.events))
        if wanted.description is not None:
            columns["description"] = wanted.description
        if wanted.is_active is not None:
            columns |= {"is_active": int(wanted.is_active), "off_reason": None}
        return self._webhooks.change(webhook_id, owner, **columns)

    def rotate_secret(self, webhook_id: str, owner: str | None) -> Webhook:
        """A new secret; for a day messages are signed by both. Raises WebhookNotFound."""
        webhook = self._webhooks.get(webhook_id, owner)
        until = self._webhooks.now + OLD_SECRET_SECONDS
        return self._webhooks.change(
            webhook_id, owner, secret=new_secret(), old_secret=webhook.secret, old_secret_until=until
        )

    def remove(self, webhook_id: str, owner: str | None) -> None:
        """Raises WebhookNotFound."""
        self._webhooks.remove(webhook_id, owner)

    def test(self, webhook_id: str, owner: str | None) -> Answer:
        """Send `webhook.test` now, once, and tell what the receiver said. Raises TooManyRequests, WebhookNotFound."""
        webhook = self._webhooks.get(webhook_id, owner)
        at = self._webhooks.now
        body = {"type": "webhook.test", "timestamp": moment_text(at), "data": {"webhook": webhook.id}}
        if not self._tests.acquire(blocking=False):
            raise TooManyRequests("Other webhooks are being tested at this moment.")
        try:
            return post(self._client, webhook, new_id("msg", at), at, json.dumps(body), TEST_LIMITS)
        finally:
            self._tests.release()

    def deliveries(self, wanted: DeliveryFilter) -> Sequence[Delivery]:
        return self._deliveries.page(wanted)

    def delivery(self, webhook_id: str, delivery_id: str, owner: str | None) -> Delivery:
        """Raises WebhookNotFound, DeliveryNotFound."""
        self._webhooks.get(webhook_id, owner)
        return self._deliveries.get(delivery_id, webhook_id)

    def redeliver(self, webhook_id: str, delivery_id: str, owner: str | None) -> Delivery:
        """Send it again under the same id, with all tries before it. Raises Conflict and what `delivery` raises."""
        self._webhooks.get(webhook_id, owner)
        return self._deliveries.send_again(delivery_id, webhook_id)

    def erase_owner(self, owner: str) -> None:
        """Remove all that is kept of a user's webhooks."""
        self._webhooks.erase_owner(owner)

    def forget_old(self) -> int:
        """Remove deliveries that ended a month ago; makes no part ready: 0."""
        self._deliveries.forget(self._deliveries.now - KEPT_SECONDS)
        return 0

    def _checked_host(self, url: str) -> str:
        target = self._client.check(url)
        return f"{target.host}:{target.port}"


def _ordered(events: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in EVENT_NAMES if name in events)
