"""What an operator allows beside the public internet, and nothing more."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from soundstage.core.errors import BadInput
from soundstage.outbound.addresses import Reach, is_public


@pytest.mark.parametrize(
    ("allow", "host", "address", "port", "expected"),
    [
        ("10.0.0.0/8", "receiver.lan", "10.1.2.3", 443, True),
        ("10.0.0.0/8", "receiver.lan", "10.1.2.3", 6379, False),
        ("10.0.0.0/8", "receiver.lan", "192.168.1.1", 443, False),
        ("10.0.0.0/8:9000", "receiver.lan", "10.1.2.3", 9000, True),
        ("10.0.0.0/8:9000", "receiver.lan", "10.1.2.3", 443, False),
        ("localhost:9000", "localhost", "127.0.0.1", 9000, True),
        ("localhost:9000", "localhost", "127.0.0.1", 9001, False),
        ("localhost:9000", "other", "127.0.0.1", 9000, False),
        ("Receiver.LAN", "receiver.lan", "10.1.2.3", 80, True),
        ("[fd00::1]:8443", "fd00::1", "fd00::1", 8443, True),
        ("[fd00::/8]", "receiver.lan", "fd12::1", 443, True),
        ("127.0.0.1, 10.0.0.1", "10.0.0.1", "10.0.0.1", 80, True),
        ("hooks.example.com:8443", "hooks.example.com", "93.184.216.34", 8443, True),
        ("", "hooks.example.com", "93.184.216.34", 443, True),
        ("", "hooks.example.com", "93.184.216.34", 8443, False),
        ("", "localhost", "127.0.0.1", 80, False),
    ],
)
def test_an_allowance_reaches_what_it_names(allow: str, host: str, address: str, port: int, expected: bool) -> None:
    reach = Reach.parse(allow)
    assert reach.includes(host, ip_address(address), port) is expected
    assert reach.may_include_port(host, port) or not expected


@pytest.mark.parametrize(
    "allow", ["10.0.0.0/33", "a b", "host:0", "host:70000", "host:", "[::1", "[name]", "fd00::1", "http://host"]
)
def test_an_allowance_that_cannot_be_read_is_refused_with_its_text(allow: str) -> None:
    with pytest.raises(BadInput, match="SOUNDSTAGE_OUTBOUND_ALLOW"):
        Reach.parse(f"10.0.0.0/8,{allow}")


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450::1"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))
