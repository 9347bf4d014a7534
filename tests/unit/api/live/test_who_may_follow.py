"""The same callers over every transport: who may follow a job, and that another's is like one that is missing (A1)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest
from pydantic import BaseModel
from websockets.exceptions import InvalidStatus

from soundstage import Done, Outcome, Pipeline, Stage, StageContext
from soundstage.bootstrap.studio import Studio
from soundstage.studio.access import KEY_SCOPES, Scope
from soundstage.studio.accounts.sessions import SignedIn
from soundstage.studio.accounts.visits import Visit

Served = Any
Headers = Mapping[str, str]
SignIn = Callable[..., dict[str, str]]
Follow = Callable[[Served, Headers, str], int]
MISSING = f"job_{'0' * 26}"
STATUS_OF = {"not_signed_in": 401, "not_allowed": 403, "job_not_found": 404}


def by_sse(served: Served, headers: Headers, job_id: str) -> int:
    url = f"http://{served.address}/api/jobs/{job_id}/events"
    with httpx.stream("GET", url, headers=dict(headers), timeout=10) as answer:
        return answer.status_code


def by_websocket(served: Served, headers: Headers, job_id: str, path: str = "/ws/jobs/") -> int:
    try:
        served.socket(f"{path}{job_id}", dict(headers)).close()
    except InvalidStatus as refused:
        return refused.response.status_code
    return 200


def by_the_mixers_websocket(served: Served, headers: Headers, job_id: str) -> int:
    return by_websocket(served, headers, job_id, "/ws/")


def by_socketio(served: Served, headers: Headers, job_id: str) -> int:
    client = served.sockets(dict(headers))
    if client.answer.startswith("44"):
        return STATUS_OF[json.loads(client.answer[2:])["data"]["code"]]
    answer = client.call("subscribe", {"job_id": job_id})
    return 200 if answer["ok"] else STATUS_OF[answer["code"]]


class Song(BaseModel):
    title: str = "x"


def run(_ctx: StageContext[Song]) -> Outcome:
    return Done()


@pytest.fixture
def callers(
    studio: Studio, administrator: SignedIn, sign_in: SignIn, api: httpx.Client, bearer: Callable[[str], Headers]
) -> Mapping[str, Headers]:
    """Beside the owner. Those who get nowhere are the owner's in all but what the name says."""
    owner, disabled = sign_in("ann"), sign_in("dan")
    identities, sessions = studio.accounts.identities, studio.accounts.sessions
    caller = identities.identify(owner["Authorization"].removeprefix("Bearer "))
    dan = studio.accounts.administration.named("dan")
    api.patch(f"/api/admin/users/{dan.id}", json={"is_disabled": True})
    ended = sessions.begin(studio.accounts.accounts.get(caller.user_id), False, Visit())
    sessions.end(ended.session.id, caller.user_id)
    narrow = KEY_SCOPES & caller.scopes - {Scope.JOBS_READ}
    return {
        "owner": owner,
        "administrator": bearer(administrator.access_token),
        "other": sign_in("ben"),
        "stranger": bearer("nothing"),
        "disabled": disabled,
        "ended session": bearer(ended.access_token),
        "narrow key": bearer(studio.accounts.keys.make(caller, "narrow", narrow, None, Visit())[1]),
    }


@pytest.fixture
def bearer() -> Callable[[str], Headers]:
    return lambda token: {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("follow", [by_sse, by_websocket, by_the_mixers_websocket, by_socketio])
def test_who_may_follow_a_job_is_the_same_over_every_transport(
    served: Served,
    studio: Studio,
    api: httpx.Client,
    callers: Mapping[str, Headers],
    bearer: Callable[[str], Headers],
    follow: Follow,
) -> None:
    studio.parts.pipelines.add(Pipeline("stems", Song, [Stage("SEPARATE", run, 100)]))
    ordered = api.post("/api/jobs", json={"pipeline": "stems"}, headers=dict(callers["owner"])).json()["id"]
    owner = studio.jobs.get(ordered).owner
    executor = bearer(studio.accounts.identities.issue_job_token(ordered, owner, 600.0))
    everybody = {**callers, "token of the job": executor}
    told = {name: follow(served, headers, ordered) for name, headers in everybody.items()}
    assert told == {
        "owner": 200,
        "administrator": 200,
        "other": 404,
        "stranger": 401,
        "disabled": 401,
        "ended session": 401,
        "narrow key": 403,
        "token of the job": 403,
    }
    assert [follow(served, everybody[name], MISSING) for name in ("owner", "administrator", "other")] == [404] * 3
