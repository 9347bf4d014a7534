"""Lists hold what their filters say, in their order, page by page; on both databases."""

from __future__ import annotations

import itertools
import logging
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import event

from soundstage.core.job import JobSummary, JobView
from soundstage.core.outcome import Wait
from soundstage.core.states import JobState, Priority
from soundstage.store import sqlite
from soundstage.store.finding import JobFilter, JobOrder, Position
from soundstage.store.sqlite import SqliteDatabase
from soundstage.testing.store_bench import StoreBench, make_snapshot, stored_file

OWNERS = ("ann", "bob")
PIPELINES = ("speech", "avatar", "stems")
WORDS = ("Lesson", "lição", "STRASSE", "100%", "a_b", "")


@dataclass(frozen=True)
class Made:
    """What the test itself knows of a job."""

    id: str
    owner: str
    pipeline: str
    priority: Priority
    description: str
    created_at: float


def fill(bench: StoreBench, count: int = 60) -> list[Made]:
    """Jobs of every state, some of them made at the same moment."""
    chance = random.Random(11)
    made = []
    for number in range(count):
        owner, kind = chance.choice(OWNERS), chance.choice(PIPELINES)
        priority, description = chance.choice(list(Priority)), chance.choice(WORDS)
        job_id = bench.create(
            make_snapshot(2, kind=kind), owner=owner, priority=priority, description=description, size=2.0
        )
        made.append(Made(job_id, owner, kind, priority, description, bench.clock.now()))
        bring_on(bench, job_id, number)
        bench.clock.advance(chance.choice([0.0, 1.0]))
    return made


def bring_on(bench: StoreBench, job_id: str, number: int) -> None:
    step = number % 7
    if step == 1:
        bench.store.control.cancel(job_id)
    elif step == 2:
        bench.store.control.pause(job_id)
    elif step == 3:
        bench.fail(bench.claim())
    elif step == 4:
        bench.suspend(bench.claim(), Wait("Look."))
    elif step == 5:
        bench.run_until_idle()
    elif step == 6:
        bench.claim(f"w{number}")


def pages(bench: StoreBench, wanted: JobFilter) -> list[JobSummary]:
    found: list[JobSummary] = []
    while True:
        page = bench.summaries.page(wanted)
        found += page.jobs
        assert len(page.jobs) <= wanted.limit
        if page.end is None:
            return found
        wanted = replace(wanted, after=page.end)


def in_order(jobs: Iterable[JobView], order: JobOrder) -> list[str]:
    """Sorted the slow way: by the key and the id, and by end with those that have not ended last."""
    listed = list(jobs)
    ended = [job for job in listed if job.finished_at is not None]
    rest = [job for job in listed if job.finished_at is None]

    def sort(some: list[JobView], key: str) -> list[str]:
        keys: dict[str, Callable[[JobView], Any]] = {
            "created_at": lambda j: j.created_at,
            "finished_at": lambda j: j.finished_at,
            "priority": lambda j: -j.priority.rank,
            "none": lambda j: 0,
        }
        return [j.id for j in sorted(some, key=lambda j: (keys[key](j), j.id), reverse=order.is_descending)]

    if order.is_by_finish:
        return sort(ended, "finished_at") + sort(rest, "none")
    return sort(listed, order.value.removeprefix("-"))


@pytest.mark.parametrize("order", list(JobOrder))
def test_every_order_goes_page_by_page_through_all_jobs_of_an_owner(bench: StoreBench, order: JobOrder) -> None:
    made = fill(bench)
    own = [bench.job(job.id) for job in made if job.owner == "ann"]
    for limit in (1, 7, 100):
        listed = [job.id for job in pages(bench, JobFilter("ann", order=order, limit=limit))]
        assert listed == in_order(own, order), limit


