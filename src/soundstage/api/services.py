"""What the API is given, and how an endpoint gets at it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends, Request

from soundstage.api.live.streams import Streams
from soundstage.api.operating.kit import Operating
from soundstage.core.events import Event, Start, Tick, Told
from soundstage.core.pipeline import Pipeline
from soundstage.studio.access import Identities
from soundstage.studio.accounts.services import AccountServices
from soundstage.studio.administration.services import AdministrationServices
from soundstage.studio.assets.services import AssetServices
from soundstage.studio.batches import Batches
from soundstage.studio.engines import Engines
from soundstage.studio.executors import Executors
from soundstage.studio.jobs import Jobs
from soundstage.studio.recordings import Recordings
from soundstage.studio.shares.pace import Pace
from soundstage.studio.shares.sharing import Shares
from soundstage.studio.voice_samples import VoiceSamples
from soundstage.studio.webhooks.keeping import Webhooks

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Pipelines(Protocol):
    """The installed pipelines."""

    def installed(self) -> Sequence[Pipeline]: ...

    def get(self, kind: str) -> Pipeline:
        """Raises UnknownPipeline."""


class LiveReader(Protocol):
    """One who follows. `reason` says why it has ended, once it has."""

    reason: str | None

    async def news(self) -> Sequence[Told | Tick | Start] | None:
        """What came, once something has; empty after a silence; None at the end. Raises StoreUnavailable."""

    def end(self, reason: str) -> None: ...

    def close(self) -> None: ...


class LiveEvents(Protocol):
    """Where the events of jobs come from as they happen."""

    @property
    def is_closing(self) -> bool: ...

    def close(self) -> None: ...

    def watch(
        self, job_id: str, after: int = 0, idle_seconds: float = ...
    ) -> AsyncGenerator[Event | Tick | None, None]: ...

    async def follow(
        self, job_id: str, after: int = 0, owner: str | None = None, idle_seconds: float = ...
    ) -> LiveReader:
        """Raises JobNotFound, StoreUnavailable."""

    async def follow_all(self, owner: str, cursor: str | None = None, idle_seconds: float = ...) -> LiveReader:
        """Raises BadInput, StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """The slice of the settings that the API needs.

    `host_names` are those that a browser may know it by. Where it answers to its addresses too, any address is taken:
    a page of another site has the name of that site, which is never an address of ours. `page_folder` is that of the
    built page; `links_origin` is where links to files lead, if not here. `public_url` is how others reach it; without
    one, links for people name the address that the caller used.
    """

    max_upload_bytes: int
    host_names: frozenset[str] = LOOPBACK_NAMES
    answers_to_addresses: bool = False
    is_public_https: bool = False
    max_json_bytes: int = 1 << 20
    idle_seconds: float = 15.0
    stalled_body_seconds: float = 30.0
    speech_wait_seconds: float = 600.0
    page_folder: Path | None = None
    links_origin: str | None = None
    public_url: str | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """Made by bootstrap. Each check of readiness returns, or raises a SoundstageError that says what is wrong."""

    jobs: Jobs
    batches: Batches
    executors: Executors
    pipelines: Pipelines
    engines: Engines
    live: LiveEvents
    identities: Identities
    accounts: AccountServices
    assets: AssetServices
    recordings: Recordings
    webhooks: Webhooks
    administration: AdministrationServices
    shares: Shares
    voice_samples: VoiceSamples
    checks: Mapping[str, Callable[[], object]]
    settings: ApiSettings
    streams: Streams = field(default_factory=Streams)
    openings: Pace = field(default_factory=Pace)
    operating: Operating = field(default_factory=Operating)


async def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def assets_of(request: Request) -> AssetServices:
    return (await services_of(request)).assets


async def jobs_of(request: Request) -> Jobs:
    return (await services_of(request)).jobs


ServicesNeeded = Annotated[Services, Depends(services_of)]
AssetsNeeded = Annotated[AssetServices, Depends(assets_of)]
JobsNeeded = Annotated[Jobs, Depends(jobs_of)]
