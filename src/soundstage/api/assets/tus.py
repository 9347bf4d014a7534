"""Resumable uploads by tus 1.0.0 (https://tus.io/protocols/resumable-upload): core, creation, creation with upload,
expiration, checksum and termination.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Coroutine
from email.utils import formatdate
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Header, Request, Response
from fastapi.routing import APIRoute

from soundstage.api.access import AssetWriter
from soundstage.api.assets.routes import ASSETS_PATH, AssetId, kind_of
from soundstage.api.errors import NotAPiece, OtherTusVersion, problem_of
from soundstage.api.services import AssetsNeeded, Services, ServicesNeeded
from soundstage.api.streamed_body import in_a_thread, streamed_body
from soundstage.core.errors import BadInput, SoundstageError
from soundstage.studio.access import Caller
from soundstage.studio.assets.names import clean_name
from soundstage.studio.assets.resumable import CHECKSUMS, Checksum, Progress
from soundstage.studio.assets.uploads import Label

TUS_PATH = ASSETS_PATH + "/tus"
VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
PIECE = "application/offset+octet-stream"
LONGEST_METADATA = 8_000
PIECE_BODY = {
    "requestBody": {"content": {PIECE: {"schema": {"type": "string", "format": "binary"}}}},
}

Size = Annotated[int, Header(ge=0, le=2**53 - 1)]


class TusRoute(APIRoute):
    """Each request but OPTIONS names the version of the protocol, and each answer does."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answer_in_tus(request: Request) -> Response:
            try:
                if request.method != "OPTIONS" and request.headers.get("tus-resumable") != VERSION:
                    raise OtherTusVersion(f"This server speaks tus {VERSION}: send `Tus-Resumable: {VERSION}`.")
                response = await answer(request)
            except SoundstageError as error:
                response = problem_of(error)
                response.headers["Tus-Version"] = VERSION
            response.headers["Tus-Resumable"] = VERSION
            return response

        return answer_in_tus


router = APIRouter(prefix=TUS_PATH, tags=["assets"], route_class=TusRoute)


@router.options("", status_code=204, summary="What of tus is spoken here", operation_id="get_tus_options")
async def get_tus_options(services: ServicesNeeded) -> Response:
    return Response(
        status_code=204,
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(services.settings.max_upload_bytes),
            "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
        },
    )


@router.post(
    "", status_code=201, summary="Begin a resumable upload", operation_id="begin_upload", openapi_extra=PIECE_BODY
)
async def begin_upload(
    request: Request,
    services: ServicesNeeded,
    caller: AssetWriter,
    upload_length: Size,
    upload_metadata: Annotated[str, Header(max_length=LONGEST_METADATA)] = "",
    upload_checksum: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """`Upload-Metadata` may hold filename, kind and sha256. The id in `Location` is that of the asset."""
    given = _metadata(upload_metadata)
    label = Label(clean_name(given.get("filename") or given.get("name", "")), kind_of(given.get("kind")))
    checksum = _checksum(upload_checksum)
    resumable = services.assets.resumable
    begun = await anyio.to_thread.run_sync(resumable.begin, caller, label, upload_length, given.get("sha256"))
    if request.headers.get("content-type") == PIECE:
        begun = await _append(request, services, caller, begun, checksum)
    headers = {"Location": f"{TUS_PATH}/{begun.asset_id}", "Upload-Offset": str(begun.offset), **_expiry(begun)}
    return Response(status_code=201, headers=headers)


@router.head("/{asset_id}", summary="How far an upload is", operation_id="get_upload")
def get_upload(asset_id: AssetId, assets: AssetsNeeded, caller: AssetWriter) -> Response:
    progress = assets.resumable.progress(asset_id, caller.sees)
    headers = {"Upload-Offset": str(progress.offset), "Upload-Length": str(progress.size_bytes), **_expiry(progress)}
    return Response(status_code=200, headers=headers)


@router.patch(
    "/{asset_id}",
    status_code=204,
    summary="Send the next piece",
    operation_id="append_to_upload",
    openapi_extra=PIECE_BODY,
)
async def append_to_upload(
    asset_id: AssetId,
    request: Request,
    services: ServicesNeeded,
    caller: AssetWriter,
    upload_offset: Size,
    upload_checksum: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """The offset in the answer is on the disk. After the last piece the asset is checked, as with a form."""
    if request.headers.get("content-type") != PIECE:
        raise NotAPiece(hint=f"Send `Content-Type: {PIECE}`.")
    at = Progress(asset_id, upload_offset, 0, None)
    progress = await _append(request, services, caller, at, _checksum(upload_checksum))
    return Response(status_code=204, headers={"Upload-Offset": str(progress.offset), **_expiry(progress)})


@router.delete("/{asset_id}", status_code=204, summary="Give an upload up", operation_id="abandon_upload")
def abandon_upload(asset_id: AssetId, assets: AssetsNeeded, caller: AssetWriter) -> Response:
    assets.resumable.abandon(asset_id, caller.sees)
    return Response(status_code=204)


async def _append(
    request: Request, services: Services, caller: Caller, at: Progress, checksum: Checksum | None
) -> Progress:
    body = streamed_body(request, services.settings)
    return await in_a_thread(
        caller.user_id,
        lambda: services.assets.resumable.append(at.asset_id, caller.sees, at.offset, body.chunks(), checksum),
    )


def _expiry(progress: Progress) -> dict[str, str]:
    is_whole = progress.expires_at is None or progress.offset == progress.size_bytes
    return {} if is_whole else {"Upload-Expires": formatdate(progress.expires_at, usegmt=True)}


def _metadata(header: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            given[name] = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, ValueError):
            raise BadInput(f"Upload-Metadata: {name[:40]!r} is not base64 of text in UTF-8.") from None
    return given


def _checksum(header: str | None) -> Checksum | None:
    if header is None:
        return None
    algorithm, _, digest = header.partition(" ")
    if algorithm not in CHECKSUMS:
        raise BadInput(f"Upload-Checksum: {algorithm[:40]!r} is not one of {', '.join(CHECKSUMS)}.")
    try:
        return Checksum(algorithm, base64.b64decode(digest, validate=True))
    except (binascii.Error, ValueError):
        raise BadInput("Upload-Checksum: the hash is not base64.") from None