@pytest.mark.parametrize("order", list(JobOrder))
def test_every_filter_narrows_every_order(bench: StoreBench, order: JobOrder) -> None:
    made = fill(bench)
    views = [bench.job(job.id) for job in made if job.owner == "ann"]
    middle = views[len(views) // 2].created_at
    states, kinds, priorities = [JobState.SUCCEEDED, JobState.WAITING], ["speech", "stems"], [Priority.HIGH]
    filters: dict[str, Callable[[JobView], bool]] = {
        "states": lambda j: j.state in states,
        "pipelines": lambda j: j.pipeline in kinds,
        "priorities": lambda j: j.priority in priorities,
        "created_after": lambda j: j.created_at > middle,
        "created_before": lambda j: j.created_at < middle,
        "text": lambda j: "lesson" in j.description.lower(),
    }
    given: dict[str, Any] = {
        "states": states,
        "pipelines": kinds,
        "priorities": priorities,
        "created_after": middle,
        "created_before": middle,
        "text": "LESSON",
    }
    for names in itertools.chain(itertools.combinations(filters, 1), itertools.combinations(filters, 2)):
        wanted = JobFilter("ann", order=order, limit=3, **{name: given[name] for name in names})
        expected = in_order([job for job in views if all(filters[name](job) for name in names)], order)
        assert [job.id for job in pages(bench, wanted)] == expected, names


def test_without_an_owner_the_jobs_of_all_are_listed(bench: StoreBench) -> None:
    made = fill(bench, 20)
    for order in JobOrder:
        listed = [job.id for job in pages(bench, JobFilter(order=order, limit=6))]
        assert listed == in_order([bench.job(job.id) for job in made], order)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lesson", ["Lesson 1"]),
        ("LIÇÃO", ["Uma lição"]),
        ("strasse", ["Hauptstraße"]),
        ("0%", ["100% sure"]),
        ("a_b", ["a_b"]),
        ("/", ["and/or"]),
        ("\\", []),
        ("'; DROP TABLE jobs; --", []),
    ],
)
def test_text_is_found_in_any_case_and_means_itself(bench: StoreBench, text: str, found: list[str]) -> None:
    for description in ("Lesson 1", "Uma lição", "Hauptstraße", "100% sure", "a_b", "axb", "and/or", "1000"):
        bench.create(description=description)
    listed = bench.summaries.page(JobFilter("ann", text=text)).jobs
    assert [job.description for job in listed] == found


def test_text_is_found_in_pipelines_and_at_the_beginning_of_ids(bench: StoreBench) -> None:
    speech = bench.create(make_snapshot(1, kind="speech"))
    avatar = bench.create(make_snapshot(1, kind="avatar"))
    assert bench.summaries.find_ids(JobFilter("ann", text="PEEC")).jobs == [speech]
    for text in (avatar, avatar[:-2].upper(), avatar.removeprefix("job_")[:-2]):
        assert bench.summaries.find_ids(JobFilter("ann", text=text)).jobs == [avatar]
    assert bench.summaries.find_ids(JobFilter("ann", text=avatar[-8:])).jobs == []
    assert sorted(bench.summaries.find_ids(JobFilter("ann", text="job_")).jobs) == sorted([speech, avatar])


def test_a_new_description_is_found_and_the_old_one_no_more(bench: StoreBench) -> None:
    job_id = bench.create(description="Draft")
    bench.store.control.change(job_id, description="Final " + "x" * 2_000 + " end")
    assert bench.summaries.find_ids(JobFilter("ann", text="draft")).jobs == []
    assert bench.summaries.find_ids(JobFilter("ann", text="final")).jobs == [job_id]
    assert bench.job(job_id).description.endswith("end")


def test_the_longest_description_of_wide_characters_fits_the_indexes(bench: StoreBench) -> None:
    chance = random.Random(3)
    description = "".join(chr(chance.randrange(0x1F300, 0x1F9FF)) for _ in range(2_000))
    job_id = bench.create(description=description)
    bench.run_until_idle()
    assert bench.summaries.find_ids(JobFilter("ann", text=description[:50])).jobs == [job_id]


@pytest.mark.parametrize("order", list(JobOrder))
def test_a_page_goes_on_behind_its_last_job_though_jobs_come_go_and_change(bench: StoreBench, order: JobOrder) -> None:
    made = fill(bench, 40)
    first = bench.summaries.page(JobFilter("ann", order=order, limit=5))
    before = [job.id for job in pages(bench, JobFilter("ann", order=order))]
    changed = set(before[:8])
    bench.store.control.cancel(bench.create(priority=Priority.URGENT))
    for job_id in before[2:5]:
        if bench.job(job_id).state.is_final:
            bench.store.retention.delete_job(job_id)
        else:
            bench.store.control.cancel(job_id)
    rest = [job.id for job in pages(bench, JobFilter("ann", order=order, after=first.end))]
    untouched = [job.id for job in made if job.owner == "ann" and job.id not in changed]
    assert [job_id for job_id in rest if job_id in untouched] == [j for j in before[5:] if j in untouched]
    assert len(set(rest)) == len(rest)


