"""A pipeline whose second stage goes on only when a file appears, so that a test decides how long it runs."""

from __future__ import annotations

import threading
from pathlib import Path

from pydantic import BaseModel

from soundstage import Done, Pipeline, Stage, StageContext

LOOK_SECONDS = 0.01


class Params(BaseModel):
    """`folder` holds the ledger of what ran, and the file `open` once the gate is open."""

    folder: str


def note(ctx: StageContext[Params]) -> None:
    with (Path(ctx.params.folder) / "ledger").open("a", encoding="utf-8") as ledger:
        ledger.write(f"{ctx.stage}\n")


def first(ctx: StageContext[Params]) -> Done:
    note(ctx)
    return Done()


def gated(ctx: StageContext[Params]) -> Done:
    note(ctx)
    gate = Path(ctx.params.folder) / "open"
    looks, pause = 0, threading.Event()
    while not gate.exists():
        looks += 1
        ctx.progress(looks, looks + 1_000)
        ctx.check_stop()
        pause.wait(LOOK_SECONDS)
    return Done()


def stubborn(ctx: StageContext[Params]) -> Done:
    """Runs until the gate opens and does not listen to a shutdown."""
    note(ctx)
    gate, pause = Path(ctx.params.folder) / "open", threading.Event()
    while not gate.exists():
        pause.wait(LOOK_SECONDS)
    return Done()


def last(ctx: StageContext[Params]) -> Done:
    note(ctx)
    path = ctx.workdir / "result.txt"
    path.write_text("0123456789", encoding="ascii")
    return Done(files={"result.txt": path})


GATED = Pipeline(
    kind="gated",
    params=Params,
    stages=[Stage("FIRST", first, weight=20), Stage("GATED", gated, weight=60), Stage("LAST", last, weight=20)],
)

STUBBORN = Pipeline(kind="stubborn", params=Params, stages=[Stage("ONLY", stubborn, weight=100)])
