"""A studio with people in it: each cast is a new set of callers, and things of theirs are made as users make them."""

from __future__ import annotations

import asyncio
import base64
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import Annotated, Any

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from soundstage import Done, FileInput, Outcome, Pipeline, Stage, StageContext, StageKind, Wait
from soundstage.api.app import create_app
from soundstage.bootstrap.serving import api_services
from soundstage.bootstrap.studio import Studio
from soundstage.core.errors import UnknownPipeline
from soundstage.engines.registry import EngineRegistry
from soundstage.runtime.live import EventHub
from soundstage.settings import Settings
from soundstage.store.claims import Claim, WorkerSlot
from soundstage.store.follow import FollowStore
from soundstage.store.parts import Completion, StoredFile
from soundstage.store.tables.schema import metadata
from soundstage.studio.access import KEY_SCOPES, Plan, Role, Scope
from soundstage.studio.accounts.registration import Applicant
from soundstage.studio.accounts.sessions import SignedIn
from soundstage.studio.accounts.visits import Visit
from soundstage.testing.engines import FakeSpeechEngine
from soundstage.testing.receiver import Receiver

PASSWORD = "lantern ferry gravel moth"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC")
WAV = (
    struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 1_636, b"WAVE", b"fmt ", 16, 1, 1, 8_000, 16_000, 2, 16, b"data", 1_600)
    + bytes(range(200)) * 8
)
FILM_FILE = "film.txt"
NOTED_IN_PASSING = frozenset({"last_used_at"})

Headers = Mapping[str, str]
Thing = Mapping[str, str]
"""Parameters of a path by their names."""


class Letter(BaseModel):
    model_config = ConfigDict(extra="allow")

    text: str = Field("Dear reader", min_length=1)
    portrait: Annotated[str, FileInput(accept=("image",))] | None = None
    reference: Annotated[str, FileInput()] | None = None
    audio: Annotated[str, FileInput()] | None = None


def run(_ctx: StageContext[Letter]) -> Outcome:
    return Done()


FILM = Pipeline(
    "film",
    Letter,
    [Stage("SHOOT", run, 50, queue="io"), Stage("RENDER", run, 50, queue="io", kind=StageKind.EXTERNAL)],
)
"""Has a queue that no other job uses, so that it can be worked on alone."""
KINDS = ("letter", "stems", "story_video", "voice_clone", "talking_head", "full_pipeline")


