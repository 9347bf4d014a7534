"""A studio whose webhooks may reach the receiver of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.testing.receiver import Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def studio(studio: Studio, receiver: Receiver) -> Studio:
    studio.settings = studio.settings.model_copy(update={"outbound_allow": receiver.allowance})
    return studio


@pytest.fixture
def listen(api: httpx.Client, receiver: Receiver) -> Callable[..., dict[str, Any]]:
    """Makes a webhook that leads to the receiver; keywords are fields of it."""

    def make(headers: dict[str, str] | None = None, **fields: Any) -> dict[str, Any]:
        answer = api.post("/api/webhooks", json={"url": receiver.url, **fields}, headers=headers)
        assert answer.status_code == 201, answer.text
        webhook: dict[str, Any] = answer.json()
        return webhook

    return make


@pytest.fixture
def send_due(studio: Studio) -> Callable[[], int]:
    """One turn of the courier, without its threads."""

    def send() -> int:
        sender = studio.webhooks.sender
        parcels = sender.take([due.delivery_id for due in sender.list_due((), 100)])
        for parcel in parcels:
            sender.settle(parcel, sender.send(parcel))
        return len(parcels)

    return send
