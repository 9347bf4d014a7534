"""What the routes of webhooks take from a request."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Path, Query

from soundstage.api.services import ServicesNeeded
from soundstage.core.errors import DeliveryNotFound, WebhookNotFound
from soundstage.studio.webhooks.keeping import DeliveryState, Webhooks

WEBHOOKS_PATH = "/api/webhooks"
MOST_DELIVERIES_A_PAGE = 100

_WEBHOOK_ID = re.compile(r"wh_[0-9a-z]{26}")
_DELIVERY_ID = re.compile(r"msg_[0-9a-z]{26}")


async def webhooks_of(services: ServicesNeeded) -> Webhooks:
    return services.webhooks


async def well_formed_webhook_id(
    webhook_id: Annotated[str, Path(description="The id of a webhook", examples=["wh_06fk3v8q2s5d1n7x9b4c0m8r3t"])],
) -> str:
    if not _WEBHOOK_ID.fullmatch(webhook_id):
        raise WebhookNotFound("There is no webhook of this id.")
    return webhook_id


async def well_formed_delivery_id(
    delivery_id: Annotated[str, Path(description="The id of a delivery", examples=["msg_06fk3v8q2s5d1n7x9b4c0m8r3t"])],
) -> str:
    if not _DELIVERY_ID.fullmatch(delivery_id):
        raise DeliveryNotFound("There is no delivery of this id.")
    return delivery_id


WebhooksNeeded = Annotated[Webhooks, Depends(webhooks_of)]
WebhookId = Annotated[str, Depends(well_formed_webhook_id)]
DeliveryId = Annotated[str, Depends(well_formed_delivery_id)]
Limit = Annotated[int, Query(ge=1, le=MOST_DELIVERIES_A_PAGE)]
Before = Annotated[str | None, Query(pattern=r"^msg_[0-9a-z]{26}$", description="The `next` of the page before")]
State = Annotated[DeliveryState | None, Query(description="Only those in this state")]
