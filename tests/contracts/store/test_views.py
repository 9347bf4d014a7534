"""What people see of a job is one consistent picture."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from soundstage.core.errors import JobNotFound
from soundstage.core.states import Priority
from soundstage.store.views import JobFilter, LogFilter
from soundstage.testing.store_bench import StoreBench, make_snapshot, stored_file


def test_a_picture_is_of_one_moment_though_the_job_moves_on_meanwhile(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    claim = bench.claim()
    before = bench.job(job_id)

    def finish_the_job(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM jobs" in statement:
            bench.complete(claim, files=[stored_file()])

    event.listen(bench.engine, "after_cursor_execute", finish_the_job)
    assert bench.job(job_id) == before
    assert bench.job(job_id).state == "succeeded"


def test_views_cannot_write(sqlite_bench: StoreBench) -> None:
    job_id = sqlite_bench.create()
    with sqlite_bench.engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM jobs")
    assert sqlite_bench.job(job_id).state == "queued"


def test_a_job_is_not_found_for_another_owner(bench: StoreBench) -> None:
    job_id = bench.create(owner="ann")
    assert bench.views.get_job(job_id, "ann").id == job_id
    for owner in ("bob", ""):
        with pytest.raises(JobNotFound, match=job_id):
            bench.views.get_job(job_id, owner)


def test_a_new_job_shows_what_was_ordered(bench: StoreBench) -> None:
    order = {"params": {"text": "hé"}, "description": "A talk", "metadata": {"course": 7}, "priority": Priority.HIGH}
    job = bench.job(bench.create(make_snapshot(3), owner="bob", **order))
    assert (job.owner, job.params, job.description, job.metadata) == ("bob", {"text": "hé"}, "A talk", {"course": 7})
    assert (job.state, job.priority, job.progress, job.current_stage) == ("queued", Priority.HIGH, 0, "S0")
    assert [stage.state for stage in job.stages] == ["ready", "pending", "pending"]
    assert (job.created_at, job.started_at, job.finished_at) == (bench.clock.now(), None, None)


def test_lists_are_newest_first_and_go_page_by_page(bench: StoreBench) -> None:
    ids = []
    for _ in range(5):
        ids.append(bench.create(make_snapshot(1)))
        bench.clock.advance(1.0)
    first = bench.views.page(JobFilter(limit=3))
    second = bench.views.page(JobFilter(limit=3, after=first.end))
    assert [job.id for job in [*first.jobs, *second.jobs]] == ids[::-1]
    assert second.end is None


def test_values_and_files_of_a_stage_are_shown_without_those_of_checkpoints(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    claim = bench.claim()
    bench.store.parts.save_checkpoint(claim, "chunk", 0, {}, [stored_file("chunk.wav", "c" * 64)])
    bench.complete(claim, values={"words": 3}, files=[stored_file("speech.wav")])
    stage = bench.job(job_id).stages[0]
    assert stage.values == {"words": 3}
    assert [(file.name, file.sha256, file.size_bytes) for file in stage.artifacts] == [("speech.wav", "a" * 64, 44)]
    result = bench.store.results.stage_results(job_id, 0)[0]
    assert (result.values, result.files) == ({"words": 3}, {"speech.wav": "a" * 64})


def test_log_lines_come_oldest_first(bench: StoreBench) -> None:
    job_id = bench.create()
    claim = bench.claim()
    bench.store.parts.record_progress(claim, 0.1, "one", ["first", "second"])
    bench.store.parts.record_progress(claim, 0.2, "two", ["third"])
    assert [(line.stage, line.attempt, line.line) for line in bench.views.list_logs(job_id, LogFilter(limit=2))] == [
        ("S0", 1, "second"),
        ("S0", 1, "third"),
    ]
    assert bench.job(job_id).stages[0].parts[0].message == "two"


def test_each_attempt_is_kept_with_how_it_ended(bench: StoreBench) -> None:
    job_id = bench.create(make_snapshot(1))
    bench.store.parts.release(bench.claim("w1"))
    bench.claim("w2")
    bench.store.workers.lose("w2")
    bench.fail(bench.claim("w3"), delay_seconds=1.0)
    bench.clock.advance(1.0)
    bench.store.due.wake_due()
    bench.complete(bench.claim("w4"))
    kept = sorted(bench.views.list_attempts(job_id), key=lambda attempt: attempt.attempt)
    assert [(attempt.attempt, attempt.worker_id, attempt.result) for attempt in kept] == [
        (1, "w1", "released"),
        (2, "w2", "lost"),
        (3, "w3", "failed"),
        (4, "w4", "completed"),
    ]


def test_timings_come_from_jobs_that_succeeded_without_a_wait(bench: StoreBench) -> None:
    bench.create(make_snapshot(2), size=4.0)
    claim = bench.claim()
    bench.clock.advance(3.0)
    following = bench.complete(claim, go_on=True)
    assert following is not None
    bench.clock.advance(5.0)
    bench.complete(following)
    timings = {timing.stage: (timing.size, timing.seconds) for timing in bench.views.list_timings("bench")}
    assert timings == {0: (4.0, 3.0), 1: (4.0, 5.0)}
