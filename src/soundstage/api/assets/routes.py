"""The library: files come in by a form, are listed, looked at, renamed and deleted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from soundstage.api.access import AssetReader, AssetWriter
from soundstage.api.assets.cursors import LONGEST_CURSOR, cursor_of, place_of
from soundstage.api.assets.form import FileForm
from soundstage.api.assets.schemas import (
    AssetChange,
    AssetList,
    AssetOut,
    JobUseOut,
    UsageOut,
    asset_out,
    job_use_out,
    usage_out,
)
from soundstage.api.errors import BadForm
from soundstage.api.services import AssetsNeeded, ServicesNeeded
from soundstage.api.streamed_body import announced_bytes, in_a_thread, streamed_body
from soundstage.core.assets import Asset, AssetKind, AssetState
from soundstage.core.errors import AssetNotFound, BadInput
from soundstage.studio.assets.library import AssetFilter, AssetSort
from soundstage.studio.assets.names import clean_name, clean_tags
from soundstage.studio.assets.uploads import Label

ASSETS_PATH = "/api/assets"
ASSET_ID = r"^asset_[0-9a-z]{26}$"
MOST_ASSETS_A_PAGE = 100
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "kind": {"type": "string", "enum": [kind.value for kind in AssetKind]},
                        "name": {"type": "string", "description": "Else the name of the file"},
                        "tags": {"type": "string", "description": "Separated by commas, or the field many times"},
                    },
                }
            }
        },
    }
}
_FIELDS = frozenset({"kind", "name", "tags"})

router = APIRouter(prefix=ASSETS_PATH, tags=["assets"])


async def well_formed_asset_id(
    asset_id: Annotated[str, Path(description="The id of an asset", examples=["asset_06fk3v8q2s5d1n7x9b4c0m8r3t"])],
) -> str:
    prefix, _, rest = asset_id.partition("_")
    if prefix != "asset" or len(rest) != 26 or not (rest.isascii() and rest.isalnum() and rest == rest.lower()):
        raise AssetNotFound("There is no asset of this id.")
    return asset_id


AssetId = Annotated[str, Depends(well_formed_asset_id)]
Text = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]


@router.post("", status_code=201, summary="Add a file to the library", operation_id="add_asset", openapi_extra=FORM)
async def add_asset(request: Request, services: ServicesNeeded, caller: AssetWriter) -> AssetOut:
    """A form with the file and what it is for. The answer comes when the file was checked: `ready`, or `processing`
    where that takes longer than some seconds. A file that does not fit its kind is refused, and nothing is kept.
    """
    form = FileForm(request.headers.get("content-type", ""))
    body = streamed_body(request, services.settings)
    announced = announced_bytes(request)

    def take() -> Asset:
        file = form.file_chunks(body.chunks())
        return services.assets.uploads.take(caller, file, announced, lambda: _label(form))

    return asset_out(await in_a_thread(caller.user_id, take))


@router.get("", summary="The caller's assets", operation_id="list_assets")
def list_assets(
    assets: AssetsNeeded,
    caller: AssetReader,
    kind: Annotated[list[AssetKind], Query(default_factory=list, description="Any of these kinds")],
    state: Annotated[list[AssetState], Query(default_factory=list, description="Any of these states")],
    tag: Annotated[list[Text], Query(default_factory=list, max_length=20, description="All of these tags")],
    text: Annotated[Text, Query(description="In the name")] = "",
    sort: AssetSort = AssetSort.NEWEST,
    limit: Annotated[int, Query(ge=1, le=MOST_ASSETS_A_PAGE)] = 50,
    cursor: Annotated[str | None, Query(max_length=LONGEST_CURSOR, description="The `next` of the page before")] = None,
) -> AssetList:
    after = None if cursor is None else place_of(cursor, sort)
    wanted = AssetFilter(caller.user_id, kind, state, tag, text, sort, after, limit + 1)
    found = assets.library.list_assets(wanted)
    page = found[:limit]
    following = cursor_of(page[-1], sort) if len(found) > limit else None
    return AssetList(assets=[asset_out(asset) for asset in page], next=following)


@router.get("/usage", summary="How much the caller stores, and may store", operation_id="get_asset_usage")
def get_usage(assets: AssetsNeeded, caller: AssetReader) -> UsageOut:
    return usage_out(assets.library.usage(caller))


@router.get("/{asset_id}", summary="One asset", operation_id="get_asset")
def get_asset(asset_id: AssetId, assets: AssetsNeeded, caller: AssetReader) -> AssetOut:
    return asset_out(assets.library.get(asset_id, caller.sees))


@router.patch("/{asset_id}", summary="Change the name or the tags", operation_id="change_asset")
def change_asset(asset_id: AssetId, change: AssetChange, assets: AssetsNeeded, caller: AssetWriter) -> AssetOut:
    return asset_out(assets.library.change(asset_id, caller.sees, change.name, change.tags))


@router.delete("/{asset_id}", status_code=204, summary="Remove an asset", operation_id="delete_asset")
def delete_asset(
    asset_id: AssetId,
    assets: AssetsNeeded,
    caller: AssetWriter,
    force: Annotated[bool, Query(description="Also where unfinished jobs need it: they keep its bytes")] = False,
) -> None:
    """Refused where unfinished jobs need it, with their ids."""
    assets.library.delete(asset_id, caller.sees, force)


@router.get("/{asset_id}/jobs", summary="The jobs that use it, newest first", operation_id="list_asset_jobs")
def list_jobs_using(asset_id: AssetId, assets: AssetsNeeded, caller: AssetReader) -> list[JobUseOut]:
    return [job_use_out(use) for use in assets.library.jobs_using(asset_id, caller.sees)]


def _label(form: FileForm) -> Label:
    if unknown := set(form.fields) - _FIELDS:
        raise BadForm(f"The form has a field {min(unknown)[:40]!r}: only {', '.join(sorted(_FIELDS))} are known.")
    name = form.fields["name"][-1] if form.fields["name"] else form.file_name or ""
    tags = [tag for text in form.fields["tags"] for tag in text.split(",")]
    kind = kind_of(form.fields["kind"][-1] if form.fields["kind"] else None)
    return Label(clean_name(name), kind, clean_tags(tags))


def kind_of(text: str | None) -> AssetKind | None:
    """Raises BadInput."""
    if not text:
        return None
    try:
        return AssetKind(text)
    except ValueError:
        raise BadInput(f"There is no kind {text[:40]!r} of assets: it is one of {', '.join(AssetKind)}.") from None
