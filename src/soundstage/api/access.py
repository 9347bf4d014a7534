"""Who calls: each route names the scope that it needs, and gets the caller."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Path, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from soundstage.api.services import JobsNeeded, ServicesNeeded
from soundstage.core.errors import JobNotFound
from soundstage.core.log_context import note
from soundstage.studio.access import Caller, Scope, check

_JOB_ID = re.compile(r"job_[0-9a-z]{26}")
_bearer = HTTPBearer(auto_error=False, description="An access token from /api/auth/login, or an API key")


async def bearer_of(given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str | None:
    return given.credentials if given is not None else None


BearerToken = Annotated[str | None, Depends(bearer_of)]


def caller_of(needed: SecurityScopes, services: ServicesNeeded, bearer: BearerToken) -> Caller:
    caller = services.identities.identify(bearer)
    check(caller, needed.scopes)
    note(user_id=caller.user_id)
    return caller


JobReader = Annotated[Caller, Security(caller_of, scopes=[Scope.JOBS_READ])]
JobWriter = Annotated[Caller, Security(caller_of, scopes=[Scope.JOBS_WRITE])]
JobExecutor = Annotated[Caller, Security(caller_of, scopes=[Scope.JOBS_PROGRESS])]
AssetReader = Annotated[Caller, Security(caller_of, scopes=[Scope.ASSETS_READ])]
AssetWriter = Annotated[Caller, Security(caller_of, scopes=[Scope.ASSETS_WRITE])]
WebhookKeeper = Annotated[Caller, Security(caller_of, scopes=[Scope.WEBHOOKS])]
AccountHolder = Annotated[Caller, Security(caller_of, scopes=[Scope.ACCOUNT])]
Administrator = Annotated[Caller, Security(caller_of, scopes=[Scope.ADMIN])]


async def well_formed_job_id(
    job_id: Annotated[str, Path(description="The id of a job", examples=["job_06fk3v8q2s5d1n7x9b4c0m8r3t"])],
) -> str:
    if not _JOB_ID.fullmatch(job_id):
        raise JobNotFound("There is no job of this id.")
    note(job_id=job_id)
    return job_id


JobId = Annotated[str, Depends(well_formed_job_id)]


def readable_job_id(caller: JobReader, job_id: JobId, jobs: JobsNeeded) -> str:
    """What is another's is not found."""
    jobs.check_owner(job_id, caller.sees)
    return job_id


def writable_job_id(caller: JobWriter, job_id: JobId, jobs: JobsNeeded) -> str:
    jobs.check_owner(job_id, caller.sees)
    return job_id


ReadableJobId = Annotated[str, Depends(readable_job_id)]
WritableJobId = Annotated[str, Depends(writable_job_id)]
