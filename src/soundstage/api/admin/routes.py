"""What an administrator sees of the whole installation, and the queues that they steer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from soundstage.api.access import Administrator
from soundstage.api.accounts.asking import Visiting
from soundstage.api.admin.pictures import cause_out, queue_out, storage_out, worker_out
from soundstage.api.admin.schemas import FailureList, QueueList, QueueOut, QueuePauseIn, StorageOut, WorkerList
from soundstage.api.languages import LanguagesWanted
from soundstage.api.services import ServicesNeeded
from soundstage.studio.administration.services import AdministrationServices

MOST_HOURS = 720

router = APIRouter(prefix="/api/admin", tags=["admin"])
QueueName = Annotated[
    str, Path(max_length=100, pattern=r"^[^\x00]*$", description="The name of a queue", examples=["gpu"])
]


async def administration_of(services: ServicesNeeded) -> AdministrationServices:
    return services.administration


AdministrationNeeded = Annotated[AdministrationServices, Depends(administration_of)]


@router.get("/workers", summary="Workers, and what each does now", operation_id="list_workers")
def list_workers(
    administration: AdministrationNeeded, _caller: Administrator, languages: LanguagesWanted
) -> WorkerList:
    return WorkerList(workers=[worker_out(worker, languages) for worker in administration.installation.workers()])


@router.get("/queues", summary="Queues, and how full they are", operation_id="list_queues")
def list_queues(administration: AdministrationNeeded, _caller: Administrator) -> QueueList:
    """Those that pipelines name, that workers serve, and that anything stands in."""
    return QueueList(queues=[queue_out(queue) for queue in administration.queues.list()])


@router.post("/queues/{queue}/pause", summary="Start nothing of a queue any more", operation_id="pause_queue")
def pause_queue(
    queue: QueueName,
    administration: AdministrationNeeded,
    caller: Administrator,
    visit: Visiting,
    pause: QueuePauseIn | None = None,
) -> QueueOut:
    """On all machines, until it is resumed. What runs goes on: the queue drains."""
    reason = "" if pause is None else pause.reason
    return queue_out(administration.queues.pause(queue, reason, caller.user_id, visit))


@router.post("/queues/{queue}/resume", summary="Start what waits in a paused queue", operation_id="resume_queue")
def resume_queue(
    queue: QueueName, administration: AdministrationNeeded, caller: Administrator, visit: Visiting
) -> QueueOut:
    return queue_out(administration.queues.resume(queue, caller.user_id, visit))


@router.get("/failures", summary="What failed of late, by its cause", operation_id="list_failures")
def list_failures(
    administration: AdministrationNeeded,
    _caller: Administrator,
    hours: Annotated[int, Query(ge=1, le=MOST_HOURS, description="How far to look back")] = 24,
) -> FailureList:
    """By pipeline, stage and error code; the newest first, at most 100."""
    return FailureList(causes=[cause_out(cause) for cause in administration.installation.failures(hours)])


@router.get("/storage", summary="What fills the store of files", operation_id="get_storage")
def get_storage(administration: AdministrationNeeded, _caller: Administrator) -> StorageOut:
    """Goes through all files that the database knows: ask once in a while."""
    return storage_out(administration.installation)
