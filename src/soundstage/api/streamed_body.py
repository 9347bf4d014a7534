"""Bodies that are too large for memory: read by a thread, chunk by chunk, as fast as it takes them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

import anyio.from_thread
import anyio.to_thread
from fastapi import Request

from soundstage.api.errors import BodyStalled
from soundstage.api.json_body import check_length
from soundstage.api.services import ApiSettings
from soundstage.core.errors import BadInput, TooLarge, TooManyRequests

MOST_AT_ONCE = 32
MOST_OF_ONE_CALLER = 8
LEAST_BYTES_A_WINDOW = 16 << 10

Result = TypeVar("Result")
_threads = anyio.CapacityLimiter(MOST_AT_ONCE)
_under_way: Counter[str] = Counter()


class StreamedBody:
    """A request's body for a reader in another thread: each chunk is fetched when that one asks for it.

    A body must go on: in each `stalled_seconds` some bytes must come, and more than a trickle.
    """

    def __init__(self, stream: AsyncIterator[bytes], max_bytes: int, stalled_seconds: float) -> None:
        self._stream = stream
        self._max_bytes = max_bytes
        self._stalled_seconds = stalled_seconds
        self._window_at = time.monotonic()
        self._window_bytes = 0
        self.size_bytes = 0

    def chunks(self) -> Iterator[bytes]:
        """For a thread that anyio started. Raises TooLarge, BodyStalled, ClientDisconnect."""
        while chunk := anyio.from_thread.run(self._next):
            self.size_bytes += len(chunk)
            if self.size_bytes > self._max_bytes:
                raise TooLarge(f"The file is larger than {self._max_bytes} bytes.")
            self._check_pace(len(chunk))
            yield chunk

    async def _next(self) -> bytes:
        """The next bytes; none at the end."""
        try:
            async with asyncio.timeout(self._stalled_seconds):
                while True:  # an empty chunk stands for nothing: the end has its own sign
                    chunk = await anext(self._stream, None)
                    if chunk is None or chunk:
                        return chunk or b""
        except TimeoutError:
            raise BodyStalled(f"No byte of the file came for {self._stalled_seconds:g} seconds.") from None

    def _check_pace(self, size_bytes: int) -> None:
        self._window_bytes += size_bytes
        now = time.monotonic()
        if now - self._window_at < self._stalled_seconds:
            return
        if self._window_bytes < LEAST_BYTES_A_WINDOW:
            raise BodyStalled(f"Only {self._window_bytes} bytes came in {self._stalled_seconds:g} seconds.")
        self._window_at, self._window_bytes = now, 0


def streamed_body(request: Request, settings: ApiSettings) -> StreamedBody:
    """Raises TooLarge where the request itself says that its body is."""
    check_length(request.headers, settings.max_upload_bytes)
    return StreamedBody(request.stream(), settings.max_upload_bytes, settings.stalled_body_seconds)


def announced_bytes(request: Request) -> int | None:
    """How long the body says that it is. Raises BadInput."""
    told = request.headers.get("content-length")
    if told is None:
        return None
    if not told.isdecimal() or len(told) > 18:
        raise BadInput(f"Content-Length is {told[:40]!r}: that is no number of bytes.")
    return int(told)


async def in_a_thread(owner: str, work: Callable[[], Result]) -> Result:
    """Run what reads a body. Raises TooManyRequests where its sender has too many of them under way."""
    if _under_way[owner] >= MOST_OF_ONE_CALLER:
        raise TooManyRequests(
            f"{MOST_OF_ONE_CALLER} uploads of yours are under way: begin the next when one has ended.",
            retry_after_seconds=2,
        )
    _under_way[owner] += 1
    try:
        return await anyio.to_thread.run_sync(work, limiter=_threads)
    finally:
        _under_way[owner] -= 1
        if not _under_way[owner]:
            del _under_way[owner]
