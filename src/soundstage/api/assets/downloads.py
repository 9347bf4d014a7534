"""Links to the files of an asset, what they open, and what was made from it to be shown."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from soundstage.api.access import AssetReader
from soundstage.api.assets.routes import ASSETS_PATH, AssetId
from soundstage.api.assets.schemas import LinkOut, LinkWish, moment
from soundstage.api.downloads import DOWNLOAD_RESPONSES, Download, file_answer
from soundstage.api.services import AssetsNeeded
from soundstage.core.assets import FileRole
from soundstage.studio.assets.services import AssetServices

router = APIRouter(prefix=ASSETS_PATH + "/{asset_id}", tags=["assets"])

IfNoneMatch = Annotated[str, Header()]


@router.post("/link", summary="A link to one of its files", operation_id="link_asset")
def link_asset(asset_id: AssetId, wish: LinkWish, assets: AssetsNeeded, caller: AssetReader) -> LinkOut:
    """For at most 15 minutes it opens this file, and nothing else, to whoever holds it."""
    served = assets.library.served(asset_id, wish.role, caller.sees)
    disposition = wish.disposition if served.can_show else "attachment"
    expires_at = moment(assets.links.expires_at(wish.seconds))
    if foreign := assets.library.foreign_link(served, disposition, wish.seconds):
        return LinkOut(url=foreign, expires_at=expires_at)
    url = assets.links.sign(_content_path(asset_id), wish.seconds, {"role": wish.role, "as": disposition})
    return LinkOut(url=url, expires_at=expires_at)


@router.get(
    "/content",
    summary="What a link opens",
    operation_id="open_asset_link",
    response_class=Download,
    responses=DOWNLOAD_RESPONSES,
)
@router.head("/content", include_in_schema=False)
def open_link(
    asset_id: AssetId,
    request: Request,
    assets: AssetsNeeded,
    role: Annotated[FileRole, Query()],
    disposition: Annotated[str, Query(alias="as")],
    if_none_match: IfNoneMatch = "",
) -> Response:
    """For whoever holds the link."""
    assets.links.verify(request.method, _content_path(asset_id), request.query_params)
    return _file(assets, asset_id, role, None, disposition, if_none_match)


@router.get(
    "/thumbnail",
    summary="A small picture of it",
    operation_id="get_asset_thumbnail",
    response_class=Download,
    responses=DOWNLOAD_RESPONSES,
)
def get_thumbnail(
    asset_id: AssetId, assets: AssetsNeeded, caller: AssetReader, if_none_match: IfNoneMatch = ""
) -> Response:
    """JPEG. 409 while it is being made, 404 where there is none."""
    return _file(assets, asset_id, FileRole.THUMBNAIL, caller.sees, "inline", if_none_match)


@router.get(
    "/peaks",
    summary="The shape of its sound",
    operation_id="get_asset_peaks",
    response_class=Download,
    responses=DOWNLOAD_RESPONSES,
)
def get_peaks(
    asset_id: AssetId, assets: AssetsNeeded, caller: AssetReader, if_none_match: IfNoneMatch = ""
) -> Response:
    """JSON of audiowaveform, version 2. 409 while it is being made, 404 where there is none."""
    return _file(assets, asset_id, FileRole.PEAKS, caller.sees, "attachment", if_none_match)


def _file(
    assets: AssetServices, asset_id: str, role: FileRole, owner: str | None, disposition: str, if_none_match: str
) -> Response:
    served = assets.library.served(asset_id, role, owner)
    return file_answer(served, assets.library.path(served.file), disposition, if_none_match)


def _content_path(asset_id: str) -> str:
    return f"{ASSETS_PATH}/{asset_id}/content"
