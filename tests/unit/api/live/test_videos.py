"""Which of the story-video document's events a fact stands for."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from soundstage import Done, Outcome, Pipeline, Stage, StageContext
from soundstage.api.live.videos import Film, video_event
from soundstage.core.events import Event, EventKind

VIDEO = "job_1"


class Story(BaseModel):
    prompt: str = ""


def run(_ctx: StageContext[Story]) -> Outcome:
    return Done()


def scenes(_ctx: StageContext[Story]) -> list[int]:
    return [1, 2]


FILM = Film.of(
    Pipeline(
        "story",
        Story,
        [Stage("STORYBOARD", run, 10), Stage("SCENES", run, 60, each=scenes), Stage("COMBINE", run, 30)],
    )
)


def fact(kind: EventKind, stage: str | None = None, **data: Any) -> Event:
    return Event(VIDEO, 7, kind, 0.0, stage, data)


def test_the_scenes_are_the_stage_with_items_and_combining_is_the_one_after_it() -> None:
    assert Film("SCENES", "COMBINE") == FILM
    assert Film.of(Pipeline("a", Story, [Stage("ONLY", run, 100)])) == Film(None, None)
    assert Film.of(Pipeline("a", Story, [Stage("LAST", run, 100, each=scenes)])) == Film("LAST", None)


@pytest.mark.parametrize(
    ("told", "name", "more"),
    [
        (fact(EventKind.JOB_STARTED), "video_generation_started", {}),
        (fact(EventKind.PART_STARTED, "SCENES", item=0), "video_scene_processing", {"sceneNumber": 1}),
        (fact(EventKind.PART_COMPLETED, "SCENES", item=1), "video_scene_completed", {"sceneNumber": 2}),
        (fact(EventKind.STAGE_STARTED, "COMBINE"), "video_combining_scenes", {}),
        (fact(EventKind.JOB_SUCCEEDED), "video_completed", {}),
        (fact(EventKind.JOB_FAILED), "video_failed", {"reason": "failed"}),
        (fact(EventKind.JOB_CANCELLED), "video_failed", {"reason": "cancelled"}),
    ],
)
def test_a_fact_that_the_document_tells(told: Event, name: str, more: dict[str, Any]) -> None:
    assert video_event(told, FILM) == (name, {"videoId": VIDEO, "seq": 7, **more})


@pytest.mark.parametrize(
    "silent",
    [
        fact(EventKind.JOB_QUEUED),
        fact(EventKind.STAGE_STARTED, "SCENES"),
        fact(EventKind.PART_STARTED, "COMBINE"),
        fact(EventKind.STAGE_STARTED, "STORYBOARD"),
        fact(EventKind.PART_RETRYING, "SCENES", item=0),
    ],
)
def test_a_fact_that_it_does_not_tell(silent: Event) -> None:
    assert video_event(silent, FILM) is None
