"""Assets as JSON: what comes in, and what goes out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from soundstage.api.jobs.schemas import ErrorOut
from soundstage.core.assets import Asset, AssetKind, AssetState, FileRole
from soundstage.studio.assets.library import JobUse, Usage
from soundstage.studio.links import LONGEST_SECONDS

LARGEST_INTEGER = 2**53 - 1
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
GivenName = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
Tags = Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Field(max_length=100)]
Disposition = Literal["attachment", "inline"]


class Request(BaseModel):
    """A body that comes in; a name that it does not know is refused."""

    model_config = ConfigDict(extra="forbid")


class PlannedUpload(Request):
    """A file that will be sent. Without a kind the asset becomes what its content shows."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "portrait", "name": "ann.jpg", "size_bytes": 183_422}]}
    )

    name: GivenName
    size_bytes: int = Field(ge=1, le=LARGEST_INTEGER)
    kind: AssetKind | None = None
    sha256: Sha256 | None = Field(None, description="Checked when the bytes are there")
    media_type: str = Field("application/octet-stream", max_length=200, pattern=r"^[\w.+-]+/[\w.+-]+$")
    tags: Tags = Field(default_factory=list)


class AssetChange(Request):
    """What is left out stays as it is."""

    name: GivenName | None = Field(None, examples=["Ann at the lake.jpg"])
    tags: Tags | None = Field(None, examples=[["lesson 3"]])


class LinkWish(Request):
    """`inline` is for showing pictures, sound and video in place; everything else is a file to keep."""

    role: FileRole = FileRole.ORIGINAL
    disposition: Disposition = "attachment"
    seconds: int = Field(LONGEST_SECONDS, ge=1, le=LONGEST_SECONDS, examples=[60])


class AssetOut(BaseModel):
    """A file of the library. A parameter of a job names it as `asset:` and its id.

    `facts` is what its content shows: duration_seconds, width, height, fps, rate_hz, channels, characters ...
    """

    id: str = Field(examples=["asset_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    kind: AssetKind | None
    name: str
    state: AssetState
    size_bytes: int
    media_type: str = Field(examples=["image/jpeg"])
    sha256: str | None
    tags: list[str]
    facts: dict[str, Any]
    error: ErrorOut | None
    previews: list[FileRole] = Field(description="What was made from it and can be fetched")
    created_at: datetime
    updated_at: datetime


class AssetList(BaseModel):
    """`next` is the `cursor` of the following page; None on the last."""

    assets: list[AssetOut]
    next: str | None


class UploadPlace(BaseModel):
    """Where the bytes go: one request with this method and these headers. A URL without a host is on this server."""

    method: Literal["PUT"] = "PUT"
    url: str
    headers: dict[str, str]
    expires_at: datetime


class PlannedUploadOut(BaseModel):
    """Send the bytes to `upload`, then POST to `/api/assets/{id}/confirm`."""

    asset: AssetOut
    upload: UploadPlace


class LinkOut(BaseModel):
    """Opens one file for whoever holds it, until it expires. A URL without a host is on this server."""

    url: str
    expires_at: datetime


class JobUseOut(BaseModel):
    """A job that reads the asset."""

    id: str = Field(examples=["job_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    pipeline: str
    state: str


class UsageOut(BaseModel):
    """In bytes; None is no limit. What is promised to uploads under way counts as used."""

    used_bytes: int
    storage_bytes: int | None
    upload_bytes: int | None


def asset_out(asset: Asset) -> AssetOut:
    original = asset.files.get(FileRole.ORIGINAL)
    error = asset.error
    return AssetOut(
        id=asset.id,
        kind=asset.kind,
        name=asset.name,
        state=asset.state,
        size_bytes=asset.size_bytes,
        media_type=asset.media_type,
        sha256=None if original is None else original.sha256,
        tags=list(asset.tags),
        facts=dict(asset.facts),
        error=None if error is None else ErrorOut(code=error.code, message=error.message, hint=error.hint),
        previews=[role for role in asset.files if role is not FileRole.ORIGINAL],
        created_at=moment(asset.created_at),
        updated_at=moment(asset.updated_at),
    )


def usage_out(usage: Usage) -> UsageOut:
    return UsageOut(used_bytes=usage.used_bytes, storage_bytes=usage.storage_bytes, upload_bytes=usage.upload_bytes)


def job_use_out(use: JobUse) -> JobUseOut:
    return JobUseOut(id=use.job_id, pipeline=use.pipeline, state=use.state)


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
