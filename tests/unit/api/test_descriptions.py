"""What the API tells of itself: pipelines, health and OpenAPI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from soundstage.core.errors import SoundstageError

ROUTES = {
    "abandon_upload",
    "act_on_jobs",
    "add_asset",
    "answer_stage",
    "append_to_upload",
    "begin_upload",
    "cancel_job",
    "change_asset",
    "change_job",
    "change_password",
    "change_profile",
    "change_user",
    "change_webhook",
    "confirm_upload",
    "count_jobs",
    "create_job",
    "create_jobs",
    "create_user",
    "create_webhook",
    "delete_api_key",
    "delete_asset",
    "delete_job",
    "delete_own_account",
    "delete_user",
    "delete_webhook",
    "download_artifact",
    "end_session",
    "end_user_sessions",
    "estimate_job",
    "follow_all_events",
    "follow_events",
    "generate_speech",
    "generate_story_video",
    "generate_video",
    "get_asset",
    "get_asset_peaks",
    "get_asset_thumbnail",
    "get_asset_usage",
    "get_delivery",
    "get_health",
    "get_job",
    "get_job_statistics",
    "get_metrics",
    "get_pipeline",
    "get_profile",
    "get_readiness",
    "get_speech_health",
    "get_stems",
    "get_storage",
    "get_story_video",
    "get_story_video_status",
    "get_tus_options",
    "get_upload",
    "get_user",
    "get_video_health",
    "get_voice_sample",
    "get_webhook",
    "hand_in_result",
    "issue_executor_token",
    "link_artifact",
    "link_asset",
    "list_api_keys",
    "list_artifacts",
    "list_asset_jobs",
    "list_assets",
    "list_attempts",
    "list_audit",
    "list_dead_letters",
    "list_deliveries",
    "list_engines",
    "list_failures",
    "list_jobs",
    "list_log_lines",
    "list_pipelines",
    "list_queues",
    "list_sessions",
    "list_shares",
    "list_story_videos",
    "list_users",
    "list_voices",
    "list_webhooks",
    "list_workers",
    "log_in",
    "log_out",
    "log_out_everywhere",
    "make_api_key",
    "make_ticket",
    "open_artifact_link",
    "open_asset_link",
    "open_share",
    "openai_create_speech",
    "openai_get_model",
    "openai_list_models",
    "openai_list_voices",
    "patch_job",
    "pause_job",
    "pause_queue",
    "plan_upload",
    "put_profile",
    "put_upload",
    "redeliver",
    "refresh_tokens",
    "register",
    "report_progress",
    "resume_job",
    "resume_queue",
    "retry_job",
    "revoke_share",
    "rotate_webhook_secret",
    "set_up",
    "share_job",
    "store_file",
    "test_webhook",
    "upload_recording",
    "v1_create_clone",
    "v1_create_project",
    "v1_create_speech",
    "v1_get_project",
    "v1_list_clones",
    "v1_list_projects",
    "v1_list_speech",
}


def test_a_pipeline_shows_its_stages_and_the_schema_of_its_parameters(api: httpx.Client) -> None:
    pipeline = api.get("/api/pipelines/letter", params={"lang": "pt"}).json()
    assert (pipeline["title"], pipeline["version"]) == ("A letter", 1)
    assert [(stage["key"], stage["label"], stage["weight"], stage["kind"]) for stage in pipeline["stages"]] == [
        ("WRITE", "Escrevendo", 60, "automatic"),
        ("SEND", "Sending", 40, "manual"),
    ]
    assert pipeline["params"]["required"] == ["text"]
    assert pipeline["params"]["properties"]["portrait"]["anyOf"][0]["accept"] == ["image"]


def test_every_installed_pipeline_is_listed(api: httpx.Client) -> None:
    kinds = [pipeline["kind"] for pipeline in api.get("/api/pipelines").json()["pipelines"]]
    assert {"letter", "text_to_speech", "talking_head", "full_pipeline"} <= set(kinds)


def test_an_unknown_pipeline_is_not_found(api: httpx.Client) -> None:
    answer = api.get("/api/pipelines/nowhere")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_pipeline")


def test_the_process_says_that_it_is_up(api: httpx.Client) -> None:
    assert api.get("/healthz").json() == {"status": "ok"}


def test_a_server_is_ready_when_every_check_passes(api: httpx.Client, failing_checks: set[str]) -> None:
    answer = api.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    failing_checks.add("database")
    answer = api.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert answer.json()["checks"] == [{"name": "database", "ready": False, "detail": "The database rests."}]


@pytest.fixture
def described(api: httpx.Client) -> dict[str, Any]:
    schema: dict[str, Any] = api.get("/api/openapi.json").json()
    return schema


@pytest.fixture
def operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in described["paths"].values() for operation in methods.values()]


def test_every_route_has_its_stable_name_and_a_summary(operations: list[dict[str, Any]]) -> None:
    assert {operation["operationId"] for operation in operations} == ROUTES
    assert all(operation["summary"] for operation in operations)


def test_every_route_describes_its_failures_as_a_problem(operations: list[dict[str, Any]]) -> None:
    for operation in operations:
        assert "422" not in operation["responses"]
        speaks_openai = operation["operationId"].startswith("openai_")
        media_type = "application/json" if speaks_openai else "application/problem+json"
        assert list(operation["responses"]["default"]["content"]) == [media_type]


def test_every_json_body_has_an_example(described: dict[str, Any], operations: list[dict[str, Any]]) -> None:
    without = [
        operation["operationId"]
        for operation in operations
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items()
        if "json" in media_type and "example" not in content and not has_example(content["schema"], described)
    ]
    assert without == []


def has_example(schema: dict[str, Any], described: dict[str, Any]) -> bool:
    """Of the whole, or of each field that must be given and of one at least."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if {"example", "examples"} & set(schema):
        return True
    if "anyOf" in schema:
        return any(has_example(choice, described) for choice in schema["anyOf"])
    shown = {name for name, field in schema.get("properties", {}).items() if has_example(field, described)}
    return bool(shown) and shown >= set(schema.get("required", ()))


def test_every_code_that_the_api_answers_stands_in_the_reference(described: dict[str, Any]) -> None:
    """The application is loaded here, and with it every error that it can answer."""
    assert described["paths"]
    page = (Path(__file__).parents[3] / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    told = {kind.code for kind in kinds_below(SoundstageError)}
    assert len(told) > 40
    assert {code for code in told if f"| `{code}` |" not in page} == set()


def kinds_below(kind: type[SoundstageError]) -> Iterator[type[SoundstageError]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("soundstage."):
            yield below
            yield from kinds_below(below)


def test_every_reference_of_the_description_leads_to_a_schema(api: httpx.Client) -> None:
    schema = api.get("/api/openapi.json")
    referenced = set(re.findall(r'"\$ref":"([^"]+)"', schema.text))
    known = {f"#/components/schemas/{name}" for name in schema.json()["components"]["schemas"]}
    assert referenced
    assert referenced <= known, referenced - known
