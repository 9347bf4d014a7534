"""Answering and stopping: streams end before the workers do."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator

import uvicorn
from fastapi import FastAPI

STREAMS_END_SECONDS = 3
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def run_server(
    app: FastAPI, listener: socket.socket, end_streams: Callable[[], None], on_start: Callable[[], None]
) -> None:
    """Answer requests until SIGTERM or SIGINT, then end the streams and the requests that are under way.

    A second signal ends the process at once, also while the caller still puts things in order.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STREAMS_END_SECONDS,
        lifespan="off",
    )
    server = _Server(config)

    def stop(_number: int, _frame: object) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        server.should_exit = True
        end_streams()

    for number in STOP_SIGNALS:
        signal.signal(number, stop)
    on_start()
    server.run(sockets=[listener])


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ours are set by `run_server`: uvicorn's would raise the signal again, before the workers are drained."""
        yield
