"""Lists that come in pages."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Protocol, TypeVar

from soundstage.client.connection import Call, Connection

T_co = TypeVar("T_co", covariant=True)


class Page(Protocol[T_co]):
    @property
    def items(self) -> Sequence[T_co]: ...

    @property
    def next(self) -> str | None: ...


async def each(connection: Connection, page_call: Callable[[str | None], Call[Page[T_co]]]) -> AsyncGenerator[T_co]:
    """Every item; the next page is fetched when the one before is used up."""
    cursor: str | None = None
    while True:
        page = await connection.call(page_call(cursor))
        for item in page.items:
            yield item
        if page.next is None:
            return
        cursor = page.next
