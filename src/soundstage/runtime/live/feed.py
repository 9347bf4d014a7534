"""What is known of one followed job: its newest facts, read once for all who follow it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from soundstage.core.events import FINAL_EVENTS, Event, EventKind, Tick, Told

PAGE_FACTS = 500
"""Read at once for all who follow a job."""
REPLAYED_FACTS = 24
"""Read at once for one reader that is behind: it may hold them for as long as its connection takes nothing."""
KEPT_FACTS = 500
_WHILE_RUNNING = frozenset({EventKind.STAGE_STARTED, EventKind.PART_STARTED, EventKind.CHECKPOINT_SAVED})


class Listener(Protocol):
    """Who follows a feed."""

    def hear(self, feed: Feed) -> None:
        """The feed has new facts, another owner, or its job is gone."""

    def hear_tick(self, tick: Tick) -> None: ...

    def forget(self, part_id: int) -> None:
        """The attempt of which ticks told has ended."""


@dataclass(eq=False, slots=True)
class Feed:
    """The newest facts of a job up to number `head`. `opened` ends when the first read has been made."""

    job_id: str
    owner: str = ""
    head: int = 0
    kept: list[Told] = field(default_factory=list)
    listeners: set[Listener] = field(default_factory=set)
    is_gone: bool = False
    is_stale: bool = False
    opened: asyncio.Task[None] | None = None
    pump: asyncio.Task[None] | None = None
    _ended: dict[int, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.opened is not None and self.opened.done()

    async def until_open(self) -> None:
        """Raises JobNotFound, StoreUnavailable."""
        if self.opened is not None:
            await asyncio.shield(self.opened)

    @property
    def is_over(self) -> bool:
        """Whether the newest fact is one that ends a job."""
        return bool(self.kept) and self.kept[-1].fact.kind in FINAL_EVENTS

    def after(self, seq: int) -> Sequence[Told] | None:
        """The facts after a number; None where they are not all kept."""
        missing = self.head - seq
        if missing <= 0:
            return ()
        return self.kept[-missing:] if missing <= len(self.kept) else None

    def since(self, at: float) -> Sequence[Told] | None:
        """The facts made after a time; None where they are not all kept."""
        if len(self.kept) == self.head or (self.kept and self.kept[0].fact.at <= at):
            return [told for told in self.kept if told.fact.at > at]
        return None

    def grow(self, facts: Sequence[Event]) -> None:
        """Take in the facts that follow, and tell those who listen."""
        new = [fact for fact in facts if fact.seq > self.head]
        if not new:
            return
        for fact in new:
            self._note_end(fact)
        self.kept += [Told(fact, str(fact.seq)) for fact in new]
        self.head = new[-1].seq
        if len(self.kept) > 2 * KEPT_FACTS:
            del self.kept[:-KEPT_FACTS]
        self.tell()

    def take(self, tick: Tick) -> None:
        """Pass a tick on, once those who listen are known."""
        if self.opened is not None and not self.opened.done():
            self.opened.add_done_callback(lambda _: self.take(tick))
        elif tick.attempt > self._ended.get(tick.part_id, 0):
            for listener in self.listeners:
                listener.hear_tick(tick)

    def vanish(self) -> None:
        self.is_gone = True
        self.tell()

    def tell(self) -> None:
        for listener in self.listeners:
            listener.hear(self)

    def _note_end(self, fact: Event) -> None:
        part, attempt = fact.data.get("part"), fact.data.get("attempt")
        if part is None or attempt is None or fact.kind in _WHILE_RUNNING:
            return
        self._ended[part] = attempt
        for listener in self.listeners:
            listener.forget(part)
