"""Where the server listens: on the loopback alone, and before anything else is started."""

from __future__ import annotations

import contextlib
import socket
from ipaddress import ip_address

from soundstage.core.errors import BadInput, Conflict

BACKLOG = 2048


class PortInUse(Conflict):
    """Another program listens on this port."""

    code = "port_in_use"
    hint = "Stop that program, or choose another port with SOUNDSTAGE_PORT; 0 takes a free one."


def bind(host: str, port: int) -> socket.socket:
    """Listen on a loopback address; port 0 takes a free one. Raises BadInput, PortInUse."""
    address = _loopback_address(host)
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
    address, port = listener.getsockname()[:2]
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def _loopback_address(host: str) -> str:
    if host == "localhost":
        return "127.0.0.1"
    with contextlib.suppress(ValueError):
        address = ip_address(host.strip("[]"))
        if address.is_loopback:
            return str(address)
    raise BadInput(
        f"Soundstage cannot listen on {host!r}: it has no accounts yet, so it serves this computer alone.",
        hint="Use 127.0.0.1, or reach it from elsewhere through an SSH tunnel.",
    )
