"""Every call of the API, described once: what is sent, and what comes back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import Field, TypeAdapter

from soundstage.client.connection import Call
from soundstage.client.models import (
    Asset,
    Attempt,
    Engine,
    Estimate,
    Event,
    JobData,
    LogLine,
    Model,
    Pipeline,
    Queue,
    Share,
    Voice,
)
from soundstage.client.tokens import Tokens
from soundstage.client.wires import Query, Request

T = TypeVar("T")
JOBS = "/api/jobs"
ASSETS = "/api/assets"
QUEUES = "/api/admin/queues"
REPEATABLE_METHODS = frozenset({"GET", "HEAD", "PUT", "PATCH", "DELETE"})
IDEMPOTENCY_KEY = "Idempotency-Key"


class JobPage(Model):
    items: list[JobData] = Field(alias="jobs")
    next: str | None = None


class AssetPage(Model):
    items: list[Asset] = Field(alias="assets")
    next: str | None = None


class PipelineList(Model):
    pipelines: list[Pipeline]


class EngineList(Model):
    engines: list[Engine]


class VoiceList(Model):
    voices: list[Voice]


class ShareList(Model):
    shares: list[Share]


class QueueList(Model):
    queues: list[Queue]


class AssetLink(Model):
    url: str


def create_job(
    pipeline: str,
    params: Mapping[str, Any] | None,
    priority: str,
    description: str,
    metadata: Mapping[str, Any] | None,
    idempotency_key: str | None,
) -> Call[JobData]:
    """With a key, so that an order whose answer was lost is not carried out twice."""
    order = {
        "pipeline": pipeline,
        "params": dict(params or {}),
        "priority": priority,
        "description": description,
        "metadata": dict(metadata or {}),
    }
    headers = {IDEMPOTENCY_KEY: idempotency_key or secrets.token_urlsafe(24)}
    return _call("POST", JOBS, JobData, json=order, headers=headers)


def get_job(job_id: str) -> Call[JobData]:
    return _call("GET", _job(job_id), JobData)


def job_filters(
    state: Sequence[str],
    pipeline: str | Sequence[str],
    priority: Sequence[str],
    text: str | None,
    sort: str | None,
    full: bool,
    page_size: int,
) -> Mapping[str, Any]:
    pipelines = [pipeline] if isinstance(pipeline, str) else pipeline
    return {
        "state": state,
        "pipeline": pipelines,
        "priority": priority,
        "text": text,
        "sort": sort,
        "detail": "full" if full else None,
        "limit": page_size,
    }


def list_jobs(filters: Mapping[str, Any], cursor: str | None) -> Call[JobPage]:
    return _call("GET", JOBS, JobPage, query=_query(filters, cursor))


def list_attempts(job_id: str) -> Call[list[Attempt]]:
    return _call("GET", f"{_job(job_id)}/attempts", list[Attempt])


def list_log_lines(job_id: str) -> Call[list[LogLine]]:
    return _call("GET", f"{_job(job_id)}/logs", list[LogLine])


def list_events(job_id: str, after: int) -> Call[list[Event]]:
    return _call("GET", f"{_job(job_id)}/events", list[Event], query={"after": after, "follow": "false"})


def steer_job(job_id: str, verb: str) -> Call[JobData]:
    """`verb` is pause, resume or cancel."""
    return _call("POST", f"{_job(job_id)}/{verb}", JobData)


def retry_job(job_id: str, from_stage: str | None, params: Mapping[str, Any] | None) -> Call[JobData]:
    return _call("POST", f"{_job(job_id)}/retry", JobData, json=_given({"from": from_stage, "params": params}))


def answer_job(job_id: str, stage: str, action: str, data: Mapping[str, Any] | None, item: int | None) -> Call[JobData]:
    body = _given({"action": action, "data": data, "item": item})
    return _call("POST", f"{_job(job_id)}/stages/{quote(stage, safe='')}/answer", JobData, json=body)


def change_job(
    job_id: str, priority: str | None, description: str | None, metadata: Mapping[str, Any] | None
) -> Call[JobData]:
    body = _given({"priority": priority, "description": description, "metadata": metadata})
    return _call("PUT", _job(job_id), JobData, json=body)


def delete_job(job_id: str) -> Call[None]:
    return _silent_call("DELETE", _job(job_id))


def estimate_job(pipeline: str, params: Mapping[str, Any] | None) -> Call[Estimate]:
    return _call("POST", f"{JOBS}/estimate", Estimate, json={"pipeline": pipeline, "params": dict(params or {})})


def share_job(job_id: str, expires_in_days: int) -> Call[Share]:
    return _call("POST", f"{_job(job_id)}/shares", Share, json={"expires_in_days": expires_in_days})


def list_shares(job_id: str) -> Call[ShareList]:
    return _call("GET", f"{_job(job_id)}/shares", ShareList)


def revoke_share(job_id: str, share_id: str) -> Call[None]:
    return _silent_call("DELETE", f"{_job(job_id)}/shares/{quote(share_id, safe='')}")


def list_pipelines() -> Call[PipelineList]:
    return _call("GET", "/api/pipelines", PipelineList)


def get_pipeline(kind: str) -> Call[Pipeline]:
    return _call("GET", f"/api/pipelines/{quote(kind, safe='')}", Pipeline)


def list_engines() -> Call[EngineList]:
    return _call("GET", "/api/engines", EngineList)


def list_voices(engine: str | None, language: str | None) -> Call[VoiceList]:
    return _call("GET", "/api/voices", VoiceList, query=_given({"engine": engine, "language": language}))


def list_queues() -> Call[QueueList]:
    return _call("GET", QUEUES, QueueList)


def pause_queue(name: str, reason: str) -> Call[Queue]:
    return _call("POST", f"{QUEUES}/{quote(name, safe='')}/pause", Queue, json={"reason": reason})


def resume_queue(name: str) -> Call[Queue]:
    return _call("POST", f"{QUEUES}/{quote(name, safe='')}/resume", Queue)


def send_asset(name: str, kind: str | None, content: bytes) -> Call[Asset]:
    """The whole file in one form."""
    request = Request("POST", ASSETS, form=_given({"kind": kind}), file=(name, content))
    return Call(request, _reader(Asset), is_repeatable=False)


def get_asset(asset_id: str) -> Call[Asset]:
    return _call("GET", _asset(asset_id), Asset)


def list_assets(filters: Mapping[str, Any], cursor: str | None) -> Call[AssetPage]:
    return _call("GET", ASSETS, AssetPage, query=_query(filters, cursor))


def delete_asset(asset_id: str, force: bool) -> Call[None]:
    return _silent_call("DELETE", _asset(asset_id), query={"force": "true"} if force else {})


def link_asset(asset_id: str) -> Call[AssetLink]:
    return _call("POST", f"{_asset(asset_id)}/link", AssetLink, json={})


def login(user: str, password: str, remember: bool) -> Call[Tokens]:
    body = {"login": user, "password": password, "remember": remember}
    return _call("POST", "/api/auth/login", Tokens, json=body)


def logout(refresh_token: str) -> Call[None]:
    return _silent_call("POST", "/api/auth/logout", json={"refresh_token": refresh_token})


def _job(job_id: str) -> str:
    return f"{JOBS}/{quote(job_id, safe='')}"


def _asset(asset_id: str) -> str:
    return f"{ASSETS}/{quote(asset_id, safe='')}"


def _call(
    method: str,
    path: str,
    model: type[T],
    *,
    query: Query | None = None,
    json: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Call[T]:
    request = Request(method, path, query or {}, headers or {}, json)
    is_repeatable = method in REPEATABLE_METHODS or IDEMPOTENCY_KEY in request.headers
    return Call(request, _reader(model), is_repeatable)


def _silent_call(method: str, path: str, query: Query | None = None, json: Any = None) -> Call[None]:
    return Call(Request(method, path, query or {}, json=json), lambda body: None, method in REPEATABLE_METHODS)


def _reader(model: type[T]) -> Any:
    return TypeAdapter(model).validate_json


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _query(filters: Mapping[str, Any], cursor: str | None) -> dict[str, Any]:
    """Without the filters that say nothing."""
    return {name: value for name, value in {**filters, "cursor": cursor}.items() if value not in (None, (), [])}
