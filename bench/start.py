"""How long a server takes to start on a database with a long history and a long queue."""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from bench.own_studio import Bell, OwnStudio, Word, clone_job, own_studio
from bench.report import Section, at_most, progress, spread
from bench.server import serve

NAME = "start"
FINISHED, QUEUED = 100_000, 10_000
QUICK_FINISHED, QUICK_QUEUED = 5_000, 500
RUNS, QUICK_RUNS = 5, 1
COLUMNS = ("from the start of the process until", "s")


def run(quick: bool) -> Section:
    finished, queued, repeats = (QUICK_FINISHED, QUICK_QUEUED, QUICK_RUNS) if quick else (FINISHED, QUEUED, RUNS)
    with own_studio() as own:
        progress(f"{NAME}: a database of {finished:,} finished and {queued:,} queued jobs")
        _prepare(own, finished, queued)
        figures = []
        for number in range(1, repeats + 1):
            progress(f"{NAME}: run {number} of {repeats}")
            figures.append(_start(own))
        size_bytes = own.database.stat().st_size
    health, job = ([figure[index] for figure in figures] for index in (0, 1))
    rows = [("/healthz answers", spread(health)), ("the first job is in its last stage", spread(job))]
    note = (
        f"{repeats} starts of `soundstage serve` with two workers on one database of {size_bytes / 1e6:,.0f} MB: "
        f"{finished:,} finished jobs of four stages with their events, and {queued:,} queued ones, copies of real ones "
        "made by SQL. The system may hold parts of the file in memory, as after a restart of the program."
    )
    figure = f"start with {finished:,} finished and {queued:,} queued jobs until "
    verdicts = [at_most(figure + "health", health, 3.0, "s"), at_most(figure + "the first job runs", job, 3.0, "s")]
    return Section(NAME, "Start of the server", COLUMNS, rows, note, verdicts)


def _prepare(own: OwnStudio, finished: int, queued: int) -> None:
    ended = own.submit()
    own.bell.hear()
    own.stop_workers()
    clone_job(own.database, ended, finished - 1)
    clone_job(own.database, own.submit(), queued - 1)
    own.bell.close()
    own.studio.close()


def _start(own: OwnStudio) -> tuple[float, float]:
    """Seconds until health answers, and until a job is in its last stage; on a copy of the database."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ThreadPoolExecutor(1) as pool:
        shutil.copy(own.database, folder)
        first = pool.submit(_first_word, Bell(own.bell.path))
        with serve(Path(folder)) as server:
            health_seconds = server.await_health()
            return health_seconds, first.result().at - server.started_at


def _first_word(bell: Bell) -> Word:
    with closing(bell):
        return bell.hear()
