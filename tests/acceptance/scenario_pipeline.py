"""A pipeline that passes every kind of event once; each run of a stage function leaves a line in a ledger file."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from soundstage import Done, Outcome, Pipeline, RetryPolicy, Snooze, Stage, StageContext, StageKind, Wait

QUICK = RetryPolicy(max_failures=5, first_delay_seconds=0.05)


class Params(BaseModel):
    ledger: str
    turns: int = 3
    turn_seconds: float = 0.0


Context = StageContext[Params]


def note(ctx: Context, what: str) -> None:
    descriptor = os.open(ctx.params.ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{ctx.stage} {what} {ctx.attempt}\n".encode())
    os.close(descriptor)


def is_first_time(ctx: Context, name: str) -> bool:
    """True once for each name, however often processes die."""
    try:
        Path(f"{ctx.params.ledger}.{name}").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def look_again(ctx: Context) -> Outcome:
    note(ctx, "run")
    return Snooze(0.05, "not there yet") if is_first_time(ctx, "snoozed") else Done({"seen": True})


def fail_once(ctx: Context) -> Done:
    note(ctx, "run")
    if is_first_time(ctx, "failed"):
        raise ConnectionError("the first try fails")
    path = ctx.workdir / "left.txt"
    path.write_text("what the stage leaves", encoding="utf-8")
    return Done({"made": 1}, files={"left.txt": path})


def list_items(ctx: Context) -> Iterable[Any]:
    note(ctx, "list")
    return ["a", "b", "c"]


def lose_a_worker(ctx: Context) -> Done:
    note(ctx, f"item-{ctx.item}")
    if ctx.item == "b" and is_first_time(ctx, "lost"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Done({"item": ctx.item})


def ask(ctx: Context) -> Outcome:
    note(ctx, "run")
    return Done({"by": ctx.answer.by}) if ctx.answer else Wait("Is it good?", actions=["continue"])


def take_turns(ctx: Context) -> Done:
    note(ctx, "run")
    for turn in ctx.checkpointed("turn", list(range(ctx.params.turns))):
        note(ctx, f"turn-{turn.index}")
        path = ctx.workdir / f"{turn.index}.txt"
        path.write_text(str(turn.item), encoding="utf-8")
        until = time.monotonic() + ctx.params.turn_seconds
        while time.monotonic() < until:
            ctx.progress(turn.index, ctx.params.turns, "busy")
            threading.Event().wait(0.01)
        turn.keep({"item": turn.item}, files={"turn.txt": path})
        ctx.log(f"turn {turn.index} is done")
    return Done({"turns": [kept.values["item"] for kept in ctx.checkpoints("turn")]})


scenario = Pipeline(
    kind="scenario",
    params=Params,
    stages=[
        Stage("LOOK", look_again, 10, kind=StageKind.EXTERNAL, retry=QUICK),
        Stage("MAKE", fail_once, 20, retry=QUICK),
        Stage("ITEMS", lose_a_worker, 20, each=list_items, retry=QUICK),
        Stage("ASK", ask, 10, kind=StageKind.MANUAL, retry=QUICK),
        Stage("TURNS", take_turns, 40, retry=QUICK),
    ],
)
