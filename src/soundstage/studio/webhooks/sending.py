"""One try of one delivery: signed, sent, judged by the answer, and tried again later where that may help."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from soundstage.core.errors import AddressRefused, RemoteFailed, WebhookNotFound
from soundstage.outbound.client import Limits, OutboundClient, Reply
from soundstage.outbound.signatures import signed_headers
from soundstage.store.deliveries import Delivery, DeliveryState, DeliveryStore, Due, Verdict
from soundstage.store.webhooks import TURNED_OFF, Webhook, WebhookStore

RETRY_SECONDS = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""The pauses between tries, as the Standard Webhooks specification 1.0 recommends them."""
JITTER = 0.2
MAX_RETRY_AFTER_SECONDS = 86_400.0
LIMITS = Limits(total_seconds=15.0, body_bytes=4_096, cuts_body=True)
LEASE_SECONDS = 60.0
"""Longer than any try: the delivery of a process that ended in one is taken up by another after it."""
MAX_EXCERPT_CHARACTERS = 200
GONE = "The receiver answered 410 Gone."

_NOT_SHOWN = re.compile(r"[^\w\s!-~]|[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said, or why it said nothing. `excerpt` is the cleaned beginning of its words."""

    status: int | None
    error: str | None
    excerpt: str = ""
    seconds: float = 0.0
    retry_after_seconds: float | None = None

    @property
    def is_success(self) -> bool:
        return self.error is None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery that this process holds until its lease ends, with where it goes. `at` is when it was taken."""

    delivery: Delivery
    webhook: Webhook
    at: float


class Sender:
    """What the courier does for each delivery. Only `send` waits for others, and it leaves the database alone."""

    def __init__(
        self,
        deliveries: DeliveryStore,
        webhooks: WebhookStore,
        client: OutboundClient,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._deliveries = deliveries
        self._webhooks = webhooks
        self._client = client
        self._chance = chance
        self.on_result: Callable[[str], None] = lambda result: None

    def list_due(self, closed_hosts: Collection[str], limit: int) -> list[Due]:
        return self._deliveries.list_due(closed_hosts, limit)

    def take(self, ids: Sequence[str]) -> list[Parcel]:
        """Those of the deliveries that no other process has taken."""
        at = self._deliveries.now
        return [Parcel(*taken, at) for taken in self._deliveries.claim(ids, LEASE_SECONDS)]

    def send(self, parcel: Parcel) -> Answer:
        if not parcel.webhook.is_active:
            return Answer(None, TURNED_OFF)
        return post(self._client, parcel.webhook, parcel.delivery.id, parcel.at, parcel.delivery.body, LIMITS)

    def settle(self, parcel: Parcel, answer: Answer) -> None:
        """Write down what came of a try."""
        verdict = self._verdict(parcel, answer)
        is_settled = self._deliveries.settle(parcel.delivery, verdict)
        if is_settled:
            self.on_result("put_off" if verdict.state is DeliveryState.PENDING else str(verdict.state))
        if is_settled and answer.status == HTTPStatus.GONE:
            self._turn_off(parcel.webhook.id)

    def _verdict(self, parcel: Parcel, answer: Answer) -> Verdict:
        if answer.is_success:
            return Verdict(DeliveryState.DELIVERED, status=answer.status)
        pause_seconds = next_pause_seconds(parcel.delivery.attempts, answer.retry_after_seconds, self._chance())
        if pause_seconds is None or answer.status == HTTPStatus.GONE or not parcel.webhook.is_active:
            return Verdict(DeliveryState.DEAD, status=answer.status, error=answer.error)
        due_at = self._deliveries.now + pause_seconds
        return Verdict(DeliveryState.PENDING, due_at, answer.status, answer.error)

    def _turn_off(self, webhook_id: str) -> None:
        try:
            self._webhooks.change(webhook_id, None, is_active=0, off_reason=GONE)
        except WebhookNotFound:  # its owner was faster
            return


def next_pause_seconds(attempts: int, retry_after_seconds: float | None, chance: float) -> float | None:
    """How long to wait after so many tries; None when there is to be no other.

    Up to a fifth is added by `chance` (0..1), so that what failed together does not come back together. What the
    receiver asks for counts where it is longer, up to a day.
    """
    if attempts > len(RETRY_SECONDS):
        return None
    pause = RETRY_SECONDS[max(attempts, 1) - 1] * (1 + JITTER * chance)
    return max(pause, min(retry_after_seconds or 0.0, MAX_RETRY_AFTER_SECONDS))


def post(client: OutboundClient, webhook: Webhook, message_id: str, at: float, body: str, limits: Limits) -> Answer:
    """Send one signed message. Whatever the receiver does is an answer, and no error."""
    content = body.encode()
    headers = {
        "Content-Type": "application/json",
        **signed_headers(webhook.keys(at), message_id, at, content),
    }
    began_at = time.monotonic()
    try:
        reply = client.request("POST", webhook.url, headers=headers, content=content, limits=limits)
    except (AddressRefused, RemoteFailed) as error:
        return Answer(None, error.message, seconds=time.monotonic() - began_at)
    return _answer(reply, at, time.monotonic() - began_at)


def _answer(reply: Reply, now: float, seconds: float) -> Answer:
    excerpt = cleaned(reply.body)
    if 200 <= reply.status < 300:
        return Answer(reply.status, None, excerpt, seconds)
    said = f": {excerpt}" if excerpt else "."
    error = f"The receiver answered {reply.status}{said}"
    return Answer(reply.status, error, excerpt, seconds, retry_after_seconds(reply.headers, now))


def cleaned(body: bytes) -> str:
    """The beginning of what a stranger wrote, in one line of plain characters."""
    text = _NOT_SHOWN.sub(" ", body[: 4 * MAX_EXCERPT_CHARACTERS].decode("utf-8", "replace"))
    return " ".join(text.split())[:MAX_EXCERPT_CHARACTERS]


def retry_after_seconds(headers: Mapping[str, str], now: float) -> float | None:
    """From seconds or a date (RFC 9110 section 10.2.3); None where it says neither."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now)


def moment_text(at: float) -> str:
    """ISO 8601 in UTC, as in every message."""
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
