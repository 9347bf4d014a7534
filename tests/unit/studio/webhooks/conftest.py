"""A studio's webhooks over each database, with a clock of the test and a receiver on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from soundstage.outbound.addresses import Reach
from soundstage.outbound.client import OutboundClient
from soundstage.store.deliveries import Delivery, DeliveryFilter, DeliveryStore
from soundstage.store.records import Records
from soundstage.store.webhooks import Webhook, WebhookStore
from soundstage.studio.webhooks.keeping import NewWebhook, Webhooks
from soundstage.studio.webhooks.sending import Sender
from soundstage.testing.receiver import Receiver
from soundstage.testing.store_bench import StoreBench, make_snapshot


@dataclass
class Desk:
    """What a test of webhooks needs at hand."""

    bench: StoreBench
    keeping: Webhooks
    sender: Sender
    deliveries: DeliveryStore
    receiver: Receiver

    def listen(self, owner: str = "ann", url: str | None = None) -> Webhook:
        return self.keeping.create(NewWebhook(owner, url or self.receiver.url, ["job.succeeded"]))

    def finish_a_job(self, owner: str = "ann") -> str:
        job_id = self.bench.create(make_snapshot(1), owner=owner)
        self.bench.run_until_idle()
        return job_id

    def send_due(self) -> int:
        """One turn of a courier, without threads. Returns how many were tried."""
        parcels = self.sender.take([due.delivery_id for due in self.sender.list_due((), 100)])
        for parcel in parcels:
            self.sender.settle(parcel, self.sender.send(parcel))
        return len(parcels)

    def all(self, webhook: Webhook) -> list[Delivery]:
        return self.deliveries.page(DeliveryFilter(webhook_id=webhook.id, limit=1_000))

    def only(self, webhook: Webhook) -> Delivery:
        [delivery] = self.all(webhook)
        return delivery


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def records(bench: StoreBench) -> Iterator[Records]:
    records = Records(bench.database)
    yield records
    records.close()


@pytest.fixture
def desk(bench: StoreBench, records: Records, receiver: Receiver) -> Desk:
    client = OutboundClient(Reach.parse(receiver.allowance))
    webhooks, deliveries = WebhookStore(records), DeliveryStore(records)
    sender = Sender(deliveries, webhooks, client, chance=lambda: 0.0)
    return Desk(bench, Webhooks(webhooks, deliveries, client), sender, deliveries, receiver)
