"""Downloads: the bytes of an artifact, whole or in one range, as a file to keep and never as a page to show."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from soundstage.api.access import JobId, JobReader
from soundstage.api.downloads import DOWNLOAD_RESPONSES, Download
from soundstage.api.jobs.pictures import artifacts_out
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.jobs.schemas import StageArtifactOut
from soundstage.api.services import JobsNeeded

router = APIRouter(prefix=JOBS_PATH + "/{job_id}/artifacts", tags=["jobs"])


@router.get("", summary="The files that the stages left", operation_id="list_artifacts")
def list_artifacts(job_id: JobId, jobs: JobsNeeded, caller: JobReader) -> list[StageArtifactOut]:
    """In the order of the stages."""
    return artifacts_out(jobs.get(job_id, caller.sees))


@router.get(
    "/{name}",
    summary="Download a file that a stage left",
    operation_id="download_artifact",
    response_class=Download,
    responses=DOWNLOAD_RESPONSES,
)
def download_artifact(
    job_id: JobId,
    name: str,
    jobs: JobsNeeded,
    caller: JobReader,
    sha256: Annotated[str | None, Query(description="Which one, where several stages left a file of this name")] = None,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """The file of that name, of the last stage that left one. Its ETag is its sha256."""
    artifact, path = jobs.artifact(job_id, name, caller.sees, sha256)
    headers = {"ETag": f'"{artifact.sha256}"', "Cache-Control": "private, no-cache"}
    if headers["ETag"] in if_none_match:
        return Response(status_code=304, headers=headers)
    return Download(path, headers=headers, media_type=artifact.media_type, filename=artifact.name)
