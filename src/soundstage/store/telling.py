"""Messages to webhooks, written in the transaction of the fact that they tell: none is lost, none is made twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from soundstage.core.events import EventKind
from soundstage.core.ids import new_id
from soundstage.core.job import stage_state
from soundstage.core.pipeline import PipelineSnapshot
from soundstage.core.progress import job_progress, stage_fraction
from soundstage.core.states import JobState, PartState

if TYPE_CHECKING:
    from soundstage.store.ledger import JobLedger

EVERY_KIND = "*"
TOLD_KINDS = (
    EventKind.JOB_STARTED,
    EventKind.JOB_WAITING,
    EventKind.JOB_SUCCEEDED,
    EventKind.JOB_FAILED,
    EventKind.JOB_CANCELLED,
)
_UNREADABLE = (ValueError, KeyError, IndexError, TypeError)
_DONE = (PartState.COMPLETED, PartState.SKIPPED)


def tell(job: JobLedger, events: Sequence[Mapping[str, Any]]) -> None:
    """Write a delivery for each webhook of the owner and each event that it wants.

    The body is that of this moment and stays so: every try sends the same bytes under the same id, and what became of
    the job since then, be it retried or deleted, changes nothing.
    """
    told = [event for event in events if event["kind"] in TOLD_KINDS]
    wanted = list(_wanted(job, told)) if told else []
    if wanted:
        summary = _summary(job)
        job.tx.run_many("insert_delivery", [_delivery(job, webhook, event, summary) for webhook, event in wanted])


def _wanted(job: JobLedger, told: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for webhook_id, kinds in job.tx.all("list_listeners", {"owner": job.owner}):
        for event in told:
            if EVERY_KIND in kinds.split() or event["kind"] in kinds.split():
                yield webhook_id, event


def _delivery(job: JobLedger, webhook_id: str, event: Mapping[str, Any], summary: Mapping[str, Any]) -> dict[str, Any]:
    body = {"type": event["kind"], "timestamp": _moment(event["at"]), "data": {**summary, "seq": event["seq"]}}
    return {
        "id": new_id("msg", job.tx.now),
        "webhook_id": webhook_id,
        "owner": job.owner,
        "kind": event["kind"],
        "job_id": job.job_id,
        "seq": event["seq"],
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        "now": job.tx.now,
    }


def _summary(job: JobLedger) -> dict[str, Any]:
    row = job.tx.one("describe_job", {"job_id": job.job_id})
    pipeline, description, metadata, created_at = row or ("", "", "{}", job.tx.now)
    return {
        "id": job.job_id,
        "pipeline": pipeline,
        "state": job.state,
        **_where_it_stands(job),
        "description": description,
        "metadata": _parsed(metadata),
        "generation": job.generation,
        "created_at": _moment(created_at),
        "started_at": _moment(job.started_at),
        "finished_at": _moment(job.finished_at),
    }


def _where_it_stands(job: JobLedger) -> dict[str, Any]:
    """Progress, stage and error. Rows that are unreadable are told as nothing: their job must still be able to fail."""
    try:
        return _standing(job, _stages(job))
    except _UNREADABLE:
        return {"progress": None, "current_stage": None, "error": None}


def _standing(job: JobLedger, stages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    weighted = ((stage["weight"], stage["fraction"]) for stage in stages)
    open_stages = [stage["key"] for stage in stages if stage["state"] not in _DONE]
    return {
        "progress": job_progress(weighted, job.state is JobState.SUCCEEDED),
        "current_stage": open_stages[0] if open_stages else stages[-1]["key"],
        "error": _error(stages) if job.state is JobState.FAILED else None,
    }


def _stages(job: JobLedger) -> list[dict[str, Any]]:
    row = job.tx.one("get_pipeline", {"fingerprint": job.fingerprint})
    snapshot = PipelineSnapshot.from_json(row[0] if row else "")
    rows = job.tx.all("summarize_parts", {"job_id": job.job_id})
    parts = {stage: list(of_stage) for stage, of_stage in groupby(rows, key=lambda row: row[0])}
    return [
        {"key": stage.key, "weight": stage.weight, **_stage(parts.get(index, []))}
        for index, stage in enumerate(snapshot.stages)
    ]


def _stage(rows: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """The part that lists the items steps back once there are items."""
    shown = [row for row in rows if row[1] == "item"] or rows
    return {
        "state": stage_state(PartState(row[2]) for row in shown),
        "fraction": stage_fraction(row[3] for row in shown),
        "error": next((_parsed(row[4]) for row in shown if row[4] and row[2] == PartState.FAILED), None),
    }


def _error(stages: Sequence[Mapping[str, Any]]) -> Any:
    return next((stage["error"] for stage in stages if stage["error"]), None)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _moment(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
