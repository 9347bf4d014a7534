"""The installed pipelines, found by their entry points; ours enter by the same door as everybody's."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from soundstage.core.errors import UnknownPipeline
from soundstage.core.pipeline import Pipeline

GROUP = "soundstage.pipelines"
OWN_CHORES = (
    EntryPoint("asset_preview", "soundstage.pipelines.asset_preview:asset_preview", GROUP),
    EntryPoint("voice_sample", "soundstage.pipelines.voice_sample:voice_sample", GROUP),
)
"""Pipelines that Soundstage orders for itself."""


class PipelineRegistry:
    """Pipelines by kind; one is imported when it is first asked for.

    A package that cannot be imported is kept with its reason and breaks nothing else. The unlisted are no products:
    `get` finds them, and nothing else does.
    """

    def __init__(
        self,
        points: Iterable[EntryPoint] | None = None,
        extra: Iterable[Pipeline] = (),
        unlisted: Iterable[EntryPoint] = (),
    ) -> None:
        found = entry_points(group=GROUP) if points is None else points
        unlisted = list(unlisted)
        self._unlisted = {point.name for point in unlisted}
        self._points = {point.name: point for point in (*found, *unlisted)}
        self._loaded = {pipeline.kind: pipeline for pipeline in extra}
        self._broken: dict[str, str] = {}

    def kinds(self) -> list[str]:
        return sorted({*self._points, *self._loaded} - self._unlisted)

    def get(self, kind: str) -> Pipeline:
        """Raises UnknownPipeline with those that are known, or with why this one cannot be loaded."""
        pipeline = self._loaded.get(kind) or self._load(kind)
        if pipeline is not None:
            return pipeline
        if kind in self._broken:
            raise UnknownPipeline(f"Pipeline {kind!r} cannot be loaded: {self._broken[kind]}.")
        raise UnknownPipeline(f"No pipeline {kind!r} is installed. Installed are {', '.join(self.kinds())}.")

    def installed(self) -> list[Pipeline]:
        """All products that can be loaded."""
        return [pipeline for kind in self.kinds() if (pipeline := self._loaded.get(kind) or self._load(kind))]

    def broken(self) -> dict[str, str]:
        """Kind to reason, of those that could not be loaded."""
        self.installed()
        return dict(self._broken)

    def add(self, pipeline: Pipeline) -> None:
        """Make a pipeline known that no package declares: one from a file of the user."""
        self._loaded[pipeline.kind] = pipeline

    def set_aside(self, name: str, reason: str) -> None:
        """Remember why a pipeline cannot be had; it breaks nothing else."""
        self._broken[name] = reason.rstrip(".")

    def _load(self, kind: str) -> Pipeline | None:
        point = self._points.get(kind)
        if point is None or kind in self._broken:
            return None
        try:
            pipeline = point.load()
        except Exception as error:  # a foreign module may raise anything while it is imported
            self._broken[kind] = f"{type(error).__name__}: {error}"
            return None
        if not isinstance(pipeline, Pipeline) or pipeline.kind != kind:
            self._broken[kind] = f"{point.value} is not a Pipeline of kind {kind!r}"
            return None
        self._loaded[kind] = pipeline
        return pipeline
