"""A pipeline that makes facts, one checkpoint each, until a file appears."""

from __future__ import annotations

import threading
from pathlib import Path

from pydantic import BaseModel

from soundstage import Done, Pipeline, Stage, StageContext


class Params(BaseModel):
    """It ends once the file `end` is there. `pause_seconds` lie between two facts."""

    end: str
    pause_seconds: float = 0.01
    most: int = 100_000


def talk(ctx: StageContext[Params]) -> Done:
    end, pause = Path(ctx.params.end), threading.Event()
    for item in ctx.checkpointed("word", range(ctx.params.most)):
        item.keep()
        if end.exists():
            break
        pause.wait(ctx.params.pause_seconds)
    return Done()


CHATTY = Pipeline(kind="chatty", params=Params, stages=[Stage("TALK", talk, weight=100)])
