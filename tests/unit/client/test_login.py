"""A login: its token is sent along and renewed by itself, by one at a time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from soundstage import client

URL = "http://studio.test"
JOB = "job_06fk3v8q2s5d1n7x9b4c0m8r3t"


class Accounts:
    """A server that knows one session: each refresh gives the next pair and makes the older ones worthless."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.generation = 0
        self.refreshes = 0
        self.is_alive = True
        self._job = job
        self._lock = threading.Lock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            if request.url.path == "/api/auth/login":
                return self._pair()
            if request.url.path == "/api/auth/refresh":
                return self._refresh(request)
            if request.headers.get("authorization") != f"Bearer access-{self.generation}":
                return httpx.Response(401, json={"code": "not_signed_in", "detail": "No."})
            return httpx.Response(200, json=self._job)

    def _refresh(self, request: httpx.Request) -> httpx.Response:
        self.refreshes += 1
        assert "authorization" not in request.headers
        if not self.is_alive or f"refresh-{self.generation}" not in request.content.decode():
            return httpx.Response(401, json={"code": "not_signed_in", "detail": "It has ended."})
        self.generation += 1
        return self._pair()

    def _pair(self) -> httpx.Response:
        return httpx.Response(
            200, json={"access_token": f"access-{self.generation}", "refresh_token": f"refresh-{self.generation}"}
        )


@pytest.fixture
def accounts(job: Any) -> Accounts:
    return Accounts(job())


@pytest.fixture
def tokens() -> client.MemoryTokens:
    """Of a login that was made before."""
    store = client.MemoryTokens()
    store.save(client.Tokens(access_token="access-expired", refresh_token="refresh-0"))
    return store


def test_a_login_is_sent_along_from_then_on(accounts: Accounts) -> None:
    with client.Soundstage(URL, transport=httpx.MockTransport(accounts)) as studio:
        with pytest.raises(client.NotSignedIn):
            studio.jobs.get(JOB)
        studio.login("ann", "correct horse")
        assert studio.jobs.get(JOB).id == JOB


def test_an_expired_token_is_renewed_and_the_call_made_again(accounts: Accounts, tokens: client.MemoryTokens) -> None:
    with client.Soundstage(URL, tokens=tokens, transport=httpx.MockTransport(accounts)) as studio:
        assert studio.jobs.get(JOB).id == JOB
        assert studio.jobs.get(JOB).id == JOB
    assert accounts.refreshes == 1
    assert tokens.load() == client.Tokens(access_token="access-1", refresh_token="refresh-1")


def test_of_many_threads_one_renews(accounts: Accounts, tokens: client.MemoryTokens) -> None:
    with client.Soundstage(URL, tokens=tokens, transport=httpx.MockTransport(accounts)) as studio:
        threads = [threading.Thread(target=studio.jobs.get, args=[JOB]) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert accounts.refreshes == 1


def test_of_many_tasks_one_renews(accounts: Accounts, tokens: client.MemoryTokens) -> None:
    async def fetch_all() -> list[str]:
        async def answered(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(0)
            return accounts(request)

        async with client.AsyncSoundstage(URL, tokens=tokens, transport=httpx.MockTransport(answered)) as studio:
            return [job.id for job in await asyncio.gather(*(studio.jobs.get(JOB) for _ in range(20)))]

    assert asyncio.run(fetch_all()) == [JOB] * 20
    assert accounts.refreshes == 1


def test_a_token_that_another_process_renewed_is_taken_from_the_store(accounts: Accounts) -> None:
    class Shared(client.MemoryTokens):
        """As if the other process came first, while we waited for our turn."""

        @contextmanager
        def alone(self) -> Iterator[None]:
            accounts.generation = 5
            self.save(client.Tokens(access_token="access-5", refresh_token="refresh-5"))
            yield

    shared = Shared()
    shared.save(client.Tokens(access_token="access-4", refresh_token="refresh-4"))
    with client.Soundstage(URL, tokens=shared, transport=httpx.MockTransport(accounts)) as studio:
        assert studio.jobs.get(JOB).id == JOB
    assert accounts.refreshes == 0


def test_a_session_that_has_ended_is_told_once_and_forgotten(accounts: Accounts, tokens: client.MemoryTokens) -> None:
    accounts.is_alive = False
    with client.Soundstage(URL, tokens=tokens, transport=httpx.MockTransport(accounts)) as studio:
        with pytest.raises(client.NotSignedIn):
            studio.jobs.get(JOB)
        assert tokens.load() is None
        with pytest.raises(client.NotSignedIn):
            studio.jobs.get(JOB)
    assert accounts.refreshes == 1


def test_a_client_with_a_key_takes_no_login() -> None:
    with client.Soundstage(URL, api_key="sk_1") as studio, pytest.raises(ValueError, match="asks with a key"):
        studio.login("ann", "correct horse")


def test_a_logout_forgets_the_tokens_and_ends_the_session(
    tokens: client.MemoryTokens, server: Any, answer: Any
) -> None:
    server.replies = [answer(status=204)]
    with client.Soundstage(URL, tokens=tokens, transport=httpx.MockTransport(server)) as studio:
        studio.logout()
    assert tokens.load() is None
    assert server.sent() == ["POST /api/auth/logout"]
    assert b"refresh-0" in server.requests[0].content


def test_an_api_key_is_never_renewed(accounts: Accounts) -> None:
    with (
        client.Soundstage(URL, api_key="sk_wrong", transport=httpx.MockTransport(accounts)) as studio,
        pytest.raises(client.NotSignedIn),
    ):
        studio.jobs.get(JOB)
    assert accounts.refreshes == 0


def test_a_stream_is_opened_again_with_the_renewed_token(
    call: Any, server: Any, broken: Any, lines: Any, problem: Any, answer: Any, tokens: client.MemoryTokens
) -> None:
    renewed = {"access_token": "access-9", "refresh_token": "refresh-9"}
    server.replies = [
        broken(lines(1, "revoked")),
        problem(401, "not_signed_in"),
        answer(renewed),
        broken(lines(2, "ended", final=2)),
    ]
    assert [item.seq for item in call(lambda s: s.jobs.watch(JOB), tokens=tokens)] == [1, 2]
    assert server.headers("authorization") == [
        "Bearer access-expired",
        "Bearer access-expired",
        None,
        "Bearer access-9",
    ]
    assert server.headers("last-event-id") == ["0", "1", None, "1"]
