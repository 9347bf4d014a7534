"""Which addresses a request may reach: those of the public internet, and those that the operator allows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

from soundstage.core.errors import BadInput

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

USUAL_PORTS = frozenset({80, 443})

_SPECIAL_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # public by its number, but inside each virtual machine of one cloud
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
"""Not for the public, by the IANA IPv4 Special-Purpose Address Registry (RFC 6890); multicast and above."""

_PUBLIC_IPV6 = IPv6Network("2000::/3")
"""Global unicast, RFC 4291 section 2.4. Loopback, link-local, unique local, multicast, mapped and NAT64 lie outside."""

_SPECIAL_IPV6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address
        "3fff::/20",
    )
)
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})
"""How the interface id of RFC 5214 begins; an IPv4 address follows it."""


def is_public(address: Address) -> bool:
    """Whether anybody on the internet reaches the same machine by this address."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_IPV4)
    if address not in _PUBLIC_IPV6 or any(address in network for network in _SPECIAL_IPV6):
        return False
    return (int(address) >> 32) & 0xFFFF_FFFF not in _ISATAP


@dataclass(frozen=True, slots=True)
class Allowed:
    """One thing that the operator allows beside the public internet. `port` is None for the usual ports."""

    host: str | None
    network: Network | None
    port: int | None

    def covers(self, host: str, address: Address, port: int) -> bool:
        if port not in (USUAL_PORTS if self.port is None else {self.port}):
            return False
        return host == self.host if self.network is None else address in self.network


@dataclass(frozen=True, slots=True)
class Reach:
    """Where requests may go."""

    allowed: tuple[Allowed, ...] = field(default=())

    @classmethod
    def parse(cls, text: str) -> Self:
        """From names, addresses and networks separated by commas, each with a port or for the usual ports.

        `10.0.0.0/8,[fd00::1]:8443,hooks.example.com:9000`. Raises BadInput.
        """
        return cls(tuple(_allowed(entry.strip()) for entry in text.split(",") if entry.strip()))

    def includes(self, host: str, address: Address, port: int) -> bool:
        if port in USUAL_PORTS and is_public(address):
            return True
        return any(entry.covers(host, address, port) for entry in self.allowed)

    def may_include_port(self, host: str, port: int) -> bool:
        """Whether any address of this host could be reached at the port: asked before the name is looked up."""
        if port in USUAL_PORTS:
            return True
        return any(entry.port == port and entry.host in (None, host) for entry in self.allowed)

    def includes_all(self, host: str, addresses: Iterable[Address], port: int) -> bool:
        return all(self.includes(host, address, port) for address in addresses)


_ENTRY = re.compile(r"(?:\[(?P<bracketed>[^\s\[\]]+)\]|(?P<plain>[^\s\[\]:]+))(?::(?P<port>\d{1,5}))?")


def _allowed(entry: str) -> Allowed:
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise _not_allowable(entry)
    port = int(found["port"]) if found["port"] else None
    name = found["bracketed"] or found["plain"]
    if port is not None and not 0 < port < 65_536:
        raise _not_allowable(entry)
    try:
        return Allowed(None, ip_network(name, strict=False), port)
    except ValueError as error:
        if found["bracketed"] or "/" in name:
            raise _not_allowable(entry) from error
        return Allowed(name.lower(), None, port)


def _not_allowable(entry: str) -> BadInput:
    return BadInput(
        f"SOUNDSTAGE_OUTBOUND_ALLOW holds {entry!r}, which is no host, address or network, with a port or without.",
        hint="Write for example 10.0.0.0/8, 192.168.1.20:9000, [fd00::1]:8443 or hooks.example.com:9000.",
    )


def parsed_address(text: str) -> Address | None:
    """An address in its usual form; None for anything else, also for other ways to write an IPv4 address."""
    try:
        return ip_address(text)
    except ValueError:
        return None
