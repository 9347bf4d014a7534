"""The one table from errors to HTTP: each answer that is not a success is application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from soundstage.core.errors import (
    BadInput,
    Conflict,
    DiskFull,
    EngineNotReady,
    HomeNotWritable,
    Incompatible,
    NotFound,
    SoundstageError,
    StoreUnavailable,
)

RETRY_AFTER_SECONDS = 2
MOST_PROBLEMS_SHOWN = 5
_log = logging.getLogger(__name__)


class BadJson(BadInput):
    """The body is not JSON that can be used."""

    code = "bad_json"


class NotJson(BadInput):
    """The body must be JSON."""

    code = "unsupported_media_type"
    hint = "Send `Content-Type: application/json`."


class TooLarge(BadInput):
    """The body is larger than it may be."""

    code = "too_large"


class BodyStalled(BadInput):
    """The body did not arrive in time."""

    code = "body_stalled"


class ForeignCaller(SoundstageError):
    """The request comes from a page of another site."""

    code = "foreign_caller"
    hint = "Open Soundstage at the address that it printed when it started."


STATUS_OF: Mapping[type[SoundstageError], int] = MappingProxyType(
    {
        SoundstageError: 500,
        BadInput: 422,
        BadJson: 400,
        NotJson: 415,
        TooLarge: 413,
        BodyStalled: 408,
        ForeignCaller: 403,
        NotFound: 404,
        Conflict: 409,
        Incompatible: 409,
        EngineNotReady: 503,
        StoreUnavailable: 503,
        HomeNotWritable: 503,
        DiskFull: 507,
    }
)


class Problem(BaseModel):
    """Why a request failed. `code` is stable; `detail` and `hint` are for people."""

    type: str = Field(examples=["urn:soundstage:problem:job_not_found"])
    title: str = Field(examples=["There is no such job."])
    status: int = Field(examples=[404])
    code: str = Field(examples=["job_not_found"])
    detail: str = Field(examples=["There is no job job_06fk3v8q2s5d1n7x9b4c0m8r3t."])
    hint: str = ""


def status_of(error: SoundstageError) -> int:
    """That of the nearest class in the table."""
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)


def problem_of(error: SoundstageError) -> JSONResponse:
    status = status_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("A request failed.", exc_info=error)
        return unexpected_problem()
    title = (type(error).__doc__ or "").strip().splitlines()[0]
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return _answer(status, error.code, title, error.message, error.hint, headers)


def unexpected_problem() -> JSONResponse:
    """Of what nobody foresaw: tells nothing of the inside."""
    return _answer(500, "internal", "Something went wrong inside Soundstage.", "The log of the server says what.")


def install_error_answers(app: FastAPI) -> None:
    @app.exception_handler(SoundstageError)
    async def ours(_request: Request, error: SoundstageError) -> JSONResponse:
        return problem_of(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        return _invalid(error)

    @app.exception_handler(HTTPException)
    async def of_status(_request: Request, error: HTTPException) -> JSONResponse:
        return _of_status(error)

    @app.exception_handler(ClientDisconnect)
    async def gone(_request: Request, _error: ClientDisconnect) -> JSONResponse:
        return problem_of(BodyStalled("The connection ended before the body did."))

    @app.exception_handler(Exception)
    async def unexpected(_request: Request, _error: Exception) -> JSONResponse:
        return unexpected_problem()


def _invalid(error: RequestValidationError) -> JSONResponse:
    problems = [f"{'.'.join(str(part) for part in found['loc'])}: {found['msg']}" for found in error.errors()]
    detail = "; ".join(problems[:MOST_PROBLEMS_SHOWN])
    return _answer(422, "bad_request", "The request does not fit what this route takes.", detail)


def _of_status(error: HTTPException) -> JSONResponse:
    status = HTTPStatus(error.status_code)
    code = status.name.lower()
    return _answer(status, code, f"{status.phrase}.", error.detail, headers=error.headers)


def _answer(
    status: int, code: str, title: str, detail: str, hint: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    problem = Problem(
        type=f"urn:soundstage:problem:{code}", title=title, status=status, code=code, detail=detail, hint=hint
    )
    content: dict[str, Any] = problem.model_dump()
    return JSONResponse(content, status, dict(headers or {}), media_type="application/problem+json")
