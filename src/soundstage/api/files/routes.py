"""Taking in a file: its raw bytes stream to the blobs and never lie in memory as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import anyio.from_thread
import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from soundstage.api.errors import BodyStalled, TooLarge
from soundstage.api.json_body import check_length
from soundstage.api.services import ServicesNeeded
from soundstage.core.files import sha256_of

FILES_PATH = "/api/files"
MOST_UPLOADS_AT_ONCE = 8
RAW_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = APIRouter(prefix=FILES_PATH, tags=["files"])
_uploads = anyio.CapacityLimiter(MOST_UPLOADS_AT_ONCE)


class FileOut(BaseModel):
    """`reference` is what a parameter names. `kind` is what the file is by its content."""

    reference: str = Field(examples=["sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    sha256: str
    size_bytes: int
    kind: str = Field(examples=["image"])


@router.post(
    "",
    status_code=201,
    summary="Store a file that a job will use",
    operation_id="store_file",
    openapi_extra=RAW_BODY,
)
async def store_file(request: Request, services: ServicesNeeded) -> FileOut:
    """The body is the file itself. Its name does not matter: what it is shows by its content."""
    settings = services.settings
    check_length(request.headers, settings.max_upload_bytes)
    upload = Upload(request.stream(), settings.max_upload_bytes, settings.stalled_body_seconds)
    reference = await anyio.to_thread.run_sync(services.jobs.store_file, upload.chunks(), limiter=_uploads)
    kind = await anyio.to_thread.run_sync(services.jobs.file_kind, reference)
    return FileOut(reference=reference, sha256=sha256_of(reference), size_bytes=upload.size_bytes, kind=kind)


class Upload:
    """A request's body for a reader in another thread: each chunk is fetched when that one asks for it."""

    def __init__(self, stream: AsyncIterator[bytes], max_bytes: int, stalled_seconds: float) -> None:
        self._stream = stream
        self._max_bytes = max_bytes
        self._stalled_seconds = stalled_seconds
        self.size_bytes = 0

    def chunks(self) -> Iterator[bytes]:
        while chunk := anyio.from_thread.run(self._next):
            self.size_bytes += len(chunk)
            if self.size_bytes > self._max_bytes:
                raise TooLarge(f"The file is larger than {self._max_bytes} bytes.")
            yield chunk

    async def _next(self) -> bytes:
        """The next bytes; none at the end."""
        try:
            async with asyncio.timeout(self._stalled_seconds):
                return await anext(self._stream, b"")
        except TimeoutError:
            raise BodyStalled(f"No byte of the file came for {self._stalled_seconds:g} seconds.") from None
