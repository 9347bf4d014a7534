"""Listening and stopping: the port is bound before anything else starts, and streams end before the workers do."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address

import uvicorn
from fastapi import FastAPI

from soundstage.core.errors import BadInput, Conflict

BACKLOG = 2048
STREAMS_END_SECONDS = 3
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class PortInUse(Conflict):
    """Another program listens on this port."""

    code = "port_in_use"
    hint = "Stop that program, or choose another port with SOUNDSTAGE_PORT; 0 takes a free one."


def bind(host: str, port: int) -> socket.socket:
    """Listen on a loopback address; port 0 takes a free one. Raises BadInput, PortInUse."""
    address = _loopback_address(host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise PortInUse(f"Soundstage cannot listen on {host} port {port}: {error.strerror}.") from error
    return listener


def url_of(listener: socket.socket) -> str:
    address, port = listener.getsockname()[:2]
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


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


def _loopback_address(host: str) -> str:
    if host == "localhost":
        return "127.0.0.1"
    with contextlib.suppress(ValueError):
        address = ip_address(host.strip("[]"))
        if address.is_loopback:
            return str(address)
    raise BadInput(
        f"Soundstage cannot listen on {host!r}: it has no accounts yet, so it serves this computer alone.",
        hint="Use 127.0.0.1, or reach it from elsewhere through an SSH tunnel.",
    )
