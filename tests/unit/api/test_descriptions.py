"""What the API tells of itself: pipelines, health and OpenAPI."""

from __future__ import annotations

import httpx
import pytest

ROUTES = {
    "answer_stage",
    "cancel_job",
    "change_job",
    "create_job",
    "delete_job",
    "download_artifact",
    "follow_events",
    "get_health",
    "get_job",
    "get_pipeline",
    "get_readiness",
    "list_attempts",
    "list_jobs",
    "list_log_lines",
    "list_pipelines",
    "pause_job",
    "resume_job",
    "retry_job",
    "store_file",
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
def operations(api: httpx.Client) -> list[dict[str, object]]:
    paths = api.get("/api/openapi.json").json()["paths"]
    return [operation for methods in paths.values() for operation in methods.values()]


def test_every_route_has_its_stable_name_and_a_summary(operations: list[dict[str, object]]) -> None:
    assert {operation["operationId"] for operation in operations} == ROUTES
    assert all(operation["summary"] for operation in operations)


def test_every_route_describes_its_failures_as_a_problem(operations: list[dict[str, dict[str, object]]]) -> None:
    for operation in operations:
        assert "422" not in operation["responses"]
        assert "application/problem+json" in str(operation["responses"]["default"])
