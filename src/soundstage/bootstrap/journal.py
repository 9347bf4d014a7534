"""The log of a process: formatted and written by a thread of its own, so that a sink that is stuck stops nothing."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading

from soundstage.core.log_lines import JsonLines, TextLines, keep_fields

MOST_WAITING = 10_000
CLOSE_SECONDS = 1.0
STDERR = 2
ACCESS_LOG = "soundstage.access"
"""The logger of requests, which has a switch of its own."""


class Journal(logging.Handler):
    """Lines wait in a bounded queue; what does not fit in is dropped and counted."""

    def __init__(self, log_format: str, descriptor: int = STDERR, most_waiting: int = MOST_WAITING) -> None:
        super().__init__()
        self.setFormatter(JsonLines() if log_format == "json" else TextLines())
        self.addFilter(keep_fields)
        self.dropped = 0
        self._told_dropped = 0
        self._descriptor = descriptor
        self._waiting: queue.Queue[logging.LogRecord | None] = queue.Queue(most_waiting)
        self._thread = threading.Thread(target=self._write_on, name="journal", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            record.msg, record.args = record.getMessage(), None  # now: what it names may change or be closed later
            self._waiting.put_nowait(record)
        except queue.Full:
            self.dropped += 1
        except Exception:  # a line that cannot be made must not stop the work that it tells of
            self.handleError(record)

    def close(self) -> None:
        """Write what waits, but wait for a stuck sink only a moment."""
        with contextlib.suppress(queue.Full):
            self._waiting.put(None, timeout=CLOSE_SECONDS)
        self._thread.join(CLOSE_SECONDS)
        super().close()

    def _write_on(self) -> None:
        while (record := self._waiting.get()) is not None:
            self._tell_dropped()
            self._write(record)

    def _tell_dropped(self) -> None:
        dropped = self.dropped
        if dropped > self._told_dropped:
            count, self._told_dropped = dropped - self._told_dropped, dropped
            message = f"{count} lines of the log were dropped, because it was not read fast enough."
            self._write(logging.LogRecord(__name__, logging.WARNING, "", 0, message, None, None))

    def _write(self, record: logging.LogRecord) -> None:
        line = f"{self.format(record)}\n".encode()
        # The descriptor itself: a thread that hangs in sys.stderr would hold a lock that the end of Python waits for.
        with contextlib.suppress(OSError):
            while line:
                line = line[os.write(self._descriptor, line) :]


def start_journal(log_format: str, log_level: str, logs_requests: bool = False) -> Journal:
    """From here on all that this process logs goes to its standard error by way of a journal."""
    journal = Journal(log_format)
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    root.addHandler(journal)
    root.setLevel(log_level)
    logging.getLogger(ACCESS_LOG).setLevel(logging.INFO if logs_requests else logging.CRITICAL)
    return journal
