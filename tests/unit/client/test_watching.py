"""Following a job: no gap and no repeat, whatever the connection does."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from soundstage import client

JOB = "job_06fk3v8q2s5d1n7x9b4c0m8r3t"
TICK = b'event: tick\ndata: {"part": 4, "attempt": 1, "fraction": 0.5, "message": null}\n\n'
RETRY = b"retry: 3000\n\n"


def seen(items: list[client.Event | client.Tick]) -> list[int | float]:
    return [item.seq if isinstance(item, client.Event) else item.fraction for item in items]


def test_facts_and_ticks_come_as_they_are_and_the_end_ends_it(call: Any, server: Any, broken: Any, lines: Any) -> None:
    server.replies = [broken(b": hi\n\n", lines(1), TICK, b"event: novelty\ndata: ?\n\n", lines(2, "ended", final=2))]
    assert seen(call(lambda s: s.jobs.watch(JOB))) == [1, 0.5, 2]
    assert server.headers("last-event-id") == ["0"]
    assert server.headers("accept") == ["text/event-stream"]


def test_a_broken_stream_goes_on_after_the_last_fact_without_gap_or_repeat(
    call: Any, server: Any, broken: Any, lines: Any, problem: Any, clock: Any
) -> None:
    server.replies = [
        broken(RETRY, lines(3, 4), lines(5)[:20]),
        httpx.ConnectError("refused"),
        problem(503, retry_after="9"),
        broken(lines(4, 5), ends=True),
        broken(lines(6, "shutdown")),
        broken(lines(6, 7, "ended", final=7)),
    ]
    assert seen(call(lambda s: s.jobs.watch(JOB, 2))) == [3, 4, 5, 6, 7]
    assert server.headers("last-event-id") == ["2", "4", "4", "4", "5", "6"]
    assert 1.5 <= clock.slept[0] <= 3, "the `retry` of the stream, spread"
    assert clock.slept[1] > clock.slept[0] / 2
    assert clock.slept[2] >= 9


def test_a_server_that_stays_away_is_given_up(call: Any, server: Any, broken: Any, lines: Any, clock: Any) -> None:
    server.replies = [broken(lines(1)), *[httpx.ConnectError("refused")] * 1000]
    with pytest.raises(client.ConnectionLost, match="refused"):
        call(lambda s: s.jobs.watch(JOB), patience=client.Patience(lost_seconds=30))
    assert 30 < clock.now < 60


def test_a_stream_that_was_silent_for_hours_is_not_given_up_at_its_first_cut(
    call: Any, server: Any, broken: Any, lines: Any, clock: Any
) -> None:
    def later(_request: httpx.Request) -> httpx.Response:
        clock.now += 10_000.0
        answer: httpx.Response = broken(b": ping\n\n")
        return answer

    server.replies = [later, httpx.ConnectError("refused"), broken(lines(1, "ended", final=1))]
    assert seen(call(lambda s: s.jobs.watch(JOB))) == [1]


def test_what_the_server_refuses_is_raised_at_once(call: Any, server: Any, problem: Any) -> None:
    server.replies = [problem(404, "job_not_found")]
    with pytest.raises(client.NotFound):
        call(lambda s: s.jobs.watch(JOB))
    server.replies = [problem(401, "not_signed_in")]
    with pytest.raises(client.NotSignedIn):
        call(lambda s: s.jobs.watch(JOB), api_key="sk_dead")


def test_a_job_that_is_deleted_meanwhile_is_not_found(
    call: Any, server: Any, broken: Any, lines: Any, problem: Any
) -> None:
    server.replies = [broken(lines(1, "ended")), problem(404, "job_not_found")]
    with pytest.raises(client.NotFound):
        call(lambda s: s.jobs.watch(JOB))


def test_a_job_that_failed_and_was_retried_is_followed_to_its_last_end(
    call: Any, server: Any, broken: Any, lines: Any
) -> None:
    server.replies = [broken(lines(1, 2, 3, final=2)), broken(lines(4, "ended", final=4))]
    assert seen(call(lambda s: s.jobs.watch(JOB))) == [1, 2, 3, 4]


def test_after_the_final_event_a_lost_server_is_no_error(call: Any, server: Any, broken: Any, lines: Any) -> None:
    server.replies = [broken(lines(1, final=1)), *[httpx.ConnectError("refused")] * 1000]
    assert seen(call(lambda s: s.jobs.watch(JOB))) == [1]


def test_a_job_that_had_ended_before_has_nothing_to_tell(
    call: Any, server: Any, broken: Any, lines: Any, answer: Any, job: Any
) -> None:
    server.replies = [broken(lines("ended")), answer(job(state="failed"))]
    assert call(lambda s: s.jobs.watch(JOB, 9)) == []


def test_an_event_that_cannot_be_read_is_told(call: Any, server: Any, broken: Any) -> None:
    server.replies = [broken(b"event: job.started\ndata: {}\n\n")]
    with pytest.raises(client.UnexpectedAnswer, match=r"job\.started"):
        call(lambda s: s.jobs.watch(JOB))


def test_waiting_gives_the_job_when_it_has_ended(
    call: Any, server: Any, broken: Any, lines: Any, answer: Any, job: Any
) -> None:
    server.replies = [
        broken(lines(6)),
        broken(lines(7, "ended", final=7)),
        answer(job(state="succeeded", progress=100)),
    ]
    ended = call(lambda s: s.jobs.wait(client.JobData(**job(last_seq=5))))
    assert (ended.state, ended.progress) == ("succeeded", 100)
    assert server.headers("last-event-id")[:2] == ["5", "6"]


def test_waiting_ends_when_its_time_is_over(call: Any, server: Any, broken: Any, job: Any, clock: Any) -> None:
    server.replies = [broken(RETRY), *[httpx.ConnectError("refused")] * 100]
    with pytest.raises(client.WaitTimedOut, match="goes on"):
        call(lambda s: s.jobs.wait(client.JobData(**job()), 12.0))
    assert clock.now == pytest.approx(12.0)


def test_who_stops_watching_closes_the_connection(server: Any, lines: Any, broken: Any) -> None:
    server.replies = [broken(lines(1), lines(2))]
    with client.Soundstage("http://studio.test", transport=httpx.MockTransport(server)) as studio:
        items = studio.jobs.watch(JOB)
        next(items)
        items.close()
    assert len(server.requests) == 1
