"""How many messages may be under way: in all, to one host, and to hosts that were slow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

SLOW_SECONDS = 5.0


@dataclass
class Lanes:
    """Keeps a receiver that is slow or dead from delaying the others.

    A host that took long the last time gets one lane, and all such hosts together get half of the lanes.
    """

    total: int = 8
    per_host: int = 2
    _under_way: Counter[str] = field(default_factory=Counter)
    _slow: set[str] = field(default_factory=set)

    @property
    def under_way(self) -> int:
        return self._under_way.total()

    @property
    def free(self) -> int:
        return self.total - self.under_way

    def has_room(self, host: str) -> bool:
        if self.free <= 0:
            return False
        if host not in self._slow:
            return self._under_way[host] < self.per_host
        slow_under_way = sum(self._under_way[each] for each in self._slow)
        return self._under_way[host] == 0 and slow_under_way < self.total // 2

    def closed_hosts(self) -> set[str]:
        """The hosts without room."""
        return {host for host in {*self._under_way, *self._slow} if not self.has_room(host)}

    def copy(self) -> Lanes:
        return Lanes(self.total, self.per_host, self._under_way.copy(), set(self._slow))

    def enter(self, host: str) -> None:
        self._under_way[host] += 1

    def leave(self, host: str, seconds: float) -> None:
        self._under_way[host] -= 1
        self._under_way += Counter()  # drops those that are at zero
        if seconds >= SLOW_SECONDS:
            self._slow.add(host)
        else:
            self._slow.discard(host)
