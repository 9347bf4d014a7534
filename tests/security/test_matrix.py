"""Every route, called by everybody, for what is theirs, another's, and nobody's (A1, J08, J09, T11, API1, API5).

A route without a row fails. What is another's is answered like what is missing, and a refused call changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI

from soundstage.studio.access import Scope

PASSWORD = "lantern ferry gravel moth"
OTHER_PASSWORD = "copper violin harbour snow"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
LINES = {"content": b'{"pipeline": "letter"}\n', "headers": {"Content-Type": "application/x-ndjson"}}
FORM = {"files": {"file": ("a.txt", b"A few words")}}

Route = tuple[str, str]
World = Any
Person = Any
Thing = Mapping[str, str]
Sending = Mapping[str, Any]


def a_recording(world: World, _person: Person) -> Sending:
    return {"files": {"file": ("song.wav", world.wav)}}


def a_portrait_and_a_recording(world: World, _person: Person) -> Sending:
    return {"files": {"portrait": ("one.png", world.png), "audio": ("song.wav", world.wav)}}


def a_sample(world: World, _person: Person) -> Sending:
    return {"files": {"reference": ("song.wav", world.wav)}, "data": {"text": "Good morning"}}


def an_own_portrait(world: World, person: Person) -> Sending:
    return {"json": {"portrait_asset_id": world.make("asset", person)["asset_id"], "script": "Good morning"}}


def a_webhook(world: World, _person: Person) -> Sending:
    return {"json": {"url": world.receiver.url}}


@dataclass(frozen=True)
class Row:
    """How a route is called rightly, and what is answered. `thing` is what its path, or `query`, names.

    `administrator` is the answer for the thing of another, where it is not that of the owner. None as the answer of the
    owner: the stream has no end, and who may follow it is tried in tests/unit/api/live/test_who_may_follow.py.
    """

    status: int | None = 200
    thing: str | None = None
    send: Sending | Callable[[World, Person], Sending] = field(default_factory=dict)
    path: Thing = field(default_factory=dict)
    query: tuple[str, ...] = ()
    administrator: int | None = None

    def sending(self, world: World, person: Person) -> dict[str, Any]:
        return dict(self.send(world, person) if callable(self.send) else self.send)


def asking(status: int, thing: str | None = None, **body: Any) -> Row:
    return Row(status, thing, {"json": body})


ROWS: dict[Route, Row] = {
    ("POST", "/api/auth/logout-all"): Row(204),
    ("GET", "/api/auth/sessions"): Row(),
    ("DELETE", "/api/auth/sessions/{session_id}"): Row(204, "session", administrator=404),
    ("POST", "/api/auth/tickets"): Row(201),
    ("GET", "/api/auth/me"): Row(),
    ("PUT", "/api/auth/me"): asking(200, display_name="Ann"),
    ("PATCH", "/api/auth/me"): asking(200, display_name="Ann"),
    ("POST", "/api/auth/password"): asking(204, old_password=PASSWORD, new_password=OTHER_PASSWORD),
    ("POST", "/api/auth/leave"): asking(204, password=PASSWORD),
    ("GET", "/api/auth/keys"): Row(),
    ("POST", "/api/auth/keys"): asking(201, name="build server", scopes=["jobs:read"]),
    ("DELETE", "/api/auth/keys/{key_id}"): Row(204, "key", administrator=404),
    ("GET", "/api/admin/users"): Row(),
    ("POST", "/api/admin/users"): asking(201, email="cy@example.com", username="cyrus", password=PASSWORD),
    ("GET", "/api/admin/users/{user_id}"): Row(200, "user"),
    ("PATCH", "/api/admin/users/{user_id}"): asking(200, "user", plan="pro"),
    ("POST", "/api/admin/users/{user_id}/end-sessions"): Row(200, "user"),
    ("DELETE", "/api/admin/users/{user_id}"): Row(204, "user"),
    ("GET", "/api/admin/audit"): Row(),
    ("GET", "/api/admin/workers"): Row(),
    ("GET", "/api/admin/queues"): Row(),
    ("POST", "/api/admin/queues/{queue}/pause"): Row(send={"json": {"reason": "A new card"}}, path={"queue": "cpu"}),
    ("POST", "/api/admin/queues/{queue}/resume"): Row(path={"queue": "cpu"}),
    ("GET", "/api/admin/failures"): Row(),
    ("GET", "/api/admin/storage"): Row(),
    ("GET", "/api/pipelines"): Row(),
    ("GET", "/api/pipelines/{kind}"): Row(path={"kind": "letter"}),
    ("GET", "/api/engines"): Row(),
    ("GET", "/api/voices"): Row(),
    ("GET", "/api/voices/{engine}/{name:path}/sample"): Row(503, path={"engine": "fake_speech", "name": "tone"}),
    ("POST", "/api/files"): Row(201, send={"content": b"A few words"}),
    ("GET", "/api/jobs"): Row(),
    ("GET", "/api/jobs/counts"): Row(),
    ("GET", "/api/jobs/statistics"): Row(),
    ("POST", "/api/jobs/estimate"): asking(200, pipeline="letter"),
    ("POST", "/api/jobs"): asking(202, pipeline="letter"),
    ("POST", "/api/jobs/batch"): Row(200, send=LINES),
    ("POST", "/api/jobs/bulk"): asking(200, action="cancel", filter={"state": ["queued"]}),
    ("GET", "/api/jobs/{job_id}"): Row(200, "job"),
    ("PATCH", "/api/jobs/{job_id}"): asking(200, "job", description="Mine now"),
    ("PUT", "/api/jobs/{job_id}"): asking(200, "job", description="Mine now"),
    ("DELETE", "/api/jobs/{job_id}"): Row(204, "cancelled job"),
    ("GET", "/api/jobs/{job_id}/attempts"): Row(200, "film"),
    ("GET", "/api/jobs/{job_id}/logs"): Row(200, "film"),
    ("POST", "/api/jobs/{job_id}/shares"): asking(201, "finished film", expires_in_days=7),
    ("GET", "/api/jobs/{job_id}/shares"): Row(200, "finished film"),
    ("DELETE", "/api/jobs/{job_id}/shares/{share_id}"): Row(204, "share"),
    ("POST", "/api/jobs/{job_id}/pause"): Row(200, "job"),
    ("POST", "/api/jobs/{job_id}/resume"): Row(200, "paused job"),
    ("POST", "/api/jobs/{job_id}/cancel"): Row(200, "job"),
    ("POST", "/api/jobs/{job_id}/retry"): asking(200, "cancelled job", **{"from": "WRITE"}),
    ("POST", "/api/jobs/{job_id}/stages/{stage}/answer"): asking(200, "film", action="done"),
    ("POST", "/api/jobs/{job_id}/executor-token"): Row(200, "film"),
    ("POST", "/api/jobs/{job_id}/progress"): asking(200, "film", stage="RENDER", percent=50),
    ("POST", "/api/jobs/{job_id}/result"): asking(204, "film", stage="RENDER", action="done"),
    ("GET", "/api/jobs/{job_id}/artifacts"): Row(200, "film"),
    ("GET", "/api/jobs/{job_id}/artifacts/{name}"): Row(200, "film"),
    ("GET", "/api/jobs/{job_id}/artifacts/{name}/link"): Row(200, "film"),
    ("GET", "/api/jobs/{job_id}/events"): Row(200, "cancelled job"),
    ("GET", "/api/events"): Row(None),
    ("POST", "/api/webhooks"): Row(201, send=a_webhook),
    ("GET", "/api/webhooks"): Row(),
    ("GET", "/api/webhooks/dead-letters"): Row(),
    ("GET", "/api/webhooks/{webhook_id}"): Row(200, "webhook"),
    ("PATCH", "/api/webhooks/{webhook_id}"): asking(200, "webhook", description="Mine now"),
    ("DELETE", "/api/webhooks/{webhook_id}"): Row(204, "webhook"),
    ("POST", "/api/webhooks/{webhook_id}/rotate-secret"): Row(200, "webhook"),
    ("POST", "/api/webhooks/{webhook_id}/test"): Row(200, "webhook"),
    ("GET", "/api/webhooks/{webhook_id}/deliveries"): Row(200, "webhook"),
    ("GET", "/api/webhooks/{webhook_id}/deliveries/{delivery_id}"): Row(200, "delivery"),
    ("POST", "/api/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver"): Row(202, "delivery"),
    ("POST", "/api/assets/tus"): Row(201, send={"headers": {**TUS, "Upload-Length": "5"}}),
    ("HEAD", "/api/assets/tus/{asset_id}"): Row(200, "resumable upload", {"headers": TUS}),
    ("PATCH", "/api/assets/tus/{asset_id}"): Row(204, "resumable upload", {"headers": PIECE, "content": b"\x89PNG"}),
    ("DELETE", "/api/assets/tus/{asset_id}"): Row(204, "resumable upload", {"headers": TUS}),
    ("POST", "/api/assets/uploads"): asking(201, name="one.png", size_bytes=5),
    ("POST", "/api/assets/{asset_id}/confirm"): Row(200, "planned upload"),
    ("POST", "/api/assets"): Row(201, send=FORM),
    ("GET", "/api/assets"): Row(),
    ("GET", "/api/assets/usage"): Row(),
    ("GET", "/api/assets/{asset_id}"): Row(200, "asset"),
    ("PATCH", "/api/assets/{asset_id}"): asking(200, "asset", name="mine.png"),
    ("DELETE", "/api/assets/{asset_id}"): Row(204, "asset"),
    ("GET", "/api/assets/{asset_id}/jobs"): Row(200, "asset"),
    ("POST", "/api/assets/{asset_id}/link"): asking(200, "asset"),
    ("GET", "/api/assets/{asset_id}/thumbnail"): Row(409, "asset"),
    ("GET", "/api/assets/{asset_id}/peaks"): Row(409, "asset"),
    ("GET", "/v1/models"): Row(),
    ("GET", "/v1/models/{model}"): Row(path={"model": "tts-1"}),
    ("GET", "/v1/audio/voices"): Row(),
    ("POST", "/v1/audio/speech"): asking(504, model="tts-1", input="Good morning", voice="alloy"),
    ("POST", "/api/v1/projects"): Row(202, send=a_portrait_and_a_recording),
    ("GET", "/api/v1/projects"): Row(),
    ("GET", "/api/v1/projects/{job_id}"): Row(200, "job"),
    ("POST", "/api/v1/audio/kokoro/generate"): asking(202, text="Good morning"),
    ("GET", "/api/v1/audio/kokoro"): Row(),
    ("POST", "/api/v1/audio/chatterbox/tts/generate"): Row(202, send=a_sample),
    ("GET", "/api/v1/audio/chatterbox/projects"): Row(),
    ("POST", "/api/generate/text-to-speech"): asking(202, text="Good morning"),
    ("POST", "/api/generate/video"): Row(202, send=an_own_portrait),
    ("GET", "/api/generate/tts/status"): Row(),
    ("GET", "/api/generate/video/status"): Row(),
    ("POST", "/upload"): Row(202, send=a_recording),
    ("GET", "/status/{job_id}"): Row(200, "stems"),
    ("POST", "/api/video/generate"): asking(202, prompt="A lighthouse"),
    ("GET", "/api/video/status"): Row(200, "story video", query=("videoId",)),
    ("GET", "/api/video/list"): Row(),
    ("GET", "/api/video/get"): Row(200, "story video", query=("videoId",)),
}


def routes_of(routes: Iterable[Any]) -> Iterator[tuple[Route, frozenset[str]]]:
    """Each method and path, with the scopes that it needs."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes_of(inner.routes)
            continue
        for method in getattr(route, "methods", None) or []:
            yield (method, route.path), frozenset(_scopes(getattr(route, "dependant", None)))


