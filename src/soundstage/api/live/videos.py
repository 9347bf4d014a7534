"""The story-video document's events: which facts of a job they stand for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soundstage.core.events import Event, EventKind
from soundstage.core.pipeline import Pipeline

_OF_JOB: Mapping[EventKind, str] = {
    EventKind.JOB_STARTED: "video_generation_started",
    EventKind.JOB_SUCCEEDED: "video_completed",
    EventKind.JOB_FAILED: "video_failed",
    EventKind.JOB_CANCELLED: "video_failed",
}
_OF_SCENE: Mapping[EventKind, str] = {
    EventKind.PART_STARTED: "video_scene_processing",
    EventKind.PART_COMPLETED: "video_scene_completed",
}


@dataclass(frozen=True, slots=True)
class Film:
    """The stage whose items are scenes, and the one after it, which combines them; None where there is none."""

    scenes: str | None
    combining: str | None

    @classmethod
    def of(cls, pipeline: Pipeline) -> Film:
        keys = [stage.key for stage in pipeline.stages]
        scenes = next((place for place, stage in enumerate(pipeline.stages) if stage.each is not None), None)
        if scenes is None:
            return cls(None, None)
        return cls(keys[scenes], keys[scenes + 1] if scenes + 1 < len(keys) else None)


def video_event(fact: Event, film: Film) -> tuple[str, dict[str, Any]] | None:
    """The name and content of the document's event; None for facts that it does not tell."""
    name = _OF_JOB.get(fact.kind)
    content: dict[str, Any] = {"videoId": fact.job_id, "seq": fact.seq}
    if fact.stage == film.scenes and "item" in fact.data:
        name = _OF_SCENE.get(fact.kind)
        content["sceneNumber"] = fact.data["item"] + 1
    elif fact.stage == film.combining and fact.kind is EventKind.STAGE_STARTED:
        name = "video_combining_scenes"
    if name == "video_failed":
        content["reason"] = "cancelled" if fact.kind is EventKind.JOB_CANCELLED else "failed"
    return None if name is None else (name, content)
