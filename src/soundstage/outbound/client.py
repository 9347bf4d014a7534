"""The one client for servers of others: public addresses, no redirects, no proxy, and an end in time and size."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

import httpcore

from soundstage.core.errors import AddressRefused, RemoteFailed
from soundstage.outbound.addresses import Reach
from soundstage.outbound.connection import (
    CheckedNetwork,
    Deadline,
    Dial,
    Resolve,
    checked_addresses,
    system_dial,
    system_resolve,
)
from soundstage.outbound.urls import Target, parse_url

LOOK_UP_SECONDS = 5.0
_ZLIB_WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take. A body above `body_bytes`, decompressed, is cut or refused."""

    total_seconds: float = 15.0
    body_bytes: int = 1 << 20
    cuts_body: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, whatever its status. The names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class OutboundClient:
    """Thread-safe; each request has a connection of its own. `resolve` and `dial` are the system's but in tests."""

    def __init__(
        self,
        reach: Reach | None = None,
        resolve: Resolve = system_resolve,
        dial: Dial = system_dial,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._reach = reach or Reach()
        self._resolve = resolve
        self._dial = dial
        self._given_ssl_context = ssl_context

    def check(self, url: str) -> Target:
        """The door for a URL that is kept for later: nothing is sent to it. Raises AddressRefused, RemoteFailed."""
        target = parse_url(url)
        try:
            checked_addresses(self._reach, self._resolve, target.host, target.port, Deadline(LOOK_UP_SECONDS))
        except TimeoutError as error:
            raise RemoteFailed(f"The name server did not tell in time where {target.host} is.") from error
        return target

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        limits: Limits | None = None,
    ) -> Reply:
        """Send one request and read the whole answer. A redirect is an answer like any other.

        Raises AddressRefused before a byte is sent, RemoteFailed when there is no answer that can be used.
        """
        target, limits = parse_url(url), limits or Limits()
        network = CheckedNetwork(self._reach, self._resolve, self._dial, Deadline(limits.total_seconds))
        try:
            with self._connection(target, network) as connection:
                return _exchange(connection, _request(method, target, headers or {}, content), limits)
        except AddressRefused:
            raise
        except (OSError, httpcore.ProtocolError, httpcore.NetworkError, zlib.error, _Unusable) as error:
            why = _reason(error, limits)
            raise RemoteFailed(f"{target.host} {why}.", may_have_arrived=network.has_sent) from error

    def _connection(self, target: Target, network: CheckedNetwork) -> httpcore.HTTPConnection:
        origin = httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port)
        return httpcore.HTTPConnection(origin, ssl_context=self._ssl_context, network_backend=network)

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        return self._given_ssl_context or ssl.create_default_context()


class _Unusable(Exception):
    """The answer breaks a limit; the text says which."""


def _request(method: str, target: Target, headers: Mapping[str, str], content: bytes) -> httpcore.Request:
    sent = {
        "Host": target.authority,
        "User-Agent": f"Soundstage/{version('soundstage')}",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Content-Length": str(len(content)),
        **headers,
    }
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    return httpcore.Request(method, url, headers=list(sent.items()), content=content)


def _exchange(connection: httpcore.HTTPConnection, request: httpcore.Request, limits: Limits) -> Reply:
    response = connection.handle_request(request)
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    encoding = headers.get("content-encoding", "identity").strip().lower()
    body = bytearray()
    try:
        for chunk in _decoded(response.iter_stream(), encoding):
            body += chunk
            if len(body) > limits.body_bytes:
                break
    finally:
        response.close()
    if len(body) > limits.body_bytes and not limits.cuts_body:
        raise _Unusable(f"answered with more than {limits.body_bytes} bytes")
    return Reply(response.status, headers, bytes(body[: limits.body_bytes]))


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """In small pieces, so that a bomb is seen before it is large."""
    if encoding in ("", "identity"):
        yield from chunks
        return
    if encoding not in _ZLIB_WBITS:
        raise _Unusable("answered in an encoding that was not asked for")
    decoder = zlib.decompressobj(_ZLIB_WBITS[encoding])
    for chunk in chunks:
        left = chunk
        while left:
            yield decoder.decompress(left, _CHUNK_BYTES)
            left = decoder.unconsumed_tail
    yield decoder.flush()
    if not decoder.eof:
        raise _Unusable("ended its answer early")


def _reason(error: Exception, limits: Limits) -> str:
    if isinstance(error, TimeoutError):
        return f"did not answer within {limits.total_seconds:g} s"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"has a certificate that is not valid: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "could not agree on a secure connection"
    if isinstance(error, _Unusable):
        return str(error)
    if isinstance(error, ConnectionRefusedError):
        return "refused the connection"
    if isinstance(error, httpcore.ProtocolError | zlib.error):
        return "did not answer in HTTP that can be read"
    return "could not be reached, or ended the connection early"
