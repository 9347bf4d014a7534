"""Webhooks: which addresses of an owner hear of what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from soundstage.core.errors import LimitReached, WebhookNotFound
from soundstage.store.records import Records
from soundstage.store.tables import deliveries, webhooks

TURNED_OFF = "The webhook was turned off."


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address and what it hears of. `host` is its host and port; the secrets sign what is sent."""

    id: str
    owner: str
    url: str = field(repr=False)
    host: str
    secret: str = field(repr=False)
    old_secret: str | None = field(repr=False)
    old_secret_until: float | None
    events: tuple[str, ...]
    description: str
    is_active: bool
    off_reason: str | None
    created_at: float
    updated_at: float

    def keys(self, now: float) -> list[str]:
        """The secrets that sign: the present one, and the one before it while receivers are changed over."""
        is_old_valid = self.old_secret is not None and now < (self.old_secret_until or 0.0)
        return [self.secret, *([self.old_secret] if self.old_secret is not None and is_old_valid else [])]


class WebhookStore:
    def __init__(self, records: Records) -> None:
        self._records = records

    @property
    def now(self) -> float:
        return self._records.now

    def add(self, webhook: Webhook, most: int) -> None:
        """Raises LimitReached where the owner has `most` already."""
        with self._records.write() as connection:
            _take_turns(connection, webhook.owner)
            mine = select(func.count()).where(webhooks.c.owner == webhook.owner)
            if connection.execute(mine).scalar_one() >= most:
                raise LimitReached(f"There are {most} webhooks already, which is the most.", hint="Remove one first.")
            connection.execute(insert(webhooks).values(_columns(webhook)))

    def get(self, webhook_id: str, owner: str | None = None) -> Webhook:
        """Raises WebhookNotFound, also where it is another owner's."""
        with self._records.read() as connection:
            row = connection.execute(select(webhooks).where(_is(webhook_id, owner))).one_or_none()
        if row is None:
            raise _not_found()
        return webhook_of(row)

    def list_of(self, owner: str) -> list[Webhook]:
        """Oldest first."""
        with self._records.read() as connection:
            rows = connection.execute(select(webhooks).where(webhooks.c.owner == owner).order_by(webhooks.c.id))
            return [webhook_of(row) for row in rows]

    def change(self, webhook_id: str, owner: str | None, **columns: Any) -> Webhook:
        """Set columns. What waits for one that is turned off is not sent any more. Raises WebhookNotFound."""
        with self._records.write() as connection:
            changed = {**columns, "updated_at": self._records.now}
            query = update(webhooks).where(_is(webhook_id, owner)).values(changed).returning(*webhooks.c)
            row = connection.execute(query).one_or_none()
            if row is None:
                raise _not_found()
            if not row.is_active:
                _give_up_waiting(connection, webhook_id, self._records.now)
        return webhook_of(row)

    def remove(self, webhook_id: str, owner: str | None) -> None:
        """With all its deliveries. Raises WebhookNotFound."""
        with self._records.write() as connection:
            if not connection.execute(delete(webhooks).where(_is(webhook_id, owner))).rowcount:
                raise _not_found()
            connection.execute(delete(deliveries).where(deliveries.c.webhook_id == webhook_id))

    def erase_owner(self, owner: str) -> None:
        """Remove all webhooks of an owner with their deliveries."""
        mine = select(webhooks.c.id).where(webhooks.c.owner == owner)
        with self._records.write() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.webhook_id.in_(mine)))
            connection.execute(delete(webhooks).where(webhooks.c.owner == owner))


def webhook_of(row: Any) -> Webhook:
    columns = {**row._mapping, "events": tuple(row.events.split()), "is_active": bool(row.is_active)}  # noqa: SLF001
    return Webhook(**columns)


def _columns(webhook: Webhook) -> dict[str, Any]:
    columns = {name: getattr(webhook, name) for name in webhooks.c.keys()}  # noqa: SIM118 - columns, not their names
    return {**columns, "events": " ".join(webhook.events), "is_active": int(webhook.is_active)}


def _is(webhook_id: str, owner: str | None) -> ColumnElement[bool]:
    found = webhooks.c.id == webhook_id
    return found if owner is None else found & (webhooks.c.owner == owner)


def _give_up_waiting(connection: Connection, webhook_id: str, now: float) -> None:
    waiting = (deliveries.c.webhook_id == webhook_id) & (deliveries.c.state == "pending")
    given_up = {"state": "dead", "due_at": None, "last_error": TURNED_OFF, "finished_at": now}
    connection.execute(update(deliveries).where(waiting).values(given_up))


def _take_turns(connection: Connection, owner: str) -> None:
    """PostgreSQL would let two count at once; on SQLite only one writes."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"soundstage.webhooks.{owner}"))))


def _not_found() -> WebhookNotFound:
    return WebhookNotFound("There is no webhook of this id.")
