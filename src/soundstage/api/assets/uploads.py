"""Uploads in two steps: a place to put the bytes, then the word that they are there."""

from __future__ import annotations

import anyio.to_thread
from fastapi import APIRouter, Request

from soundstage.api.access import AssetWriter
from soundstage.api.assets.routes import ASSETS_PATH, AssetId
from soundstage.api.assets.schemas import AssetOut, PlannedUpload, PlannedUploadOut, UploadPlace, asset_out, moment
from soundstage.api.services import AssetsNeeded, ServicesNeeded
from soundstage.api.streamed_body import in_a_thread, streamed_body
from soundstage.core.assets import Upload
from soundstage.studio.assets.names import clean_name, clean_tags
from soundstage.studio.assets.services import AssetServices
from soundstage.studio.assets.uploads import WAITED_SECONDS, Label

PLACES_PATH = ASSETS_PATH + "/uploads"
RAW_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = APIRouter(prefix=ASSETS_PATH, tags=["assets"])


@router.post("/uploads", status_code=201, summary="Ask for a place to put a file", operation_id="plan_upload")
def plan_upload(wish: PlannedUpload, assets: AssetsNeeded, caller: AssetWriter) -> PlannedUploadOut:
    """Its size counts in the storage from now on, for 15 minutes."""
    label = Label(clean_name(wish.name), wish.kind, clean_tags(wish.tags))
    upload = assets.uploads.plan(caller, label, wish.size_bytes, wish.sha256)
    place = _place(assets, upload, wish.media_type)
    return PlannedUploadOut(asset=asset_out(assets.library.get(upload.asset_id, caller.user_id)), upload=place)


@router.put(
    "/uploads/{asset_id}",
    status_code=204,
    summary="The bytes of a planned upload",
    operation_id="put_upload",
    openapi_extra=RAW_BODY,
)
async def put_upload(asset_id: AssetId, request: Request, services: ServicesNeeded) -> None:
    """For whoever holds the URL that the plan gave. Sent again, the bytes replace the earlier ones."""
    assets = services.assets
    assets.links.verify("PUT", f"{PLACES_PATH}/{asset_id}", request.query_params)
    body = streamed_body(request, services.settings)
    await in_a_thread(asset_id, lambda: assets.uploads.write(asset_id, body.chunks()))


@router.post("/{asset_id}/confirm", summary="The bytes are there", operation_id="confirm_upload")
async def confirm_upload(asset_id: AssetId, assets: AssetsNeeded, caller: AssetWriter) -> AssetOut:
    """They are compared with what was announced, and checked. Repeated, it tells what came of the first time."""
    return asset_out(await anyio.to_thread.run_sync(assets.uploads.confirm, asset_id, caller.sees))


def _place(assets: AssetServices, upload: Upload, media_type: str) -> UploadPlace:
    if foreign := assets.uploads.place(upload, media_type):
        return UploadPlace(url=foreign.url, headers=dict(foreign.headers), expires_at=moment(upload.expires_at))
    url = assets.links.sign(f"{PLACES_PATH}/{upload.asset_id}", int(WAITED_SECONDS), method="PUT")
    headers = {"Content-Type": media_type, "Content-Length": str(upload.size_bytes)}
    return UploadPlace(url=url, headers=headers, expires_at=moment(upload.expires_at))
