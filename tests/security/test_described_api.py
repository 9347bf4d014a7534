"""What OpenAPI says of the API is so: requests that schemathesis makes from it are answered as it says, and never 5xx.

The examples come from a fixed seed: a run is like the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from soundstage.studio.access import Role

EXAMPLES_AN_OPERATION = 12
ENDLESS = ("follow_all_events",)
"""A stream that goes on as long as its reader stays; tests/unit/api/live tries it."""
WAITS_FOR_WORKERS = ("openai_create_speech",)
"""No worker runs here, so that it says after a moment that it took too long, with 504."""
HOST = {"Host": "localhost"}
TAGS = (
    "admin",
    "assets",
    "auth",
    "engines",
    "files",
    "first document",
    "health",
    "jobs",
    "live",
    "mixer document",
    "openai",
    "pipelines",
    "shares",
    "story video document",
    "studio document",
    "webhooks",
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


LIMITS = settings(
    max_examples=EXAMPLES_AN_OPERATION,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@schemathesis.serializer("application/offset+octet-stream", "application/x-ndjson")
def as_bytes(_context: Any, value: Any) -> bytes:
    """Bodies that are bytes and go as they are."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(scope="module")
def operations(app: FastAPI) -> Mapping[str, Any]:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=HOST)
    results: Iterable[Any] = schema.get_all_operations()
    found = [result.ok() for result in results]
    named = {operation.definition.raw["operationId"]: operation for operation in found}
    return {name: operation for name, operation in named.items() if name not in ENDLESS + WAITS_FOR_WORKERS}


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("tag", TAGS)
def test_every_operation_answers_as_it_is_described(
    world: Any, operations: Mapping[str, Any], tag: str, mode: GenerationMode
) -> None:
    """Each request has a session of its own: some of them end it."""
    caller = world.person(Role.ADMIN)

    def check(case: Any) -> None:
        headers = {**HOST, **world.new_session(caller)}
        case.validate_response(case.call(headers=headers), checks=CHECKS, headers=headers)

    for operation in operations.values():
        if tag_of(operation) == tag:
            with suppress(Unsatisfiable):  # where nothing is asked, nothing can be asked wrongly
                given_cases: Any = given(operation.as_strategy(generation_mode=mode))
                LIMITS(given_cases(check))()


def test_every_operation_is_tried(operations: Mapping[str, Any]) -> None:
    assert {tag_of(operation) for operation in operations.values()} == set(TAGS)


def tag_of(operation: Any) -> str:
    return str(operation.definition.raw["tags"][0])
