"""How long the part of a worker that was killed waits until another attempt of it runs."""

from __future__ import annotations

import os
import signal
import time

from bench.own_studio import HANG, OwnStudio, own_studio
from bench.report import Section, at_most, percentile, progress

NAME = "recovery"
KILLS, QUICK_KILLS = 100, 5
COLUMNS = ("worker processes", "p50, ms", "p99, ms", "worst, ms")


def run(quick: bool) -> Section:
    kills = QUICK_KILLS if quick else KILLS
    rows, verdicts = [], []
    for workers, other in ((2, "another worker is free"), (1, "its only worker")):
        progress(f"{NAME}: {kills} kills, {other}")
        with own_studio(workers=workers) as own:
            pauses_ms = [_kill_once(own) for _ in range(kills)]
        p99 = percentile(pauses_ms, 99)
        rows.append((f"{workers} ({other})", f"{percentile(pauses_ms, 50):.0f}", f"{p99:.0f}", f"{max(pauses_ms):.0f}"))
        verdicts.append(at_most(f"kill -9 to running again, p99, {other}", [p99 / 1000], 2.0, "s"))
    note = (
        f"{kills} kills each. From before `kill -9` of a worker in the middle of a stage to the first line of the "
        "stage function in the next attempt. A killed worker is replaced by a new process meanwhile."
    )
    return Section(NAME, "A worker is killed", COLUMNS, rows, note, verdicts)


def _kill_once(own: OwnStudio) -> float:
    own.submit(HANG)
    pid = own.bell.hear().pid
    killed_at = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    again = own.bell.hear()
    assert again.attempt == 2, f"The attempt after the kill was number {again.attempt}."
    return (again.at - killed_at) * 1000
