"""Full pipeline: a script and a portrait become a subtitled video of the person who says it, in one job."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from soundstage.core.context import StageContext
from soundstage.core.outcome import Done
from soundstage.core.pipeline import Pipeline, Stage
from soundstage.pipelines.stages.avatar import (
    VIDEO_FILE,
    Clip,
    animate,
    assemble,
    check_duration,
    prepare_portrait,
)
from soundstage.pipelines.stages.delivery import deliver_video, keep_copy
from soundstage.pipelines.stages.parameters import (
    AvatarEngineName,
    FacePosition,
    FramesPerSecond,
    Height,
    Parameters,
    Portrait,
    Rate,
    SpeechEngineName,
    Text,
    Voice,
    Width,
)
from soundstage.pipelines.stages.speech import SPEECH_FILE, TIMING_FILE, plan_speech, speak
from soundstage.pipelines.stages.subtitles import SUBTITLES_FILE, read_cues, write_subtitles
from soundstage.pipelines.stages.timing import Timing


class Params(Parameters):
    """Who speaks, what is said, and how the video looks."""

    portrait: Portrait
    script: Text
    voice: Voice = "default"
    rate: Rate = 1.0
    speech_engine: SpeechEngineName = "auto"
    avatar_engine: AvatarEngineName = "auto"
    width: Width = 512
    height: Height = 512
    fps: FramesPerSecond = 25
    subtitles: Literal["vtt", "burnt", "none"] = Field(
        "vtt", description="Subtitles as a file beside the video, also drawn into the picture, or none"
    )
    face: FacePosition = None


def prepare_script(ctx: StageContext[Params]) -> Done:
    return plan_speech(ctx, ctx.params.script, ctx.params.voice, ctx.params.speech_engine)


def set_up(ctx: StageContext[Params]) -> Done:
    return prepare_portrait(ctx, ctx.params.portrait, ctx.params.face, ctx.params.avatar_engine)


def speak_script(ctx: StageContext[Params]) -> Done:
    spoken = speak(ctx, ctx.output("SCRIPT"), ctx.params.speech_engine, ctx.params.voice, ctx.params.rate)
    check_duration(spoken.values["duration_seconds"])
    return spoken


def subtitle(ctx: StageContext[Params]) -> Done:
    if ctx.params.subtitles == "none":
        return Done(values={"cues": 0})
    return write_subtitles(ctx, ctx.output("SPEECH"))


def infer(ctx: StageContext[Params]) -> Done:
    speech = ctx.output("SPEECH")
    captions = read_cues(ctx.output("SUBTITLES")) if ctx.params.subtitles == "burnt" else ()
    clip = Clip(
        width=ctx.params.width,
        height=ctx.params.height,
        fps=ctx.params.fps,
        phonemes=Timing.load(speech.file(TIMING_FILE)).phonemes,
        captions=captions,
    )
    return animate(ctx, ctx.output("SETUP"), ctx.params.avatar_engine, speech.file(SPEECH_FILE), clip)


def post_process(ctx: StageContext[Params]) -> Done:
    return assemble(ctx, ctx.output("INFERENCE"), ctx.output("SPEECH").file(SPEECH_FILE))


def publish(ctx: StageContext[Params]) -> Done:
    delivered = deliver_video(ctx, ctx.output("POST_PROCESS").file(VIDEO_FILE), ctx.output("INFERENCE"))
    files = {**delivered.files, SPEECH_FILE: keep_copy(ctx, ctx.output("SPEECH").file(SPEECH_FILE), SPEECH_FILE)}
    if ctx.params.subtitles != "none":
        files[SUBTITLES_FILE] = keep_copy(ctx, ctx.output("SUBTITLES").file(SUBTITLES_FILE), SUBTITLES_FILE)
    return Done(values=delivered.values, files=files)


def size_characters(params: Params) -> float:
    return len(params.script)


full_pipeline = Pipeline(
    kind="full_pipeline",
    version=1,
    params=Params,
    title="Script to video",
    description="Speaks a script and animates a portrait to it: a subtitled video in one job.",
    size=size_characters,
    stages=[
        Stage(
            "SCRIPT",
            prepare_script,
            weight=5,
            label="Preparing the script",
            labels={"id": "Menyiapkan naskah", "pt": "Preparando o roteiro"},
            timeout_seconds=60,
        ),
        # Before the speech, so that a portrait without a face is refused at once.
        Stage(
            "SETUP",
            set_up,
            weight=5,
            label="Checking the portrait",
            labels={"id": "Memeriksa potret", "pt": "Verificando o retrato"},
            timeout_seconds=300,
        ),
        Stage(
            "SPEECH",
            speak_script,
            weight=20,
            label="Speaking the script",
            labels={"id": "Membacakan naskah", "pt": "Falando o roteiro"},
            timeout_seconds=3600,
        ),
        Stage(
            "SUBTITLES",
            subtitle,
            weight=5,
            label="Writing the subtitles",
            labels={"id": "Membuat takarir", "pt": "Criando as legendas"},
            timeout_seconds=60,
        ),
        Stage(
            "INFERENCE",
            infer,
            weight=45,
            label="Animating the portrait",
            labels={"id": "Menganimasikan potret", "pt": "Animando o retrato"},
            timeout_seconds=4 * 3600,
        ),
        Stage(
            "POST_PROCESS",
            post_process,
            weight=10,
            label="Joining picture and sound",
            labels={"id": "Menggabungkan gambar dan suara", "pt": "Juntando imagem e som"},
            timeout_seconds=1800,
        ),
        Stage(
            "UPLOADING",
            publish,
            weight=10,
            label="Saving the video",
            labels={"id": "Menyimpan video", "pt": "Salvando o vídeo"},
            timeout_seconds=600,
        ),
    ],
)
