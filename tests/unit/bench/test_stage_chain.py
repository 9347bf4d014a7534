"""What is counted of a chain of stages."""

from __future__ import annotations

from bench.stage_chain import COLUMNS, Run, jobs_per_second, row

QUICK_JOB = [(0.0, 0.1), (0.101, 0.2), (0.202, 0.3)]
SLOW_JOB = [(1.0, 1.1), (1.11, 1.2), (1.22, 2.0)]


def test_jobs_per_second_span_from_the_first_start_to_the_last_end() -> None:
    assert jobs_per_second([SLOW_JOB, QUICK_JOB]) == 1.0


def test_a_row_has_a_rate_and_the_pauses_between_stages_for_each_way_of_submitting() -> None:
    cells = row("peer", [Run(backlog=[SLOW_JOB, QUICK_JOB], in_flight=[SLOW_JOB], alone=[QUICK_JOB])])
    assert dict(zip(COLUMNS, cells, strict=True)) == {
        "contender": "peer",
        "backlog, jobs/s": "1.00",
        "8 in flight, jobs/s": "1.00",
        "hand-over p50, ms": "1.00",
        "hand-over p99, ms": "2.00",
        "8 in flight p50, ms": "10.0",
        "8 in flight p99, ms": "20.0",
    }
