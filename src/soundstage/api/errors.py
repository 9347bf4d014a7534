"""The one table from errors to HTTP: each answer that is not a success is application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
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
    BadParameters,
    BadRecording,
    BlobsUnavailable,
    Conflict,
    DiskFull,
    EngineNotReady,
    HomeNotWritable,
    Incompatible,
    LimitReached,
    LinkEnded,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RemoteFailed,
    SoundstageError,
    StoreUnavailable,
    TooBusy,
    TooLarge,
    TooManyRequests,
    UploadBusy,
    WrongChecksum,
)
from soundstage.core.fields import FieldError, FieldErrors
from soundstage.core.log_context import known_fields, note

RETRY_AFTER_SECONDS = 2
MOST_PROBLEMS_SHOWN = 5
MOST_FIELD_ERRORS = 100
_log = logging.getLogger(__name__)


class BadJson(BadInput):
    """The body is not JSON that can be used."""

    code = "bad_json"


class BadLine(BadInput):
    """The line is no order."""

    code = "bad_request"


class NotJson(BadInput):
    """The body must be JSON."""

    code = "unsupported_media_type"
    hint = "Send `Content-Type: application/json`."


class NotJsonLines(NotJson):
    """The body must be JSON lines."""

    hint = "Send `Content-Type: application/x-ndjson`, one JSON object a line."


class NotAPiece(BadInput):
    """The body must be a piece of the file."""

    code = "not_a_piece"


class OtherTusVersion(BadInput):
    """The request does not speak the version of tus that is spoken here."""

    code = "tus_version"


class BadForm(BadInput):
    """The body is not a form that can be used."""

    code = "bad_form"


class NotForm(BadInput):
    """The body must be a form."""

    code = "not_a_form"
    hint = "Send `Content-Type: multipart/form-data`."


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
        BadRecording: 400,
        NotJson: 415,
        BadForm: 400,
        NotAPiece: 415,
        OtherTusVersion: 412,
        NotForm: 415,
        TooLarge: 413,
        WrongChecksum: 460,
        BodyStalled: 408,
        ForeignCaller: 403,
        NotSignedIn: 401,
        NotAllowed: 403,
        LimitReached: 429,
        TooManyRequests: 429,
        TooBusy: 503,
        NotFound: 404,
        Conflict: 409,
        LinkEnded: 410,
        UploadBusy: 423,
        Incompatible: 409,
        EngineNotReady: 503,
        RemoteFailed: 502,
        StoreUnavailable: 503,
        BlobsUnavailable: 503,
        HomeNotWritable: 503,
        DiskFull: 507,
    }
)


class FieldErrorOut(BaseModel):
    """What is wrong with one field. `path` leads to it; of parameters it begins inside `params`."""

    path: str = Field(examples=["face.mouth.x"])
    message: str = Field(examples=["Input should be less than or equal to 1"])


class Problem(BaseModel):
    """Why a request failed. `code` is stable; `detail` and `hint` are for people; the log has the `request_id` too."""

    type: str = Field(examples=["urn:soundstage:problem:job_not_found"])
    title: str = Field(examples=["There is no such job."])
    status: int = Field(examples=[404])
    code: str = Field(examples=["job_not_found"])
    detail: str = Field(examples=["There is no job job_06fk3v8q2s5d1n7x9b4c0m8r3t."])
    hint: str = ""
    request_id: str = Field("", examples=["req_5f0c2a9be8d14736a1b2c3d4"])
    errors: list[FieldErrorOut] | None = Field(None, description="Of a 422, where it is known which fields are wrong")


def status_of(error: SoundstageError) -> int:
    """That of the nearest class in the table."""
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)


def problem_of(error: SoundstageError) -> JSONResponse:
    status = status_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("A request failed.", exc_info=error)
        return unexpected_problem()
    return _answer_of(described_problem(error), _headers_of(error, status))


def described_problem(error: SoundstageError) -> Problem:
    """As it stands among the results of a request that did other things too."""
    title = (type(error).__doc__ or "").strip().splitlines()[0]
    errors = error.errors if isinstance(error, BadParameters) else ()
    return _problem(status_of(error), error.code, title, error.message, error.hint, errors)


def shown_problems(errors: Sequence[Mapping[str, Any]]) -> str:
    """What pydantic found, in one line."""
    problems = [f"{'.'.join(str(part) for part in found['loc'])}: {found['msg']}" for found in errors]
    return "; ".join(problems[:MOST_PROBLEMS_SHOWN])


def _headers_of(error: SoundstageError, status: int) -> Mapping[str, str]:
    if isinstance(error, TooManyRequests | LimitReached) and error.retry_after_seconds is not None:
        return {"Retry-After": str(error.retry_after_seconds)}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}


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
    title = "The request does not fit what this route takes."
    found = error.errors()
    errors = [FieldError(".".join(str(part) for part in each["loc"][1:]), each["msg"]) for each in found]
    problem = _problem(422, "bad_request", title, shown_problems(found), errors=errors[:MOST_FIELD_ERRORS])
    return _answer_of(problem, {})


def _of_status(error: HTTPException) -> JSONResponse:
    status = HTTPStatus(error.status_code)
    code = status.name.lower()
    return _answer(status, code, f"{status.phrase}.", error.detail, headers=error.headers)


def _answer(
    status: int, code: str, title: str, detail: str, hint: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    return _answer_of(_problem(status, code, title, detail, hint), headers or {})


def _answer_of(problem: Problem, headers: Mapping[str, str]) -> JSONResponse:
    note(error_code=problem.code)
    named = problem.model_copy(update={"request_id": str(known_fields().get("request_id", ""))})
    return JSONResponse(
        named.model_dump(exclude_none=True), problem.status, dict(headers), media_type="application/problem+json"
    )


def _problem(status: int, code: str, title: str, detail: str, hint: str = "", errors: FieldErrors = ()) -> Problem:
    return Problem(
        type=f"urn:soundstage:problem:{code}",
        title=title,
        status=status,
        code=code,
        detail=detail,
        hint=hint,
        errors=[FieldErrorOut(path=path, message=message) for path, message in errors] or None,
    )