def _scopes(dependant: Any) -> Iterator[str]:
    if dependant is not None:
        yield from dependant.own_oauth_scopes or []
        for inner in dependant.dependencies:
            yield from _scopes(inner)


def row_of(route: Route) -> Row | None:
    """The facades know some paths with a slash at the end, and without."""
    method, path = route
    return ROWS.get((method, path.rstrip("/")))


@pytest.fixture(scope="module")
def scopes(app: FastAPI) -> Mapping[Route, frozenset[str]]:
    return {route: scopes for route, scopes in routes_of(app.routes) if scopes}


def test_every_route_that_needs_a_scope_has_a_row_and_every_row_has_a_route(
    scopes: Mapping[Route, frozenset[str]],
) -> None:
    assert [route for route in scopes if row_of(route) is None] == []
    assert set(ROWS) == {(method, path.rstrip("/")) for method, path in scopes}


@dataclass(frozen=True)
class Call:
    """One route, called in one way by many."""

    world: World
    method: str
    template: str
    row: Row
    sending: dict[str, Any]

    def by(self, headers: Mapping[str, str], thing: Thing) -> Any:
        values = {**self.row.path, **thing}
        path = re.sub(r"\{(\w+)(?::path)?\}", lambda found: values[found[1]], self.template)
        options = {**self.sending, "headers": {**self.sending.get("headers", {}), **headers}}
        params = {name: thing[name] for name in self.row.query}
        return self.world.client.request(self.method, path, params=params, **options)


