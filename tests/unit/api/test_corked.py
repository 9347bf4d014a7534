"""What is held back while more follows, and what lets go of it."""

from __future__ import annotations

import asyncio

from soundstage.api.corked import MOST_HELD_BYTES, Corked


class FakeTransport(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.is_over = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def is_closing(self) -> bool:
        return self.is_over

    def close(self) -> None:
        self.is_over = True

    def abort(self) -> None:
        self.is_over = True

    def get_write_buffer_size(self) -> int:
        return 7


def holding(*contents: bytes) -> tuple[FakeTransport, Corked]:
    transport = FakeTransport()
    corked = Corked(transport)
    corked.is_held = True
    for content in contents:
        corked.write(content)
    return transport, corked


def test_what_nothing_follows_goes_out_at_once() -> None:
    transport = FakeTransport()
    Corked(transport).write(b"alone")
    assert transport.written == [b"alone"]


def test_what_was_held_goes_out_with_what_follows() -> None:
    transport, corked = holding(b"one ", b"two ")
    assert transport.written == []
    assert corked.get_write_buffer_size() == 8 + 7
    corked.is_held = False
    corked.write(b"three")
    assert transport.written == [b"one two three"]


def test_no_more_is_held_than_the_limit() -> None:
    transport, _ = holding(b"x" * (MOST_HELD_BYTES - 1), b"y")
    assert [len(content) for content in transport.written] == [MOST_HELD_BYTES]


def test_closing_sends_what_is_held_and_aborting_drops_it() -> None:
    transport, corked = holding(b"last words")
    corked.close()
    assert (transport.written, transport.is_over) == ([b"last words"], True)
    transport, corked = holding(b"never heard")
    corked.abort()
    corked.close()
    assert (transport.written, transport.is_over) == ([], True)


def test_the_rest_is_the_transport_s() -> None:
    transport, corked = holding()
    assert corked.is_closing() is False
    transport.close()
    assert corked.is_closing() is True
