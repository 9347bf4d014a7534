"""Links to the files that a job left, and what they open."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header, Query, Request, Response

from soundstage.api.access import JobId, JobReader
from soundstage.api.assets.schemas import Disposition, LinkOut, Sha256, moment
from soundstage.api.downloads import DOWNLOAD_RESPONSES, Download, file_answer
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.services import Services, ServicesNeeded
from soundstage.core.assets import AssetFile, FileRole
from soundstage.core.job import ArtifactView
from soundstage.studio.assets.library import Served
from soundstage.studio.links import LONGEST_SECONDS

router = APIRouter(prefix=JOBS_PATH + "/{job_id}/artifacts/{name}", tags=["jobs"])


@router.get("/link", summary="A link to a file that a stage left", operation_id="link_artifact")
def link_artifact(
    job_id: JobId,
    name: str,
    services: ServicesNeeded,
    caller: JobReader,
    sha256: Annotated[
        Sha256 | None, Query(description="Which one, where several stages left a file of this name")
    ] = None,
    disposition: Disposition = "attachment",
    seconds: Annotated[int, Query(ge=1, le=LONGEST_SECONDS)] = LONGEST_SECONDS,
) -> LinkOut:
    """For at most 15 minutes it opens this file, and nothing else, to whoever holds it."""
    artifact, _ = services.jobs.artifact(job_id, name, caller.sees, sha256)
    url = artifact_link(services, job_id, artifact, disposition, seconds)
    return LinkOut(url=url, expires_at=moment(services.assets.links.expires_at(seconds)))


@router.get(
    "/content",
    summary="What a link opens",
    operation_id="open_artifact_link",
    response_class=Download,
    responses=DOWNLOAD_RESPONSES,
)
@router.head("/content", include_in_schema=False)
def open_link(
    job_id: JobId,
    name: str,
    request: Request,
    services: ServicesNeeded,
    sha256: Annotated[Sha256, Query()],
    disposition: Annotated[str, Query(alias="as")],
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """For whoever holds the link."""
    services.assets.links.verify(request.method, _content_path(job_id, name), request.query_params)
    artifact, path = services.jobs.artifact(job_id, name, None, sha256)
    return file_answer(_served(artifact), path, disposition, if_none_match)


def artifact_link(
    services: Services,
    job_id: str,
    artifact: ArtifactView,
    disposition: str = "attachment",
    seconds: int = LONGEST_SECONDS,
) -> str:
    """A URL that expires: of the blob store where it has a server of its own, or else a path of this server."""
    served = _served(artifact)
    disposition = disposition if served.can_show else "attachment"
    foreign = services.assets.library.foreign_link(served, disposition, seconds)
    parameters = {"sha256": artifact.sha256, "as": disposition}
    return foreign or services.assets.links.sign(_content_path(job_id, artifact.name), seconds, parameters)


def _served(artifact: ArtifactView) -> Served:
    file = AssetFile(FileRole.ORIGINAL, artifact.sha256, artifact.size_bytes, artifact.media_type)
    return Served.of(file, artifact.name)


def _content_path(job_id: str, name: str) -> str:
    return f"{JOBS_PATH}/{job_id}/artifacts/{quote(name, safe='')}/content"
