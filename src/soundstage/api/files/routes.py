"""The simplest way in: the body is the file, and the answer is what a parameter of a job names."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from soundstage.api.access import AssetWriter
from soundstage.api.services import ServicesNeeded
from soundstage.api.streamed_body import announced_bytes, in_a_thread, streamed_body
from soundstage.core.assets import CONTENT_OF, Asset, FileRole
from soundstage.core.errors import AssetNotReady
from soundstage.core.files import reference_of

FILES_PATH = "/api/files"
RAW_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = APIRouter(prefix=FILES_PATH, tags=["files"])


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
async def store_file(request: Request, services: ServicesNeeded, caller: AssetWriter) -> FileOut:
    """The body is the file itself. Its name does not matter: what it is shows by its content.

    It becomes an asset of the caller, whom alone the reference serves; of equal bytes there is one.
    """
    body = streamed_body(request, services.settings)
    announced = announced_bytes(request)
    uploads = services.assets.uploads
    asset = await in_a_thread(caller.user_id, lambda: uploads.take_once(caller, body.chunks(), announced))
    return _file_out(asset)


def _file_out(asset: Asset) -> FileOut:
    if asset.kind is None:
        raise AssetNotReady(f"The file is still being checked: it is the asset {asset.id}.")
    sha256 = asset.files[FileRole.ORIGINAL].sha256
    return FileOut(
        reference=reference_of(sha256), sha256=sha256, size_bytes=asset.size_bytes, kind=CONTENT_OF[asset.kind]
    )
