"""Bodies of JSON lines (application/x-ndjson), read strictly and within limits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from fastapi import Request

from soundstage.api.errors import BodyStalled, NotJsonLines
from soundstage.api.json_body import check_length
from soundstage.core.errors import TooLarge

MEDIA_TYPES = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"})


@dataclass(frozen=True, slots=True)
class LineLimits:
    """Of one body."""

    bytes: int
    lines: int
    timeout_seconds: float


async def read_lines(request: Request, limits: LineLimits) -> list[bytes]:
    """The lines that are not empty, each still to be checked. Raises NotJsonLines, TooLarge, BodyStalled."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in MEDIA_TYPES:
        raise NotJsonLines
    check_length(request.headers, limits.bytes)
    try:
        async with asyncio.timeout(limits.timeout_seconds):
            body = await _read(request, limits.bytes)
    except TimeoutError:
        raise BodyStalled(f"The body did not arrive within {limits.timeout_seconds:g} seconds.") from None
    lines = [line for line in body.splitlines() if line.strip()]
    if len(lines) > limits.lines:
        raise TooLarge(f"A body may hold {limits.lines} lines.")
    return lines


async def _read(request: Request, most_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise TooLarge(f"A body of JSON lines may hold {most_bytes} bytes.")
    return bytes(body)
