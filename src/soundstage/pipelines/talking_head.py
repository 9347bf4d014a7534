"""Talking head: a portrait and a recording become a video of the person who says it."""

from __future__ import annotations

from soundstage.core.context import StageContext
from soundstage.core.outcome import Done
from soundstage.core.pipeline import Pipeline, Stage
from soundstage.pipelines.stages.avatar import VIDEO_FILE, Clip, animate, assemble, prepare_audio, prepare_portrait
from soundstage.pipelines.stages.delivery import deliver_video
from soundstage.pipelines.stages.parameters import (
    Audio,
    AvatarEngineName,
    FacePosition,
    FramesPerSecond,
    Height,
    Parameters,
    Portrait,
    Width,
)
from soundstage.pipelines.stages.speech import SPEECH_FILE


class Params(Parameters):
    """Who speaks, what is heard, and how the video looks."""

    portrait: Portrait
    audio: Audio
    engine: AvatarEngineName = "auto"
    width: Width = 512
    height: Height = 512
    fps: FramesPerSecond = 25
    face: FacePosition = None


def set_up(ctx: StageContext[Params]) -> Done:
    portrait = prepare_portrait(ctx, ctx.params.portrait, ctx.params.face, ctx.params.engine)
    ctx.progress(1, 2)
    audio = prepare_audio(ctx, ctx.params.audio)
    ctx.progress(2, 2)
    return Done(values={**portrait.values, **audio.values}, files={**portrait.files, **audio.files})


def infer(ctx: StageContext[Params]) -> Done:
    setup = ctx.output("SETUP")
    clip = Clip(ctx.params.width, ctx.params.height, ctx.params.fps)
    return animate(ctx, setup, ctx.params.engine, setup.file(SPEECH_FILE), clip)


def post_process(ctx: StageContext[Params]) -> Done:
    return assemble(ctx, ctx.output("INFERENCE"), ctx.output("SETUP").file(SPEECH_FILE))


def publish(ctx: StageContext[Params]) -> Done:
    return deliver_video(ctx, ctx.output("POST_PROCESS").file(VIDEO_FILE), ctx.output("INFERENCE"))


def size_megapixels_a_second(params: Params) -> float:
    """The parameters do not say how long the recording is; they say how much each second of it costs."""
    return params.width * params.height * params.fps / 1e6


talking_head = Pipeline(
    kind="talking_head",
    version=1,
    params=Params,
    title="Talking head",
    description="Animates a portrait so that the person says what is heard in a recording.",
    size=size_megapixels_a_second,
    stages=[
        Stage(
            "SETUP",
            set_up,
            weight=20,
            label="Checking the portrait and the audio",
            labels={"id": "Memeriksa potret dan audio", "pt": "Verificando o retrato e o áudio"},
            timeout_seconds=300,
        ),
        Stage(
            "INFERENCE",
            infer,
            weight=50,
            label="Animating the portrait",
            labels={"id": "Menganimasikan potret", "pt": "Animando o retrato"},
            timeout_seconds=4 * 3600,
        ),
        Stage(
            "POST_PROCESS",
            post_process,
            weight=15,
            label="Joining picture and sound",
            labels={"id": "Menggabungkan gambar dan suara", "pt": "Juntando imagem e som"},
            timeout_seconds=1800,
        ),
        Stage(
            "UPLOADING",
            publish,
            weight=15,
            label="Saving the video",
            labels={"id": "Menyimpan video", "pt": "Salvando o vídeo"},
            timeout_seconds=600,
        ),
    ],
)
