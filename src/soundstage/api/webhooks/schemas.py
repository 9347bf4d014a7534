"""Webhooks and deliveries as JSON: what comes in, and what goes out."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from soundstage.studio.webhooks.keeping import DeliveryState


class WebhookEvent(StrEnum):
    """What a webhook can hear of; `*` is everything, also what comes with later versions."""

    JOB_STARTED = "job.started"
    JOB_WAITING = "job.waiting"
    JOB_SUCCEEDED = "job.succeeded"
    JOB_FAILED = "job.failed"
    JOB_CANCELLED = "job.cancelled"
    ALL = "*"


Url = Annotated[
    str,
    Field(min_length=1, max_length=2_048, description="http or https; a host that is on the public internet"),
]
Events = Annotated[list[WebhookEvent], Field(min_length=1, max_length=len(WebhookEvent))]
Description = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$", description="For people")]


class Request(BaseModel):
    """A body that comes in; a name that it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class NewWebhookIn(Request):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"url": "https://hooks.example.com/jobs", "events": ["job.succeeded"]}]}
    )

    url: Url
    events: Events = [WebhookEvent.ALL]
    description: Description = ""
    is_active: bool = True


class WebhookChangeIn(Request):
    """What is to be different. Turning a webhook off also gives up what still waits for it."""

    url: Url | None = None
    events: Events | None = None
    description: Description | None = None
    is_active: bool | None = Field(None, examples=[False])


class WebhookOut(BaseModel):
    """`off_reason` tells why Soundstage turned it off by itself. `old_secret_until` is set while two secrets sign."""

    id: str = Field(examples=["wh_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    url: str
    events: list[WebhookEvent]
    description: str
    is_active: bool
    off_reason: str | None
    old_secret_until: datetime | None
    created_at: datetime
    updated_at: datetime


class WebhookWithSecretOut(WebhookOut):
    """The only answers that hold the secret: it is not shown again."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], repr=False)


class WebhookList(BaseModel):
    """Oldest first; there are at most twenty."""

    webhooks: list[WebhookOut]


class TestResultOut(BaseModel):
    """What the receiver said to `webhook.test`. `excerpt` is the cleaned beginning of its words."""

    is_success: bool
    status: int | None
    error: str | None
    excerpt: str
    seconds: float


class DeliverySummaryOut(BaseModel):
    """One message to one webhook. `due_at` is the next try; `dead` is one that is not tried any more."""

    id: str = Field(examples=["msg_06fk3v8q2s5d1n7x9b4c0m8r3t"], description="The `webhook-id` that the receiver gets")
    webhook: str
    event: str
    job: str | None
    state: DeliveryState
    attempts: int
    due_at: datetime | None
    last_status: int | None
    last_error: str | None
    created_at: datetime
    finished_at: datetime | None


class DeliveryOut(DeliverySummaryOut):
    """With the body, which is the same in every try."""

    body: dict[str, Any]


class DeliveryList(BaseModel):
    """Newest first. `next` is the `before` of the following page; None on the last."""

    deliveries: list[DeliverySummaryOut]
    next: str | None
