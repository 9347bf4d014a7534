"""How the server gets ready to answer."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator

import pytest
from starlette.types import Receive, Scope, Send

from soundstage.api.listening import bind
from soundstage.api.server import STOP_SIGNALS, run_server


class Ready(Exception):
    """Raised in place of answering."""


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    handlers = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    yield
    gc.unfreeze()
    for number, handler in handlers.items():
        signal.signal(number, handler)


async def nobody(_scope: Scope, _receive: Receive, _send: Send) -> None:
    """Is never asked."""


def be_ready() -> None:
    raise Ready


def test_what_start_up_made_is_out_of_the_garbage_collectors_way_before_the_first_answer() -> None:
    known = len(gc.get_objects())
    with bind("127.0.0.1", 0) as listener, pytest.raises(Ready):
        run_server(nobody, listener, end_streams=be_ready, on_start=be_ready)
    assert gc.get_freeze_count() > known / 2
