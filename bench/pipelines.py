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
