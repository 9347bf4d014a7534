"""How long `make demo` takes once everything is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench.report import Section, at_most, progress, spread

NAME = "demo"
ROOT = Path(__file__).parent.parent
RUNS, QUICK_RUNS = 3, 1
FIGURE, LIMIT_SECONDS = "`make demo` after set-up, 20 s of speech", 15.0
COLUMNS = ("what", "s")


def run(quick: bool) -> Section:
    repeats = QUICK_RUNS if quick else RUNS
    seconds = []
    for number in range(1, repeats + 1):
        progress(f"{NAME}: run {number} of {repeats}")
        seconds.append(_run_demo())
    note = f"{repeats} runs of `make demo` as a process of its own, each with an empty home folder."
    verdict = at_most(FIGURE, seconds, LIMIT_SECONDS, "s")
    return Section(NAME, "The demo", COLUMNS, [("the whole process", spread(seconds))], note, [verdict])


def _run_demo() -> float:
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        environment = {**os.environ, "SOUNDSTAGE_HOME": home}
        start = time.monotonic()
        command = [shutil.which("make") or "make", "demo"]
        subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - start
