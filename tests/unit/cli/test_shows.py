"""What a pipe is told while a job runs."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from soundstage.cli.desk.contract import Picture
from soundstage.cli.shows import JsonLines, LiveRail, PlainLines, event_line
from soundstage.core.events import Event, EventKind
from soundstage.core.job import JobView

Pictures = dict[str, JobView]


def event(kind: EventKind, stage: str | None = None, seq: int = 1, **data: object) -> Event:
    return Event("job", seq, kind, 0.0, stage, data)


def at_percent(job: JobView, fraction: float) -> JobView:
    stage = job.stages[1]
    parts = [replace(stage.parts[0], fraction=fraction)]
    return replace(job, stages=[job.stages[0], replace(stage, parts=parts), *job.stages[2:]])


def test_each_fact_is_one_plain_line_and_fine_ones_are_left_out(pictures: Pictures) -> None:
    file = io.StringIO()
    facts = [
        event(EventKind.STAGE_STARTED, "INFERENCE"),
        event(EventKind.PART_STARTED, "INFERENCE"),
        event(EventKind.CHECKPOINT_SAVED, "INFERENCE"),
        event(EventKind.PART_RETRYING, "INFERENCE", message="It broke."),
    ]
    PlainLines(Console(file=file, width=30)).show(Picture(pictures["succeeded"], facts))
    lines = [line.split("  ", 1)[1] for line in file.getvalue().splitlines()]
    assert lines == ["INFERENCE started  Animating the portrait", "INFERENCE retrying  It broke."]


def test_plain_progress_is_told_each_ten_percent(pictures: Pictures) -> None:
    file = io.StringIO()
    show = PlainLines(Console(file=file, width=100))
    for step in range(100):
        show.show(Picture(at_percent(pictures["running"], step / 100), []))
    told = [line.split()[1] for line in file.getvalue().splitlines()]
    assert told == ["20", "30", "40", "50", "60"]
    assert file.getvalue().splitlines()[0].endswith("20 %  frame 210 of 450")


def test_a_wait_for_a_person_is_told_with_what_to_type(pictures: Pictures) -> None:
    line = event_line(event(EventKind.PART_WAITING, "INFERENCE", reason="Listen."), pictures["your turn"])
    assert line.endswith(
        "INFERENCE waiting  Listen.  (soundstage jobs answer job_06fk3m8q2v9xw4t7rjzc5n1abd INFERENCE approve|again)"
    )


def test_json_has_each_event_on_a_line_of_its_own(pictures: Pictures, capsys: pytest.CaptureFixture[str]) -> None:
    facts = [event(EventKind.JOB_QUEUED, seq=1), event(EventKind.STAGE_STARTED, "SETUP", seq=2, part=7)]
    JsonLines().show(Picture(pictures["running"], facts))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["type"], line["seq"], line["kind"]) for line in lines] == [
        ("event", 1, "job.queued"),
        ("event", 2, "stage.started"),
    ]
    assert lines[1]["data"] == {"part": 7}


def test_the_live_rail_ends_with_the_last_picture(pictures: Pictures) -> None:
    file = io.StringIO()
    with LiveRail(Console(file=file, width=80, force_terminal=True, legacy_windows=False)) as show:
        show.show(Picture(pictures["running"], []))
        show.show(Picture(pictures["succeeded"], []))
    assert "succeeded" in file.getvalue().rpartition("talking_head")[2]
