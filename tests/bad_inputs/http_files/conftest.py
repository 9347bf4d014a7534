"""A studio behind the API, called in this process, and two users of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from soundstage.api.app import create_app
from soundstage.bootstrap.serving import api_services
from soundstage.bootstrap.studio import Studio
from soundstage.core.errors import NotSignedIn
from soundstage.runtime.live import EventHub
from soundstage.settings import Settings
from soundstage.store.follow import FollowStore
from soundstage.studio.access import SCOPES_OF, Caller, Plan, Role

STORAGE_BYTES = 300_000
UPLOAD_BYTES = 200_000


class NamedByToken:
    """Identities: the token is the name of a user of the free plan."""

    def identify(self, token: str | None, *_more: Any) -> Caller:
        if not token:
            raise NotSignedIn
        return Caller(token, Role.USER, Plan.FREE, SCOPES_OF[Role.USER])

    def redeem_ticket(self, ticket: str, *_more: Any) -> Caller:
        return self.identify(ticket)

    def confirm(self, caller: Caller) -> Caller:
        return caller


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    settings = Settings(
        home=tmp_path / "home", workers=0, free_storage_bytes=STORAGE_BYTES, free_upload_bytes=UPLOAD_BYTES
    )
    studio = Studio(settings)
    yield studio
    studio.close()


@pytest.fixture
def stalled_body_seconds() -> float:
    """How long the server waits for more of a body; tests of that take less."""
    return 30.0


@pytest.fixture
def app(studio: Studio, stalled_body_seconds: float) -> FastAPI:
    hub = EventHub(FollowStore(studio.parts.store.database), poll_seconds=0.01)
    services = api_services(studio, hub, {})
    settings = replace(services.settings, stalled_body_seconds=stalled_body_seconds)
    return create_app(replace(services, identities=NamedByToken(), settings=settings))


Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(app: FastAPI) -> Iterator[Ask]:
    """Sends a request as ann. An asynchronous body comes piece by piece."""
    with asyncio.Runner() as runner:

        async def send(method: str, url: str, **options: Any) -> httpx.Response:
            headers = {"Authorization": "Bearer ann", **options.pop("headers", {})}
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://localhost"
            ) as client:
                return await client.request(method, url, headers=headers, **options)

        yield lambda method, url, **options: runner.run(send(method, url, **options))


@pytest.fixture
def used_bytes(ask: Ask) -> Callable[[], int]:
    return lambda: int(ask("GET", "/api/assets/usage").json()["used_bytes"])


@pytest.fixture
def leftovers(studio: Studio) -> Callable[[], list[Path]]:
    """Files that an upload left, apart from the key of the studio."""
    folders = (studio.home.blobs, studio.home.uploads)
    return lambda: [path for folder in folders for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def pieces() -> Callable[..., AsyncIterator[bytes]]:
    async def send(*parts: bytes) -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    return send
