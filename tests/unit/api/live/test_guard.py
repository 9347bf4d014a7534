"""Whether those who hold a stream may still: one look-up for each way in."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from soundstage.api.live.guard import Guard
from soundstage.core.errors import NotSignedIn, StoreUnavailable
from soundstage.studio.access import SCOPES_OF, Caller, Plan, Role

ANN = Caller("ann", Role.USER, Plan.FREE, SCOPES_OF[Role.USER], session_id="s1")
ADMINISTRATOR = Caller("eve", Role.ADMIN, Plan.PRO, SCOPES_OF[Role.ADMIN], session_id="s2")


class Scripted:
    """Implements studio.access.Identities; confirms callers as a test says."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, Caller | Exception] = {}

    def identify(self, token: str | None) -> Caller:
        raise NotSignedIn(f"{token!r} is not known.")

    def redeem_ticket(self, ticket: str) -> Caller:
        return self.identify(ticket)

    def confirm(self, caller: Caller) -> Caller:
        self.asked.append(caller.user_id)
        answer = self.answers.get(caller.user_id, caller)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def rounds(identities: Scripted, count: int) -> None:
    async with asyncio.timeout(10):
        asked = len(identities.asked)
        while len(identities.asked) < asked + count:
            await asyncio.sleep(0.001)


@pytest.mark.parametrize(
    "answer",
    [NotSignedIn(), replace(ANN, scopes=frozenset())],
    ids=["the session has ended", "the scope is gone"],
)
def test_who_may_no_longer_is_ended(answer: Caller | Exception) -> None:
    async def scenario() -> None:
        identities, guard = Scripted(), Guard(confirm_seconds=0.001)
        ended: list[str] = []
        for number in range(3):
            guard.hold(identities, ANN, lambda number=number: ended.append(f"ann {number}"))  # type: ignore[misc]
        guard.hold(identities, ADMINISTRATOR, lambda: ended.append("eve"))
        await rounds(identities, 4)
        assert ended == []
        identities.answers["ann"] = answer
        await rounds(identities, 4)
        assert {"ann 0", "ann 1", "ann 2"} == set(ended)

    asyncio.run(scenario())


def test_an_administrator_who_became_a_user_opens_streams_anew() -> None:
    async def scenario() -> None:
        identities, guard, ended = Scripted(), Guard(confirm_seconds=0.001), asyncio.Event()
        identities.answers["eve"] = replace(ADMINISTRATOR, role=Role.USER, scopes=SCOPES_OF[Role.USER])
        guard.hold(identities, ADMINISTRATOR, ended.set)
        async with asyncio.timeout(10):
            await ended.wait()

    asyncio.run(scenario())


def test_streams_of_one_session_share_one_look_up() -> None:
    async def scenario() -> None:
        identities, guard = Scripted(), Guard(confirm_seconds=0.02)
        for _ in range(100):
            guard.hold(identities, ANN, lambda: None)
        await rounds(identities, 1)
        assert identities.asked == ["ann"]

    asyncio.run(scenario())


def test_a_database_that_is_away_ends_nothing() -> None:
    async def scenario() -> None:
        identities, guard = Scripted(), Guard(confirm_seconds=0.001)
        ended: list[str] = []
        identities.answers["ann"] = StoreUnavailable()
        guard.hold(identities, ANN, lambda: ended.append("ann"))
        await rounds(identities, 5)
        assert ended == []

    asyncio.run(scenario())


def test_nobody_is_asked_about_once_all_have_let_go() -> None:
    async def scenario() -> None:
        identities, guard = Scripted(), Guard(confirm_seconds=0.001)
        releases = [guard.hold(identities, ANN, lambda: None) for _ in range(2)]
        await rounds(identities, 1)
        for release in (*releases, releases[0]):
            release()
        asked = len(identities.asked)
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert len(identities.asked) <= asked + 1

    asyncio.run(scenario())
