"""The way to one server: who asks, what is tried again, and what an answer means."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError

from soundstage.client.errors import ClientError, NotSignedIn, UnexpectedAnswer, error_of
from soundstage.client.patience import Endurance, Patience, rest_before_retry
from soundstage.client.tokens import Tokens, TokenStore
from soundstage.client.wires import Answer, Request, Wire

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Opened = AbstractAsyncContextManager[Answer]
UNAUTHORIZED = 401
LONGEST_ERROR_BYTES = 1 << 16
REFRESH_PATH = "/api/auth/refresh"


@dataclass(frozen=True, slots=True)
class Call(Generic[T_co]):
    """One call of the API: what is sent, and how its answer is read. A repeatable one may reach the server twice."""

    request: Request
    read: Callable[[bytes], T_co]
    is_repeatable: bool


class Connection:
    """`key` is a token that never changes; without one the tokens of the store are sent and renewed."""

    def __init__(self, url: str, wire: Wire, store: TokenStore, key: str | None, patience: Patience) -> None:
        self._url = url
        self.wire = wire
        self.store = store
        self._key = key
        self._patience = patience

    @property
    def has_key(self) -> bool:
        return self._key is not None

    def absolute(self, url: str) -> str:
        """A link of the server, which it may give without its own address."""
        return f"{self._url}{url}" if url.startswith("/") else url

    def endurance(self) -> Endurance:
        return Endurance(self._patience, self.wire)

    async def call(self, call: Call[T]) -> T:
        """Raises ApiError, ConnectionLost, UnexpectedAnswer."""
        answer = await self.send(call.request, call.is_repeatable)
        try:
            return call.read(answer.body)
        except ValidationError as error:
            raise UnexpectedAnswer(
                f"{call.request.method} {call.request.path} was answered with something else than expected: "
                f"{error.error_count()} problems. Is this a Soundstage, and not much older than this client?"
            ) from error

    async def send(self, request: Request, is_repeatable: bool) -> Answer:
        """The answer in full. Raises ApiError, ConnectionLost."""
        pauses = self._patience.pauses()
        while True:
            try:
                async with self._signed(request, lambda signed: _sent(self.wire, signed)) as answer:
                    return answer
            except ClientError as error:
                await rest_before_retry(error, pauses, self.wire, is_repeatable)

    @asynccontextmanager
    async def stream(self, request: Request, lifetime_seconds: float | None = None) -> AsyncGenerator[Answer]:
        """The answer as it comes. Raises ApiError, ConnectionLost, TimeoutError."""
        async with self._signed(request, lambda signed: self.wire.stream(signed, lifetime_seconds)) as answer:
            yield answer

    @asynccontextmanager
    async def _signed(self, request: Request, open_answer: Callable[[Request], Opened]) -> AsyncGenerator[Answer]:
        """With the token; where that has expired, once more with the renewed one."""
        token = self._token()
        async with AsyncExitStack() as stack:
            answer = await stack.enter_async_context(open_answer(_with_token(request, token)))
            if answer.status == UNAUTHORIZED and (renewed := await self._renewed(token)):
                await stack.aclose()
                answer = await stack.enter_async_context(open_answer(_with_token(request, renewed)))
            if answer.status >= 300:
                raise error_of(answer.status, answer.headers, answer.body or await _beginning(answer.chunks))
            yield answer

    def _token(self) -> str | None:
        if self._key is not None:
            return self._key
        tokens = self.store.load()
        return None if tokens is None else tokens.access_token

    async def _renewed(self, refused: str | None) -> str | None:
        """The access token after the refused one; None where only a login helps. One at a time renews."""
        if self._key is not None or refused is None:
            return None
        async with self.wire.lock():
            with self.store.alone():
                tokens = self.store.load()
                if tokens is None or tokens.access_token != refused:
                    return None if tokens is None else tokens.access_token
                renewed = await self._refresh(tokens)
                self.store.save(renewed)
        return None if renewed is None else renewed.access_token

    async def _refresh(self, tokens: Tokens) -> Tokens | None:
        """None where the session has ended."""
        request = Request("POST", REFRESH_PATH, json={"refresh_token": tokens.refresh_token})
        pauses = self._patience.pauses()
        while True:
            try:
                answer = await self.wire.send(request)
                if answer.status < 300:
                    return Tokens.model_validate_json(answer.body)
                raise error_of(answer.status, answer.headers, answer.body)
            except NotSignedIn:
                return None
            except ClientError as error:
                await rest_before_retry(error, pauses, self.wire, is_repeatable=True)


@asynccontextmanager
async def _sent(wire: Wire, request: Request) -> AsyncGenerator[Answer]:
    yield await wire.send(request)


def _with_token(request: Request, token: str | None) -> Request:
    if not request.path.startswith("/") or request.path.startswith("//"):
        raise UnexpectedAnswer(f"{request.path!r} is not on this server: nothing is sent there.")
    if token is None:
        return request
    return replace(request, headers={**request.headers, "Authorization": f"Bearer {token}"})


async def _beginning(chunks: AsyncIterator[bytes]) -> bytes:
    body = b""
    async for chunk in chunks:
        body += chunk
        if len(body) > LONGEST_ERROR_BYTES:
            break
    return body


def checked_url(url: str) -> str:
    """Raises ValueError for what is no address of a server."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is not the address of a server: write it as https://studio.example.com.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("The address of a server takes no user, password, query or fragment.")
    return url.rstrip("/")
