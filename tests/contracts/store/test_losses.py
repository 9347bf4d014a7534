"""Workers that go away: their parts are put back, three times at most."""

from __future__ import annotations

from soundstage.core.states import JobState
from soundstage.testing.store_bench import StoreBench, make_snapshot


def register(bench: StoreBench, *workers: str) -> None:
    for worker in workers:
        bench.store.workers.register(bench.slot(worker), "host", 1)


def lose_times(bench: StoreBench, times: int) -> None:
    for number in range(times):
        bench.claim(f"w{number}")
        assert bench.store.workers.lose(f"w{number}") == 1


def test_two_losses_leave_the_part_ready(bench: StoreBench) -> None:
    job_id = bench.create()
    lose_times(bench, 2)
    assert bench.job(job_id).state == "running"
    claim = bench.claim("w9")
    assert (claim.attempt, claim.failures) == (3, 0)


def test_the_third_loss_fails_the_part_as_worker_lost(bench: StoreBench) -> None:
    job_id = bench.create()
    lose_times(bench, 3)
    job = bench.job(job_id)
    assert job.state == "failed"
    assert job.error is not None
    assert job.error.code == "worker_lost"
    assert bench.try_claim() is None


def test_a_retry_after_losses_starts_with_a_new_budget(bench: StoreBench) -> None:
    job_id = bench.create()
    lose_times(bench, 3)
    bench.store.control.retry(job_id)
    lose_times(bench, 2)
    assert bench.job(job_id).state == "running"


def test_other_jobs_are_untouched_by_a_lost_worker(bench: StoreBench) -> None:
    bench.create()
    other = bench.create(owner="bob")
    bench.claim("w1")
    kept = bench.claim("w2")
    before = bench.job(other)
    bench.store.workers.lose("w1")
    assert bench.job(other) == before
    bench.complete(kept)


def test_a_lost_part_is_not_sent_behind_its_owners_backlog(bench: StoreBench) -> None:
    first = bench.create()
    bench.create_many(10, make_snapshot(1))
    claim = bench.claim("w1")
    bench.complete(claim, go_on=True)
    bench.store.workers.lose("w1")
    assert bench.claim("w2").job_id == first


def test_a_released_part_is_not_sent_behind_its_owners_backlog(bench: StoreBench) -> None:
    first = bench.create()
    bench.create_many(10, make_snapshot(1))
    bench.store.parts.release(bench.claim("w1"))
    assert bench.claim("w2").job_id == first


def test_a_part_lost_during_a_pause_stays_there(bench: StoreBench) -> None:
    job_id = bench.create()
    bench.claim("w1")
    bench.store.control.pause(job_id)
    bench.store.workers.lose("w1")
    assert bench.try_claim("w2") is None
    bench.store.control.resume(job_id)
    assert bench.claim("w2").attempt == 2


def test_losing_a_worker_twice_counts_once(bench: StoreBench) -> None:
    job_id = bench.create()
    bench.claim("w1")
    assert [bench.store.workers.lose("w1"), bench.store.workers.lose("w1")] == [1, 0]
    assert bench.job(job_id).stages[0].parts[0].losses == 1


def test_only_workers_without_a_beat_are_declared_lost(bench: StoreBench) -> None:
    register(bench, "w1", "w2")
    lost, kept = bench.create(), bench.create(owner="bob")
    assert [bench.claim("w1").job_id, bench.claim("w2").job_id] == [lost, kept]
    bench.clock.advance(14.0)
    assert bench.store.workers.beat("w2")
    bench.clock.advance(2.0)
    assert bench.store.workers.lose_stale(15.0) == 1
    assert bench.store.workers.list_ids() == ["w2"]
    assert bench.job(kept).stages[0].state == "active"
    assert bench.claim("w3").job_id == lost


def test_a_worker_that_was_declared_lost_is_told_by_its_next_beat(bench: StoreBench) -> None:
    register(bench, "w1")
    bench.store.workers.lose("w1")
    assert not bench.store.workers.beat("w1")
    register(bench, "w1")
    assert bench.store.workers.beat("w1")


def test_a_worker_may_register_again(bench: StoreBench) -> None:
    register(bench, "w1")
    bench.clock.advance(100.0)
    register(bench, "w1")
    assert bench.store.workers.lose_stale(15.0) == 0
    assert bench.store.workers.list_ids() == ["w1"]


def test_a_part_held_by_a_worker_that_nobody_knows_is_rescued(bench: StoreBench) -> None:
    register(bench, "w1")
    bench.store.workers.lose("w1")
    job_id = bench.create()
    bench.claim("w1")
    bench.clock.advance(20.0)
    assert bench.store.workers.lose_stale(15.0) == 1
    assert bench.claim("w2").job_id == job_id


def test_a_release_charges_nothing(bench: StoreBench) -> None:
    job_id = bench.create()
    for _ in range(5):
        bench.store.parts.release(bench.claim())
    part = bench.job(job_id).stages[0].parts[0]
    assert (part.state, part.failures, part.losses, part.attempt) == ("ready", 0, 0, 5)
    assert bench.job(job_id).state is JobState.RUNNING


def test_a_release_during_a_pause_leaves_the_part_pending(bench: StoreBench) -> None:
    job_id = bench.create()
    claim = bench.claim()
    bench.store.control.pause(job_id)
    bench.store.parts.release(claim)
    assert bench.job(job_id).stages[0].state == "pending"
    bench.store.control.resume(job_id)
    assert bench.claim().attempt == 2


def test_checkpoints_survive_into_the_next_attempt(bench: StoreBench) -> None:
    bench.create()
    claim = bench.claim("w1")
    bench.store.parts.save_checkpoint(claim, "chunk", 0, {"n": 0}, [])
    bench.store.parts.save_checkpoint(claim, "chunk", 1, {"n": 1}, [])
    bench.store.workers.lose("w1")
    again = bench.claim("w2")
    kept = bench.store.results.checkpoints(again)
    assert {place: result.values for place, result in kept.items()} == {("chunk", 0): {"n": 0}, ("chunk", 1): {"n": 1}}


def test_progress_does_not_fall_when_a_new_attempt_begins(bench: StoreBench) -> None:
    job_id = bench.create()
    bench.store.parts.record_progress(bench.claim("w1"), 0.8, None, [])
    before = bench.job(job_id).progress
    bench.store.workers.lose("w1")
    again = bench.claim("w2")
    bench.store.parts.record_progress(again, 0.1, None, [])
    assert bench.job(job_id).progress == before
    bench.store.parts.record_progress(again, 0.9, None, [])
    assert bench.job(job_id).progress > before
