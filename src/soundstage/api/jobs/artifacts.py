"""Downloads: the bytes of an artifact, whole or in one range, as a file to keep and never as a page to show."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import FileResponse

from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.services import JobId, JobsNeeded, Owner

router = APIRouter(prefix=JOBS_PATH + "/{job_id}/artifacts", tags=["jobs"])


class Download(FileResponse):
    """Answers a wish for several ranges with the whole file, as RFC 9110, 14.2 allows."""

    max_ranges = 1


@router.get(
    "/{name}",
    summary="Download a file that a stage left",
    operation_id="download_artifact",
    response_class=Download,
    responses={
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
        206: {"description": "The part that `Range` asked for"},
        304: {"description": "What `If-None-Match` names is still right"},
    },
)
def download_artifact(
    job_id: JobId,
    name: str,
    jobs: JobsNeeded,
    owner: Owner,
    sha256: Annotated[str | None, Query(description="Which one, where several stages left a file of this name")] = None,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """The file of that name, of the last stage that left one. Its ETag is its sha256."""
    artifact, path = jobs.artifact(job_id, name, owner, sha256)
    headers = {"ETag": f'"{artifact.sha256}"', "Cache-Control": "private, no-cache"}
    if headers["ETag"] in if_none_match:
        return Response(status_code=304, headers=headers)
    return Download(path, headers=headers, media_type=artifact.media_type, filename=artifact.name)