def missing(thing: Thing) -> Thing:
    """Of the same shape; there is none."""
    return {name: re.sub(r"_[0-9a-z]{26}$", "_" + "0" * 26, value) for name, value in thing.items()}


def told(answer: Any, thing: Thing) -> tuple[int, str]:
    """What was answered, apart from the ids and what every answer has anew."""
    text = re.sub(r'"request_id":"[^"]*"', "", answer.text)
    for name, value in thing.items():
        text = text.replace(value, name)
    return answer.status_code, text


@pytest.fixture(params=ROWS, ids=" ".join)
def route(request: pytest.FixtureRequest) -> Route:
    found: Route = request.param
    return found


def test_a_route_gives_each_caller_what_is_theirs(
    world: World, scopes: Mapping[Route, frozenset[str]], route: Route
) -> None:
    for method, path in [found for found in scopes if (found[0], found[1].rstrip("/")) == route]:
        row, needed, cast = ROWS[route], scopes[method, path], world.cast()
        owner = cast.administrator if Scope.ADMIN in needed else cast.owner
        thing = world.make(row.thing, owner) if row.thing else {}
        call = Call(world, method, path, row, row.sending(world, owner))
        in_charge = world.executor_of(thing["job_id"], owner) if Scope.JOBS_PROGRESS in needed else owner.headers
        check_intruders(call, cast, needed, thing)
        if row.thing:
            check_missing(call, in_charge, thing)
        if row.thing and Scope.ADMIN not in needed:
            check_others(call, cast, needed, thing)
        if row.status is not None:
            assert call.by(in_charge, thing).status_code == row.status


