"""The events of jobs over HTTP: as a stream that resumes, and as a list."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from soundstage.api.live.streams import Streams
from soundstage.bootstrap.studio import Studio
from soundstage.core.errors import SoundstageError, StoreUnavailable
from soundstage.core.events import Event, EventKind, Start, Tick, Told
from soundstage.runtime.live import EventHub
from soundstage.store.follow import FollowStore, Head

Order = Callable[..., dict[str, Any]]
Act = Callable[..., None]
Change = Callable[..., None]


@pytest.fixture
def change(app: FastAPI) -> Change:
    """Replaces services of the running application."""

    def replaced(**services: Any) -> None:
        app.state.services = replace(app.state.services, **services)

    return replaced


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
    assert 1_000 <= int(first["retry"]) <= 10_000
    assert [int(fact["id"]) for fact in facts] == list(range(1, len(facts) + 1))
    assert (facts[0]["event"], facts[-1]["event"]) == ("job.queued", "job.succeeded")
    assert json.loads(facts[2]["data"]).keys() == {"job", "seq", "kind", "at", "stage", "data"}
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


@pytest.mark.parametrize("cursor", ["-1", str(2**64), str(2**63), "x", "1.5", "1e2"])
def test_a_cursor_that_cannot_be_is_refused(api: httpx.Client, path: str, cursor: str) -> None:
    assert api.get(path, headers={"Last-Event-ID": cursor}).status_code == 422
    assert api.get(path, params={"after": cursor}).status_code == 422


def test_a_stream_tells_when_the_server_stops(api: httpx.Client, order: Order, hub: EventHub) -> None:
    hub.close()
    *_, last = parse(api.get(f"/api/jobs/{order()['id']}/events").text)
    assert (last["event"], json.loads(last["data"])) == ("bye", {"reason": "shutdown"})


def test_a_cursor_from_the_future_asks_to_load_the_job_anew(api: httpx.Client, path: str) -> None:
    _, reset, bye = parse(api.get(path, params={"after": 999}).text)
    assert (reset["event"], reset["id"]) == ("snapshot_required", "7")
    assert json.loads(reset["data"]) == {"reason": "future", "cursor": "7"}
    assert json.loads(bye["data"]) == {"reason": "ended"}


def test_a_database_that_is_away_refuses_the_stream(
    api: httpx.Client, order: Order, change: Change, studio: Studio
) -> None:
    class Away(FollowStore):
        def tail(self, _job_id: str, _most: int) -> tuple[Head, list[Event]]:
            raise StoreUnavailable

    job_id = order()["id"]
    broken = EventHub(Away(studio.parts.store.database))
    change(live=broken)
    answer = api.get(f"/api/jobs/{job_id}/events")
    assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
    assert broken.reader_count == 0


def test_a_stream_of_a_removed_job_is_not_found(api: httpx.Client, path: str, studio: Studio) -> None:
    studio.jobs.delete(path.split("/")[3])
    assert api.get(path).status_code == 404


class ScriptedReader:
    """Implements services.LiveReader with news that a test has written."""

    def __init__(self, news: Sequence[Sequence[Told | Tick | Start] | SoundstageError]) -> None:
        self._news = list(news)
        self.reason: str | None = None
        self.is_closed = False

    async def news(self) -> Sequence[Told | Tick | Start] | None:
        if not self._news:
            self.reason = self.reason or "ended"
            return None
        news = self._news.pop(0)
        if isinstance(news, SoundstageError):
            raise news
        return news

    def end(self, reason: str) -> None:
        self.reason = reason

    def close(self) -> None:
        self.is_closed = True


class ScriptedLive:
    """Gives one reader, to all who follow."""

    def __init__(self, reader: ScriptedReader) -> None:
        self._reader = reader

    async def follow(self, *_: Any) -> ScriptedReader:
        return self._reader


def test_ticks_carry_no_number_and_silence_is_a_comment(api: httpx.Client, order: Order, change: Change) -> None:
    job_id = order()["id"]
    reader = ScriptedReader([[Tick(job_id, 7, 2, 0.25, "a line\nand another", "WRITE")], []])
    change(live=ScriptedLive(reader))
    _, tick, comment, _ = api.get(f"/api/jobs/{job_id}/events").text.strip().split("\n\n")
    name, data = tick.splitlines()
    assert name == "event: tick"
    assert json.loads(data.removeprefix("data: ")) == {
        "job": job_id,
        "stage": "WRITE",
        "item": None,
        "part": 7,
        "attempt": 2,
        "fraction": 0.25,
        "message": "a line\nand another",
    }
    assert comment.startswith(":")
    assert reader.is_closed


def test_a_stream_says_goodbye_when_the_database_goes_away(api: httpx.Client, order: Order, change: Change) -> None:
    job_id = order()["id"]
    reader = ScriptedReader([[Tick(job_id, 7, 2, 0.25)], StoreUnavailable()])
    change(live=ScriptedLive(reader))
    *_, last = parse(api.get(f"/api/jobs/{job_id}/events").text)
    assert json.loads(last["data"]) == {"reason": "store_unavailable"}
    assert reader.is_closed


def test_many_facts_go_out_in_pieces(api: httpx.Client, order: Order, change: Change) -> None:
    job_id = order()["id"]
    facts = [Event(job_id, seq, EventKind.CHECKPOINT_SAVED, 0.0, "S", {"x": "y" * 1000}) for seq in range(1, 200)]
    change(live=ScriptedLive(ScriptedReader([[Told(fact, str(fact.seq)) for fact in facts]])))
    assert ids(api.get(f"/api/jobs/{job_id}/events")) == list(range(1, 200))


def test_the_job_of_another_is_as_one_that_is_not_there(
    visitor: httpx.Client, order: Order, sign_in: Callable[..., dict[str, str]]
) -> None:
    job_id = order()["id"]
    missing = f"job_{'0' * 26}"
    answers = [
        visitor.get(f"/api/jobs/{job}/events", headers=sign_in(name))
        for job, name in ((job_id, "ben"), (missing, "cleo"))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    foreign, absent = ({**answer.json(), "request_id": ""} for answer in answers)
    assert foreign["detail"].replace(job_id, missing) == absent["detail"]
    assert {**foreign, "detail": ""} == {**absent, "detail": ""}


def test_a_stranger_opens_no_stream(visitor: httpx.Client) -> None:
    for path in ("/api/events", f"/api/jobs/job_{'0' * 26}/events"):
        answer = visitor.get(path, headers={"Authorization": ""})
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
        assert visitor.get(path, params={"ticket": "made-up"}).status_code == 401


def test_a_ticket_opens_one_stream_once(api: httpx.Client, path: str) -> None:
    ticket = api.post("/api/auth/tickets").json()["ticket"]
    with httpx.Client(transport=api._transport, base_url=api.base_url) as browser:
        assert ids(browser.get(path, params={"ticket": ticket, "after": 3}))[0] == 4
        assert browser.get(path, params={"ticket": ticket, "after": 3}).status_code == 401


def test_all_jobs_begin_with_where_they_are(api: httpx.Client, path: str, hub: EventHub, change: Change) -> None:
    change(live=UntilQuiet(hub))
    _, ready, bye = parse(api.get("/api/events").text)
    assert ready["event"] == "ready"
    assert json.loads(ready["data"]) == {"reason": None, "cursor": ready["id"]}
    assert bye["event"] == "bye"


def test_all_jobs_go_on_after_a_cursor(api: httpx.Client, order: Order, hub: EventHub, change: Change) -> None:
    live = hub
    change(live=UntilQuiet(live))
    cursor = parse(api.get("/api/events").text)[1]["id"]
    jobs = [order()["id"], order()["id"]]
    for headers, params in (({}, {"after": cursor}), ({"Last-Event-ID": cursor}, {"after": "0"})):
        _, ready, *facts, _ = parse(api.get("/api/events", headers=headers, params=params).text)
        assert ready["event"] == "ready"
        assert sorted(json.loads(fact["data"])["job"] for fact in facts) == sorted(jobs)


class UntilQuiet:
    """A hub whose streams end at the first silence."""

    def __init__(self, hub: EventHub) -> None:
        self._hub = hub

    async def follow_all(self, owner: str, cursor: str | None, _idle_seconds: float) -> Any:
        reader = await self._hub.follow_all(owner, cursor, idle_seconds=0.05)
        news = reader.news

        async def until_quiet() -> Any:
            return await news() or None

        reader.news = until_quiet  # type: ignore[method-assign]
        return reader


def test_of_all_jobs_those_of_others_are_not_told(
    api: httpx.Client,
    visitor: httpx.Client,
    order: Order,
    hub: EventHub,
    change: Change,
    sign_in: Callable[..., dict[str, str]],
) -> None:
    change(live=UntilQuiet(hub))
    ben = sign_in("ben")
    cursor = parse(visitor.get("/api/events", headers=ben).text)[1]["id"]
    job_id = order()["id"]
    answer = visitor.get("/api/events", headers=ben, params={"after": cursor})
    assert job_id not in answer.text
    assert len(parse(answer.text)) == 3


@pytest.mark.parametrize("cursor", ["x", "-1", "1~a.1", "1~" + "a" * 10 + ".", "0" * 9000])
def test_a_cursor_over_all_jobs_that_cannot_be_is_refused(api: httpx.Client, cursor: str) -> None:
    assert api.get("/api/events", params={"after": cursor}).status_code == 422
    assert api.get("/api/events", headers={"Last-Event-ID": cursor}).status_code == 422


def test_a_full_server_asks_to_come_again(api: httpx.Client, path: str, change: Change) -> None:
    change(streams=Streams(most=0))
    answer = api.get(path)
    assert (answer.status_code, answer.json()["code"]) == (503, "too_busy")
    assert 1 <= int(answer.headers["retry-after"]) <= 10


def test_what_was_opened_is_closed_again(api: httpx.Client, path: str, change: Change, hub: EventHub) -> None:
    change(streams=Streams(most=1, at_once=1))
    for _ in range(3):
        assert api.get(path).status_code == 200
        assert api.get(f"/api/jobs/job_{'0' * 26}/events").status_code == 404
    assert hub.reader_count == 0
