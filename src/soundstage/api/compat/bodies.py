"""Fields of a request as those documents' clients send them: a JSON object, or a form with files in it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, BinaryIO

from anyio.to_thread import run_sync
from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.types import Message, Receive

from soundstage.api.access import JobWriter
from soundstage.api.errors import BadJson, BodyStalled
from soundstage.api.json_body import check_length
from soundstage.api.services import Services, ServicesNeeded
from soundstage.api.streamed_body import in_a_thread
from soundstage.core.assets import Asset
from soundstage.core.errors import TooLarge
from soundstage.studio.access import Caller, Scope, check
from soundstage.studio.assets.library import ASSET_PREFIX
from soundstage.studio.assets.names import clean_name
from soundstage.studio.assets.uploads import Label

MOST_FILES = 4
MOST_FIELDS = 50
CHUNK_BYTES = 1 << 20
FORM = "multipart/form-data"

Fields = Mapping[str, Any]
"""Values by name. A file of the form becomes an asset, and the asset's reference stands for it."""


def fields_for(pipeline: str) -> Callable[..., Awaitable[Fields]]:
    """A dependency that reads the fields of an order, once it is known that the pipeline is installed."""

    async def read(request: Request, services: ServicesNeeded, caller: JobWriter) -> Fields:
        await run_sync(services.pipelines.get, pipeline)
        if not request.headers.get("content-type", "").startswith(FORM):
            return await _json_fields(request)
        return await _form_fields(request, services, caller)

    return read


def form_body(*files: str, **fields: dict[str, Any]) -> dict[str, Any]:
    """What OpenAPI says of a route that takes both: the schemas of its fields, and which of them may be files."""
    as_text = {name: {"type": "string"} for name in files} | fields
    as_parts = {name: {"type": "string", "format": "binary"} for name in files} | fields
    content = {
        "application/json": {"schema": {"type": "object", "properties": as_text}},
        FORM: {"schema": {"type": "object", "properties": as_parts}},
    }
    return {"requestBody": {"required": True, "content": content}}


async def _json_fields(request: Request) -> Fields:
    fields = json.loads(await request.body() or b"{}")
    if not isinstance(fields, dict):
        raise BadJson("The body is JSON, but no object with the fields of an order.")
    return fields


async def _form_fields(request: Request, services: Services, caller: Caller) -> Fields:
    """Several files may come in any order: they wait on the disk until the whole form is there.

    All together may be as large as one file of the caller's plan.
    """
    settings = services.settings
    usage = await run_sync(services.assets.library.usage, caller)
    max_bytes = min(settings.max_upload_bytes, usage.upload_bytes or settings.max_upload_bytes)
    check_length(request.headers, max_bytes)
    bounded = Request(request.scope, _bounded(request.receive, max_bytes, settings.stalled_body_seconds))
    async with bounded.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        return {name: await _as_text(value, services, caller) for name, value in form.items()}


async def _as_text(value: UploadFile | str, services: Services, caller: Caller) -> str:
    if isinstance(value, str):
        return value
    check(caller, [Scope.ASSETS_WRITE])
    label = Label(clean_name(value.filename or ""))

    def take() -> Asset:
        return services.assets.uploads.take(caller, _chunks(value.file), value.size, lambda: label)

    asset = await in_a_thread(caller.user_id, take)
    return f"{ASSET_PREFIX}{asset.id}"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def _bounded(receive: Receive, max_bytes: int, stalled_seconds: float) -> Receive:
    size_bytes = 0

    async def receive_bounded() -> Message:
        nonlocal size_bytes
        try:
            async with asyncio.timeout(stalled_seconds):
                message = await receive()
        except TimeoutError:
            raise BodyStalled(f"No byte of the form came for {stalled_seconds:g} seconds.") from None
        size_bytes += len(message.get("body", b""))
        if size_bytes > max_bytes:
            raise TooLarge(f"The form is larger than {max_bytes} bytes.")
        return message

    return receive_bounded
