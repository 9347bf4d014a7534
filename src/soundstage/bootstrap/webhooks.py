"""Webhooks: what keeps them, and the courier of a serving process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soundstage.runtime.duties import Duty

if TYPE_CHECKING:
    from soundstage.runtime.courier import Courier
    from soundstage.store.records import Records
    from soundstage.studio.webhooks.keeping import Webhooks
    from soundstage.studio.webhooks.sending import Sender

FORGET_SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class WebhookServices:
    keeping: Webhooks
    sender: Sender


def make_webhooks(records: Records, outbound_allow: str) -> WebhookServices:
    """Raises BadInput where the allowance cannot be read."""
    from soundstage.outbound.addresses import Reach
    from soundstage.outbound.client import OutboundClient
    from soundstage.store.deliveries import DeliveryStore
    from soundstage.store.webhooks import WebhookStore
    from soundstage.studio.webhooks.keeping import Webhooks
    from soundstage.studio.webhooks.sending import Sender

    webhooks, deliveries = WebhookStore(records), DeliveryStore(records)
    client = OutboundClient(Reach.parse(outbound_allow))
    return WebhookServices(Webhooks(webhooks, deliveries, client), Sender(deliveries, webhooks, client))


def start_courier(services: WebhookServices, on_end: Callable[[], None]) -> Courier:
    from soundstage.runtime.courier import Courier

    courier = Courier(services.sender, on_end)
    courier.start()
    return courier


def webhook_duties(forget_old: Callable[[], int]) -> list[Duty]:
    return [Duty("forget old deliveries", FORGET_SECONDS, forget_old)]
