"""The OpenAPI description: every route answers failures with the same Problem, but for those that speak OpenAI's."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from soundstage.api.errors import Problem
from soundstage.api.jobs.schemas import EventOut, TickOut
from soundstage.api.openai.errors import FAILURE
from soundstage.api.openai.errors import PREFIX as OPENAI_PREFIX

PROBLEM = {
    "description": "Why the request failed",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def install_openapi(app: FastAPI) -> None:
    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _describe(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to extend it


def _describe(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = schema["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas.update(_of_no_route())
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = FAILURE if path.startswith(OPENAI_PREFIX) else PROBLEM
    return schema


def _of_no_route() -> dict[str, Any]:
    """Why requests fail, and what the streams tell: no route answers with these as its result."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (Problem, "validation"),
        (EventOut, "serialization"),
        (TickOut, "serialization"),
    ]
    _, described = models_json_schema(models, ref_template="#/components/schemas/{model}")
    return dict(described["$defs"])
