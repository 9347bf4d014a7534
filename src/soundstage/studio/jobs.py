"""What can be asked of jobs: order, look, steer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from soundstage.blobs.contract import Blobs
from soundstage.core.clock import Clock, SystemClock
from soundstage.core.errors import IllegalTransition, JobNotFound, NotFound
from soundstage.core.events import Event, Tick
from soundstage.core.files import reference_of, sha256_of
from soundstage.core.job import ArtifactView, AttemptView, JobSummary, JobView
from soundstage.core.pipeline import Pipeline
from soundstage.core.states import Priority, WaitKind
from soundstage.pipelines.registry import PipelineRegistry
from soundstage.store.control import ChangedParameters
from soundstage.store.finding import JobFilter as JobFilter
from soundstage.store.finding import JobOrder as JobOrder
from soundstage.store.finding import Page as Page
from soundstage.store.finding import Position as Position
from soundstage.store.orders import SECONDS_A_DAY, NewJob, RequestName
from soundstage.store.orders import Accepted as Accepted
from soundstage.store.statistics import PipelineStatistics as PipelineStatistics
from soundstage.store.store import Store
from soundstage.store.summaries import JobCount as JobCount
from soundstage.store.summaries import SummaryStore
from soundstage.store.views import LogFilter as LogFilter
from soundstage.store.views import LogLine as LogLine
from soundstage.store.views import ViewStore
from soundstage.studio.access import LOCAL_OWNER, Plan
from soundstage.studio.parameters import check_files, check_parameters, name_by_hash, request_key
from soundstage.studio.remaining import Estimate, Remaining
from soundstage.studio.work_limits import WorkLimits

ERASED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Order:
    """A wish for a job, not yet checked.

    `plan` names the limits that hold for it; orders of the command line have none. An order that is sent again with
    the same `idempotency_key` makes no second job.
    """

    pipeline: str
    params: Mapping[str, Any]
    owner: str = LOCAL_OWNER
    priority: Priority = Priority.NORMAL
    description: str = ""
    metadata: Mapping[str, Any] | None = None
    plan: Plan | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class JobChange:
    """New values of what is given."""

    priority: Priority | None = None
    description: str | None = None
    metadata: Mapping[str, Any] | None = None


class Jobs:
    """One for each process. `ring` tells workers that there may be work, `announce` that a job has changed.

    `resolve_file` tells from an owner and a reference which bytes are meant, if they are that owner's.
    """

    def __init__(
        self,
        store: Store,
        views: ViewStore,
        summaries: SummaryStore,
        blobs: Blobs,
        pipelines: PipelineRegistry,
        limits: WorkLimits,
        ring: Callable[[], None],
        announce: Callable[[str], None] = lambda job_id: None,
        clock: Clock | None = None,
        *,
        resolve_file: Callable[[str, str], tuple[str, str | None]],
    ) -> None:
        self._store = store
        self._views = views
        self._summaries = summaries
        self._limits = limits
        self._blobs = blobs
        self._pipelines = pipelines
        self._ring = ring
        self._announce = announce
        self._resolve_file = resolve_file
        self._stored_here: set[str] = set()
        self._clock = clock or SystemClock()
        self._remaining = Remaining(views, self._clock)

    def store_path(self, path: Path) -> str:
        """Keep a copy of a file of this machine; for the command line, never for clients. Orders may name it."""
        reference = reference_of(self._blobs.put_file(path).sha256)
        self._stored_here.add(reference)
        return reference

    def create(self, order: Order) -> str:
        """Check and accept a job; it is durable when this returns. Returns its id. Raises what `accept` raises."""
        return self.accept(order).job_id

    def accept(self, order: Order) -> Accepted:
        """Check and accept a job, or give the one that was made for the same key before.

        Raises BadParameters, UnknownPipeline, LimitReached, IdempotencyConflict, DiskFull.
        """
        earlier = self.find_earlier(order)
        if earlier is not None:
            return earlier
        accepted = self._store.orders.accept(self.checked(order))
        self.changed([accepted.job_id])
        return accepted

    def find_earlier(self, order: Order) -> Accepted | None:
        """The job of an earlier order with the same key. Raises IdempotencyConflict."""
        request = _request_of(order)
        return None if request is None else self._store.orders.find(order.owner, request)

    def estimate(self, kind: str, given: Mapping[str, Any], owner: str) -> Estimate:
        """What a job with these parameters would take. Stores nothing. Raises BadParameters, UnknownPipeline."""
        pipeline = self._pipelines.get(kind)
        params, _ = self._checked_params(pipeline, given, owner)
        return self._remaining.estimate(pipeline, params, _size_of(pipeline, params))

    def changed(self, job_ids: Iterable[str]) -> None:
        """Tell workers and readers of jobs that were written elsewhere."""
        self._ring()
        for job_id in job_ids:
            self._announce(job_id)

    def find_unfinished(self, order: Order) -> str | None:
        """The newest job of an equal order that has not ended."""
        checked = self.checked(order)
        return self._store.control.find_unfinished(checked.owner, checked.request_key)

    def get(self, job_id: str, owner: str | None = None) -> JobView:
        """Raises JobNotFound, Incompatible."""
        return self._remaining.shown(self._views.get_job(job_id, owner))

    def check_owner(self, job_id: str, owner: str | None) -> None:
        """Raises JobNotFound, also where the job is another owner's. None finds all."""
        self._views.check_owner(job_id, owner)

    def list_jobs(self, wanted: JobFilter) -> Sequence[JobView]:
        return self.detailed_page(wanted).jobs

    def detailed_page(self, wanted: JobFilter) -> Page[JobView]:
        page = self._views.page(wanted)
        return Page([self._remaining.shown(job) for job in page.jobs], page.end)

    def page(self, wanted: JobFilter) -> Page[JobSummary]:
        page = self._summaries.page(wanted)
        return Page([self._remaining.shown(job) for job in page.jobs], page.end)

    def find_ids(self, wanted: JobFilter) -> Page[str]:
        return self._summaries.find_ids(wanted)

    def count(self, owner: str | None = None) -> Sequence[JobCount]:
        return self._summaries.count(owner)

    def statistics(self, owner: str, days: int) -> Sequence[PipelineStatistics]:
        """How the owner's jobs of the last days ended, by pipeline."""
        return self._summaries.statistics(owner, self._clock.now() - days * SECONDS_A_DAY)

    def events(self, job_id: str, after: int = 0, limit: int = 1000) -> Sequence[Event]:
        return self._views.list_events(job_id, after, limit)

    def attempts(self, job_id: str) -> Sequence[AttemptView]:
        return self._views.list_attempts(job_id)

    def logs(self, job_id: str, wanted: LogFilter | None = None) -> Sequence[LogLine]:
        return self._views.list_logs(job_id, wanted)

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

    def retry(
        self,
        job_id: str,
        from_stage: str | None = None,
        changes: Mapping[str, Any] | None = None,
        plan: Plan | None = None,
    ) -> None:
        """Go on from the failed stage, or anew from a stage, with changed parameters where given.

        Raises IllegalTransition, UnknownStage, BadParameters, and LimitReached beyond the limits of the plan.
        """
        job = self._views.get_job(job_id)
        self._limits.check_work(job.owner, plan)
        changed = self._changed_parameters(job, changes) if changes else None
        self._store.control.retry(job_id, from_stage, changed, self._limits.most_unfinished(plan))
        self._changed(job_id)

    def answer(
        self,
        job_id: str,
        stage: str,
        action: str,
        data: Mapping[str, Any],
        by: str,
        item: int | None = None,
        kind: WaitKind | None = None,
    ) -> None:
        """`item` says which of several that wait is meant; `kind` takes only what waits so.

        Raises IllegalTransition, Conflict, UnknownStage.
        """
        self._store.control.answer(job_id, stage, action, data, by, item, kind)
        self._changed(job_id)

    def report_progress(
        self, job_id: str, stage: str, fraction: float, message: str | None = None, item: int | None = None
    ) -> Tick:
        """Keep how far work outside is, 0..1. Raises IllegalTransition, Conflict, UnknownStage."""
        return self._store.control.report_progress(job_id, stage, fraction, message, item)

    def change(self, job_id: str, change: JobChange) -> None:
        """Raises IllegalTransition for the priority of a job that has ended."""
        self._store.control.change(job_id, change.priority, change.description, change.metadata)
        self._changed(job_id)

    def delete(self, job_id: str, cancel_first: bool = False) -> None:
        """Remove a job that has ended; its files go with the next sweep. Raises IllegalTransition."""
        if cancel_first:
            self._cancel_if_open(job_id)
        self._store.retention.delete_job(job_id)
        self._announce(job_id)

    def erase_owner(self, owner: str) -> None:
        """Cancel and remove all jobs of an owner, and what is kept of their requests."""
        for job_id in self._ids_of(owner):
            try:
                self.delete(job_id, cancel_first=True)
            except JobNotFound:
                continue
        self._store.orders.erase_owner(owner)

    def _changed(self, job_id: str) -> None:
        self._ring()
        self._announce(job_id)

    def checked(self, order: Order) -> NewJob:
        """Raises BadParameters, UnknownPipeline, LimitReached."""
        self._limits.check_work(order.owner, order.plan)
        pipeline = self._pipelines.get(order.pipeline)
        params, inputs = self._checked_params(pipeline, order.params, order.owner)
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
            request=_request_of(order),
            most_unfinished=self._limits.most_unfinished(order.plan),
        )

    def _changed_parameters(self, job: JobView, changes: Mapping[str, Any]) -> ChangedParameters:
        pipeline = self._pipelines.get(job.pipeline)
        params, inputs = self._checked_params(pipeline, {**job.params, **changes}, job.owner)
        return ChangedParameters(params.model_dump(mode="json"), request_key(pipeline, params), inputs)

    def _checked_params(
        self, pipeline: Pipeline, given: Mapping[str, Any], owner: str
    ) -> tuple[BaseModel, Sequence[str]]:
        resolve = partial(self._resolve, owner)
        params = check_parameters(pipeline, name_by_hash(pipeline, given, resolve))
        return params, check_files(pipeline, params, resolve, self._blobs.path)

    def _resolve(self, owner: str, reference: str) -> tuple[str, str | None]:
        if reference in self._stored_here:
            return sha256_of(reference), None
        return self._resolve_file(owner, reference)

    def _cancel_if_open(self, job_id: str) -> None:
        try:
            self.cancel(job_id)
        except IllegalTransition:
            return  # it has ended by itself

    def _ids_of(self, owner: str) -> Iterator[str]:
        wanted = JobFilter(owner, limit=ERASED_AT_ONCE)
        while ids := self._summaries.find_ids(wanted).jobs:
            yield from ids


def _request_of(order: Order) -> RequestName | None:
    if order.idempotency_key is None:
        return None
    asked = {name: value for name, value in asdict(order).items() if name not in ("owner", "plan", "idempotency_key")}
    text = json.dumps(asked, sort_keys=True, default=str)
    return RequestName(order.idempotency_key, hashlib.sha256(text.encode()).hexdigest())


def _size_of(pipeline: Pipeline, params: Any) -> float:
    size = pipeline.size(params) if pipeline.size is not None else 1.0
    return max(float(size), 1e-9)
