"""A studio whose engines are fakes, and one in which every order is done at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from soundstage.bootstrap.studio import Studio
from soundstage.core.job import ErrorView
from soundstage.engines.contract import Readiness, Voice
from soundstage.engines.registry import EngineRegistry
from soundstage.store.claims import WorkerSlot
from soundstage.store.parts import Completion, StoredFile
from soundstage.testing.engines import FakeSpeechEngine

VOICES = (
    Voice("rex", "en-US", "Rex, a man"),
    Voice("ann", "en-GB", "Ann, a woman"),
    Voice("ine", "nl", "Ine"),
    Voice("af_nova", "en-US", "Nova"),
)


class Choir(FakeSpeechEngine):
    """Has several voices."""

    def __init__(self) -> None:
        super().__init__("choir")

    def voices(self) -> Sequence[Voice]:
        return VOICES


class Away(FakeSpeechEngine):
    def __init__(self) -> None:
        super().__init__("away", readiness=Readiness(ready=False, reason="It is not installed.", remedy="Install it."))


@pytest.fixture
def studio(studio: Studio) -> Studio:
    studio.parts.engines = EngineRegistry.of(Choir, Away)
    return studio


@pytest.fixture
def speak_at_once(studio: Studio) -> Callable[..., None]:
    """From now on each order is done, or fails with an error, before the one who ordered looks at it."""

    def begin(audio: bytes = b"sound", error: ErrorView | None = None) -> None:
        def work(job_id: str) -> None:
            slot = WorkerSlot("worker_1", ("cpu",))
            while claim := studio.parts.store.parts.claim(slot):
                if error is not None:
                    studio.parts.store.parts.fail(claim, error, None, None)
                    return
                name = f"speech.{studio.jobs.get(job_id).params['format']}"
                blob = studio.parts.blobs.put([audio])
                file = StoredFile(name, blob.sha256, blob.size_bytes, "audio/x-any")
                studio.parts.store.parts.complete(claim, Completion(files=[file]), None, 1.0)

        studio.announce = work

    return begin


@pytest.fixture
def change_services(app: FastAPI) -> Callable[..., None]:
    """Replaces fields of the services, or with `settings` of their settings."""

    def change(settings: dict[str, Any] | None = None, **fields: Any) -> None:
        services = replace(app.state.services, **fields)
        app.state.services = replace(services, settings=replace(services.settings, **(settings or {})))

    return change
