"""What is no longer needed goes as a whole, what is needed stays."""

from __future__ import annotations

import pytest

from soundstage.core.errors import JobNotFound
from soundstage.testing.store_bench import StoreBench, make_snapshot, stored_file


def rich_job(bench: StoreBench) -> str:
    job_id = bench.create(make_snapshot(1), inputs=["1" * 64])
    claim = bench.claim()
    bench.store.parts.record_progress(claim, 0.5, None, ["a line"])
    bench.store.parts.save_checkpoint(claim, "chunk", 0, {}, [stored_file(sha256="2" * 64)])
    bench.complete(claim, files=[stored_file(sha256="3" * 64)])
    return job_id


def test_a_deleted_job_leaves_no_row_and_frees_its_blobs(bench: StoreBench) -> None:
    job_id = rich_job(bench)
    assert all(bench.store.retention.is_referenced(digit * 64) for digit in "123")
    bench.store.retention.delete_job(job_id)
    left = {name for name, rows in bench.dump().items() if rows}
    assert left == {"lines", "pipelines"}, "only what is not of the job alone may stay"
    assert not any(bench.store.retention.is_referenced(digit * 64) for digit in "123")
    with pytest.raises(JobNotFound):
        bench.job(job_id)


def test_a_blob_that_another_job_names_stays_referenced(bench: StoreBench) -> None:
    job_id = rich_job(bench)
    rich_job(bench)
    bench.store.retention.delete_job(job_id)
    assert all(bench.store.retention.is_referenced(digit * 64) for digit in "123")


def test_only_jobs_that_ended_long_ago_are_removed(bench: StoreBench) -> None:
    old = rich_job(bench)
    bench.clock.advance(100.0)
    young, unfinished = rich_job(bench), bench.create(owner="bob")
    bench.clock.advance(1.0)
    assert bench.store.retention.delete_finished(50.0) == 1
    assert {row[0] for row in bench.dump()["jobs"]} == {young, unfinished}
    assert old not in {young, unfinished}


def test_a_retried_job_is_no_longer_old(bench: StoreBench) -> None:
    job_id = rich_job(bench)
    bench.clock.advance(100.0)
    bench.store.control.retry(job_id, from_stage="S0")
    assert bench.store.retention.delete_finished(50.0) == 0


def test_a_job_that_another_deletes_meanwhile_does_not_stop_the_sweep(
    bench: StoreBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    rich_job(bench)
    delete_job = bench.store.retention.delete_job

    def delete_twice(job_id: str) -> None:
        delete_job(job_id)
        delete_job(job_id)

    monkeypatch.setattr(bench.store.retention, "delete_job", delete_twice)
    bench.clock.advance(100.0)
    assert bench.store.retention.delete_finished(50.0) == 0
