"""From webhooks and deliveries to JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from soundstage.api.jobs.pictures import moment, moment_or_none
from soundstage.api.webhooks.schemas import (
    DeliveryList,
    DeliveryOut,
    DeliverySummaryOut,
    TestResultOut,
    WebhookEvent,
    WebhookOut,
    WebhookWithSecretOut,
)
from soundstage.studio.webhooks.keeping import Answer, Delivery, Webhook


def webhook_out(webhook: Webhook) -> WebhookOut:
    return WebhookOut(**_webhook_fields(webhook))


def webhook_with_secret_out(webhook: Webhook) -> WebhookWithSecretOut:
    return WebhookWithSecretOut(**_webhook_fields(webhook), secret=webhook.secret)


def _webhook_fields(webhook: Webhook) -> dict[str, Any]:
    return {
        "id": webhook.id,
        "url": webhook.url,
        "events": [WebhookEvent(name) for name in webhook.events],
        "description": webhook.description,
        "is_active": webhook.is_active,
        "off_reason": webhook.off_reason,
        "old_secret_until": moment_or_none(webhook.old_secret_until),
        "created_at": moment(webhook.created_at),
        "updated_at": moment(webhook.updated_at),
    }


def test_result_out(answer: Answer) -> TestResultOut:
    return TestResultOut(
        is_success=answer.is_success,
        status=answer.status,
        error=answer.error,
        excerpt=answer.excerpt,
        seconds=round(answer.seconds, 3),
    )


def delivery_list_out(found: Sequence[Delivery], limit: int) -> DeliveryList:
    """A page of at most `limit`, of which one more was asked for."""
    page = found[:limit]
    following = page[-1].id if len(found) > limit else None
    return DeliveryList(deliveries=[DeliverySummaryOut(**_delivery_fields(each)) for each in page], next=following)


def delivery_out(delivery: Delivery) -> DeliveryOut:
    return DeliveryOut(**_delivery_fields(delivery), body=json.loads(delivery.body))


def _delivery_fields(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "webhook": delivery.webhook_id,
        "event": delivery.kind,
        "job": delivery.job_id,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "due_at": moment_or_none(delivery.due_at),
        "last_status": delivery.last_status,
        "last_error": delivery.last_error,
        "created_at": moment(delivery.created_at),
        "finished_at": moment_or_none(delivery.finished_at),
    }
