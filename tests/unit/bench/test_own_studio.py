"""The studio that the benchmark measures, and the long queues that it makes without running jobs."""

from __future__ import annotations

from pathlib import Path

from bench.own_studio import clone_job, copy_id, own_studio

from soundstage.core.job import JobView
from soundstage.core.states import JobState
from soundstage.store.views import JobFilter
from soundstage.testing.store_bench import StoreBench, make_snapshot


def test_copies_of_a_queued_job_are_run_after_it_in_turn(sqlite_bench: StoreBench) -> None:
    job_id = sqlite_bench.create(make_snapshot(1))
    clone_job(_file_of(sqlite_bench), job_id, 11)
    later = sqlite_bench.create(make_snapshot(1))
    claims = sqlite_bench.run_until_idle()
    assert [claim.job_id for claim in claims] == [job_id, *(copy_id(job_id, n) for n in range(1, 12)), later]


def test_a_copy_of_a_finished_job_is_like_it(sqlite_bench: StoreBench) -> None:
    job_id = sqlite_bench.create(make_snapshot(2))
    sqlite_bench.run_until_idle()
    clone_job(_file_of(sqlite_bench), job_id, 1)
    copy, original = sqlite_bench.views.list_jobs(JobFilter())
    assert _shape(copy) == _shape(original)
    assert copy.id != original.id
    assert sqlite_bench.event_kinds(copy.id) == sqlite_bench.event_kinds(original.id)
    assert sqlite_bench.try_claim() is None


def test_a_job_runs_in_real_workers_and_leaves_the_times_of_its_stages() -> None:
    with own_studio(workers=1) as own:
        job_id = own.submit()
        word = own.bell.hear()
        own.stop_workers()
        (timeline,) = own.timelines([job_id])
        assert own.studio.jobs.get(job_id).state is JobState.SUCCEEDED
    times = [time for stage in timeline for time in stage]
    assert times == sorted(times)
    assert len(timeline) == 4
    assert (word.job, word.attempt) == (job_id, 1)


def test_held_workers_begin_nothing_before_the_end_of_the_block() -> None:
    with own_studio(workers=1) as own:
        with own.held_workers():
            job_id = own.submit()
            assert own.studio.jobs.get(job_id).state is JobState.QUEUED
        assert own.bell.hear().job == job_id


def _file_of(bench: StoreBench) -> Path:
    return Path(bench.database.url.removeprefix("sqlite:///"))


def _shape(job: JobView) -> object:
    return job.state, job.pipeline, job.params, [(stage.key, stage.state, len(stage.parts)) for stage in job.stages]
