"""The events of a job over HTTP: as a stream that resumes, and as a list."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from soundstage.bootstrap import Studio
from soundstage.core.errors import StoreUnavailable
from soundstage.core.events import Event, Tick
from soundstage.runtime.live import EventHub

Order = Callable[..., dict[str, Any]]
Act = Callable[..., None]


def parse(text: str) -> list[dict[str, str]]:
    """The blocks of a stream, each as its fields."""
    blocks = [block for block in text.split("\n\n") if block]
    return [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]


def ids(answer: httpx.Response) -> list[int]:
    return [int(block["id"]) for block in parse(answer.text) if "id" in block]


@pytest.fixture
def path(order: Order, complete: Act) -> str:
    """Of the events of a job that has succeeded."""
    job_id = order()["id"]
    complete()
    complete()
    return f"/api/jobs/{job_id}/events"


def test_a_stream_tells_every_fact_in_order_and_says_goodbye(api: httpx.Client, path: str) -> None:
    answer = api.get(path)
    assert answer.headers["content-type"].startswith("text/event-stream")
    first, *facts, last = parse(answer.text)
    assert 1_000 <= int(first["retry"]) <= 5_000
    assert [int(fact["id"]) for fact in facts] == list(range(1, len(facts) + 1))
    assert (facts[0]["event"], facts[-1]["event"]) == ("job.queued", "job.succeeded")
    assert json.loads(facts[2]["data"]).keys() == {"seq", "kind", "at", "stage", "data"}
    assert (last["event"], json.loads(last["data"])) == ("bye", {"reason": "ended"})


def test_a_reader_that_comes_back_gets_only_what_it_missed(api: httpx.Client, path: str) -> None:
    everything = ids(api.get(path))
    for seen in everything:
        assert ids(api.get(path, headers={"Last-Event-ID": str(seen)})) == everything[seen:]
        assert ids(api.get(path, params={"after": seen})) == everything[seen:]


def test_the_browser_s_cursor_counts_more_than_the_one_in_the_address(api: httpx.Client, path: str) -> None:
    assert ids(api.get(path, params={"after": 1}, headers={"Last-Event-ID": "3"}))[0] == 4


def test_without_following_the_facts_come_as_a_list(api: httpx.Client, path: str) -> None:
    events = api.get(path, params={"follow": False, "after": 1, "limit": 2}).json()
    assert [event["seq"] for event in events] == [2, 3]


@pytest.mark.parametrize("cursor", ["-1", str(2**64), "x", "1.5", "999"])
def test_a_cursor_that_cannot_be_is_refused(api: httpx.Client, path: str, cursor: str) -> None:
    assert api.get(path, headers={"Last-Event-ID": cursor}).status_code == 422
    assert api.get(path, params={"after": cursor}).status_code == 422


def test_a_stream_tells_when_the_server_stops(api: httpx.Client, order: Order, hub: EventHub) -> None:
    hub.close()
    *_, last = parse(api.get(f"/api/jobs/{order()['id']}/events").text)
    assert (last["event"], json.loads(last["data"])) == ("bye", {"reason": "shutdown"})


def test_a_stream_ends_in_order_when_the_database_goes_away(api: httpx.Client, order: Order, app: FastAPI) -> None:
    def read(_job_id: str, _after: int, _limit: int) -> list[Any]:
        raise StoreUnavailable

    job_id = order()["id"]
    broken = EventHub(read)
    object.__setattr__(app.state.services, "live", broken)
    *_, last = parse(api.get(f"/api/jobs/{job_id}/events").text)
    assert (last["event"], json.loads(last["data"])) == ("bye", {"reason": "store_unavailable"})
    assert broken.reader_count == 0


def test_a_stream_of_a_removed_job_is_not_found(api: httpx.Client, path: str, studio: Studio) -> None:
    studio.jobs.delete(path.split("/")[3])
    assert api.get(path).status_code == 404


class ScriptedLive:
    """Implements services.LiveEvents with items that a test has written."""

    is_closing = False

    def __init__(self, items: list[Event | Tick | None]) -> None:
        self._items = items
        self.is_left = False

    def close(self) -> None:
        self.is_closing = True

    async def watch(
        self, _job_id: str, _after: int = 0, _idle_seconds: float = 15.0
    ) -> AsyncGenerator[Event | Tick | None, None]:
        try:
            for item in self._items:
                yield item
        finally:
            self.is_left = True


def test_ticks_carry_no_number_and_silence_is_a_comment(api: httpx.Client, order: Order, app: FastAPI) -> None:
    job_id = order()["id"]
    live = ScriptedLive([Tick(job_id, 7, 2, 0.25, "a line\nand another"), None])
    object.__setattr__(app.state.services, "live", live)
    _, tick, comment, _ = api.get(f"/api/jobs/{job_id}/events").text.strip().split("\n\n")
    name, data = tick.splitlines()
    assert name == "event: tick"
    assert json.loads(data.removeprefix("data: ")) == {
        "part": 7,
        "attempt": 2,
        "fraction": 0.25,
        "message": "a line\nand another",
    }
    assert comment.startswith(":")
    assert live.is_left
