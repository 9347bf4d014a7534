"""Deliveries: each message to a webhook, when it is tried next, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from soundstage.core.errors import Conflict, DeliveryNotFound
from soundstage.store.records import Records
from soundstage.store.tables import deliveries, webhooks
from soundstage.store.webhooks import TURNED_OFF, Webhook, webhook_of


class DeliveryState(StrEnum):
    """`dead` is one that is not tried any more."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one webhook. `due_at` is the next try, or while one is under way the end of its lease."""

    id: str
    webhook_id: str
    owner: str
    kind: str
    job_id: str | None
    seq: int | None
    body: str = field(repr=False)
    state: DeliveryState
    attempts: int
    due_at: float | None
    last_status: int | None
    last_error: str | None
    created_at: float
    finished_at: float | None


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """Which deliveries to list, newest first; None means any."""

    webhook_id: str | None = None
    owner: str | None = None
    state: DeliveryState | None = None
    before_id: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that may be tried now, and the host that it goes to."""

    delivery_id: str
    host: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of a delivery after a try. `due_at` is set where it is tried again."""

    state: DeliveryState
    due_at: float | None = None
    status: int | None = None
    error: str | None = None


class DeliveryStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def now(self) -> float:
        return self._records.now

    def get(self, delivery_id: str, webhook_id: str) -> Delivery:
        """Raises DeliveryNotFound."""
        with self._records.read() as connection:
            row = connection.execute(select(deliveries).where(_is(delivery_id, webhook_id))).one_or_none()
        if row is None:
            raise _not_found()
        return _delivery_of(row)

    def page(self, wanted: DeliveryFilter) -> list[Delivery]:
        """Newest first; ids sort by time, so the last id is the cursor of the next page."""
        query = select(deliveries).order_by(deliveries.c.id.desc()).limit(wanted.limit)
        for column, value in (("webhook_id", wanted.webhook_id), ("owner", wanted.owner), ("state", wanted.state)):
            if value is not None:
                query = query.where(deliveries.c[column] == str(value))
        if wanted.before_id is not None:
            query = query.where(deliveries.c.id < wanted.before_id)
        with self._records.read() as connection:
            return [_delivery_of(row) for row in connection.execute(query)]

    def list_due(self, closed_hosts: Collection[str], limit: int) -> list[Due]:
        """The longest due first, without those to hosts that are closed now."""
        query = (
            select(deliveries.c.id, webhooks.c.host)
            .join(webhooks, webhooks.c.id == deliveries.c.webhook_id)
            .where(deliveries.c.state == "pending", deliveries.c.due_at <= self._records.now)
            .order_by(deliveries.c.due_at)
            .limit(limit)
        )
        if closed_hosts:
            query = query.where(webhooks.c.host.not_in(closed_hosts))
        with self._records.read() as connection:
            return [Due(*row) for row in connection.execute(query)]

    def claim(self, ids: Sequence[str], lease_seconds: float) -> list[tuple[Delivery, Webhook]]:
        """Take those that nobody else has taken, for so long. The try is counted, even if this process ends in it."""
        now = self._records.now
        taken = (
            update(deliveries)
            .where(deliveries.c.id.in_(ids), deliveries.c.state == "pending", deliveries.c.due_at <= now)
            .values(attempts=deliveries.c.attempts + 1, due_at=now + lease_seconds)
            .returning(*deliveries.c)
        )
        with self._records.write() as connection:
            mine = [_delivery_of(row) for row in connection.execute(taken)]
            wanted = select(webhooks).where(webhooks.c.id.in_({delivery.webhook_id for delivery in mine}))
            known = {row.id: webhook_of(row) for row in connection.execute(wanted)}
        return [(delivery, known[delivery.webhook_id]) for delivery in mine if delivery.webhook_id in known]

    def settle(self, delivery: Delivery, verdict: Verdict) -> bool:
        """Write what came of a try. False where the lease was lost: another has tried again, or it was given up."""
        is_held = (deliveries.c.attempts == delivery.attempts) & (deliveries.c.due_at == delivery.due_at)
        is_open = verdict.state is DeliveryState.PENDING
        result = {
            "state": str(verdict.state),
            "due_at": verdict.due_at,
            "last_status": verdict.status,
            "last_error": verdict.error,
            "finished_at": None if is_open else self._records.now,
        }
        held = deliveries.c.state == "pending", _is(delivery.id, delivery.webhook_id), is_held
        with self._records.write() as connection:
            return connection.execute(update(deliveries).where(*held).values(result)).rowcount > 0

    def send_again(self, delivery_id: str, webhook_id: str) -> Delivery:
        """Make a delivery due now, with all its tries before it. Raises Conflict, DeliveryNotFound."""
        is_on = select(webhooks.c.id).where(webhooks.c.id == webhook_id, webhooks.c.is_active == 1).exists()
        anew = {"state": "pending", "attempts": 0, "due_at": self._records.now, "finished_at": None}
        query = update(deliveries).where(_is(delivery_id, webhook_id), is_on).values(anew).returning(*deliveries.c)
        with self._records.write() as connection:
            row = connection.execute(query).one_or_none()
        if row is not None:
            return _delivery_of(row)
        self.get(delivery_id, webhook_id)
        raise Conflict(TURNED_OFF, hint="Turn it on first.")

    def forget(self, finished_before: float) -> int:
        """Remove those that ended so long ago, and those of webhooks that are gone. Returns how many."""
        is_orphan = deliveries.c.webhook_id.not_in(select(webhooks.c.id))
        with self._records.write() as connection:
            query = delete(deliveries).where(or_(deliveries.c.finished_at < finished_before, is_orphan))
            return connection.execute(query).rowcount


def _is(delivery_id: str, webhook_id: str) -> ColumnElement[bool]:
    return (deliveries.c.id == delivery_id) & (deliveries.c.webhook_id == webhook_id)


def _delivery_of(row: Any) -> Delivery:
    columns = {each.name: getattr(row, each.name) for each in fields(Delivery)}
    return Delivery(**{**columns, "state": DeliveryState(row.state)})


def _not_found() -> DeliveryNotFound:
    return DeliveryNotFound("There is no delivery of this id.")
