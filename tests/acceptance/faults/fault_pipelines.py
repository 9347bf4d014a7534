"""Pipelines that behave badly on purpose. Each run of a stage leaves lines in a ledger file."""

from __future__ import annotations

import fcntl
import os
import random
import re
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel

from soundstage import Done, Pipeline, RetryPolicy, Stage, StageContext
from soundstage.core.retry import NEVER
from soundstage.media.child import run_child

MIB = 1 << 20


class Params(BaseModel):
    ledger: str
    seed: int = 0
    turns: int = 20
    turn_seconds: float = 0.05
    size_bytes: int = 0
    database: str = ""


Context = StageContext[Params]


def note(ctx: Context, what: str) -> None:
    """One line by one write, so that lines of several processes do not mix."""
    descriptor = os.open(ctx.params.ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, f"{ctx.job_id} {ctx.stage} {ctx.attempt} {what}\n".encode())
    os.close(descriptor)


def is_first_time(ctx: Context, name: str) -> bool:
    try:
        Path(f"{ctx.params.ledger}-{ctx.job_id}-{name}").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def rest(seconds: float) -> None:
    threading.Event().wait(seconds)


def short_work(ctx: Context) -> Done:
    """20 to 100 ms, some of it in a child process with a child of its own."""
    note(ctx, "begin")
    seconds = random.Random(f"{ctx.params.seed}-{ctx.stage}").uniform(0.02, 0.1)
    if ctx.stage == "SECOND":
        run_child(["sh", "-c", f"sleep {seconds:.3f}; true"], timeout_seconds=30)
    else:
        rest(seconds)
    path = ctx.workdir / "made.txt"
    path.write_text(f"{ctx.job_id} {ctx.stage}", encoding="utf-8")
    note(ctx, "end")
    return Done({"stage": ctx.stage}, files={f"{ctx.stage}.txt": path})


def take_turns(ctx: Context) -> Done:
    note(ctx, "begin")
    for turn in ctx.checkpointed("turn", list(range(ctx.params.turns))):
        rest(ctx.params.turn_seconds)
        path = ctx.workdir / "turn.txt"
        path.write_text(f"{turn.index}", encoding="utf-8")
        turn.keep({"turn": turn.index, "attempt": ctx.attempt}, files={f"{turn.index}.txt": path})
        note(ctx, f"turn {turn.index} kept")
    note(ctx, "end")
    return Done({"turns": ctx.params.turns})


def encode_for_long(ctx: Context) -> Done:
    note(ctx, "begin")
    run_child(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-re", "-i", "testsrc=r=5:s=64x64", "-t", "600", "-f", "null", "-"],
        timeout_seconds=600,
    )
    return Done()


def wait_for_deaf_child(ctx: Context) -> Done:
    note(ctx, "begin")
    run_child(["sh", "-c", "trap '' TERM; while true; do sleep 1; done"], timeout_seconds=600)
    return Done()


def match_for_ever(ctx: Context) -> Done:
    """Holds the interpreter: no other thread of the process runs meanwhile."""
    note(ctx, "begin")
    re.match(r"(a|a)*b", "a" * 60)
    return Done()


def never_look_up(ctx: Context) -> Done:
    note(ctx, "begin")
    rest(600)
    return Done()


def kill_the_worker(ctx: Context) -> Done:
    note(ctx, "begin")
    os.kill(os.getpid(), signal.SIGKILL)
    return Done()


def eat_memory(ctx: Context) -> Done:
    note(ctx, "begin")
    with little_memory():
        bytearray(4096 * MIB)
    return Done()


@contextmanager
def little_memory() -> Iterator[None]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 64 * MIB, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def freeze_with_the_turn(ctx: Context) -> Done:
    """Once, stop this process where it holds the writers' turn of the database."""
    note(ctx, "begin")
    if is_first_time(ctx, "frozen"):
        turn = os.open(f"{ctx.params.database}-turn", os.O_RDWR)
        fcntl.flock(turn, fcntl.LOCK_EX)
        os.kill(os.getpid(), signal.SIGSTOP)
    return Done()


def write_much(ctx: Context) -> Done:
    note(ctx, "begin")
    path = ctx.workdir / "much.bin"
    path.write_bytes(b"x" * ctx.params.size_bytes)
    return Done(files={"much.bin": path})


def keep_much(ctx: Context) -> Done:
    note(ctx, "begin")
    path = ctx.workdir / "much.bin"
    path.write_bytes(b"x" * ctx.params.size_bytes)
    for turn in ctx.checkpointed("copy", [0]):
        turn.keep(files={"much.bin": path})
    return Done()


def tell_much(ctx: Context) -> Done:
    """Waits for a file named go beside the ledger, then leaves a large result in the database."""
    note(ctx, "begin")
    while not Path(f"{ctx.params.ledger}-go").exists():
        rest(0.02)
    note(ctx, "told")
    return Done({"text": "x" * ctx.params.size_bytes})


def log_and_end(ctx: Context) -> Done:
    ctx.log("the first line")
    rest(ctx.params.turn_seconds)
    ctx.log("the last line")
    return Done()


def log_and_fail(ctx: Context) -> Done:
    ctx.log("what was tried")
    raise ValueError("it went wrong")


def log_and_overrun(ctx: Context) -> Done:
    note(ctx, "begin")
    ctx.log("still at it")
    run_child(["sleep", "600"], timeout_seconds=600)
    return Done()


def ask_to_exit(ctx: Context) -> Done:
    raise SystemExit(3)


def one_stage(run: Callable[[Context], Done], timeout_seconds: float = 600.0) -> Pipeline:
    stage = Stage("ONLY", run, 100, timeout_seconds=timeout_seconds, retry=NEVER)
    return Pipeline(kind=run.__name__, params=Params, stages=[stage])


QUICK = RetryPolicy(max_failures=2, first_delay_seconds=0.05)

chain = Pipeline(
    kind="chain",
    params=Params,
    stages=[Stage(key, short_work, 20) for key in ("FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH")],
)
overrun = Pipeline(
    kind="overrun", params=Params, stages=[Stage("ONLY", log_and_overrun, 100, timeout_seconds=0.6, retry=QUICK)]
)
turns = one_stage(take_turns)
encode = one_stage(encode_for_long)
deaf_child = one_stage(wait_for_deaf_child)
regex = one_stage(match_for_ever)
stubborn = one_stage(never_look_up)
killer = one_stage(kill_the_worker)
eater = one_stage(eat_memory)
freezer = one_stage(freeze_with_the_turn)
writer = one_stage(write_much)
keeper = one_stage(keep_much)
teller = one_stage(tell_much)
logger = one_stage(log_and_end)
failing_logger = one_stage(log_and_fail)
leaver = one_stage(ask_to_exit)
