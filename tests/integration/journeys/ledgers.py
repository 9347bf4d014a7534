"""Pipelines that note in a ledger what ran, for tests that look for what was lost or done twice."""

from __future__ import annotations

import threading
from pathlib import Path

from pydantic import BaseModel, Field

from soundstage import BadInput, Done, Pipeline, Stage, StageContext

LOOK_SECONDS = 0.01


class Params(BaseModel):
    """`folder` holds the ledger; files that a test makes in it open gates."""

    folder: str
    pages: int = Field(6, ge=1, le=100, description="How many pages are copied")
    scenes: int = Field(4, ge=1, le=100, description="How many scenes are drawn")


def note(ctx: StageContext[Params], line: str) -> None:
    with (Path(ctx.params.folder) / "ledger").open("a", encoding="utf-8") as ledger:
        ledger.write(f"{line}\n")


def wait_for(ctx: StageContext[Params], gate: str) -> None:
    pause = threading.Event()
    while not (Path(ctx.params.folder) / gate).exists():
        ctx.check_stop()
        pause.wait(LOOK_SECONDS)


def copy(ctx: StageContext[Params]) -> Done:
    """Page by page; in the middle it waits for `half`."""
    pages = range(ctx.params.pages)
    for page in ctx.checkpointed("page", pages):
        if page.index == ctx.params.pages // 2:
            wait_for(ctx, "half")
        note(ctx, f"page {page.index}")
        page.keep()
        ctx.progress(page.index + 1, len(pages))
    return Done({"pages": len(pages)})


def list_scenes(ctx: StageContext[Params]) -> list[str]:
    return [f"scene {number}" for number in range(ctx.params.scenes)]


def draw(ctx: StageContext[Params]) -> Done:
    note(ctx, ctx.item)
    return Done()


def bind(ctx: StageContext[Params]) -> Done:
    note(ctx, "bound")
    path = ctx.workdir / "book.txt"
    path.write_text((Path(ctx.params.folder) / "ledger").read_text(encoding="utf-8"), encoding="utf-8")
    return Done(files={"book.txt": path})


def check(ctx: StageContext[Params]) -> Done:
    """Refuses until `mended` is there."""
    note(ctx, "checked")
    if not (Path(ctx.params.folder) / "mended").exists():
        raise BadInput("The paper is torn.", hint="Mend it, then retry this stage.")
    return Done()


BOOK = Pipeline(
    kind="book",
    params=Params,
    title="A book",
    stages=[
        Stage("COPY", copy, weight=60, label="Copying"),
        Stage("DRAW", draw, weight=30, label="Drawing", each=list_scenes),
        Stage("BIND", bind, weight=10, label="Binding"),
    ],
)

TORN = Pipeline(
    kind="torn",
    params=Params,
    title="A torn paper",
    stages=[
        Stage("COPY", copy, weight=50, label="Copying"),
        Stage("CHECK", check, weight=20, label="Checking"),
        Stage("BIND", bind, weight=30, label="Binding"),
    ],
)
