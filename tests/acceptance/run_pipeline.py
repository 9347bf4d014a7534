"""A pipeline that tests steer by files: it writes down each run of a stage, and works until it is let go."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from pydantic import BaseModel, Field

from soundstage import Done, Pipeline, Stage, StageContext
from soundstage.media.child import run_child


class Params(BaseModel):
    """`folder` holds `ledger`, and `go` once the stage WORK may end."""

    folder: Path
    word: str = Field("hello", min_length=2)
    in_child: bool = Field(False, description="Whether WORK is done by a child process that never ends by itself")
    fails: bool = False


Context = StageContext[Params]


def note(ctx: Context) -> None:
    with (ctx.params.folder / "ledger").open("a", encoding="utf-8") as ledger:
        ledger.write(f"{ctx.stage} {ctx.params.word}\n")


def prepare(ctx: Context) -> Done:
    note(ctx)
    return Done({"word": ctx.params.word})


def work(ctx: Context) -> Done:
    note(ctx)
    if ctx.params.in_child:
        run_child([sys.executable, "-c", "import threading; threading.Event().wait()"], timeout_seconds=120)
    never = threading.Event()
    ctx.progress(0.5, message="half way")
    while not (ctx.params.folder / "go").exists():
        never.wait(0.02)
        ctx.check_stop()
        ctx.progress(0.5)
    if ctx.params.fails:
        raise ValueError(f"The word {ctx.params.word} cannot be said.")
    return Done()


def publish(ctx: Context) -> Done:
    note(ctx)
    path = ctx.workdir / "word.txt"
    path.write_text(str(ctx.output("PREPARE").values["word"]), encoding="utf-8")
    return Done(files={"word.txt": path})


slow_word = Pipeline(
    kind="slow_word",
    params=Params,
    stages=[
        Stage("PREPARE", prepare, 20, label="Preparing"),
        Stage("WORK", work, 50, label="Working"),
        Stage("PUBLISH", publish, 30, label="Saving"),
    ],
)
