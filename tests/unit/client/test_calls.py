"""Calls: what is sent, what comes back, what is tried again, and what goes nowhere else."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from soundstage import client
from soundstage.client import asynchronous, blocking

JOB = "job_06fk3v8q2s5d1n7x9b4c0m8r3t"


def methods(kind: type) -> dict[str, list[str]]:
    """The public methods that are declared there, and their parameters as they are written."""
    return {
        name: [str(parameter) for parameter in inspect.signature(found).parameters.values()]
        for name, found in vars(kind).items()
        if inspect.isfunction(found) and not name.startswith("_")
    }


def test_both_clients_offer_the_same_calls() -> None:
    pairs = [
        (getattr(blocking, name), getattr(asynchronous, f"Async{name}"))
        for name in ("Soundstage", "Job", "Jobs", "Assets", "Pipelines", "Engines")
    ]
    for plain, asynchronous_one in pairs:
        theirs = {name: [p.replace("Async", "") for p in found] for name, found in methods(asynchronous_one).items()}
        assert methods(plain) == theirs
        assert methods(plain)


def test_a_job_is_ordered_and_comes_back_typed(call: Any, server: Any, answer: Any, job: Any) -> None:
    stage = {"key": "A", "weight": 100, "state": "active", "progress": 40, "colour": "new", "artifacts": []}
    server.replies = [answer(job(stages=[stage], novelty=1), 202)]
    made = call(lambda s: s.jobs.create("letter", {"text": "x"}, priority="high", metadata={"n": 1}), api_key="sk_1")
    assert (made.id, made.state, made.stages[0].progress, made.has_ended) == (JOB, "running", 40, False)
    request = server.requests[0]
    assert json.loads(request.content) == {
        "pipeline": "letter",
        "params": {"text": "x"},
        "priority": "high",
        "description": "",
        "metadata": {"n": 1},
    }
    assert request.headers["authorization"] == "Bearer sk_1"
    assert len(request.headers["idempotency-key"]) >= 20


def test_an_order_whose_answer_is_lost_is_repeated_with_the_same_key(
    call: Any, server: Any, answer: Any, job: Any
) -> None:
    server.replies = [httpx.ReadError("lost"), httpx.ReadTimeout("late"), answer(job(), 202)]
    assert call(lambda s: s.jobs.create("letter", {})).id == JOB
    keys = server.headers("idempotency-key")
    assert len(keys) == 3
    assert len(set(keys)) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_call_that_may_be_repeated_bears_a_server_that_is_away(
    call: Any, server: Any, answer: Any, job: Any, problem: Any, clock: Any, status: int
) -> None:
    server.replies = [problem(status, retry_after="7"), httpx.ConnectError("refused"), answer(job())]
    assert call(lambda s: s.jobs.get(JOB)).id == JOB
    assert clock.slept[0] == 7
    assert 0 < clock.slept[1] <= 0.5


def test_it_is_tried_four_times_and_not_forever(call: Any, server: Any, clock: Any) -> None:
    server.replies = [httpx.ConnectError("refused")] * 4
    with pytest.raises(client.ConnectionLost, match="refused"):
        call(lambda s: s.jobs.get(JOB))
    assert clock.slept == sorted(clock.slept)
    assert len(clock.slept) == 3


def test_a_wait_that_is_longer_than_a_minute_is_for_the_caller_to_decide(
    call: Any, server: Any, problem: Any, clock: Any
) -> None:
    server.replies = [problem(503, retry_after="3600")]
    with pytest.raises(client.Unavailable) as caught:
        call(lambda s: s.jobs.get(JOB))
    assert caught.value.retry_after_seconds == 3600
    assert clock.slept == []


def test_what_may_not_happen_twice_is_repeated_only_where_it_cannot_have_happened(
    call: Any, server: Any, answer: Any, job: Any
) -> None:
    server.replies = [httpx.ConnectError("refused"), httpx.ReadError("lost")]
    with pytest.raises(client.ConnectionLost, match="lost"):
        call(lambda s: s.jobs.pause(JOB))
    server.replies = [answer(status=502)]
    with pytest.raises(client.Unavailable):
        call(lambda s: s.jobs.retry(JOB))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, client.BadInput),
        (401, client.NotSignedIn),
        (403, client.NotAllowed),
        (404, client.NotFound),
        (409, client.Conflict),
        (413, client.BadInput),
        (422, client.BadInput),
        (429, client.LimitReached),
        (500, client.ApiError),
        (507, client.Unavailable),
    ],
)
def test_a_problem_becomes_the_error_of_its_family(
    call: Any, server: Any, problem: Any, status: int, kind: type[client.ApiError]
) -> None:
    server.replies = [problem(status, "the_code")]
    with pytest.raises(kind, match=re.escape("D. H.")) as caught:
        call(lambda s: s.jobs.get(JOB))
    assert (caught.value.status, caught.value.code, caught.value.detail, caught.value.hint) == (
        status,
        "the_code",
        "D.",
        "H.",
    )


def test_what_a_proxy_says_is_told_too(call: Any, server: Any) -> None:
    server.replies = [httpx.Response(418, text="<html>I am a teapot")]
    with pytest.raises(client.ApiError, match="418: <html>I am a teapot") as caught:
        call(lambda s: s.jobs.get(JOB))
    assert caught.value.code == "http_418"


def test_an_answer_that_is_none_of_ours_is_told(call: Any, server: Any) -> None:
    server.replies = [httpx.Response(200, text="<html>Welcome to the router")]
    with pytest.raises(client.UnexpectedAnswer, match="Is this a Soundstage"):
        call(lambda s: s.jobs.get(JOB))


def test_a_redirect_is_not_followed_so_that_the_token_goes_nowhere_else(call: Any, server: Any) -> None:
    server.replies = [httpx.Response(307, headers={"Location": "http://evil.test/api/jobs"})]
    with pytest.raises(client.ApiError, match=r"redirect to http://evil\.test"):
        call(lambda s: s.jobs.get(JOB), api_key="sk_1")
    assert len(server.requests) == 1


def test_an_id_cannot_lead_to_another_route(call: Any, server: Any, answer: Any, job: Any) -> None:
    server.replies = [answer(job())]
    call(lambda s: s.jobs.get("../users?x=/#"))
    assert server.sent() == ["GET /api/jobs/..%2Fusers%3Fx%3D%2F%23"]


def test_lists_fetch_their_pages_as_they_are_needed(call: Any, server: Any, answer: Any, job: Any) -> None:
    server.replies = [answer({"jobs": [job(id="1"), job(id="2")], "next": "c"}), answer({"jobs": [job(id="3")]})]
    found = call(lambda s: s.jobs.list(state=["failed", "running"], pipeline="letter", page_size=2))
    assert [one.id for one in found] == ["1", "2", "3"]
    assert server.sent()[0] == "GET /api/jobs?state=failed&state=running&pipeline=letter&limit=2"
    assert (server.requests[1].url.params["limit"], server.requests[1].url.params["cursor"]) == ("2", "c")


@pytest.mark.parametrize(
    ("act", "sent", "body"),
    [
        (lambda s: s.jobs.pause(JOB), "POST /api/jobs/J/pause", None),
        (lambda s: s.jobs.resume(JOB), "POST /api/jobs/J/resume", None),
        (lambda s: s.jobs.cancel(JOB), "POST /api/jobs/J/cancel", None),
        (lambda s: s.jobs.retry(JOB), "POST /api/jobs/J/retry", {}),
        (lambda s: s.jobs.retry(JOB, "A", {"b": 1}), "POST /api/jobs/J/retry", {"from": "A", "params": {"b": 1}}),
        (lambda s: s.jobs.answer(JOB, "A B", "go"), "POST /api/jobs/J/stages/A%20B/answer", {"action": "go"}),
        (
            lambda s: s.jobs.answer(JOB, "A", "go", {"b": 1}, item=2),
            "POST /api/jobs/J/stages/A/answer",
            {"action": "go", "data": {"b": 1}, "item": 2},
        ),
        (lambda s: s.jobs.change(JOB, priority="low"), "PUT /api/jobs/J", {"priority": "low"}),
    ],
)
def test_steering_sends_what_was_asked(
    call: Any, server: Any, answer: Any, job: Any, act: Callable[[Any], Any], sent: str, body: Any
) -> None:
    server.replies = [answer(job(state="paused"))]
    assert call(act).state == "paused"
    assert server.sent() == [sent.replace("J", JOB, 1)]
    assert (json.loads(server.requests[0].content) if server.requests[0].content else None) == body


def test_a_job_steers_itself(server: Any, answer: Any, job: Any) -> None:
    states = ("running", "paused", "running", "cancelled")
    server.replies = [*(answer(job(state=state)) for state in states), answer(status=204)]
    with client.Soundstage("http://studio.test", transport=httpx.MockTransport(server)) as studio:
        found = studio.jobs.get(JOB)
        assert [found.pause().state, found.resume().state, found.cancel().state] == ["paused", "running", "cancelled"]
        found.delete()
    assert server.sent()[-1] == f"DELETE /api/jobs/{JOB}"


@pytest.mark.parametrize(
    "url", ["", "studio.example.com", "ftp://x", "http://", "http://user:secret@x", "http://x?a=1", "http://x#y"]
)
def test_an_address_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        client.Soundstage(url)


def test_a_server_below_a_path_is_asked_there(call: Any, server: Any, answer: Any, job: Any) -> None:
    server.replies = [answer(job())]
    call(lambda s: s.jobs.get(JOB), url="https://example.com/studio/")
    assert str(server.requests[0].url) == f"https://example.com/studio/api/jobs/{JOB}"


def test_two_ways_to_say_who_asks_are_one_too_many() -> None:
    with pytest.raises(ValueError, match="not several"):
        client.Soundstage("http://x", api_key="a", token="b")


def test_the_environment_names_server_and_key(
    call: Any, server: Any, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDSTAGE_SERVER", "https://example.com")
    monkeypatch.setenv("SOUNDSTAGE_API_KEY", "sk_2")
    server.replies = [answer({"pipelines": []})]
    with client.Soundstage.from_environment(transport=httpx.MockTransport(server)) as studio:
        assert studio.pipelines.list() == []
    assert str(server.requests[0].url) == "https://example.com/api/pipelines"
    assert server.headers("authorization") == ["Bearer sk_2"]


def test_pipelines_engines_and_voices_are_listed(call: Any, server: Any, answer: Any) -> None:
    server.replies = [answer({"kind": "letter", "title": "A letter", "params": {"type": "object"}})]
    assert call(lambda s: s.pipelines.get("letter")).title == "A letter"
    server.replies = [answer({"engines": [{"kind": "flite", "capability": "speech", "ready": False, "reason": "no"}]})]
    assert [one.reason for one in call(lambda s: s.engines.list())] == ["no"]
    server.replies = [answer({"voices": [{"name": "rms", "language": "en", "engine": "flite"}]})]
    assert [one.name for one in call(lambda s: s.engines.voices(language="en"))] == ["rms"]
    assert server.sent()[-1] == "GET /api/voices?language=en"


def test_queues_are_listed_paused_and_resumed(call: Any, server: Any, answer: Any) -> None:
    queue = {"name": "gpu", "state": "open", "ready_parts": 3}
    pause = {"by": "local", "by_name": "ada", "at": "2026-01-05T09:30:00Z", "reason": "A new card"}
    server.replies = [answer({"queues": [queue]})]
    assert [one.ready_parts for one in call(lambda s: s.queues.list())] == [3]
    server.replies = [answer({**queue, "state": "draining", "pause": pause})]
    paused = call(lambda s: s.queues.pause("gpu", "A new card"))
    assert (paused.state, paused.pause.by_name, paused.pause.reason) == ("draining", "ada", "A new card")
    server.replies = [answer(queue)]
    assert call(lambda s: s.queues.resume("gpu")).pause is None
    assert server.sent()[-2:] == ["POST /api/admin/queues/gpu/pause", "POST /api/admin/queues/gpu/resume"]


def test_a_job_shares_its_result_and_takes_that_back(server: Any, answer: Any, job: Any) -> None:
    at = "2026-01-05T09:30:00Z"
    link = {"id": "shr_1", "url": "http://studio.test/s/x", "token": "x", "created_at": at, "expires_at": at}
    server.replies = [answer(job()), answer(link, 201), answer({"shares": [link]}), httpx.Response(204)]
    with client.Soundstage("http://studio.test", transport=httpx.MockTransport(server)) as studio:
        made = studio.jobs.get(JOB)
        share = made.share(expires_in_days=7)
        assert made.shares() == [share]
        made.revoke(share)
    path = f"/api/jobs/{JOB}"
    assert server.sent()[1:] == [f"POST {path}/shares", f"GET {path}/shares", f"DELETE {path}/shares/shr_1"]
    assert json.loads(server.requests[1].content) == {"expires_in_days": 7}


def test_an_estimate_says_what_is_known_and_a_refusal_names_the_fields(call: Any, server: Any, answer: Any) -> None:
    known = {"seconds": None, "seconds_by_stage": {"A": 1.5, "B": None}, "cost": None, "sample_jobs": 3}
    wrong = {"code": "bad_parameters", "errors": [{"path": "face.mouth.x", "message": "Too far right"}]}
    server.replies = [answer(known), answer(wrong, 422)]
    found = call(lambda s: s.jobs.estimate("letter", {"text": "x"}))
    assert (found.seconds, found.seconds_by_stage, found.sample_jobs) == (None, {"A": 1.5, "B": None}, 3)
    assert json.loads(server.requests[0].content) == {"pipeline": "letter", "params": {"text": "x"}}
    with pytest.raises(client.BadInput) as refused:
        call(lambda s: s.jobs.estimate("letter", {}))
    assert [(error.path, error.message) for error in refused.value.errors] == [("face.mouth.x", "Too far right")]
