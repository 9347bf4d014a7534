"""How often somebody may try: each failure after the first few doubles the rest, for an account and for an address."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from types import MappingProxyType

from soundstage.core.errors import TooManyRequests
from soundstage.store.accounts.login_failures import Failures, LoginFailureStore

MOST_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """`free` attempts without a rest; then one of `first_seconds`, doubled each time up to `longest_seconds`."""

    free: int
    first_seconds: float
    longest_seconds: float
    forgotten_after_seconds: float

    def rest_after(self, count: int) -> float:
        if count < self.free:
            return 0.0
        return min(self.longest_seconds, self.first_seconds * 2.0 ** min(count - self.free, MOST_DOUBLINGS))


PACES: Mapping[str, Pace] = MappingProxyType(
    {
        "account": Pace(5, 1.0, 300.0, 3_600.0),
        "address": Pace(20, 1.0, 900.0, 3_600.0),
        "register": Pace(10, 30.0, 3_600.0, 7_200.0),
    }
)
FORGOTTEN_AFTER_SECONDS = max(pace.forgotten_after_seconds for pace in PACES.values())


class Throttle:
    """Counts in the database, so that all servers count together."""

    def __init__(self, store: LoginFailureStore) -> None:
        self._store = store

    def try_login(self, account: str, address: str) -> bool:
        """Count an attempt; it is a failure until `succeeded`. Returns whether another must rest after it.

        Raises TooManyRequests, the same for accounts that are not there.
        """
        counts = self._count({"account": _account_key(account), "address": address_key("address", address)})
        return PACES["account"].rest_after(counts["account"]) > 0

    def succeeded(self, account: str, address: str) -> None:
        self._store.forgive(_account_key(account), address_key("address", address))

    def try_register(self, address: str) -> None:
        """Raises TooManyRequests."""
        self._count({"register": address_key("register", address)})

    def prune(self) -> None:
        self._store.prune(FORGOTTEN_AFTER_SECONDS)

    def _count(self, keys: Mapping[str, str]) -> Mapping[str, int]:
        kinds = {key: kind for kind, key in keys.items()}

        def rest_seconds(key: str, failures: Failures) -> float | None:
            pace = PACES[kinds[key]]
            if failures.seconds_ago >= pace.forgotten_after_seconds:
                return None
            return max(0.0, pace.rest_after(failures.count) - failures.seconds_ago)

        rest, counts = self._store.count_attempt(list(kinds), rest_seconds)
        if rest > 0:
            seconds = math.ceil(rest)
            raise TooManyRequests(
                "There were too many attempts.", hint=f"Come again in {seconds} s.", retry_after_seconds=seconds
            )
        return {kinds[key]: count for key, count in counts.items()}


def _account_key(account: str) -> str:
    return f"account:{hashlib.sha256(account.encode('utf-8', 'replace')).hexdigest()}"


def address_key(kind: str, address: str) -> str:
    """One key for each IPv4 address, and for each IPv6 network of 64 bits, in which one caller has all addresses."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return f"{kind}:{address[:100]}"
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if found.version == 6:
        return f"{kind}:{ip_network((found, 64), strict=False)}"
    return f"{kind}:{found}"
