"""Server-sent events are read as the standard says, however they are cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundstage.client import UnexpectedAnswer
from soundstage.client.sse import MOST_CHARACTERS, BlockReader, Message

STREAM = (
    "\ufeff: hello\n\n"
    "retry: 2500\n\n"
    "event: a\r\ndata: one\r\ndata: two\r\n\r\n"
    "event:b\rdata:größe\rid: 7\r\r"
    "data: {}\nunknown: x\nretry: soon\n\n"
    "data: never finished"
).encode()
READ = [
    Message(),
    Message(retry_seconds=2.5),
    Message("a", "one\ntwo"),
    Message("b", "größe"),
    Message("message", "{}"),
]


def read(*chunks: bytes) -> list[Message]:
    reader = BlockReader()
    return [message for chunk in chunks for message in reader.feed(chunk)]


def test_fields_comments_and_all_ends_of_lines_are_known() -> None:
    assert read(STREAM) == READ


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_it_does_not_matter_where_the_stream_is_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    assert read(*(STREAM[start:end] for start, end in pairwise(edges))) == READ


def test_an_endless_event_is_refused() -> None:
    with pytest.raises(UnexpectedAnswer, match="longer than"):
        read(b"data: " + b"x" * MOST_CHARACTERS)
