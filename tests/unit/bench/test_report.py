"""The reports of the benchmark: figures, tables and the page that they are written into."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.report import (
    Moment,
    Section,
    Verdict,
    at_least,
    at_most,
    machine_line,
    markdown,
    moment,
    percentile,
    spread,
    targets,
    write_section,
)

SECTION = Section("chain", "A chain", ("contender", "jobs/s"), [("ours", "9"), ("peer", "3")], note="How it was done.")


def test_a_percentile_is_the_nearest_rank() -> None:
    values = [float(value) for value in range(200, 0, -1)]
    assert (percentile(values, 50), percentile(values, 99), percentile(values, 100)) == (100, 198, 200)
    assert percentile([7.0], 1) == 7


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        percentile([], 50)


def test_a_spread_is_the_median_and_the_range() -> None:
    assert spread([3.0, 1.0, 20.0]) == "3.00 (1.00..20.0)"
    assert spread([1234.4]) == "1,234"


def test_a_target_is_judged_by_the_median() -> None:
    assert at_most("pause", [1.0, 2.0, 9.0], 2.0, "ms") == Verdict(
        "pause", "at most 2 ms", "2.00 (1.00..9.00) ms", True
    )
    assert not at_most("pause", [1.0, 2.1, 2.2], 2.0, "ms").is_met
    assert at_least("speed", [4.0], 4.0, "times") == Verdict("speed", "at least 4 times", "4.00 times", True)
    assert not at_least("speed", [3.9, 3.9, 9.0], 4.0, "times").is_met


def test_the_targets_say_which_were_met_missed_or_not_measured() -> None:
    verdicts = [Verdict(str(is_met), "1", "2", is_met) for is_met in (True, False, None)]
    assert [row[-1] for row in targets(verdicts).rows] == ["met", "**missed**", "not measured"]


def test_a_section_is_a_table_with_its_note_and_machine() -> None:
    assert markdown(SECTION, "two cores").splitlines() == [
        "**A chain**",
        "",
        "| contender | jobs/s |",
        "| --- | ---: |",
        "| ours | 9 |",
        "| peer | 3 |",
        "",
        "How it was done.",
        "",
        "Measured on two cores.",
    ]


def test_a_section_replaces_only_what_stands_between_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(r"before <!-- bench:chain -->old \1<!-- /bench:chain --> after <!-- bench:other -->kept")
    write_section(page, SECTION, "two cores")
    write_section(page, SECTION, "two cores")
    expected = f"before <!-- bench:chain -->\n{markdown(SECTION, 'two cores')}\n<!-- /bench:chain --> after"
    assert page.read_text() == f"{expected} <!-- bench:other -->kept"


def test_a_page_without_the_markers_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("no markers here")
    with pytest.raises(LookupError, match="bench:chain"):
        write_section(page, SECTION, "two cores")
    assert page.read_text() == "no markers here"


def test_the_machine_line_names_what_a_figure_depends_on() -> None:
    start, end = Moment(100.0, 50.0, 7.0), Moment(110.0, 65.0, 10.0)
    line = machine_line(start, end)
    assert all(word in line for word in ("cores (", "GiB", "Python 3.", "SQLite 3.", "UTC", "commit"))
    assert line.endswith("other programs took 1.2 cores meanwhile")


def test_a_moment_counts_the_processor_time_of_the_machine_and_of_the_benchmark() -> None:
    before = after = moment()
    while after.own_cpu_seconds == before.own_cpu_seconds:
        after = moment()
    assert after.at_seconds > before.at_seconds
    assert after.machine_cpu_seconds >= after.own_cpu_seconds > before.own_cpu_seconds
