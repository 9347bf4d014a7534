"""What those who follow jobs read, on both databases."""

from __future__ import annotations

import pytest

from soundstage.core.errors import JobNotFound
from soundstage.store.database import Database
from soundstage.store.follow import FollowStore, Head
from soundstage.testing.clock import FakeClock
from soundstage.testing.store_bench import StoreBench


@pytest.fixture
def follow(database: Database) -> FollowStore:
    return FollowStore(database)


def test_the_tail_is_the_newest_facts_and_whose_they_are(bench: StoreBench, follow: FollowStore) -> None:
    job_id = bench.create(owner="ann")
    bench.run_until_idle()
    everything = bench.views.list_events(job_id)
    head, facts = follow.tail(job_id, 3)
    assert head == Head("ann", len(everything))
    assert list(facts) == everything[-3:]
    assert list(follow.tail(job_id, 1000)[1]) == everything
    with pytest.raises(JobNotFound):
        follow.tail("job_0", 3)


def test_facts_come_after_a_number_or_after_a_time(bench: StoreBench, follow: FollowStore, clock: FakeClock) -> None:
    job_id = bench.create()
    clock.advance(5)
    made_at = clock.now()
    bench.run_until_idle()
    everything = bench.views.list_events(job_id)
    assert list(follow.after(job_id, 2, 3)) == everything[2:5]
    assert list(follow.since(job_id, made_at - 1, 1000)) == everything[1:]
    assert list(follow.since(job_id, made_at - 1, 2)) == everything[1:3]
    assert follow.since(job_id, made_at, 1000) == []


def test_heads_are_those_of_jobs_that_are_there(bench: StoreBench, follow: FollowStore) -> None:
    first, second = bench.create(owner="ann"), bench.create(owner="bob")
    assert follow.heads([first, second, "job_0"]) == {first: Head("ann", 1), second: Head("bob", 1)}
    assert follow.heads([]) == {}


def test_a_look_finds_the_owner_s_jobs_with_news(bench: StoreBench, follow: FollowStore, clock: FakeClock) -> None:
    quiet, ended_long_ago = bench.create(owner="ann"), bench.create(owner="ann")
    bench.store.control.cancel(ended_long_ago)
    clock.advance(100)
    begun_at = clock.now()
    new, ended = bench.create(owner="ann"), bench.create(owner="ann")
    bench.create(owner="bob")
    bench.store.control.cancel(ended)
    look = follow.look("ann", begun_at - 1, 100)
    assert dict(look.last_seqs) == {new: 1, ended: 2}
    assert look.at == begun_at
    bench.store.control.pause(quiet)
    assert dict(follow.look("ann", begun_at - 1, 100).last_seqs) == {new: 1, ended: 2, quiet: 2}
    assert len(follow.look("ann", begun_at - 1, 2).last_seqs) == 2
