"""Answering and stopping: streams end before the workers do."""

from __future__ import annotations

import contextlib
import gc
import signal
import socket
from collections.abc import Callable, Iterator, Sequence

import uvicorn
from starlette.types import ASGIApp

from soundstage.api.unstalled import UnstalledHttp, UnstalledWebSocket

STREAMS_END_SECONDS = 3
MOST_FRAME_BYTES = 16_384
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def run_server(
    app: ASGIApp,
    listener: socket.socket,
    end_streams: Callable[[], None],
    on_start: Callable[[], None],
    trusted_proxies: Sequence[str] = (),
    on_tick: Callable[[], None] = lambda: None,
) -> None:
    """Answer requests until SIGTERM or SIGINT, then end the streams and the requests that are under way.

    A second signal ends the process at once, also while the caller still puts things in order. What
    X-Forwarded-For and -Proto say is believed of the trusted proxies alone. The event loop calls `on_tick` ten times a
    second.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        log_level="warning",  # below it, uvicorn writes the address of each WebSocket, with its ticket
        loop="uvloop",  # less memory for each stream than with the loop of asyncio, and sooner events
        http=UnstalledHttp,
        ws=UnstalledWebSocket,
        ws_max_size=MOST_FRAME_BYTES,
        ws_per_message_deflate=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        timeout_graceful_shutdown=STREAMS_END_SECONDS,
        lifespan="off",
    )
    server = _Server(config, on_tick)

    def stop(_number: int, _frame: object) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        server.should_exit = True
        end_streams()

    for number in STOP_SIGNALS:
        signal.signal(number, stop)
    # What start-up made stays: looking through it again and again would hold everybody up for a tenth of a second.
    gc.collect()
    gc.freeze()
    on_start()
    server.run(sockets=[listener])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_tick: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_tick = on_tick

    async def on_tick(self, counter: int) -> bool:
        self._on_tick()
        return await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ours are set by `run_server`: uvicorn's would raise the signal again, before the workers are drained."""
        yield
