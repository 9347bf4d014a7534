"""A pipeline of the kind that recordings are uploaded for, whose stage does nothing."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel

from soundstage import Done, FileInput, Pipeline, Stage, StageContext


class Params(BaseModel):
    audio: Annotated[str, FileInput(accept=("audio",))]


def separate(_ctx: StageContext[Params]) -> Done:
    return Done()


stems = Pipeline(kind="stems", params=Params, stages=[Stage("SEPARATE", separate, weight=100)])
