"""Where the server listens: on the loopback unless it is told otherwise, and before anything else is started."""

from __future__ import annotations

import contextlib
import socket
from ipaddress import ip_address

from soundstage.core.errors import BadInput, Conflict

BACKLOG = 2048
_LOOPBACK_OF = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - looked up here, not listened on


class PortInUse(Conflict):
    """Another program listens on this port."""

    code = "port_in_use"
    hint = "Stop that program, or choose another port with SOUNDSTAGE_PORT; 0 takes a free one."


def bind(host: str, port: int) -> socket.socket:
    """Listen on an address of this machine; port 0 takes a free one. Raises BadInput, PortInUse."""
    address = _address_of(host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # Only where the protocol is named does asyncio switch Nagle's algorithm off, which holds answers back for 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise PortInUse(f"Soundstage cannot listen on {host} port {port}: {error.strerror}.") from error
    return listener


def url_of(listener: socket.socket) -> str:
    """The URL by which this computer reaches it."""
    address, port = listener.getsockname()[:2]
    address = _LOOPBACK_OF.get(address, address)
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches the address. Raises BadInput."""
    return ip_address(_address_of(host)).is_loopback


def _address_of(host: str) -> str:
    if host == "localhost":
        return "127.0.0.1"
    with contextlib.suppress(ValueError):
        return str(ip_address(host.strip("[]")))
    raise BadInput(
        f"Soundstage cannot listen on {host!r}: that is no address.",
        hint="Use 127.0.0.1 for this computer alone, or 0.0.0.0 for every network of it.",
    )
