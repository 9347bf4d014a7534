"""Subscriptions over Socket.IO: who may, what comes, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from websockets.exceptions import ConnectionClosed, InvalidStatus

from soundstage.api.live import packets
from soundstage.api.live import socketio as live_socketio
from soundstage.api.live.packets import Engine
from soundstage.api.live.socketio import MOST_MESSAGE_BYTES, MOST_SUBSCRIPTIONS
from soundstage.bootstrap.studio import Studio
from soundstage.core.events import Tick
from soundstage.runtime.live import EventHub

Act = Callable[..., None]
Served = Any
SignIn = Callable[..., dict[str, str]]
WEBSOCKET_PATH = "/socket.io/?EIO=4&transport=websocket"
MISSING = f"job_{'0' * 26}"


def test_every_fact_comes_in_order_and_then_the_end(served: Served, job: str, complete: Act) -> None:
    complete()
    complete()
    client = served.sockets()
    assert client.call("subscribe", {"job_id": job}) == {"ok": True}
    *facts, bye = client.events_until("bye")
    assert [fact["seq"] for _, fact in facts] == list(range(1, len(facts) + 1))
    assert facts[0][1].keys() == {"cursor", "job", "seq", "kind", "at", "stage", "data"}
    assert bye == ["bye", {"job": job, "reason": "ended"}]
    assert client.call("subscribe", {"job_id": job, "after": 3}) == {"ok": True}
    assert client.events_until("bye") == [*facts[3:], bye]


def test_ticks_come_between(served: Served, job: str, hub: EventHub) -> None:
    client = served.sockets()
    client.call("subscribe", {"job_id": job, "after": 1})
    hub.tick(Tick(job, 7, 1, 0.5, "half", "WRITE", 2))
    assert client.next_event() == [
        "tick",
        {"job": job, "stage": "WRITE", "item": 2, "part": 7, "attempt": 1, "fraction": 0.5, "message": "half"},
    ]


def test_all_jobs_of_the_caller(served: Served, order: Callable[..., dict[str, Any]], studio: Studio) -> None:
    client = served.sockets()
    assert client.call("subscribe_all") == {"ok": True}
    name, ready = client.next_event()
    assert (name, ready["job"], ready["reason"]) == ("ready", None, None)
    job_id = order()["id"]
    name, fact = client.next_event()
    assert (name, fact["job"], fact["seq"]) == ("fact", job_id, 1)
    assert client.call("unsubscribe_all") == {"ok": True}
    studio.jobs.cancel(job_id)
    assert client.events_until("bye")[-1][1]["reason"] == "unsubscribed"
    assert client.call("subscribe_all", {"after": fact["cursor"]}) == {"ok": True}
    assert [client.next_event()[0], client.next_event()[1]["kind"]] == ["ready", "job.cancelled"]


def test_long_polling_works_too(served: Served, job: str) -> None:
    with httpx.Client(base_url=f"http://{served.address}", headers=served.bearer) as polling:
        opened = polling.get("/socket.io/?EIO=4&transport=polling")
        assert opened.status_code == 200
        assert opened.headers["x-content-type-options"] == "nosniff"
        path = f"/socket.io/?EIO=4&transport=polling&sid={json.loads(opened.text[1:])['sid']}"
        assert polling.post(path, content="40").text == "OK"
        assert polling.get(path).text.startswith("40{")
        polling.post(path, content=f'421["subscribe",{{"job_id":"{job}"}}]')
        got = ""
        while '"seq":1' not in got:
            got += polling.get(path).text
        assert '431[{"ok":true}]' in got


@pytest.mark.parametrize("auth", [{"token": "made-up"}, {"ticket": "made-up"}, None, [], "x", {"token": 7}])
def test_who_is_not_signed_in_is_not_connected(served: Served, auth: object) -> None:
    answer = served.sockets(headers={}, auth=auth).answer
    assert answer.startswith("44")
    assert json.loads(answer[2:])["data"]["code"] == "not_signed_in"


def test_a_token_or_a_ticket_in_auth_is_a_way_in(served: Served, api: httpx.Client) -> None:
    token = served.bearer["Authorization"].removeprefix("Bearer ")
    assert served.sockets(headers={}, auth={"token": token}).answer.startswith("40")
    ticket = {"ticket": api.post("/api/auth/tickets").json()["ticket"]}
    assert served.sockets(headers={}, auth=ticket).answer.startswith("40")
    assert served.sockets(headers={}, auth=ticket).answer.startswith("44")


def test_another_namespace_is_not_there(served: Served) -> None:
    client = served.sockets()
    client.connection.send("40/admin,")
    assert client.receive().startswith("44/admin,")


def test_r01_the_job_of_another_is_not_there(served: Served, job: str, sign_in: SignIn) -> None:
    ben = served.sockets(sign_in("ben"))
    foreign, missing = (ben.call("subscribe", {"job_id": each}) for each in (job, MISSING))
    assert (foreign["ok"], foreign["code"]) == (False, "job_not_found")
    assert foreign["detail"].replace(job, MISSING) == missing["detail"]
    assert ben.call("subscribe_video_updates", {"videoId": job})["code"] == "job_not_found"


@pytest.mark.parametrize(
    "given",
    [
        {"job_id": "admin"},
        {"job_id": "user:2"},
        {"job_id": "*"},
        {"job_id": "None"},
        {"job_id": None},
        {"job_id": ["job"]},
        {"job_id": {"$ne": 1}},
        {},
        [],
        "x",
        None,
        {"room": "x"},
    ],
    ids=lambda given: f"R02 {given}",
)
def test_a_room_is_no_job(served: Served, given: object) -> None:
    client = served.sockets()
    assert client.call("subscribe", given)["ok"] is False
    assert client.call("subscribe", given, given)["ok"] is False


def test_r02_many_random_rooms_are_refused_one_by_one(served: Served, hub: EventHub) -> None:
    client = served.sockets()
    for number in range(300):
        assert client.call("subscribe", {"job_id": f"job_{number:026d}"})["code"] == "job_not_found"
    assert hub.reader_count == 0


def test_a_socket_holds_so_many_subscriptions_and_no_more(
    served: Served, studio: Studio, order: Callable[..., dict[str, Any]], hub: EventHub
) -> None:
    client = served.sockets()
    jobs = [order()["id"] for _ in range(MOST_SUBSCRIPTIONS + 1)]
    for job_id in jobs[:-1]:
        assert client.call("subscribe", {"job_id": job_id, "after": 1}) == {"ok": True}
    assert client.call("subscribe", {"job_id": jobs[-1]})["code"] == "limit_reached"
    assert client.call("subscribe", {"job_id": jobs[0]})["code"] == "bad_input"
    assert client.call("unsubscribe", {"job_id": jobs[0]}) == {"ok": True}
    assert client.call("subscribe", {"job_id": jobs[-1]}) == {"ok": True}
    assert hub.reader_count <= MOST_SUBSCRIPTIONS


@pytest.mark.parametrize("name", ["fact", "tick", "bye", "video_completed", "connect", "disconnect", "message"])
def test_r03_names_that_the_server_says_mean_nothing_from_a_client(served: Served, job: str, name: str) -> None:
    client, other = served.sockets(), served.sockets()
    for each in (client, other):
        each.call("subscribe", {"job_id": job, "after": 1})
    client.connection.send("42" + json.dumps([name, {"job": job, "seq": 2}]))
    client.connection.send("421" + json.dumps([name, {}, {"token": "x"}]))
    assert client.call("unsubscribe", {"job_id": job}) == {"ok": True}
    assert other.call("unsubscribe", {"job_id": job}) == {"ok": True}
    assert [event[0] for event in other.events] in ([], ["bye"])


@pytest.mark.parametrize("after", [-1, 2**64, 2**63, "x", "1", 1.5, True, [], {}], ids=lambda after: f"R05 {after!r}")
def test_a_cursor_that_cannot_be_is_refused(served: Served, job: str, after: object) -> None:
    assert served.sockets().call("subscribe", {"job_id": job, "after": after})["code"] == "bad_input"


def test_r05_a_cursor_from_the_future_asks_to_load_the_job_anew(served: Served, job: str) -> None:
    client = served.sockets()
    client.call("subscribe", {"job_id": job, "after": 999})
    assert client.next_event() == ["snapshot_required", {"job": job, "reason": "future", "cursor": "1"}]


@pytest.mark.parametrize(
    "packets",
    [
        ['4599999999-["subscribe",{"_placeholder":true,"num":0}]', b"x", b"y"],
        ['451-["subscribe",{"_placeholder":true,"num":0}]'],
        [b"\x04\x00"],
        ["42"],
        ["42{}"],
        ['42["subscribe"'],
        ["42[[]]"],
        ["429" + "9" * 200 + '["x"]'],
        ["47"],
        ["43[]"],
    ],
    ids=lambda packets: f"R06 {packets[0]!r:.40}",
)
def test_what_is_no_text_packet_is_refused(served: Served, job: str, packets: list[str | bytes]) -> None:
    client, other = served.sockets(), served.sockets()
    for packet in packets:
        client.connection.send(packet)
    assert other.call("subscribe", {"job_id": job}) == {"ok": True}
    assert client.call("subscribe", {"job_id": job}) == {"ok": True}
    assert client.next_event()[1]["seq"] == 1


def test_r06_a_flood_of_attachments_keeps_nothing(served: Served) -> None:
    client = served.sockets()
    client.connection.send('4520-["subscribe",{"_placeholder":true,"num":0}]')
    for _ in range(200):
        client.connection.send(b"\x00" * 10_000)
    assert client.call("unsubscribe_all") == {"ok": True}


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://evil.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.test"}],
    ids=["C02 foreign origin", "C06 null", "C02 cross-site", "C05 host"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_page_of_another_site_opens_nothing(served: Served, headers: dict[str, str], method: str) -> None:
    url = f"http://{served.address}/socket.io/?EIO=4&transport=polling"
    answer = httpx.request(method, url, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_caller")
    assert "access-control-allow-origin" not in answer.headers
    if method == "GET" and "Host" not in headers:
        with pytest.raises(InvalidStatus):
            served.socket(WEBSOCKET_PATH, served.bearer | headers)


def test_a_script_of_another_site_reads_nothing(served: Served) -> None:
    assert httpx.get(f"http://{served.address}/socket.io/?EIO=4&transport=polling&j=0").status_code == 422


def test_a_message_above_the_limit_is_refused(served: Served) -> None:
    url = f"http://{served.address}/socket.io/?EIO=4&transport=polling"
    assert httpx.post(url, content=b"x" * (MOST_MESSAGE_BYTES + 1)).status_code == 413


def test_a_session_that_ends_is_told_and_cut_off(served: Served, api: httpx.Client, job: str) -> None:
    client = served.sockets()
    client.call("subscribe", {"job_id": job, "after": 1})
    api.post("/api/auth/logout")
    assert client.next_event() == ["bye", {"job": job, "reason": "revoked"}]
    assert client.receive() == "41"


def test_a_session_that_ended_subscribes_no_more(served: Served, api: httpx.Client, job: str) -> None:
    client = served.sockets()
    api.post("/api/auth/logout")
    assert client.call("subscribe", {"job_id": job})["code"] == "not_signed_in"


def test_a_client_that_leaves_leaves_nothing_behind(served: Served, job: str, hub: EventHub) -> None:
    client = served.sockets()
    client.call("subscribe", {"job_id": job, "after": 1})
    assert hub.reader_count == 1
    client.connection.close()
    other = served.sockets()
    for _ in range(500):
        other.call("unsubscribe_all")
        if hub.reader_count == 0:
            break
    assert hub.reader_count == 0


def closes(connection: Any) -> bool:
    try:
        while True:
            connection.recv(timeout=5)
    except ConnectionClosed:
        return True


@pytest.mark.parametrize("said", [[], ["40/admin,"], ['40{"token":"made-up"}']], ids=str)
def test_a_connection_on_which_nobody_signs_in_is_closed(
    served: Served, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setattr(live_socketio, "SIGN_IN_SECONDS", 0.2)
    connection = served.socket(WEBSOCKET_PATH)
    for message in said:
        connection.send(message)
    assert closes(connection)


def test_a_connection_whose_client_has_signed_out_is_closed(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    client = served.sockets()
    monkeypatch.setattr(live_socketio, "SIGN_IN_SECONDS", 0.05)
    client.connection.send("41")
    assert closes(client.connection)


def test_a_connection_on_which_somebody_signed_in_stays(
    served: Served, monkeypatch: pytest.MonkeyPatch, job: str
) -> None:
    closing: list[str] = []
    monkeypatch.setattr(Engine, "cut", lambda engine, engine_id: closing.append(engine_id))
    monkeypatch.setattr(live_socketio, "SIGN_IN_SECONDS", 0.0)
    silent = served.socket(WEBSOCKET_PATH)
    engine_id = json.loads(silent.recv(timeout=10)[1:])["sid"]
    monkeypatch.setattr(live_socketio, "SIGN_IN_SECONDS", 10.0)
    client = served.sockets()
    assert client.call("subscribe", {"job_id": job}) == {"ok": True}
    assert closing == [engine_id]


def test_polling_without_signing_in_ends(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_socketio, "SIGN_IN_SECONDS", 0.05)
    with httpx.Client(base_url=f"http://{served.address}") as polling:
        path, _ = poll_opened(polling)
        assert polling.get(path).text == "1"
        assert polling.get(path).status_code == 400


def test_a_client_that_never_goes_over_to_its_websocket_loses_it(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packets, "UPGRADE_SECONDS", 0.05)
    with httpx.Client(base_url=f"http://{served.address}") as polling:
        _, engine_id = poll_opened(polling)
        connection = served.socket(f"{WEBSOCKET_PATH}&sid={engine_id}")
        connection.send("2probe")
        assert connection.recv(timeout=10) == "3probe"
        assert closes(connection)


def test_a_client_that_polled_goes_over_to_a_websocket_and_misses_nothing(
    served: Served, job: str, complete: Act
) -> None:
    with httpx.Client(base_url=f"http://{served.address}", headers=served.bearer) as polling:
        path, engine_id = poll_opened(polling)
        polling.post(path, content="40")
        assert polling.get(path).text.startswith("40{")
        polling.post(path, content=f'421["subscribe",{{"job_id":"{job}"}}]')
        got = ""
        while '"seq":1' not in got:
            got += "\x1e" + polling.get(path).text
        connection = served.socket(f"{WEBSOCKET_PATH}&sid={engine_id}")
        with ThreadPoolExecutor(1) as pool:
            polled = pool.submit(polling.get, path)
            complete()
            got += "\x1e" + polled.result().text
        connection.send("2probe")
        assert connection.recv(timeout=10) == "3probe"
        got += "\x1e" + polling.get(path).text
        connection.send("5")
        complete()
        while '"reason": "ended"' not in got:
            got += "\x1e" + str(connection.recv(timeout=10))
    facts = [json.loads(text[2:])[1]["seq"] for text in got.split("\x1e") if text.startswith('42["fact"')]
    assert facts == list(range(1, 8))


def test_subscriptions_are_counted_as_open_streams(
    served: Served, order: Callable[..., dict[str, Any]], app: FastAPI
) -> None:
    def count() -> float | None:
        registry = app.state.services.operating.metrics.registry
        return cast("float | None", registry.get_sample_value("soundstage_open_streams", {"transport": "socketio"}))

    client, jobs = served.sockets(), [order()["id"] for _ in range(2)]
    assert count() is None
    for job_id in jobs:
        client.call("subscribe", {"job_id": job_id, "after": 1})
    assert count() == 2
    client.call("unsubscribe", {"job_id": jobs[0]})
    client.events_until("bye")
    assert client.call("unsubscribe_all") == {"ok": True}
    assert count() == 1
    client.connection.close()
    other = served.sockets()
    for _ in range(500):
        if count() == 0:
            break
        other.call("unsubscribe_all")
    assert count() == 0


def poll_opened(polling: httpx.Client) -> tuple[str, str]:
    """The path of a session of long polling, and its id."""
    opened = json.loads(polling.get("/socket.io/?EIO=4&transport=polling").text[1:])
    return f"/socket.io/?EIO=4&transport=polling&sid={opened['sid']}", opened["sid"]


def test_the_story_document_s_events_come_for_its_video(
    served: Served, studio: Studio, order: Callable[..., dict[str, Any]], complete: Act
) -> None:
    video = order()["id"]
    client = served.sockets()
    assert client.call("subscribe_video_updates", {"videoId": video}) == {"ok": True}
    complete()
    complete()
    assert client.events_until("video_completed") == [
        ["video_generation_started", {"videoId": video, "seq": 2}],
        ["video_completed", {"videoId": video, "seq": 7}],
    ]
    assert client.call("unsubscribe_video_updates", {"videoId": video}) == {"ok": True}
