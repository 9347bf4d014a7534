"""A studio of the benchmark's own: a fresh home, real workers, and a socket on which its jobs tell how far they are."""

from __future__ import annotations

import fcntl
import json
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Table, create_engine, func, insert, literal, select, true

from bench.stage_chain import STAGES, Timeline
from soundstage.bootstrap.studio import Studio
from soundstage.settings import Settings
from soundstage.store import sqlite
from soundstage.store.tables import events, jobs, parts
from soundstage.studio.jobs import Order

PIPELINES = Path(__file__).with_name("pipelines.py")
CHAIN, GATE, HANG = "bench_chain", "bench_gate", "bench_hang"
DEADLINE_SECONDS = 60.0
COPY_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Word:
    """What a stage told: its job, its attempt, the process it ran in, and when (CLOCK_MONOTONIC, seconds)."""

    job: str
    attempt: int
    pid: int
    at: float


class Bell:
    """The datagram socket on which stages tell. Once it is closed, what they tell is dropped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(DEADLINE_SECONDS)
        self._socket.bind(str(path))

    def hear(self) -> Word:
        """The next word. Raises TimeoutError where none comes for a minute."""
        return Word(**json.loads(self._socket.recv(4096)))

    def close(self) -> None:
        self._socket.close()


@dataclass(frozen=True, slots=True)
class OwnStudio:
    """Orders go in by `submit`, and the bell says what becomes of them."""

    studio: Studio
    bell: Bell

    @property
    def database(self) -> Path:
        return self.studio.home.root / "soundstage.db"

    def submit(self, kind: str = CHAIN, gate: str = "") -> str:
        return self.studio.jobs.create(Order(kind, {"bell": str(self.bell.path), "gate": gate}))

    @contextmanager
    def held_workers(self) -> Iterator[None]:
        """All workers busy, so that what is submitted meanwhile waits for them; then they begin together."""
        with tempfile.NamedTemporaryFile(prefix="gate-", dir=self.bell.path.parent) as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            for _ in range(self.studio.settings.workers):
                self.submit(GATE, gate.name)
                self.bell.hear()
            yield
            fcntl.flock(gate, fcntl.LOCK_UN)

    def timelines(self, job_ids: Sequence[str]) -> list[Timeline]:
        """When the stages of finished jobs ran, as they recorded it themselves."""
        return [[self._times(job_id, stage) for stage in range(STAGES)] for job_id in job_ids]

    def stop_workers(self) -> None:
        """Let running stages end; what has not begun stays in the queue."""
        if self.studio.supervisor is not None:
            self.studio.supervisor.stop()

    def _times(self, job_id: str, stage: int) -> tuple[float, float]:
        (result,) = self.studio.parts.store.results.stage_results(job_id, stage)
        return result.values["start"], result.values["end"]


@contextmanager
def own_studio(**settings: Any) -> Iterator[OwnStudio]:
    """A studio whose workers are up, in a folder that is removed after it. `settings` are as in Settings."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, closing(Bell(Path(folder, "bell"))) as bell:
        home = Path(folder, "home")
        studio = Studio(Settings(**{"workers": 2, "home": home, "pipeline_files": str(PIPELINES), **settings}))
        try:
            studio.own_home()
            studio.start_workers()
            own = OwnStudio(studio, bell)
            with own.held_workers():
                pass
            yield own
        finally:
            studio.close()


def clone_job(database: Path, job_id: str, copies: int) -> None:
    """Add copies of a job with its parts and events, each a second older than the one before it.

    The copies of one that is queued stand in line behind it. Their ids end with their numbers.
    """
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < copies))
    number = numbers.c.n
    key = literal(copy_id(job_id, 0)[:-COPY_DIGITS]) + func.printf(f"%0{COPY_DIGITS}d", number)
    changes: dict[Table, dict[str, ColumnElement[Any]]] = {
        jobs: {"id": key, "created_at": jobs.c.created_at - number, "finished_at": jobs.c.finished_at - number},
        parts: {"job_id": key},
        events: {"job_id": key, "at": events.c.at - number},
    }
    engine = create_engine("sqlite://", creator=lambda: sqlite.connect(database), module=sqlite.driver_module())
    with engine.begin() as connection:
        for table, changed in changes.items():
            columns = [column for column in table.columns if column is not parts.c.id]
            cells = [changed.get(column.name, column) for column in columns]
            rows = select(*cells).join_from(table, numbers, true()).where(_job_id_of(table) == job_id)
            connection.execute(insert(table).from_select([column.name for column in columns], rows))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def copy_id(job_id: str, number: int) -> str:
    """The id of a copy of a job: as long as that of the job."""
    return f"{job_id[:-COPY_DIGITS]}{number:0{COPY_DIGITS}d}"


def _job_id_of(table: Table) -> ColumnElement[str]:
    return table.c.id if table is jobs else table.c.job_id
