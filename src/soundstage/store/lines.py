"""Lines: in each queue and priority every owner has one, and the lines take turns.

Start-time fair queueing (Goyal, Vin and Cheng, 1996), charged when a part starts: the line with the lowest tag is
next, a start moves its tag on by one, and a line that comes back joins no earlier than the tag that was served last.
Within a line, parts of jobs that have begun come before jobs that have not, each in the order they came.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from soundstage.store.database import Transaction

BEGUN = 0
NEW = 1
"""The rank of a part within its line."""


class Line(NamedTuple):
    """A line that had ready parts when they joined. `joins` tells whether one has joined since it was read."""

    queue: str
    priority: int
    tag: float
    owner: str
    joins: int


class Head(NamedTuple):
    """The first part of a line."""

    line: Line
    part_id: int
    job_id: str


def join_line(tx: Transaction, queue: str, priority: int, owner: str) -> None:
    """Goes with each change that makes a part ready."""
    wait_for_lines(tx)
    tx.run("join_line", {"queue": queue, "priority": priority, "owner": owner})


def charge_line(tx: Transaction, queue: str, priority: int, owner: str) -> None:
    """Goes with each start of a part that did not stand in the line: the next stage of a job."""
    wait_for_lines(tx)
    tx.run("charge_line", {"queue": queue, "priority": priority, "owner": owner})


def serve_line(tx: Transaction, line: Line) -> None:
    """Goes with each start of a part from the line."""
    tx.run("charge_line", {"queue": line.queue, "priority": line.priority, "owner": line.owner})
    tx.run("note_served", {"queue": line.queue, "priority": line.priority, "tag": line.tag})


def may_go_on(tx: Transaction, queue: str, priority: int) -> bool:
    """Whether a job of this priority may start its next stage ahead of the line: the queue is not paused, and nobody
    more urgent stands in it."""
    wait_for_lines(tx)
    return tx.one("may_go_on", {"queue": queue, "priority": priority}) is not None


def find_head(tx: Transaction, queues: Sequence[str]) -> Head | None:
    """The part that is next for a worker of these queues: by priority, then as the queues are given, then by tag.
    A paused queue has none.

    More than the first line of a queue counts only where a line has run empty or its jobs are being changed.
    """
    wait_for_lines(tx)
    lines = [Line(queue, *row) for queue in queues for row in tx.all("list_lines", {"queue": queue})]
    for line in sorted(lines, key=lambda line: line.priority):
        where = {"queue": line.queue, "priority": line.priority, "owner": line.owner}
        row = tx.one("head_of_line", where)
        if row is not None:
            return Head(line, *row)
        tx.run("leave_line", {**where, "joins": line.joins})
    return None


def wait_for_lines(tx: Transaction) -> None:
    """Where several may write at once, those who touch lines do so one after the other, until they commit.

    Each touches lines of several owners in no certain order, so that locks on rows would end in deadlocks.
    """
    if not tx.is_only_writer:
        tx.one("wait_for_lines", {})
