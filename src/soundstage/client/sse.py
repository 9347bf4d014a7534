"""Server-sent events as WHATWG HTML, 9.2.6 reads them."""

from __future__ import annotations

import codecs
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from dataclasses import dataclass

from soundstage.client.errors import UnexpectedAnswer

MOST_CHARACTERS = 1 << 22
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Message:
    """One block of the stream. `retry_seconds` is None where it says nothing of it; a comment is an empty block."""

    event: str = "message"
    data: str = ""
    retry_seconds: float | None = None


async def messages(chunks: AsyncIterator[bytes]) -> AsyncGenerator[Message]:
    """Each block as soon as its empty line is there. Raises UnexpectedAnswer for one that is endless."""
    reader = BlockReader()
    async for chunk in chunks:
        for message in reader.feed(chunk):
            yield message


class BlockReader:
    """Takes bytes as they come and gives the blocks that are whole."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._block: list[str] = []
        self._is_first = True

    def feed(self, chunk: bytes) -> Iterator[Message]:
        for line in self._lines(self._decoder.decode(chunk)):
            if line:
                self._block.append(line)
            elif self._block:
                block, self._block = self._block, []
                yield _message(block)

    def _lines(self, text: str) -> Iterator[str]:
        """Lines that have ended: by CR LF, LF or CR. A CR at the very end waits for what follows it."""
        if self._is_first and text:
            text, self._is_first = text.removeprefix(_BYTE_ORDER_MARK), False
        text = self._rest + text
        held = "\r" if text.endswith("\r") else ""
        *lines, self._rest = text.removesuffix(held).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._rest += held
        if len(self._rest) + sum(map(len, self._block)) > MOST_CHARACTERS:
            raise UnexpectedAnswer(f"An event of the stream is longer than {MOST_CHARACTERS} characters.")
        yield from lines


def _message(block: list[str]) -> Message:
    event, data, retry_seconds = "message", [], None
    for line in block:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            event = value
        elif name == "data":
            data.append(value)
        elif name == "retry" and value.isascii() and value.isdigit():
            retry_seconds = int(value) / 1000
    return Message(event, "\n".join(data), retry_seconds)
