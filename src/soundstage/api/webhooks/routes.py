"""Keeping webhooks: which addresses hear of the caller's jobs."""

from __future__ import annotations

from fastapi import APIRouter, Response

from soundstage.api.access import WebhookKeeper
from soundstage.api.webhooks.parameters import WEBHOOKS_PATH, WebhookId, WebhooksNeeded
from soundstage.api.webhooks.pictures import test_result_out, webhook_out, webhook_with_secret_out
from soundstage.api.webhooks.schemas import (
    NewWebhookIn,
    TestResultOut,
    WebhookChangeIn,
    WebhookList,
    WebhookOut,
    WebhookWithSecretOut,
)
from soundstage.studio.webhooks.keeping import NewWebhook, WebhookChange

router = APIRouter(prefix=WEBHOOKS_PATH, tags=["webhooks"])


@router.post("", status_code=201, summary="Make a webhook", operation_id="create_webhook")
def create_webhook(
    wanted: NewWebhookIn, webhooks: WebhooksNeeded, caller: WebhookKeeper, response: Response
) -> WebhookWithSecretOut:
    """The secret that signs its messages is in this answer, and in no later one."""
    webhook = webhooks.create(
        NewWebhook(caller.user_id, wanted.url, wanted.events, wanted.description, wanted.is_active)
    )
    response.headers["Location"] = f"{WEBHOOKS_PATH}/{webhook.id}"
    return webhook_with_secret_out(webhook)


@router.get("", summary="The caller's webhooks", operation_id="list_webhooks")
def list_webhooks(webhooks: WebhooksNeeded, caller: WebhookKeeper) -> WebhookList:
    return WebhookList(webhooks=[webhook_out(webhook) for webhook in webhooks.list_of(caller.user_id)])


@router.get("/{webhook_id}", summary="One webhook", operation_id="get_webhook")
def get_webhook(webhook_id: WebhookId, webhooks: WebhooksNeeded, caller: WebhookKeeper) -> WebhookOut:
    return webhook_out(webhooks.get(webhook_id, caller.sees))


@router.patch("/{webhook_id}", summary="Change a webhook, turn it on or off", operation_id="change_webhook")
def change_webhook(
    webhook_id: WebhookId, wanted: WebhookChangeIn, webhooks: WebhooksNeeded, caller: WebhookKeeper
) -> WebhookOut:
    change = WebhookChange(wanted.url, wanted.events, wanted.description, wanted.is_active)
    return webhook_out(webhooks.change(webhook_id, caller.sees, change))


@router.delete(
    "/{webhook_id}", status_code=204, summary="Remove a webhook with its deliveries", operation_id="delete_webhook"
)
def delete_webhook(webhook_id: WebhookId, webhooks: WebhooksNeeded, caller: WebhookKeeper) -> None:
    webhooks.remove(webhook_id, caller.sees)


@router.post("/{webhook_id}/rotate-secret", summary="Replace the secret", operation_id="rotate_webhook_secret")
def rotate_secret(webhook_id: WebhookId, webhooks: WebhooksNeeded, caller: WebhookKeeper) -> WebhookWithSecretOut:
    """For 24 hours each message carries a signature by the new secret and one by the old."""
    return webhook_with_secret_out(webhooks.rotate_secret(webhook_id, caller.sees))


@router.post("/{webhook_id}/test", summary="Send `webhook.test` now", operation_id="test_webhook")
def test_webhook(webhook_id: WebhookId, webhooks: WebhooksNeeded, caller: WebhookKeeper) -> TestResultOut:
    """Once, also where the webhook is off; the answer tells what the receiver said."""
    return test_result_out(webhooks.test(webhook_id, caller.sees))
