"""How a voice sounds: one sentence, spoken. Soundstage orders it itself."""

from __future__ import annotations

from pydantic import Field

from soundstage.core.context import StageContext
from soundstage.core.outcome import Done
from soundstage.core.pipeline import Pipeline, Stage
from soundstage.engines.contract import SpeechEngine, SpeechRequest
from soundstage.pipelines.stages.parameters import Parameters, SpeechEngineName, Text, Voice

SAMPLE_FILE = "sample.wav"


class SampleParameters(Parameters):
    """Equal parameters stand for the same sound: `version` is that of the engine's package."""

    engine: SpeechEngineName
    version: str = Field("", max_length=100)
    voice: Voice
    text: Text


def speak_sample(ctx: StageContext[SampleParameters]) -> Done:
    """Leaves sample.wav. Raises UnknownVoice, NothingToSay, EngineNotReady, EngineFailed."""
    speaker: SpeechEngine = ctx.engine("speech", ctx.params.engine)
    request = SpeechRequest(ctx.params.text, ctx.workdir / SAMPLE_FILE, ctx.params.voice)
    return Done(files={SAMPLE_FILE: speaker.speak(request, ctx.progress).audio_path})


voice_sample = Pipeline(
    kind="voice_sample",
    params=SampleParameters,
    title="Sample of a voice",
    description="Speaks a sentence, so that a voice can be heard before it is chosen.",
    stages=[
        Stage(
            "SAMPLE",
            speak_sample,
            weight=100,
            label="Speaking a sample",
            labels={"id": "Membuat contoh suara", "pt": "Criando uma amostra da voz"},
            timeout_seconds=300.0,
        )
    ],
)
