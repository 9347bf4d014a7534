"""A real studio without workers behind the API, called in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from soundstage import Done, FileInput, Outcome, Pipeline, Stage, StageContext, StageKind, Wait
from soundstage.api.app import create_app
from soundstage.bootstrap.serving import api_services
from soundstage.bootstrap.studio import Studio
from soundstage.core.errors import StoreUnavailable
from soundstage.core.job import ErrorView
from soundstage.runtime.live import EventHub
from soundstage.settings import Settings
from soundstage.store.claims import Claim, WorkerSlot
from soundstage.store.follow import FollowStore
from soundstage.store.parts import Completion, StoredFile
from soundstage.studio.access import Plan, Role
from soundstage.studio.accounts.registration import Applicant
from soundstage.studio.accounts.sessions import SignedIn
from soundstage.studio.accounts.visits import Visit

SMALL_UPLOAD_BYTES = 100_000
PASSWORD = "lantern ferry gravel moth"


class Letter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    portrait: Annotated[str, FileInput(accept=("image",))] | None = None


def run(_ctx: StageContext[Letter]) -> Outcome:
    return Done()


LETTER = Pipeline(
    kind="letter",
    params=Letter,
    title="A letter",
    description="Writes a letter and sends it.",
    stages=[
        Stage("WRITE", run, weight=60, label="Writing", labels={"id": "Menulis", "pt": "Escrevendo"}),
        Stage("SEND", run, weight=40, label="Sending", kind=StageKind.MANUAL),
    ],
)


class InProcess(httpx.BaseTransport):
    """Calls an ASGI application; one event loop for all calls of a test."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._runner = runner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._runner.run(self._call(request))

    async def _call(self, request: httpx.Request) -> httpx.Response:
        wired = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        answer = await self._transport.handle_async_request(wired)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(Settings(home=tmp_path / "home", workers=0, password_hashing="insecure_for_tests"))
    studio.parts.pipelines.add(LETTER)
    yield studio
    studio.close()


@pytest.fixture
def hub(studio: Studio) -> EventHub:
    return EventHub(FollowStore(studio.parts.store.database), poll_seconds=0.01)


@pytest.fixture
def failing_checks() -> set[str]:
    """Names of checks of readiness that fail."""
    return set()


@pytest.fixture
def app(studio: Studio, hub: EventHub, failing_checks: set[str]) -> FastAPI:
    def check_database() -> None:
        if "database" in failing_checks:
            raise StoreUnavailable("The database rests.")

    services = api_services(studio, hub, {"database": check_database})
    small = replace(services.settings, max_upload_bytes=SMALL_UPLOAD_BYTES, stalled_body_seconds=5.0, page_folder=None)
    return create_app(replace(services, settings=small))


@pytest.fixture
def visitor(app: FastAPI) -> Iterator[httpx.Client]:
    """A client that has not signed in."""
    with asyncio.Runner() as runner, httpx.Client(transport=InProcess(app, runner), base_url="http://localhost") as api:
        yield api


@pytest.fixture
def administrator(studio: Studio) -> SignedIn:
    """The first administrator, who owns what commands made."""
    applicant = Applicant("ada@example.com", "ada", PASSWORD)
    return studio.accounts.sessions.begin(studio.accounts.registration.create_administrator(applicant), False, Visit())


@pytest.fixture
def api(visitor: httpx.Client, administrator: SignedIn) -> httpx.Client:
    """A client that has signed in as the administrator."""
    visitor.headers["Authorization"] = f"Bearer {administrator.access_token}"
    return visitor


@pytest.fixture
def sign_in(studio: Studio, administrator: SignedIn) -> Callable[..., dict[str, str]]:
    """Makes a user of this name, and gives the headers of one who has signed in."""

    def headers_of(name: str = "ben") -> dict[str, str]:
        applicant = Applicant(f"{name}@example.com", name, PASSWORD)
        user = studio.accounts.registration.create(applicant, Role.USER, Plan.FREE, administrator.user.id, Visit())
        signed_in = studio.accounts.sessions.begin(user, False, Visit())
        return {"Authorization": f"Bearer {signed_in.access_token}"}

    return headers_of


@pytest.fixture
def order(api: httpx.Client) -> Callable[..., dict[str, Any]]:
    """Orders a letter; keywords are fields of the order."""

    def place(text: str = "Dear reader", **fields: Any) -> dict[str, Any]:
        answer = api.post("/api/jobs", json={"pipeline": "letter", "params": {"text": text}, **fields})
        assert answer.status_code == 202, answer.text
        job: dict[str, Any] = answer.json()
        return job

    return place


@pytest.fixture
def claim(studio: Studio) -> Callable[[], Claim]:
    """Takes the next ready part, as a worker would."""

    def take() -> Claim:
        taken = studio.parts.store.parts.claim(WorkerSlot("worker_1", ("cpu",)))
        assert taken is not None
        return taken

    return take


@pytest.fixture
def complete(studio: Studio, claim: Callable[[], Claim]) -> Callable[..., None]:
    """Claims the next ready part and completes it with a file of the given text."""

    def finish(name: str = "letter.txt", text: bytes = b"0123456789", media_type: str = "text/plain") -> None:
        blob = studio.parts.blobs.put([text])
        file = StoredFile(name, blob.sha256, blob.size_bytes, media_type)
        studio.parts.store.parts.complete(claim(), Completion(files=[file]), None, 1.0)

    return finish


@pytest.fixture
def fail(studio: Studio, claim: Callable[[], Claim]) -> Callable[[], None]:
    """Claims the next ready part and fails it for good."""

    def break_down() -> None:
        studio.parts.store.parts.fail(claim(), ErrorView("engine_failed", "The pen broke.", "Buy ink."), None, None)

    return break_down


@pytest.fixture
def suspend(studio: Studio, claim: Callable[[], Claim]) -> Callable[[], None]:
    """Claims the next ready part, which then waits for a person."""

    def wait() -> None:
        studio.parts.store.parts.suspend(claim(), Wait("Read it through", actions=["send", "burn"]), None)

    return wait
