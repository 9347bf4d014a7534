"""What a URL of another server must look like. The same parsing that is checked is connected to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address

from soundstage.core.errors import AddressRefused
from soundstage.outbound.addresses import parsed_address

MAX_URL_CHARACTERS = 2_048
DEFAULT_PORTS = {"http": 80, "https": 443}

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\.?")
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?")
"""What some resolvers read as an IPv4 address: 2130706433, 0x7f.1, 127.1 (WHATWG URL, section 3.5)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `host` is in lower case and ASCII, without brackets; `path` includes the query."""

    scheme: str
    host: str
    port: int
    path: bytes

    @property
    def authority(self) -> str:
        """As in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_url(url: str) -> Target:
    """Raises AddressRefused; the message does not repeat the URL, which may hold a secret."""
    import httpx  # takes a fifth of a second, which a server that calls nobody does without

    if len(url) > MAX_URL_CHARACTERS:
        raise AddressRefused(f"The URL has more than {MAX_URL_CHARACTERS} characters.")
    if _UNSAFE.search(url):
        raise AddressRefused("The URL holds a space, a backslash or a control character.")
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise AddressRefused("The text is not a URL.") from error
    if parsed.scheme not in DEFAULT_PORTS:
        raise AddressRefused("The URL must begin with http:// or https://.")
    if parsed.userinfo:
        raise AddressRefused("The URL holds a user name or a password.", hint="Put what is secret into its path.")
    host = parsed.raw_host.decode("ascii")
    _check_host(host)
    if parsed.port == 0:
        raise AddressRefused("The URL names port 0, which is none.")
    port = parsed.port or DEFAULT_PORTS[parsed.scheme]
    return Target(parsed.scheme, host, port, parsed.raw_path)


def _check_host(host: str) -> None:
    address = parsed_address(host)
    if address is not None:
        if isinstance(address, IPv6Address) and address.scope_id is not None:
            raise AddressRefused("The address in the URL names a network interface.")
        return
    if not _NAME.fullmatch(host) or _ENDS_IN_NUMBER.fullmatch(host):
        raise AddressRefused("The URL names no host in a usual way.", hint="Write it like https://hooks.example.com/.")
