"""How a voice sounds, before it is chosen: spoken once by a worker, in a job that is in nobody's list, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from soundstage.blobs.contract import Blobs
from soundstage.core.errors import EngineNotReady, UnknownVoice
from soundstage.core.job import ArtifactView
from soundstage.core.states import JobState, Priority
from soundstage.pipelines.voice_sample import SampleParameters, voice_sample
from soundstage.store.control import NewJob
from soundstage.store.store import Store
from soundstage.store.views import ViewStore
from soundstage.store.voice_samples import VoiceSampleStore
from soundstage.studio.assets.previews import PREVIEW_OWNER
from soundstage.studio.engines import Engines
from soundstage.studio.parameters import request_key

ENGLISH = "en"
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        ENGLISH: "Good morning. This is how I sound when I read a text aloud.",
        "id": "Selamat pagi. Beginilah suara saya saat membacakan sebuah teks.",
        "pt": "Bom dia. É assim que a minha voz soa quando leio um texto.",
    }
)
"""By the primary language of the voice; one of another language speaks English."""


@dataclass(frozen=True, slots=True)
class OrderedSample:
    job_id: str
    is_made: bool


class VoiceSamples:
    """`ring` tells workers that there is work."""

    def __init__(
        self,
        store: Store,
        samples: VoiceSampleStore,
        views: ViewStore,
        blobs: Blobs,
        engines: Engines,
        ring: Callable[[], None],
    ) -> None:
        self._store = store
        self._samples = samples
        self._views = views
        self._blobs = blobs
        self._engines = engines
        self._ring = ring

    def order(self, engine: str, voice: str, language: str | None = None) -> OrderedSample:
        """The sample of the voice: that which was made, or is being made, or else a new one.

        `language` chooses another sentence than that of the voice. Raises UnknownEngine, EngineNotReady, UnknownVoice.
        """
        params = self._parameters(engine, voice, language)
        key = request_key(voice_sample, params)
        found = self._samples.find(PREVIEW_OWNER, key)
        if found is not None:
            return OrderedSample(found[0], found[1] is JobState.SUCCEEDED)
        job_id = self._store.control.create(
            NewJob(
                pipeline=voice_sample.snapshot(),
                params=params.model_dump(mode="json"),
                owner=PREVIEW_OWNER,
                priority=Priority.HIGH,
                request_key=key,
            )
        )
        self._ring()
        return OrderedSample(job_id, False)

    def made(self, job_id: str) -> tuple[ArtifactView, Path] | None:
        """The sound, and where its bytes are; None while it is being made. Raises EngineNotReady where that failed."""
        job = self._views.get_job(job_id)
        if job.state is JobState.SUCCEEDED:
            [artifact] = job.stages[0].artifacts
            return artifact, self._blobs.path(artifact.sha256)
        if not job.state.is_final:
            return None
        reason, hint = ("It was cancelled.", "") if job.error is None else (job.error.message, job.error.hint)
        raise EngineNotReady(f"The sample of the voice could not be made. {reason}", hint=hint)

    def _parameters(self, engine: str, voice: str, language: str | None) -> SampleParameters:
        for kind, known in self._engines.voices(engine):
            if known.name == voice:
                primary = (language or known.language).replace("_", "-").partition("-")[0].lower()
                text = SENTENCES.get(primary, SENTENCES[ENGLISH])
                return SampleParameters(engine=kind, version=self._engines.version(kind), voice=voice, text=text)
        raise UnknownVoice(f"Engine {engine} has no voice {voice[:60]!r}.", hint="GET /api/voices lists all.")
