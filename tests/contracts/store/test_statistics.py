"""How jobs ended lately, by pipeline."""

from __future__ import annotations

import pytest

from soundstage.testing.store_bench import FAILURE, StoreBench, make_snapshot


def finish(bench: StoreBench, seconds: float, kind: str = "bench", owner: str = "ann") -> None:
    bench.create(make_snapshot(1, kind=kind), owner=owner)
    claim = bench.claim()
    bench.clock.advance(seconds)
    bench.complete(claim)


@pytest.mark.parametrize(("took", "median"), [([3.0], 3.0), ([9.0, 1.0, 2.0], 2.0), ([1.0, 4.0, 2.0, 30.0], 3.0)])
def test_the_median_is_that_of_the_jobs_that_succeeded(bench: StoreBench, took: list[float], median: float) -> None:
    for seconds in took:
        finish(bench, seconds)
    bench.create(make_snapshot(1))
    bench.store.parts.fail(bench.claim(), FAILURE, None, None)
    [found] = bench.summaries.statistics("ann", 0.0)
    assert (found.succeeded, found.failed) == (len(took), 1)
    assert found.median_seconds == pytest.approx(median)


def test_only_the_owners_jobs_of_that_time_count_each_by_its_pipeline(bench: StoreBench) -> None:
    finish(bench, 5.0)
    since = bench.clock.now()
    finish(bench, 1.0, "second")
    finish(bench, 2.0, "first")
    finish(bench, 7.0, owner="bob")
    bench.store.control.cancel(bench.create(make_snapshot(1, kind="third")))
    found = bench.summaries.statistics("ann", since)
    assert [(one.pipeline, one.succeeded, one.cancelled, one.success_rate) for one in found] == [
        ("first", 1, 0, 1.0),
        ("second", 1, 0, 1.0),
        ("third", 0, 1, None),
    ]
    assert found[2].median_seconds is None
