"""A pipeline that takes a file, and asks a person before it sends what it made of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from soundstage import Done, FileInput, Outcome, Pipeline, Stage, StageContext, StageKind, Wait


class Params(BaseModel):
    """`paper` is a text; it is made `copies` times as loud."""

    paper: Annotated[str, FileInput(accept=("text",))]
    copies: int = Field(1, ge=1, le=3)


def read(ctx: StageContext[Params]) -> Done:
    path = ctx.workdir / "loud.txt"
    path.write_text(ctx.input_file(ctx.params.paper).read_text().upper() * ctx.params.copies)
    return Done(files={"loud.txt": path})


def ask(ctx: StageContext[Params]) -> Outcome:
    return Done() if ctx.answer is not None else Wait("Is it loud enough?", actions=["send", "stop"])


def send(ctx: StageContext[Params]) -> Done:
    path = ctx.workdir / "sent.txt"
    path.write_text(ctx.output("READ").file("loud.txt").read_text())
    return Done(files={"sent.txt": path})


PAPER = Pipeline(
    kind="paper",
    params=Params,
    title="A paper",
    description="Reads a paper aloud.",
    stages=[
        Stage("READ", read, weight=50, label="Reading"),
        Stage("ASK", ask, weight=10, label="Asking", kind=StageKind.MANUAL),
        Stage("SEND", send, weight=40, label="Sending"),
    ],
)
