"""Shares as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from soundstage.api.jobs.schemas import Request

MOST_DAYS = 365
USUAL_DAYS = 30

FileRole = Literal["result", "subtitles", "thumbnail", "data"]


class NewShare(Request):
    """How long the link is good."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"expires_in_days": 7}]})

    expires_in_days: int = Field(USUAL_DAYS, ge=1, le=MOST_DAYS)


class ShareOut(BaseModel):
    """Whoever has the `url` sees the result until `expires_at`. `token` is its last part, and all that is secret."""

    id: str = Field(examples=["shr_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    url: str = Field(examples=["https://studio.example/s/shr_06fk3v8q2s5d1n7x9b4c0m8r3t.c2VhbGVkLXdpdGgtYS1rZXk"])
    token: str = Field(examples=["shr_06fk3v8q2s5d1n7x9b4c0m8r3t.c2VhbGVkLXdpdGgtYS1rZXk"])
    created_at: datetime
    expires_at: datetime


class ShareList(BaseModel):
    shares: list[ShareOut]


class SharedFileOut(BaseModel):
    """`url` shows it in place where a browser can, `download_url` keeps it. Both are over at `links_expire_at`."""

    name: str = Field(examples=["video.mp4"])
    role: FileRole = Field(description="`data` is what neither shows nor sounds")
    media_type: str = Field(examples=["video/mp4"])
    size_bytes: int
    url: str
    download_url: str


class SharedOut(BaseModel):
    """The result of a job, for one who has the link: nothing of its parameters, its owner or its other stages."""

    description: str
    pipeline: str = Field(examples=["full_pipeline"])
    pipeline_title: str = Field(examples=["Script to video"])
    made_at: datetime | None
    expires_at: datetime
    links_expire_at: datetime = Field(description="After it, ask again for new links to the files")
    files: list[SharedFileOut]
