"""What a call can fail with: the problem that the server told, or a connection that was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pydantic import ValidationError

from soundstage.client.models import FieldError, Problem

MOST_CHARACTERS_SHOWN = 300


class ClientError(Exception):
    """Something that a call of this client can raise."""


class ConnectionLost(ClientError):
    """The server does not answer, or its answer broke off, for longer than is tried again."""


class UnexpectedAnswer(ClientError):
    """The answer is not what this call is answered with."""


class WaitTimedOut(ClientError, TimeoutError):
    """The job had not ended when the time to wait was over. It goes on."""


class DamagedDownload(ClientError):
    """What arrived is not the file that the server named: its size or sha256 differs. Nothing was kept."""


class ApiError(ClientError):
    """The server refused. `code` is stable; `detail` says what happened to what, `hint` what to do next.

    `errors` says which fields are wrong, where that is known.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        hint: str = "",
        retry_after_seconds: float = 0.0,
        errors: Sequence[FieldError] = (),
    ) -> None:
        super().__init__(" ".join(part for part in (detail, hint) if part))
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
        self.retry_after_seconds = retry_after_seconds
        self.errors = tuple(errors)


class BadInput(ApiError):
    """What was sent cannot be used: 400, 408, 413, 415, 422."""


class NotSignedIn(ApiError):
    """No valid token or key was sent: 401."""


class NotAllowed(ApiError):
    """The caller may not do this: 403."""


class NotFound(ApiError):
    """There is no such thing, or it is another's: 404; or it is over: 410."""


class Conflict(ApiError):
    """The present state does not allow it: 409."""


class LimitReached(ApiError):
    """A limit of the plan or of the rate is reached: 429. `retry_after_seconds` says when to come again."""


class Unavailable(ApiError):
    """The server cannot do it now: 502, 503, 504, 507."""


CLASS_OF: Mapping[int, type[ApiError]] = MappingProxyType(
    {
        400: BadInput,
        401: NotSignedIn,
        403: NotAllowed,
        404: NotFound,
        408: BadInput,
        409: Conflict,
        410: NotFound,
        413: BadInput,
        415: BadInput,
        422: BadInput,
        429: LimitReached,
        502: Unavailable,
        503: Unavailable,
        504: Unavailable,
        507: Unavailable,
    }
)


def error_of(status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
    """The error that an answer stands for: a problem of RFC 9457, or what a proxy in between said."""
    kind = CLASS_OF.get(status, ApiError)
    wait = retry_after_seconds(headers)
    try:
        problem = Problem.model_validate_json(body)
    except ValidationError:
        return kind(status, f"http_{status}", _described(status, headers, body), retry_after_seconds=wait)
    return kind(status, problem.code, problem.detail or problem.title, problem.hint, wait, problem.errors)


def retry_after_seconds(headers: Mapping[str, str]) -> float:
    """RFC 9110, 10.2.3, in its form of seconds; 0 where there is none."""
    told = headers.get("retry-after", "")
    return float(told) if told.isascii() and told.isdigit() else 0.0


def _described(status: int, headers: Mapping[str, str], body: bytes) -> str:
    if 300 <= status < 400:
        return f"The server answered with a redirect to {headers.get('location', 'nowhere')}, which is not followed."
    said = body[:MOST_CHARACTERS_SHOWN].decode(errors="replace").strip()
    return f"The server answered with status {status}" + (f": {said}" if said else ".")
