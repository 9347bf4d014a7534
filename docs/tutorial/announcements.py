"""Announcements: each line is spoken by itself, in parallel, then all are joined."""

from pydantic import BaseModel, Field

from soundstage import Done, Pipeline, Stage, StageContext
from soundstage.engines.contract import SpeechRequest
from soundstage.media.audio import join_wavs


class Params(BaseModel):
    lines: list[str] = Field(min_length=1, max_length=100, description="What to announce")
    pause_seconds: float = Field(0.8, ge=0, le=5, description="Silence between two announcements")


def list_lines(ctx: StageContext[Params]) -> list[str]:
    return ctx.params.lines


def speak(ctx: StageContext[Params]) -> Done:
    path = ctx.workdir / "line.wav"
    speech = ctx.engine("speech").speak(SpeechRequest(ctx.item, path), ctx.progress)
    return Done({"seconds": speech.duration_seconds}, files={"line.wav": path})


def join(ctx: StageContext[Params]) -> Done:
    path = ctx.workdir / "announcements.wav"
    lines = [output.file("line.wav") for output in ctx.outputs("SPEAK")]
    pauses = [ctx.params.pause_seconds] * (len(lines) - 1)
    starts = join_wavs(lines, path, pauses)
    return Done({"starts_seconds": starts}, files={"announcements.wav": path})


announcements = Pipeline(
    kind="announcements",
    params=Params,
    stages=[Stage("SPEAK", speak, 90, "Speaking", each=list_lines), Stage("JOIN", join, 10, "Joining")],
)
