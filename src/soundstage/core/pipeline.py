"""A pipeline: a declared, versioned list of weighted stages. Not a run."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from soundstage.core.context import StageContext
from soundstage.core.errors import BadPipeline, UnknownStage
from soundstage.core.outcome import Outcome
from soundstage.core.retry import RetryPolicy
from soundstage.core.states import StageKind

StageFunction = Callable[[StageContext[Any]], Outcome]
ListItems = Callable[[StageContext[Any]], Iterable[Any]]

_KEY = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,59}")
DEFAULT_TIMEOUT_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One named unit of a pipeline.

    `weight` is its share of the job in percent. With `each`, that function lists JSON items and `run` is called
    once per item, in parallel, as `ctx.item`. `timeout_seconds` bounds one attempt. `labels` holds the label in
    other languages ("id", "pt").
    """

    key: str
    run: StageFunction
    weight: int
    label: str = ""
    kind: StageKind = StageKind.AUTOMATIC
    queue: str = "cpu"
    each: ListItems | None = None
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise BadPipeline(f"Stage key {self.key!r} must be upper-case words such as 'POST_PROCESS'.")
        if self.weight < 1:
            raise BadPipeline(f"Stage {self.key} has weight {self.weight}: it must be at least 1.")
        if self.timeout_seconds <= 0:
            raise BadPipeline(f"Stage {self.key} has timeout_seconds {self.timeout_seconds}: it must be positive.")
        object.__setattr__(self, "kind", StageKind(self.kind))
        object.__setattr__(self, "label", self.label or self.key.replace("_", " ").capitalize())


@dataclass(frozen=True)
class Pipeline:
    """What an author declares, and all that the studio needs to run and show it.

    `params` is a pydantic model class. `size` gives the amount of work in the parameters (characters, seconds) and
    scales the time remaining; without it every job counts as one.
    """

    kind: str
    params: type[Any]
    stages: Sequence[Stage]
    title: str = ""
    description: str = ""
    version: int = 1
    size: Callable[[Any], float] | None = None

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise BadPipeline(f"Pipeline kind {self.kind!r} must be lower-case words such as 'text_to_speech'.")
        keys = [stage.key for stage in self.stages]
        if not keys or len(set(keys)) != len(keys):
            raise BadPipeline(f"Pipeline {self.kind} needs stages with keys of their own; it has {keys}.")
        total = sum(stage.weight for stage in self.stages)
        if total != 100:
            raise BadPipeline(f"The weights of pipeline {self.kind} sum to {total}: they must sum to 100.")
        object.__setattr__(self, "title", self.title or self.kind.replace("_", " ").capitalize())

    def stage(self, key: str) -> Stage:
        """Raises UnknownStage."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        known = ", ".join(stage.key for stage in self.stages)
        raise UnknownStage(f"Pipeline {self.kind} has no stage {key!r}. Its stages are {known}.")

    def snapshot(self) -> PipelineSnapshot:
        """What a job keeps of this pipeline; made once."""
        return self._snapshot

    @property
    def snapshot_fingerprint(self) -> str:
        return self._snapshot.fingerprint

    @cached_property
    def _snapshot(self) -> PipelineSnapshot:
        return PipelineSnapshot(
            kind=self.kind,
            version=self.version,
            stages=tuple(
                StageSnapshot(s.key, s.weight, s.label, s.kind, s.queue, s.each is not None, dict(s.labels))
                for s in self.stages
            ),
        )


@dataclass(frozen=True, slots=True)
class StageSnapshot:
    """What a job keeps of a stage: enough to schedule and show it without the author's code."""

    key: str
    weight: int
    label: str
    kind: StageKind
    queue: str
    has_items: bool
    labels: Mapping[str, str]


@dataclass(frozen=True)
class PipelineSnapshot:
    """What a job keeps of its pipeline. Stored once for all jobs that share it, under its fingerprint."""

    kind: str
    version: int
    stages: tuple[StageSnapshot, ...]

    def to_json(self) -> str:
        stages = [
            {
                "key": s.key,
                "weight": s.weight,
                "label": s.label,
                "kind": s.kind,
                "queue": s.queue,
                "has_items": s.has_items,
                "labels": dict(s.labels),
            }
            for s in self.stages
        ]
        return json.dumps({"kind": self.kind, "version": self.version, "stages": stages}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> PipelineSnapshot:
        raw = json.loads(text)
        stages = tuple(StageSnapshot(**{**s, "kind": StageKind(s["kind"])}) for s in raw["stages"])
        return cls(kind=raw["kind"], version=raw["version"], stages=stages)

    @cached_property
    def fingerprint(self) -> str:
        """The same for two snapshots that differ in their labels alone."""
        shape = [(s.key, s.weight, s.kind, s.queue, s.has_items) for s in self.stages]
        return hashlib.sha256(json.dumps([self.kind, self.version, shape]).encode()).hexdigest()[:32]

    def index_of(self, key: str) -> int:
        """Raises UnknownStage."""
        for index, stage in enumerate(self.stages):
            if stage.key == key:
                return index
        known = ", ".join(stage.key for stage in self.stages)
        raise UnknownStage(f"Pipeline {self.kind} has no stage {key!r}. Its stages are {known}.")
