"""The whole store over one database, and the way to open it."""

from __future__ import annotations

from pathlib import Path

from soundstage.core.clock import Clock
from soundstage.store.claims import Snapshots
from soundstage.store.control import ControlStore
from soundstage.store.database import Database
from soundstage.store.due import DueStore
from soundstage.store.orders import OrderStore
from soundstage.store.parts import PartStore
from soundstage.store.queues import QueueStore
from soundstage.store.results import ResultStore
from soundstage.store.retention import RetentionStore
from soundstage.store.sqlite import SqliteDatabase
from soundstage.store.workers import WorkerStore


class Store:
    """Every durable thing that the runtime and the use cases ask for; the views of `views.py` stand apart."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        snapshots = Snapshots()
        self.database = database
        self.parts = PartStore(database, snapshots)
        self.control = ControlStore(database, snapshots, clock)
        self.orders = OrderStore(database, clock)
        self.due = DueStore(database, snapshots)
        self.workers = WorkerStore(database, snapshots)
        self.queues = QueueStore(database)
        self.results = ResultStore(database)
        self.retention = RetentionStore(database)


def open_database(url: str, clock: Clock | None = None, always_durable: bool = False) -> Database:
    """A SQLite database for `sqlite:///path`, a PostgreSQL one for `postgresql://...`."""
    if url.startswith("sqlite:///"):
        return SqliteDatabase(Path(url.removeprefix("sqlite:///")), clock, always_durable)
    from soundstage.store.postgres import PostgresDatabase  # its driver takes memory that SQLite does not need

    return PostgresDatabase(url, clock)