def check_intruders(call: Call, cast: Any, needed: frozenset[str], thing: Thing) -> None:
    intruders = cast.intruders(needed, thing)
    before = call.world.rows()
    answers = {name: call.by(headers, thing).status_code for name, (headers, _) in intruders.items()}
    assert answers == {name: status for name, (_, status) in intruders.items()}
    assert call.world.rows() == before


def check_missing(call: Call, in_charge: Mapping[str, str], thing: Thing) -> None:
    before = call.world.rows()
    assert call.by(in_charge, missing(thing)).status_code == 404
    assert call.world.rows() == before


def check_others(call: Call, cast: Any, needed: frozenset[str], thing: Thing) -> None:
    """Another user finds nothing; an administrator finds it."""
    other = cast.other.headers
    if Scope.JOBS_PROGRESS in needed:
        other = call.world.executor_of(call.world.make("film", cast.other)["job_id"], cast.other)
    before = call.world.rows()
    assert told(call.by(other, thing), thing) == told(call.by(other, missing(thing)), missing(thing))
    assert call.by(other, thing).status_code == 404
    assert call.world.rows() == before
    if Scope.JOBS_PROGRESS not in needed:
        another = call.world.make(call.row.thing, cast.owner)
        expected = call.row.administrator or call.row.status
        assert call.by(cast.administrator.headers, another).status_code == expected
