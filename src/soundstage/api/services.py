"""What the API is given, and how an endpoint gets at it."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import Depends, Path, Request

from soundstage.core.errors import JobNotFound
from soundstage.core.events import Event, Tick
from soundstage.core.pipeline import Pipeline
from soundstage.studio.jobs import LOCAL_OWNER, Jobs

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_JOB_ID = re.compile(r"job_[0-9a-z]{26}")


class Pipelines(Protocol):
    """The installed pipelines."""

    def installed(self) -> Sequence[Pipeline]: ...

    def get(self, kind: str) -> Pipeline:
        """Raises UnknownPipeline."""


class LiveEvents(Protocol):
    """Where the events of a job come from as they happen."""

    @property
    def is_closing(self) -> bool: ...

    def close(self) -> None: ...

    def watch(
        self, job_id: str, after: int = 0, idle_seconds: float = ...
    ) -> AsyncGenerator[Event | Tick | None, None]: ...


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """The slice of the settings that the API needs. `host_names` are those that a browser may know it by."""

    max_upload_bytes: int
    host_names: frozenset[str] = LOOPBACK_NAMES
    max_json_bytes: int = 1 << 20
    idle_seconds: float = 15.0
    stalled_body_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Services:
    """Made by bootstrap. Each check of readiness returns, or raises a SoundstageError that says what is wrong."""

    jobs: Jobs
    pipelines: Pipelines
    live: LiveEvents
    checks: Mapping[str, Callable[[], object]]
    settings: ApiSettings


async def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def jobs_of(request: Request) -> Jobs:
    return (await services_of(request)).jobs


async def owner_of(_request: Request) -> str:
    """Whose jobs the caller may see. Without accounts, whoever reaches the loopback is the one owner."""
    return LOCAL_OWNER


ServicesNeeded = Annotated[Services, Depends(services_of)]
JobsNeeded = Annotated[Jobs, Depends(jobs_of)]
Owner = Annotated[str, Depends(owner_of)]


async def well_formed_job_id(
    job_id: Annotated[str, Path(description="The id of a job", examples=["job_06fk3v8q2s5d1n7x9b4c0m8r3t"])],
) -> str:
    if not _JOB_ID.fullmatch(job_id):
        raise JobNotFound("There is no job of this id.")
    return job_id


JobId = Annotated[str, Depends(well_formed_job_id)]


def owned_job_id(job_id: JobId, jobs: JobsNeeded, owner: Owner) -> str:
    """What is another's is not found."""
    jobs.get(job_id, owner)
    return job_id


OwnedJobId = Annotated[str, Depends(owned_job_id)]
