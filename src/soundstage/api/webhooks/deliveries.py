"""Looking after what was sent to webhooks, and sending it again."""

from __future__ import annotations

from fastapi import APIRouter

from soundstage.api.access import WebhookKeeper
from soundstage.api.webhooks.parameters import (
    WEBHOOKS_PATH,
    Before,
    DeliveryId,
    Limit,
    State,
    WebhookId,
    WebhooksNeeded,
)
from soundstage.api.webhooks.pictures import delivery_list_out, delivery_out
from soundstage.api.webhooks.schemas import DeliveryList, DeliveryOut
from soundstage.studio.webhooks.keeping import DeliveryFilter, DeliveryState

router = APIRouter(prefix=WEBHOOKS_PATH, tags=["webhooks"])


@router.get("/dead-letters", summary="Messages that could not be delivered", operation_id="list_dead_letters")
def list_dead_letters(
    webhooks: WebhooksNeeded, caller: WebhookKeeper, limit: Limit = 50, before: Before = None
) -> DeliveryList:
    """Of all the caller's webhooks, newest first."""
    wanted = DeliveryFilter(owner=caller.user_id, state=DeliveryState.DEAD, before_id=before, limit=limit + 1)
    return delivery_list_out(webhooks.deliveries(wanted), limit)


@router.get("/{webhook_id}/deliveries", summary="What was sent, newest first", operation_id="list_deliveries")
def list_deliveries(
    webhook_id: WebhookId,
    webhooks: WebhooksNeeded,
    caller: WebhookKeeper,
    state: State = None,
    limit: Limit = 50,
    before: Before = None,
) -> DeliveryList:
    webhooks.get(webhook_id, caller.sees)
    wanted = DeliveryFilter(webhook_id=webhook_id, state=state, before_id=before, limit=limit + 1)
    return delivery_list_out(webhooks.deliveries(wanted), limit)


@router.get("/{webhook_id}/deliveries/{delivery_id}", summary="One message", operation_id="get_delivery")
def get_delivery(
    webhook_id: WebhookId, delivery_id: DeliveryId, webhooks: WebhooksNeeded, caller: WebhookKeeper
) -> DeliveryOut:
    return delivery_out(webhooks.delivery(webhook_id, delivery_id, caller.sees))


@router.post(
    "/{webhook_id}/deliveries/{delivery_id}/redeliver",
    status_code=202,
    summary="Send a message again",
    operation_id="redeliver",
)
def redeliver(
    webhook_id: WebhookId, delivery_id: DeliveryId, webhooks: WebhooksNeeded, caller: WebhookKeeper
) -> DeliveryOut:
    """Under the same `webhook-id`, with the same body and all tries before it."""
    return delivery_out(webhooks.redeliver(webhook_id, delivery_id, caller.sees))
