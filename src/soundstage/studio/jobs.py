"""What can be asked of jobs: order, look, steer."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from soundstage.blobs.folder import FolderBlobs
from soundstage.core.clock import Clock, SystemClock
from soundstage.core.errors import NotFound
from soundstage.core.events import Event
from soundstage.core.files import reference_of, sha256_of
from soundstage.core.job import ArtifactView, AttemptView, JobView
from soundstage.core.pipeline import Pipeline
from soundstage.core.remaining import StagePace, remaining_seconds
from soundstage.core.states import JobState, Priority
from soundstage.media.sniff import sniff
from soundstage.pipelines.registry import PipelineRegistry
from soundstage.store.control import NewJob
from soundstage.store.store import Store
from soundstage.store.views import JobFilter as JobFilter
from soundstage.store.views import LogLine as LogLine
from soundstage.store.views import ViewStore
from soundstage.studio.parameters import check_files, check_parameters, request_key

LOCAL_OWNER = "local"
TIMINGS_KEPT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Order:
    """A wish for a job, not yet checked."""

    pipeline: str
    params: Mapping[str, Any]
    owner: str = LOCAL_OWNER
    priority: Priority = Priority.NORMAL
    description: str = ""
    metadata: Mapping[str, Any] | None = None


class Jobs:
    """One for each process. `ring` tells workers that there may be work, `announce` that a job has changed."""

    def __init__(
        self,
        store: Store,
        views: ViewStore,
        blobs: FolderBlobs,
        pipelines: PipelineRegistry,
        ring: Callable[[], None],
        announce: Callable[[str], None] = lambda job_id: None,
        clock: Clock | None = None,
    ) -> None:
        self._store = store
        self._views = views
        self._blobs = blobs
        self._pipelines = pipelines
        self._ring = ring
        self._announce = announce
        self._clock = clock or SystemClock()
        self._timings: dict[str, tuple[float, dict[int, list[float]]]] = {}

    def store_file(self, chunks: Iterable[bytes]) -> str:
        """Keep bytes that a parameter will name. Returns the reference."""
        return reference_of(self._blobs.put(chunks).sha256)

    def file_kind(self, reference: str) -> str:
        """What a stored file is by its content: image, audio, video or text. Raises BadMedia, BlobNotFound."""
        return sniff(self._blobs.path(sha256_of(reference)))

    def store_path(self, path: Path) -> str:
        """Keep a copy of a file of this machine; for the command line, never for clients."""
        return reference_of(self._blobs.put_file(path).sha256)

    def create(self, order: Order) -> str:
        """Check and accept a job; it is durable when this returns. Raises BadParameters, UnknownPipeline, DiskFull."""
        job_id = self._store.control.create(self._checked(order))
        self._ring()
        self._announce(job_id)
        return job_id

    def find_unfinished(self, order: Order) -> str | None:
        """The newest job of an equal order that has not ended."""
        checked = self._checked(order)
        return self._store.control.find_unfinished(checked.owner, checked.request_key)

    def get(self, job_id: str, owner: str | None = None) -> JobView:
        """Raises JobNotFound."""
        return self._with_remaining(self._views.get_job(job_id, owner))

    def list_jobs(self, wanted: JobFilter) -> Sequence[JobView]:
        return [self._with_remaining(job) for job in self._views.list_jobs(wanted)]

    def count(self, owner: str | None = None) -> Mapping[JobState, int]:
        return self._views.count_jobs(owner)

    def events(self, job_id: str, after: int = 0, limit: int = 1000) -> Sequence[Event]:
        return self._views.list_events(job_id, after, limit)

    def attempts(self, job_id: str) -> Sequence[AttemptView]:
        return self._views.list_attempts(job_id)

    def logs(self, job_id: str) -> Sequence[LogLine]:
        return self._views.list_logs(job_id)

    def artifact(
        self, job_id: str, name: str, owner: str | None = None, sha256: str | None = None
    ) -> tuple[ArtifactView, Path]:
        """The artifact of that name, and where its bytes are. Raises NotFound.

        Where several have the name it is the one with the sha256, or else that of the last stage.
        """
        job = self._views.get_job(job_id, owner)
        for stage in reversed(job.stages):
            for artifact in stage.artifacts:
                if artifact.name == name and sha256 in (None, artifact.sha256):
                    return artifact, self._blobs.path(artifact.sha256)
        raise NotFound(f"Job {job_id} has no artifact {name!r} (yet).")

    def pause(self, job_id: str) -> None:
        self._store.control.pause(job_id)
        self._changed(job_id)

    def resume(self, job_id: str) -> None:
        self._store.control.resume(job_id)
        self._changed(job_id)

    def cancel(self, job_id: str) -> None:
        self._store.control.cancel(job_id)
        self._changed(job_id)

    def retry(self, job_id: str, from_stage: str | None = None, changes: Mapping[str, Any] | None = None) -> None:
        """Go on from the failed stage, or anew from a stage, with changed parameters where given."""
        params, inputs = None, []
        if changes:
            job = self._views.get_job(job_id)
            pipeline = self._pipelines.get(job.pipeline)
            checked = check_parameters(pipeline, {**job.params, **changes})
            inputs = check_files(pipeline, checked, self._blobs.path)
            params = checked.model_dump(mode="json")
        self._store.control.retry(job_id, from_stage, params, inputs)
        self._changed(job_id)

    def answer(self, job_id: str, stage: str, action: str, data: Mapping[str, Any], by: str) -> None:
        self._store.control.answer(job_id, stage, action, data, by)
        self._changed(job_id)

    def set_priority(self, job_id: str, priority: Priority) -> None:
        self._store.control.set_priority(job_id, priority)
        self._changed(job_id)

    def delete(self, job_id: str) -> None:
        """Remove a job that has ended; its files go with the next sweep."""
        self._store.retention.delete_job(job_id)
        self._announce(job_id)

    def _changed(self, job_id: str) -> None:
        self._ring()
        self._announce(job_id)

    def _checked(self, order: Order) -> NewJob:
        pipeline = self._pipelines.get(order.pipeline)
        params = check_parameters(pipeline, order.params)
        inputs = check_files(pipeline, params, self._blobs.path)
        return NewJob(
            pipeline=pipeline.snapshot(),
            params=params.model_dump(mode="json"),
            owner=order.owner,
            priority=order.priority,
            size=_size_of(pipeline, params),
            request_key=request_key(pipeline, params),
            inputs=inputs,
            description=order.description,
            metadata=order.metadata or {},
        )

    def _with_remaining(self, job: JobView) -> JobView:
        if job.state not in (JobState.QUEUED, JobState.RUNNING):
            return job
        earlier = self._earlier(job.pipeline)
        now = self._clock.now()
        paces = [
            StagePace(s.state, s.fraction, 0.0 if s.started_at is None else now - s.started_at) for s in job.stages
        ]
        seconds = remaining_seconds(paces, earlier, self._views.get_size(job.id))
        return replace(job, remaining_seconds=seconds)

    def _earlier(self, pipeline: str) -> dict[int, list[float]]:
        known = self._timings.get(pipeline)
        if known is not None and time.monotonic() - known[0] < TIMINGS_KEPT_SECONDS:
            return known[1]
        rates: dict[int, list[float]] = defaultdict(list)
        for timing in self._views.list_timings(pipeline):
            rates[timing.stage].append(timing.seconds / timing.size)
        self._timings[pipeline] = (time.monotonic(), rates)
        return rates


def _size_of(pipeline: Pipeline, params: Any) -> float:
    size = pipeline.size(params) if pipeline.size is not None else 1.0
    return max(float(size), 1e-9)
