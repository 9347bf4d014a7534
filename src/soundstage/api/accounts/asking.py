"""What routes of accounts ask of a request: where it comes from, and a turn at the slow hashes of passwords."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, ParamSpec, TypeVar

import anyio.to_thread
from fastapi import Depends, Request

from soundstage.api.services import Services, services_of
from soundstage.core.errors import TooManyRequests
from soundstage.studio.accounts.services import AccountServices
from soundstage.studio.accounts.visits import Visit

MOST_HASHES_AT_ONCE = 2
MOST_WAITING = 100
_hashes = anyio.CapacityLimiter(MOST_HASHES_AT_ONCE)
P = ParamSpec("P")
T = TypeVar("T")


async def visit_of(request: Request) -> Visit:
    address = request.client.host if request.client is not None else ""
    return Visit(address, request.headers.get("user-agent", ""))


async def accounts_of(request: Request) -> AccountServices:
    services: Services = await services_of(request)
    return services.accounts


async def in_turn(hashes: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call what hashes a password in a thread. Each takes 64 MiB, so others wait without holding a thread.

    Raises TooManyRequests where so many wait that another would wait for seconds.
    """
    if _hashes.statistics().tasks_waiting >= MOST_WAITING:
        raise TooManyRequests("Too many passwords are being checked at the moment.", retry_after_seconds=5)
    return await anyio.to_thread.run_sync(lambda: hashes(*args, **kwargs), limiter=_hashes)


Visiting = Annotated[Visit, Depends(visit_of)]
AccountsNeeded = Annotated[AccountServices, Depends(accounts_of)]
