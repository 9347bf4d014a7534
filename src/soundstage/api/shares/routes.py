"""Sharing the result of a job, for its owner; and what the link shows, for whoever holds it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Request, Response

from soundstage.api.access import WritableJobId
from soundstage.api.accounts.asking import Visiting
from soundstage.api.assets.schemas import moment
from soundstage.api.jobs.links import artifact_link
from soundstage.api.jobs.routes import JOBS_PATH
from soundstage.api.services import Services, ServicesNeeded
from soundstage.api.shares.schemas import FileRole, NewShare, SharedFileOut, SharedOut, ShareList, ShareOut
from soundstage.core.errors import UnknownPipeline
from soundstage.core.job import ArtifactView
from soundstage.studio.accounts.throttling import address_key
from soundstage.studio.links import LONGEST_SECONDS
from soundstage.studio.shares.sharing import Share

PAGE_PATH = "/s"
"""Where the page of a share is: it asks SHARED_PATH for what it shows."""
SHARED_PATH = "/api/shared"
NOT_TO_BE_FOUND = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}

router = APIRouter(tags=["shares"])


@router.post(JOBS_PATH + "/{job_id}/shares", status_code=201, summary="Share the result", operation_id="share_job")
def share_job(
    job_id: WritableJobId,
    request: Request,
    services: ServicesNeeded,
    wish: Annotated[NewShare | None, Body()] = None,
) -> ShareOut:
    """A link for somebody without an account. It shows the result of a job that has succeeded, and nothing else."""
    return _share_out(services, request, services.shares.make(job_id, (wish or NewShare()).expires_in_days))


@router.get(JOBS_PATH + "/{job_id}/shares", summary="The links to the result", operation_id="list_shares")
def list_shares(job_id: WritableJobId, request: Request, services: ServicesNeeded) -> ShareList:
    """Those that are good still, oldest first. Whoever may only read jobs gets no links to give away."""
    return ShareList(shares=[_share_out(services, request, share) for share in services.shares.list_of(job_id)])


@router.delete(
    JOBS_PATH + "/{job_id}/shares/{share_id}", status_code=204, summary="Revoke a link", operation_id="revoke_share"
)
def revoke_share(
    job_id: WritableJobId, share_id: Annotated[str, Path(max_length=40)], services: ServicesNeeded
) -> None:
    """From now on it shows nothing. Links to files that somebody has opened already work for up to 15 minutes."""
    services.shares.revoke(job_id, share_id)


@router.get(SHARED_PATH + "/{token}", summary="What a shared link shows", operation_id="open_share")
def open_share(
    token: Annotated[str, Path(max_length=100)], services: ServicesNeeded, visit: Visiting, response: Response
) -> SharedOut:
    """For whoever holds the link, without an account: `404` for what is none, `410` once it is over or revoked."""
    services.openings.check(address_key("share", visit.address))
    opened = services.shares.open(token)
    response.headers.update(NOT_TO_BE_FOUND)
    return SharedOut(
        description=opened.job.description,
        pipeline=opened.job.pipeline,
        pipeline_title=_title_of(services, opened.job.pipeline),
        made_at=None if opened.job.finished_at is None else moment(opened.job.finished_at),
        expires_at=moment(opened.share.expires_at),
        links_expire_at=moment(services.assets.links.expires_at(LONGEST_SECONDS)),
        files=[_file_out(services, opened.job.id, artifact) for artifact in opened.results],
    )


def _share_out(services: Services, request: Request, share: Share) -> ShareOut:
    token = services.shares.token(share)
    origin = services.settings.public_url or str(request.base_url)
    return ShareOut(
        id=share.id,
        url=f"{origin.rstrip('/')}{PAGE_PATH}/{token}",
        token=token,
        created_at=moment(share.created_at),
        expires_at=moment(share.expires_at),
    )


def _file_out(services: Services, job_id: str, artifact: ArtifactView) -> SharedFileOut:
    return SharedFileOut(
        name=artifact.name,
        role=_role_of(artifact),
        media_type=artifact.media_type,
        size_bytes=artifact.size_bytes,
        url=artifact_link(services, job_id, artifact, "inline"),
        download_url=artifact_link(services, job_id, artifact, "attachment"),
    )


def _role_of(artifact: ArtifactView) -> FileRole:
    if artifact.media_type == "text/vtt":
        return "subtitles"
    if artifact.name.startswith("thumbnail."):
        return "thumbnail"
    return "result" if artifact.media_type.startswith(("audio/", "image/", "video/")) else "data"


def _title_of(services: Services, kind: str) -> str:
    try:
        return services.pipelines.get(kind).title
    except UnknownPipeline:
        return kind
