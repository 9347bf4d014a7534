"""Where a server may listen, and how."""

from __future__ import annotations

import asyncio
import socket

import pytest

from soundstage.api.listening import PortInUse, bind, is_loopback, url_of
from soundstage.core.errors import BadInput

EVERYWHERE = "0.0.0.0"  # noqa: S104 - what the tests are about


@pytest.mark.parametrize(
    ("host", "url"),
    [("localhost", "http://127.0.0.1:"), ("127.0.0.1", "http://127.0.0.1:"), ("127.0.0.2", "http://127.0.0.2:")],
)
def test_the_loopback_is_served_on_a_free_port(host: str, url: str) -> None:
    with bind(host, 0) as listener:
        assert url_of(listener).startswith(url)
        assert listener.getsockname()[1] > 0


def test_the_loopback_of_ipv6_is_served() -> None:
    if not socket.has_ipv6:
        pytest.skip("This machine has no IPv6.")
    with bind("[::1]", 0) as listener:
        assert url_of(listener).startswith("http://[::1]:")


@pytest.mark.parametrize("host", ["example.org", "", "127.0.0.1.evil.test", "2130706433", "256.0.0.1"])
def test_what_is_no_address_is_refused(host: str) -> None:
    with pytest.raises(BadInput, match="no address"):
        bind(host, 0)


def test_every_network_is_served_where_it_is_asked_for_and_the_loopback_is_told() -> None:
    with bind(EVERYWHERE, 0) as listener:
        assert listener.getsockname()[0] == EVERYWHERE
        assert url_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    ("host", "is_ours_alone"),
    [
        ("localhost", True),
        ("127.0.0.2", True),
        ("[::1]", True),
        ("::", False),
        (EVERYWHERE, False),
        ("10.0.0.1", False),
    ],
)
def test_what_only_this_computer_reaches_is_known(host: str, is_ours_alone: bool) -> None:
    assert is_loopback(host) == is_ours_alone


def test_a_port_that_is_taken_is_told() -> None:
    with bind("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortInUse, match=str(port)):
            bind("127.0.0.1", port)


def test_answers_are_not_held_back_for_more_bytes() -> None:
    """Nagle's algorithm is off on every connection that is accepted."""

    async def accepted_without_delay() -> int:
        accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def connect(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            accepted.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listener = bind("127.0.0.1", 0)
        async with await asyncio.start_server(connect, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            async with asyncio.timeout(10):
                found = await accepted
            writer.close()
            await writer.wait_closed()
        return found

    assert asyncio.run(accepted_without_delay())
