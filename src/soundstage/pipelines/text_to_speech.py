"""Text to speech: one audio file, subtitles, and the time of each word."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from soundstage.core.context import StageContext
from soundstage.core.outcome import Done
from soundstage.core.pipeline import Pipeline, Stage
from soundstage.pipelines.stages.delivery import deliver_speech
from soundstage.pipelines.stages.parameters import Parameters, Rate, SpeechEngineName, Text, Voice
from soundstage.pipelines.stages.speech import plan_speech, speak


class Params(Parameters):
    """What to say, and how."""

    text: Text
    voice: Voice = "default"
    engine: SpeechEngineName = "auto"
    rate: Rate = 1.0
    format: Literal["wav", "mp3", "m4a", "opus", "aac", "flac", "pcm"] = Field(
        "wav", description="The kind of audio file; pcm is bare 16-bit samples at 24 kHz"
    )


def prepare_text(ctx: StageContext[Params]) -> Done:
    return plan_speech(ctx, ctx.params.text, ctx.params.voice, ctx.params.engine)


def generate(ctx: StageContext[Params]) -> Done:
    return speak(ctx, ctx.output("TEXT_PROCESSING"), ctx.params.engine, ctx.params.voice, ctx.params.rate)


def publish(ctx: StageContext[Params]) -> Done:
    return deliver_speech(ctx, ctx.output("GENERATION"), ctx.params.format)


def size_characters(params: Params) -> float:
    return len(params.text)


text_to_speech = Pipeline(
    kind="text_to_speech",
    version=1,
    params=Params,
    title="Text to speech",
    description="Speaks a text and leaves the audio, subtitles and the time of each word.",
    size=size_characters,
    stages=[
        Stage(
            "TEXT_PROCESSING",
            prepare_text,
            weight=10,
            label="Preparing the text",
            labels={"id": "Menyiapkan teks", "pt": "Preparando o texto"},
            timeout_seconds=60,
        ),
        Stage(
            "GENERATION",
            generate,
            weight=70,
            label="Speaking",
            labels={"id": "Membuat suara", "pt": "Gerando a fala"},
            timeout_seconds=3600,
        ),
        Stage(
            "UPLOADING",
            publish,
            weight=20,
            label="Saving",
            labels={"id": "Menyimpan hasil", "pt": "Salvando"},
            timeout_seconds=1800,
        ),
    ],
)
