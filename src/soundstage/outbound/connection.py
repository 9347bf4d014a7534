"""Connections to addresses that were checked: no answer of a name server comes between the check and the connection."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from soundstage.core.errors import AddressRefused
from soundstage.outbound.addresses import Address, Reach, parsed_address

Resolve = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float], socket.socket]


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that this machine knows the host by, without repeats. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def system_dial(address: str, port: int, timeout_seconds: float) -> socket.socket:
    """A TCP connection to an address, not to a name. Raises OSError."""
    return socket.create_connection((address, port), timeout_seconds)


class Deadline:
    """One end for all that a request does."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._ends_at = monotonic() + seconds

    def remaining_seconds(self) -> float:
        """Raises TimeoutError when nothing is left."""
        left = self._ends_at - self._monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class CheckedNetwork(httpcore.NetworkBackend):
    """Looks a name up once, refuses it where one of its addresses may not be reached, and connects to an address."""

    def __init__(self, reach: Reach, resolve: Resolve, dial: Dial, deadline: Deadline) -> None:
        self._reach = reach
        self._resolve = resolve
        self._dial = dial
        self._deadline = deadline
        self.has_sent = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises AddressRefused, TimeoutError, OSError."""
        del timeout, local_address, socket_options
        failure: OSError = ConnectionError("The host has no address.")
        for address in checked_addresses(self._reach, self._resolve, host, port, self._deadline):
            try:
                return self._connected(host, address, port)
            except OSError as error:
                failure = error
        raise failure

    def _connected(self, host: str, address: str, port: int) -> httpcore.NetworkStream:
        connection = self._dial(address, port, self._deadline.remaining_seconds())
        try:
            peer = parsed_address(str(connection.getpeername()[0]))
            if peer is None or not self._reach.includes(host, peer, port):
                raise _refused(host)
            return _Stream(connection, self, self._deadline)
        except BaseException:
            connection.close()
            raise


def checked_addresses(reach: Reach, resolve: Resolve, host: str, port: int, deadline: Deadline) -> Sequence[str]:
    """All addresses of a host, where each may be reached.

    Raises AddressRefused in the same words for a host that is unknown and one that is of this network: who asks does
    not learn which names exist here. Raises TimeoutError.
    """
    if not reach.may_include_port(host, port):
        raise AddressRefused(
            f"Port {port} may not be reached from here, only 80 and 443.",
            hint="An operator can allow it with SOUNDSTAGE_OUTBOUND_ALLOW.",
        )
    literal = parsed_address(host)
    texts = [host] if literal is not None else _looked_up(resolve, host, port, deadline)
    addresses = [address for text in texts if (address := _address_of(text)) is not None]
    if not addresses or len(addresses) < len(texts) or not reach.includes_all(host, addresses, port):
        raise _refused(host)
    return [str(address) for address in addresses]


def _address_of(text: str) -> Address | None:
    """None also for an address with a scope: that is of one interface."""
    return None if "%" in text else parsed_address(text)


def _refused(host: str) -> AddressRefused:
    return AddressRefused(
        f"The host {host} is unknown, or it is not on the public internet.",
        hint="An operator can allow hosts of the own network with SOUNDSTAGE_OUTBOUND_ALLOW.",
    )


def _looked_up(resolve: Resolve, host: str, port: int, deadline: Deadline) -> Sequence[str]:
    """In a thread of its own: a name server that is silent is not waited for beyond the deadline."""
    found: list[Sequence[str]] = []

    def look_up() -> None:
        try:
            found.append(resolve(host, port))
        except (OSError, UnicodeError):
            found.append(())

    thread = threading.Thread(target=look_up, name="name look-up", daemon=True)
    thread.start()
    thread.join(deadline.remaining_seconds())
    deadline.remaining_seconds()
    return found[0] if found else ()


class _Stream(httpcore.NetworkStream):
    """A socket whose every wait ends with the deadline of the request. Raises OSError, TimeoutError, WriteError."""

    def __init__(self, connection: socket.socket, network: CheckedNetwork, deadline: Deadline) -> None:
        self._socket = connection
        self._network = network
        self._deadline = deadline
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        self._socket.settimeout(self._deadline.remaining_seconds())
        return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._network.has_sent = True
        try:
            self._write(buffer)
        except ConnectionError as error:
            # A server may answer and close before it has read all: httpcore then reads the answer.
            raise httpcore.WriteError(str(error)) from error

    def _write(self, buffer: bytes) -> None:
        left = memoryview(buffer)
        while left:
            self._socket.settimeout(self._deadline.remaining_seconds())
            left = left[self._socket.send(left) :]

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        del timeout
        self._socket.settimeout(self._deadline.remaining_seconds())
        secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        return _Stream(secured, self._network, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return None
