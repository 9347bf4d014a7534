"""Pipelines of the kinds that the facades name, small files, and callers of their own."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any

import httpx
import pytest
from fastapi import FastAPI
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field

from soundstage import Done, FileInput, Outcome, Pipeline, Stage, StageContext
from soundstage.bootstrap.studio import Studio
from soundstage.core.errors import NotSignedIn
from soundstage.store.claims import WorkerSlot
from soundstage.store.parts import Completion, StoredFile
from soundstage.studio.access import SCOPES_OF, Caller, Plan, Role
from soundstage.testing.identities import EverybodyIsLocal

Files = Mapping[str, bytes]


class Clone(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    reference: Annotated[str, FileInput(accept=("audio",))]


class Story(BaseModel):
    model_config = ConfigDict(extra="forbid")

    prompt: str
    niche: str
    scene_count: int
    duration_seconds: int


class Recording(BaseModel):
    model_config = ConfigDict(extra="forbid")

    audio: Annotated[str, FileInput(accept=("audio",))]


def run(_ctx: StageContext[Any]) -> Outcome:
    return Done()


VOICE_CLONE = Pipeline(
    "voice_clone",
    Clone,
    [Stage("ANALYSIS", run, 10), Stage("SYNTHESIS", run, 60), Stage("UPLOADING", run, 30)],
)
STORY_VIDEO = Pipeline(
    "story_video", Story, [Stage("STORYBOARD", run, 10), Stage("SCENES", run, 60), Stage("COMBINE", run, 30)]
)
STEMS = Pipeline("stems", Recording, [Stage("SEPARATE", run, 80), Stage("UPLOADING", run, 20)])


class Named(EverybodyIsLocal):
    """A caller's token is their name."""

    def identify(self, token: str | None) -> Caller:
        if not token:
            raise NotSignedIn
        return Caller(token, Role.USER, Plan.PRO, SCOPES_OF[Role.USER])


@pytest.fixture
def as_caller(app: FastAPI, visitor: httpx.Client) -> Callable[[str], httpx.Client]:
    """A client whose requests come from the user of that name."""
    app.state.services = replace(app.state.services, identities=Named())

    def client_of(name: str) -> httpx.Client:
        headers = {"Authorization": f"Bearer {name}"} if name else {}
        return httpx.Client(transport=visitor._transport, base_url=visitor.base_url, headers=headers)

    return client_of


@pytest.fixture
def ann(as_caller: Callable[[str], httpx.Client]) -> httpx.Client:
    return as_caller("ann")


@pytest.fixture
def ben(as_caller: Callable[[str], httpx.Client]) -> httpx.Client:
    return as_caller("ben")


@pytest.fixture
def install(studio: Studio) -> Callable[[str], None]:
    """Makes the pipeline of that kind known."""
    known = {pipeline.kind: pipeline for pipeline in (VOICE_CLONE, STORY_VIDEO, STEMS)}

    def add(kind: str) -> None:
        studio.parts.pipelines.add(known[kind])

    return add


@pytest.fixture
def finish_stage(studio: Studio) -> Callable[..., None]:
    """Completes the next ready stage with files and values, as a worker would."""

    def finish(files: Files | None = None, values: Mapping[str, Any] | None = None) -> None:
        claim = studio.parts.store.parts.claim(WorkerSlot("worker_1", ("cpu",)))
        assert claim is not None
        blobs = {name: studio.parts.blobs.put([content]) for name, content in (files or {}).items()}
        stored = [StoredFile(name, blob.sha256, blob.size_bytes, "audio/wav") for name, blob in blobs.items()]
        studio.parts.store.parts.complete(claim, Completion(values=values or {}, files=stored), None, 1.0)

    return finish


@pytest.fixture
def portrait() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "grey").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def recording() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8_000)
        writer.writeframes(bytes(8_000))
    return file.getvalue()
