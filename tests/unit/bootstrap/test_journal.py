"""The journal of a process: lines go out in order, and a sink that is stuck stops nothing (F29)."""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from soundstage.bootstrap.journal import Journal

END = b"the end"


class Pipe(NamedTuple):
    out: int
    into: int


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    ends = Pipe(*os.pipe())
    yield ends
    for end in ends:
        os.close(end)


def logger_of(journal: Journal) -> logging.Logger:
    logger = logging.getLogger("test.journal")
    logger.handlers, logger.propagate = [journal], False
    return logger


def all_of(descriptor: int) -> str:
    told = b""
    while not told.endswith(END):
        told += os.read(descriptor, 65536)
    return told.decode()


def test_lines_come_out_in_order_one_object_each(pipe: Pipe) -> None:
    journal = Journal("json", pipe.into)
    logger = logger_of(journal)
    for number in range(3):
        logger.warning("Line %d", number)
    journal.close()
    lines = os.read(pipe.out, 65536).decode().splitlines()
    assert [json.loads(line)["message"] for line in lines] == ["Line 0", "Line 1", "Line 2"]


def test_f29_a_blocked_sink_stops_nobody_and_what_is_dropped_is_counted(pipe: Pipe) -> None:
    fcntl.fcntl(pipe.into, fcntl.F_SETPIPE_SZ, 4096)
    journal = Journal("text", pipe.into, most_waiting=10)
    logger = logger_of(journal)
    for _ in range(200):
        logger.warning("x" * 1000)
    assert journal.dropped >= 180
    journal.close()  # a stuck sink is not waited for

    with ThreadPoolExecutor() as pool:
        reader = pool.submit(all_of, pipe.out)
        journal.close()
        os.write(pipe.into, END)
        assert f"{journal.dropped} lines of the log were dropped" in reader.result()


def test_a_line_that_cannot_be_made_does_not_stop_the_work(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    journal = Journal("json", pipe.into)
    logger = logger_of(journal)
    logger.warning("%d", "no number")
    logger.warning("Next")
    journal.close()
    assert json.loads(os.read(pipe.out, 65536))["message"] == "Next"
