"""The jobs of one owner that have news, for all who follow them all."""

from __future__ import annotations

from soundstage.core.events import Tick
from soundstage.runtime.live.feed import Feed
from soundstage.runtime.live.readers import JobsReader


class Desk:
    """Listens to the feeds of the owner's jobs. `looked_at` is the time up to which none is missing."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.looked_at = 0.0
        self.readers: set[JobsReader] = set()

    def hear(self, feed: Feed) -> None:
        if feed.owner == self.owner and not feed.is_gone:
            for reader in self.readers:
                reader.note(feed.job_id)

    def hear_tick(self, tick: Tick) -> None:
        for reader in self.readers:
            reader.hear_tick(tick)

    def forget(self, part_id: int) -> None:
        for reader in self.readers:
            reader.forget(part_id)