class InProcess(httpx.BaseTransport):
    """Calls an ASGI application; one event loop for all calls."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner) -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._runner = runner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._runner.run(self._call(request))

    async def _call(self, request: httpx.Request) -> httpx.Response:
        wired = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        answer = await self._transport.handle_async_request(wired)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


@dataclass(frozen=True)
class Person:
    """One who has signed in."""

    signed_in: SignedIn

    @property
    def id(self) -> str:
        return self.signed_in.user.id

    @property
    def headers(self) -> Headers:
        return bearer(self.signed_in.access_token)


def bearer(token: str) -> Headers:
    return {"Authorization": f"Bearer {token}"}


class World:
    """The studio, a client that has not signed in, and ways to make people and things."""

    png = PNG
    wav = WAV

    def __init__(self, studio: Studio, client: httpx.Client, receiver: Receiver) -> None:
        self.studio = studio
        self.client = client
        self.receiver = receiver
        self._numbers = count(1)

    def person(self, role: Role = Role.USER) -> Person:
        name = f"person{next(self._numbers)}"
        registration = self.studio.accounts.registration
        user = registration.create(Applicant(f"{name}@example.com", name, PASSWORD), role, Plan.PRO, "local", Visit())
        return Person(self.studio.accounts.sessions.begin(user, False, Visit()))

    def cast(self) -> Cast:
        return Cast(self)

    def new_session(self, person: Person) -> Headers:
        user = self.studio.accounts.accounts.get(person.id)
        return bearer(self.studio.accounts.sessions.begin(user, False, Visit()).access_token)

    def make(self, what: str, owner: Person) -> Thing:
        """The parameters of a path that leads to a new thing of the owner."""
        makers: Mapping[str, Callable[[Person], Thing]] = {
            "asset": self._asset,
            "cancelled job": self._cancelled_job,
            "delivery": self._delivery,
            "film": self._film,
            "finished film": self._finished_film,
            "job": lambda owner: self._job(owner, "letter"),
            "key": self._key,
            "paused job": self._paused_job,
            "planned upload": self._planned_upload,
            "resumable upload": self._resumable_upload,
            "session": self._session,
            "share": self._share,
            "stems": lambda owner: self._job(owner, "stems"),
            "story video": self._story_video,
            "user": lambda owner: {"user_id": self.person().id},
            "webhook": self._webhook,
        }
        return makers[what](owner)

    def send(self, method: str, path: str, owner: Person, **options: Any) -> httpx.Response:
        """A request of the owner that succeeds."""
        headers = {**owner.headers, **options.pop("headers", {})}
        answer = self.client.request(method, path, headers=headers, **options)
        assert answer.is_success, answer.text
        return answer

    def rows(self) -> Mapping[str, list[tuple[Any, ...]]]:
        """Everything in the database and in the store, apart from when a way in was used last."""
        found: dict[str, list[tuple[Any, ...]]] = {}
        with self.studio.parts.records.read() as connection:
            for table in metadata.sorted_tables:
                columns = [column for column in table.columns if column.name not in NOTED_IN_PASSING]
                found[table.name] = sorted(map(tuple, connection.execute(sa.select(*columns))), key=repr)
        folders = (self.studio.home.blobs, self.studio.home.uploads)
        found["files"] = sorted(
            (str(path), path.stat().st_size) for folder in folders for path in folder.rglob("*") if path.is_file()
        )
        return found

    def key_without(self, scopes: frozenset[str], owner: Person) -> Headers:
        caller = self.studio.accounts.identities.identify(owner.signed_in.access_token)
        allowed = (KEY_SCOPES & caller.scopes) - scopes
        return bearer(self.studio.accounts.keys.make(caller, "narrow", allowed, None, Visit())[1])

    def executor_of(self, job_id: str, owner: Person) -> Headers:
        return bearer(self.studio.accounts.identities.issue_job_token(job_id, owner.id, 600.0))

    def _job(self, owner: Person, pipeline: str, **params: Any) -> Thing:
        order = {"pipeline": pipeline, "params": params}
        return {"job_id": self.send("POST", "/api/jobs", owner, json=order).json()["id"]}

    def _paused_job(self, owner: Person) -> Thing:
        job = self._job(owner, "letter")
        self.studio.jobs.pause(job["job_id"])
        return job

    def _cancelled_job(self, owner: Person) -> Thing:
        job = self._job(owner, "letter")
        self.studio.jobs.cancel(job["job_id"])
        return job

    def _film(self, owner: Person) -> Thing:
        """Shot, with a file; it waits to be rendered outside."""
        job = self._job(owner, "film")
        parts = self.studio.parts.store.parts
        blob = self.studio.parts.blobs.put([owner.id.encode()])
        file = StoredFile(FILM_FILE, blob.sha256, blob.size_bytes, "text/plain")
        parts.complete(self._claim(job["job_id"]), Completion(files=[file]), None, 1.0)
        parts.suspend(self._claim(job["job_id"]), Wait("Render it", actions=["done"]), None)
        return {**job, "name": FILM_FILE, "stage": "RENDER", "sha256": blob.sha256}

    def _finished_film(self, owner: Person) -> Thing:
        film = self._film(owner)
        self.studio.jobs.answer(film["job_id"], "RENDER", "done", {}, owner.id)
        self.studio.parts.store.parts.complete(self._claim(film["job_id"]), Completion(), None, 1.0)
        return film

    def _share(self, owner: Person) -> Thing:
        film = self._finished_film(owner)
        made = self.send("POST", f"/api/jobs/{film['job_id']}/shares", owner, json={})
        return {"job_id": film["job_id"], "share_id": made.json()["id"]}

    def _claim(self, job_id: str) -> Claim:
        """The next part of that job; those of jobs that nobody looks at any more are taken first."""
        parts = self.studio.parts.store.parts
        while claim := parts.claim(WorkerSlot(f"worker_{next(self._numbers)}", ("io",))):
            if claim.job_id == job_id:
                return claim
        raise AssertionError(f"Nothing of job {job_id} is ready.")

    def _story_video(self, owner: Person) -> Thing:
        return {"videoId": self._job(owner, "story_video")["job_id"]}

    def _asset(self, owner: Person) -> Thing:
        answer = self.send("POST", "/api/assets", owner, files={"file": ("one.png", PNG)})
        return {"asset_id": answer.json()["id"]}

    def _planned_upload(self, owner: Person) -> Thing:
        wish = {"name": "one.png", "size_bytes": len(PNG)}
        planned = self.send("POST", "/api/assets/uploads", owner, json=wish).json()
        assert self.client.put(planned["upload"]["url"], content=PNG).is_success
        return {"asset_id": planned["asset"]["id"]}

    def _resumable_upload(self, owner: Person) -> Thing:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(PNG))}
        begun = self.send("POST", "/api/assets/tus", owner, headers=headers)
        return {"asset_id": begun.headers["location"].rpartition("/")[2]}

    def _key(self, owner: Person) -> Thing:
        wish = {"name": "build server", "scopes": ["jobs:read"]}
        return {"key_id": self.send("POST", "/api/auth/keys", owner, json=wish).json()["id"]}

    def _session(self, owner: Person) -> Thing:
        user = self.studio.accounts.accounts.get(owner.id)
        return {"session_id": self.studio.accounts.sessions.begin(user, False, Visit()).session.id}

    def _webhook(self, owner: Person) -> Thing:
        made = self.send("POST", "/api/webhooks", owner, json={"url": self.receiver.url})
        return {"webhook_id": made.json()["id"]}

    def _delivery(self, owner: Person) -> Thing:
        """A message that could not be delivered: it may be sent again."""
        webhook = self._webhook(owner)
        self._cancelled_job(owner)
        path = f"/api/webhooks/{webhook['webhook_id']}"
        for is_active in (False, True):
            self.send("PATCH", path, owner, json={"is_active": is_active})
        [delivery] = self.send("GET", f"{path}/deliveries", owner).json()["deliveries"]
        return {**webhook, "delivery_id": delivery["id"]}


class Cast:
    """Callers of one scene: the owner, another user, an administrator, and those who are to get nowhere."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.owner = world.person()
        self.other = world.person()
        self.administrator = world.person(Role.ADMIN)

    @cached_property
    def disabled(self) -> Headers:
        """Of one who may no longer come in; the token is good still."""
        person = self._world.person()
        self._world.send("PATCH", f"/api/admin/users/{person.id}", self.administrator, json={"is_disabled": True})
        return person.headers

    def ended_session(self, of: Person) -> Headers:
        """Of the same person, who has left this session."""
        sessions = self._world.studio.accounts.sessions
        left = sessions.begin(self._world.studio.accounts.accounts.get(of.id), False, Visit())
        sessions.end(left.session.id, of.id)
        return bearer(left.access_token)

    def intruders(self, scopes: frozenset[str], thing: Thing) -> Mapping[str, tuple[Headers, int]]:
        """Those who get nowhere whosoever the thing is, and what they are told."""
        in_charge = self.administrator if Scope.ADMIN in scopes else self.owner
        job_id = thing.get("job_id", "job_" + "0" * 26)
        intruders = {
            "nobody": ({}, 401),
            "a stranger's token": (bearer("eyJhbGciOiJub25lIn0.e30."), 401),
            "a disabled user": (self.disabled, 401),
            "an ended session": (self.ended_session(in_charge), 401),
            "a key without the scope": (self._world.key_without(scopes, in_charge), 403),
        }
        if Scope.JOBS_PROGRESS not in scopes:
            intruders["the token of a job"] = (self._world.executor_of(job_id, self.owner), 403)
        if Scope.ADMIN in scopes:
            intruders["a user"] = (self.owner.headers, 403)
        return intruders


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home = tmp_path_factory.mktemp("world") / "home"
    with Receiver() as receiver, asyncio.Runner() as runner:
        settings = Settings(
            home=home, workers=0, password_hashing="insecure_for_tests", outbound_allow=receiver.allowance
        )
        studio = Studio(settings)
        _install(studio)
        app = _app(studio)
        with httpx.Client(transport=InProcess(app, runner), base_url="http://localhost") as client:
            yield World(studio, client, receiver)
        studio.close()


@pytest.fixture(scope="session")
def app(world: World) -> FastAPI:
    transport = world.client._transport
    assert isinstance(transport, InProcess)
    application = transport._transport.app
    assert isinstance(application, FastAPI)
    return application


def _install(studio: Studio) -> None:
    """Pipelines that are not built in yet get a stand-in."""
    studio.parts.pipelines.add(FILM)
    studio.parts.engines = EngineRegistry.of(FakeSpeechEngine)
    for kind in KINDS:
        try:
            studio.parts.pipelines.get(kind)
        except UnknownPipeline:
            studio.parts.pipelines.add(Pipeline(kind, Letter, [Stage("WRITE", run, 100)]))
    studio.accounts.registration.create_administrator(Applicant("ada@example.com", "ada", PASSWORD))


def _app(studio: Studio) -> FastAPI:
    hub = EventHub(FollowStore(studio.parts.store.database), poll_seconds=0.01)
    services = api_services(studio, hub, {})
    quick = replace(services.settings, stalled_body_seconds=5.0, speech_wait_seconds=0.05)
    return create_app(replace(services, settings=quick))