def test_a_summary_says_the_same_as_the_whole_picture(bench: StoreBench) -> None:
    fill(bench, 30)
    many = bench.create(make_snapshot(2, items_at=[0]))
    bench.complete(bench.claim(), items=["1", "2", "3"])
    bench.complete(bench.claim(), files=[stored_file()])
    bench.store.parts.record_progress(bench.claim(), 0.5, "half", [])
    listed = {job.id: job for job in bench.summaries.page(JobFilter(limit=100)).jobs}
    assert len(listed) == 31
    for job_id, summary in listed.items():
        view = bench.job(job_id)
        for name in (field for field in JobSummary.__slots__ if field not in ("stages", "remaining_seconds")):
            assert getattr(summary, name) == getattr(view, name), (job_id, name)
        assert (summary.progress, summary.current_stage, summary.error) == (
            view.progress,
            view.current_stage,
            view.error,
        )
        for short, whole in zip(summary.stages, view.stages, strict=True):
            for name in ("key", "items", "state", "started_at", "finished_at", "error"):
                assert getattr(short, name) == getattr(whole, name), (job_id, name)
            assert short.fraction == pytest.approx(whole.fraction)
    assert listed[many].stages[0].fraction == pytest.approx(0.5)
    assert [stage.items for stage in listed[many].stages] == [3, None]


def test_jobs_are_counted_by_state_and_pipeline(bench: StoreBench) -> None:
    assert bench.summaries.count("ann") == []
    made = fill(bench, 30)
    for owner in (*OWNERS, None):
        own = [bench.job(job.id) for job in made if owner in (None, job.owner)]
        counted = {(count.pipeline, count.state): count.jobs for count in bench.summaries.count(owner)}
        expected: dict[tuple[str, JobState], int] = {}
        for job in own:
            expected[job.pipeline, job.state] = expected.get((job.pipeline, job.state), 0) + 1
        assert counted == expected


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE jobs SET metadata = '{' WHERE id = '{id}'",
        "UPDATE jobs SET metadata = '[1]' WHERE id = '{id}'",
        "UPDATE jobs SET priority = 77 WHERE id = '{id}'",
        "UPDATE parts SET state = 'dreaming' WHERE job_id = '{id}'",
        "UPDATE parts SET error = 'garbage' WHERE job_id = '{id}'",
        "UPDATE pipelines SET definition = 'x' WHERE kind = 'broken'",
        "UPDATE pipelines SET definition = '{}' WHERE kind = 'broken'",
    ],
)
def test_an_unreadable_row_is_left_out_and_logged_and_the_others_stay(
    sqlite_bench: StoreBench, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    ids = []
    for kind in ("fine", "broken", "fine"):
        ids.append(sqlite_bench.create(make_snapshot(1, kind=kind)))
        sqlite_bench.clock.advance(1.0)
    assert isinstance(sqlite_bench.database, SqliteDatabase)
    connection = sqlite.connect(sqlite_bench.database.path)
    connection.execute(broken.replace("{id}", ids[1]))
    connection.close()
    wanted = JobFilter("ann", order=JobOrder.OLDEST, limit=2)
    with caplog.at_level(logging.WARNING):
        first = sqlite_bench.summaries.page(wanted)
        whole = sqlite_bench.views.page(wanted)
    assert [job.id for job in first.jobs] == [job.id for job in whole.jobs] == [ids[0]]
    assert first.end is not None
    assert [job.id for job in sqlite_bench.summaries.page(replace(wanted, after=first.end)).jobs] == [ids[2]]
    assert ids[1] in caplog.text


@pytest.mark.parametrize("order", list(JobOrder))
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"states": [JobState.FAILED]},
        {"states": [JobState.FAILED, JobState.WAITING], "text": "rare"},
        {"pipelines": ["rare"], "priorities": [Priority.LOW], "created_after": 5.0},
    ],
    ids=["all", "one state", "states and text", "pipeline, priority and time"],
)
def test_a_list_is_read_from_an_index_that_holds_all_that_it_needs(
    sqlite_bench: StoreBench, order: JobOrder, filters: dict[str, Any]
) -> None:
    """Its cost must not grow with the size of the jobs' rows."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if "SELECT jobs.id" in statement:
            statements.append((statement, parameters))

    for after in (None, Position(1.0, "job_" + "0" * 26)):
        event.listen(sqlite_bench.engine, "before_cursor_execute", note)
        sqlite_bench.summaries.find_ids(JobFilter("ann", order=order, after=after, **filters))
        event.remove(sqlite_bench.engine, "before_cursor_execute", note)
    assert statements
    for statement, parameters in statements:
        with sqlite_bench.engine.connect() as connection:
            plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())
        assert "USING COVERING INDEX ix_jobs_" in plan, (statement, plan)
        if "NULL AS" not in statement:
            assert "TEMP B-TREE" not in plan, (statement, plan)
