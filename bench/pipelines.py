"""Pipelines whose stages only tell when they ran; workers load this file as they load an author's."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import threading
import time
from pathlib import Path

from pydantic import BaseModel, Field

from soundstage import Done, Pipeline, Stage, StageContext

REST_SECONDS = 0.03
LIVE_STAGES = 50
FLOOD_FACTS = 400
TICKS, TICK_SECONDS = 1_000, 0.25


class Params(BaseModel):
    bell: str = Field(description="A datagram socket that is told how far the job is")
    gate: str = Field("", description="A file; while another holds its lock, the job waits")


def note_times(ctx: StageContext[Params]) -> Done:
    """Leaves when this stage began and ended, in seconds of CLOCK_MONOTONIC."""
    start = time.monotonic()
    return Done(values={"start": start, "end": time.monotonic()})


def note_times_and_tell(ctx: StageContext[Params]) -> Done:
    done = note_times(ctx)
    _tell(ctx)
    return done


def note_start_and_rest(ctx: StageContext[Params]) -> Done:
    """The first stage waits at the gate; each leaves when it began, in seconds of CLOCK_MONOTONIC."""
    start = time.monotonic()
    if ctx.stage == "STAGE_1":
        wait_at_gate(ctx)
    threading.Event().wait(REST_SECONDS)
    return Done(values={"start": start})


def flood(ctx: StageContext[Params]) -> Done:
    """Makes facts that no connection's buffers hold."""
    for _ in ctx.checkpointed("x" * 15_000, range(FLOOD_FACTS)):
        pass
    return Done()


def tell_time(ctx: StageContext[Params]) -> Done:
    """Reports the seconds of CLOCK_REALTIME until it is cancelled, or for some minutes."""
    for number in range(TICKS):
        threading.Event().wait(TICK_SECONDS)
        ctx.progress(number, TICKS, f"told at {time.time():.4f}")
    return Done()


def wait_at_gate(ctx: StageContext[Params]) -> Done:
    """Keeps a worker busy until the gate is opened."""
    with Path(ctx.params.gate).open("rb") as gate:
        _tell(ctx)
        fcntl.flock(gate, fcntl.LOCK_SH)
    return Done()


def hang_once(ctx: StageContext[Params]) -> Done:
    """The first attempt runs until its worker is killed, the next one ends at once."""
    _tell(ctx)
    if ctx.attempt == 1:
        threading.Event().wait()
    return Done()


def _tell(ctx: StageContext[Params]) -> None:
    word = {"job": ctx.job_id, "attempt": ctx.attempt, "pid": os.getpid(), "at": time.monotonic()}
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.sendto(json.dumps(word).encode(), ctx.params.bell)


chain = Pipeline(
    kind="bench_chain",
    params=Params,
    stages=[
        Stage("FIRST", note_times, weight=25),
        Stage("SECOND", note_times, weight=25),
        Stage("THIRD", note_times, weight=25),
        Stage("FOURTH", note_times_and_tell, weight=25),
    ],
)

gate = Pipeline(kind="bench_gate", params=Params, stages=[Stage("GATE", wait_at_gate, weight=100)])

hang = Pipeline(kind="bench_hang", params=Params, stages=[Stage("HANG", hang_once, weight=100)])

live = Pipeline(
    kind="bench_live",
    params=Params,
    stages=[Stage(f"STAGE_{number}", note_start_and_rest, weight=2) for number in range(1, LIVE_STAGES + 1)],
)

flood_once = Pipeline(kind="bench_flood", params=Params, stages=[Stage("FLOOD", flood, weight=100)])

ticking = Pipeline(kind="bench_ticking", params=Params, stages=[Stage("TICK", tell_time, weight=100)])
