"""Sending a stored file: whole or in one range, as a file to keep, or shown in place where that does no harm."""

from __future__ import annotations

from pathlib import Path

from fastapi import Response
from fastapi.responses import FileResponse

from soundstage.studio.assets.library import Served

BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
DOWNLOAD_RESPONSES: dict[int | str, dict[str, object]] = {
    200: {"content": BYTES},
    206: {"description": "The part that `Range` asked for"},
    304: {"description": "What `If-None-Match` names is still right"},
}
IN_PLACE_POLICY = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'"


class Download(FileResponse):
    """Answers a wish for several ranges with the whole file, as RFC 9110, 14.2 allows."""

    max_ranges = 1


def file_answer(served: Served, path: Path, disposition: str, if_none_match: str) -> Response:
    """The ETag is the sha256. Only what `served` says can be shown is ever sent `inline`."""
    headers = {"ETag": f'"{served.file.sha256}"', "Cache-Control": "private, no-cache"}
    if headers["ETag"] in if_none_match:
        return Response(status_code=304, headers=headers)
    shown = disposition == "inline" and served.can_show
    if shown:
        headers["Content-Security-Policy"] = IN_PLACE_POLICY
    return Download(
        path,
        headers=headers,
        media_type=served.file.media_type,
        filename=served.name,
        content_disposition_type="inline" if shown else "attachment",
    )
