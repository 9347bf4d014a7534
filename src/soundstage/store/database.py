"""What the store asks of a database: short write transactions of named statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]
Params = Mapping[str, Any]


class Transaction(Protocol):
    """Open between `with` and its end: committed there, rolled back by an exception."""

    @property
    def now(self) -> float:
        """The database's clock at the start of the transaction; every lease and due time is measured by it."""

    @property
    def is_only_writer(self) -> bool:
        """Whether no other transaction writes before this one ends."""

    def run(self, name: str, params: Params) -> int:
        """Run the named statement; the number of rows it changed."""

    def run_many(self, name: str, params: Sequence[Params]) -> None: ...

    def one(self, name: str, params: Params) -> Row | None: ...

    def all(self, name: str, params: Params) -> list[Row]: ...


class Database(Protocol):
    """One database, used from any thread. Raises StoreUnavailable, DiskFull, HomeNotWritable."""

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgres"."""

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the same database."""

    def write(self, name: str, durable: bool = True) -> AbstractContextManager[Transaction]:
        """A write transaction named for its crash points.

        What a durable one commits survives a power cut; any other survives every crash of a process.
        """

    def read(self) -> AbstractContextManager[Transaction]:
        """A consistent view that takes no write lock."""

    def turn(self) -> AbstractContextManager[None]:
        """Stand in line with the writers, for one who writes through a connection of its own.

        What that one committed is on the disk when the turn has ended. A database that lets writers work side by side
        has no line.
        """

    @property
    def now(self) -> float:
        """The database's clock."""

    def close(self) -> None:
        """Closes the connections of this thread."""
