"""Each fact that a webhook wants is written down with the fact itself, as the job stood at that moment."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import select

from soundstage.core.errors import StoreUnavailable
from soundstage.core.events import EventKind
from soundstage.core.outcome import Wait
from soundstage.store.ledger import JobLedger
from soundstage.store.records import Records
from soundstage.store.tables import deliveries, webhooks
from soundstage.testing.store_bench import StoreBench, make_snapshot


def listen(bench: StoreBench, webhook_id: str = "wh_1", owner: str = "ann", events: str = "*", **columns: Any) -> None:
    row = {"url": "https://x.example/", "host": "x.example", "secret": "s", "created_at": 0.0, "updated_at": 0.0}
    with closing(Records(bench.database)) as records, records.write() as connection:
        connection.execute(webhooks.insert().values(id=webhook_id, owner=owner, events=events, **{**row, **columns}))


def told(bench: StoreBench) -> list[dict[str, Any]]:
    """The bodies, in the order of their facts."""
    with bench.engine.connect() as connection:
        rows = connection.execute(select(deliveries).order_by(deliveries.c.job_id, deliveries.c.seq)).all()
    return [json.loads(row.body) for row in rows]


def kinds(bench: StoreBench) -> list[str]:
    return [body["type"] for body in told(bench)]


def test_nobody_listens_and_nothing_is_written(bench: StoreBench) -> None:
    listen(bench, owner="bob")
    listen(bench, "wh_2", is_active=0)
    bench.create()
    bench.run_until_idle()
    assert told(bench) == []


def test_a_job_that_succeeds_is_told_at_its_start_and_its_end(bench: StoreBench) -> None:
    listen(bench)
    job_id = bench.create(make_snapshot(2), description="For Ann", metadata={"post": 7})
    bench.clock.advance(5.0)
    bench.run_until_idle()
    started, succeeded = told(bench)
    assert (started["type"], started["data"]["state"], started["data"]["progress"]) == ("job.started", "running", 0)
    assert started["data"]["current_stage"] == "S0"
    assert succeeded == {
        "type": "job.succeeded",
        "timestamp": "2023-11-14T22:13:25Z",
        "data": {
            "id": job_id,
            "pipeline": "bench",
            "state": "succeeded",
            "progress": 100,
            "current_stage": "S1",
            "error": None,
            "description": "For Ann",
            "metadata": {"post": 7},
            "generation": 1,
            "created_at": "2023-11-14T22:13:20Z",
            "started_at": "2023-11-14T22:13:25Z",
            "finished_at": "2023-11-14T22:13:25Z",
            "seq": bench.job(job_id).last_seq,
        },
    }


def test_a_job_that_fails_is_told_with_its_stage_and_its_error(bench: StoreBench) -> None:
    listen(bench, events="job.failed")
    bench.create(make_snapshot(2))
    following = bench.complete(bench.claim(), go_on=True)
    assert following is not None
    bench.fail(following)
    [failed] = told(bench)
    assert (failed["data"]["progress"], failed["data"]["current_stage"]) == (50, "S1")
    assert failed["data"]["error"]["code"] == "stage_failed"


def test_waiting_and_cancelling_are_told_and_what_nobody_wants_is_not(bench: StoreBench) -> None:
    listen(bench, events="job.cancelled job.waiting")
    job_id = bench.create()
    bench.suspend(bench.claim(), Wait("Read it", actions=["send"]))
    bench.store.control.cancel(job_id)
    assert kinds(bench) == ["job.waiting", "job.cancelled"]


def test_every_webhook_of_the_owner_hears_of_it_under_an_id_of_its_own(bench: StoreBench) -> None:
    for number in range(3):
        listen(bench, f"wh_{number}", events="job.succeeded")
    bench.create()
    bench.run_until_idle()
    rows = bench.dump()["deliveries"]
    assert {row[1] for row in rows} == {"wh_0", "wh_1", "wh_2"}
    assert len({row[0] for row in rows}) == 3
    assert all(row[0].startswith("msg_") for row in rows)


def test_progress_of_items_is_that_of_the_items(bench: StoreBench) -> None:
    listen(bench, events="job.cancelled")
    job_id = bench.create(make_snapshot(1, items_at={0}))
    bench.complete(bench.claim(), items=["a", "b"])
    bench.complete(bench.claim())
    bench.store.control.cancel(job_id)
    assert [body["data"]["progress"] for body in told(bench)] == [50]


def record_and_break_off(bench: StoreBench, job_id: str) -> None:
    with bench.database.write("control") as tx:
        job = JobLedger(tx, job_id)
        job.record(EventKind.JOB_FAILED)
        job.save()
        raise StoreUnavailable


def test_a_fact_that_is_rolled_back_is_not_told(bench: StoreBench) -> None:
    listen(bench)
    job_id = bench.create()
    bench.run_until_idle()
    before = kinds(bench)
    with pytest.raises(StoreUnavailable):
        record_and_break_off(bench, job_id)
    assert kinds(bench) == before


def test_a_retried_job_is_told_again_with_its_generation(bench: StoreBench) -> None:
    listen(bench, events="job.succeeded")
    job_id = bench.create(make_snapshot(1))
    bench.run_until_idle()
    bench.store.control.retry(job_id, from_stage="S0")
    bench.run_until_idle()
    assert [body["data"]["generation"] for body in told(bench)] == [1, 2]


def test_what_was_told_stays_when_the_job_is_deleted(bench: StoreBench) -> None:
    listen(bench, events="job.succeeded")
    job_id = bench.create(make_snapshot(1))
    bench.run_until_idle()
    bench.store.retention.delete_job(job_id)
    assert [body["data"]["id"] for body in told(bench)] == [job_id]


def test_a_job_whose_pipeline_is_unreadable_still_fails_and_is_told(bench: StoreBench) -> None:
    listen(bench, events="job.failed")
    job_id = bench.create()
    with closing(Records(bench.database)) as records, records.write() as connection:
        connection.exec_driver_sql("UPDATE pipelines SET definition = '{'")
    fresh = StoreBench(bench.database, bench.clock)
    assert fresh.try_claim() is None
    [failed] = told(bench)
    assert (failed["data"]["id"], failed["data"]["progress"]) == (job_id, None)
    fresh.engine.dispose()
