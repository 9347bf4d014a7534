"""From what an administrator sees to JSON: pure, one function for each thing."""

from __future__ import annotations

from dataclasses import asdict

from soundstage.api.admin.schemas import (
    CauseOut,
    FillingOut,
    OwnerStorageOut,
    QueueOut,
    QueuePauseOut,
    StorageOut,
    WorkerOut,
    WorkOut,
)
from soundstage.api.jobs.pictures import moment
from soundstage.api.languages import Languages, label_in
from soundstage.core.progress import job_progress
from soundstage.core.states import Priority
from soundstage.store.administration.failures import Cause
from soundstage.store.administration.queues import QueuePause, QueueView
from soundstage.store.administration.workers import WorkerView, WorkView
from soundstage.studio.access import Plan
from soundstage.studio.administration.services import Installation


def worker_out(worker: WorkerView, languages: Languages) -> WorkerOut:
    return WorkerOut(
        id=worker.id,
        host=worker.host,
        pid=worker.pid,
        queues=list(worker.queues),
        state=worker.state,
        started_at=moment(worker.started_at),
        beat_at=moment(worker.beat_at),
        work=None if worker.work is None else work_out(worker.work, languages),
    )


def work_out(work: WorkView, languages: Languages) -> WorkOut:
    return WorkOut(
        job=work.job_id,
        pipeline=work.pipeline,
        stage=work.stage.key,
        label=label_in(languages, work.stage.label, work.stage.labels),
        item=work.item_index,
        attempt=work.attempt,
        progress=job_progress([(100, work.fraction)], succeeded=work.fraction >= 1),
        message=work.message,
        started_at=moment(work.started_at),
    )


def queue_out(queue: QueueView) -> QueueOut:
    return QueueOut(
        name=queue.name,
        state=queue.state,
        ready_parts=queue.ready_parts,
        ready_by_priority={priority: queue.ready.get(priority, 0) for priority in Priority},
        active_parts=queue.active_parts,
        retrying_parts=queue.retrying_parts,
        oldest_seconds=queue.oldest_seconds,
        workers=queue.workers,
        pause=None if queue.pause is None else _pause_out(queue.pause),
    )


def _pause_out(pause: QueuePause) -> QueuePauseOut:
    return QueuePauseOut(by=pause.by, by_name=pause.by_name, at=moment(pause.at), reason=pause.reason)


def cause_out(cause: Cause) -> CauseOut:
    return CauseOut(
        pipeline=cause.pipeline,
        stage=cause.stage,
        code=cause.code,
        failed_tries=cause.failed_tries,
        failed_parts=cause.failed_parts,
        jobs=cause.jobs,
        last_at=moment(cause.last_at),
        last_job=cause.last_job_id,
        message=cause.message,
    )


def storage_out(installation: Installation) -> StorageOut:
    stored, disk = installation.storage(), installation.disk()
    return StorageOut(
        total=FillingOut(**asdict(stored.total)),
        by_content={content: FillingOut(**asdict(filling)) for content, filling in stored.by_content.items()},
        disk_free_bytes=disk.free_bytes,
        disk_total_bytes=disk.total_bytes,
        owners=[
            OwnerStorageOut(
                owner=owner.owner,
                username=owner.username,
                plan=None if owner.plan is None else Plan(owner.plan),
                asset_bytes=owner.asset_bytes,
                artifact_bytes=owner.artifact_bytes,
                limit_bytes=installation.storage_limit(owner),
            )
            for owner in stored.owners
        ],
    )
