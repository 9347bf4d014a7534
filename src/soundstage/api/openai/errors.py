"""Failures in OpenAI's shape: `{"error": {"message", "type", "param", "code"}}` instead of problem+json."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from soundstage.core.errors import NotFound

PREFIX = "/v1/"
FAILURE: dict[str, Any] = {
    "description": "Why the request failed, as OpenAI says it",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error"],
                "properties": {
                    "error": {
                        "type": "object",
                        "required": ["message", "type", "param", "code"],
                        "properties": {
                            "message": {"type": "string"},
                            "type": {"type": "string"},
                            "param": {"type": ["string", "null"]},
                            "code": {"type": "string"},
                        },
                    }
                },
            }
        }
    },
}
"""For OpenAPI."""
NO_RETRY: Mapping[str, str] = MappingProxyType({"x-should-retry": "false"})
"""The official clients repeat a failed call by themselves, which would order the speech again."""

_log = logging.getLogger(__name__)
_PARAM_OF: Mapping[str, str] = MappingProxyType(
    {"unknown_voice": "voice", "nothing_to_say": "input", "model_not_found": "model"}
)
_WRONG_FIELD = re.compile(r"body\.(\w+)")


class ModelNotFound(NotFound):
    """There is no such model."""

    code = "model_not_found"
    hint = "GET /v1/models lists those that there are."


def error_answer(status: int, message: str, code: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(_body(status, message, code, _PARAM_OF.get(code)), status, dict(headers or {}))


class OpenAIErrors:
    """ASGI. Says again, in OpenAI's shape, every problem+json that the routes below /v1 and the doors before answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        rewriter = _Rewriter(send)
        try:
            await self._app(scope, receive, rewriter)
        except Exception:  # nobody foresaw it, and further out nobody knows this shape
            if rewriter.has_begun:
                raise
            _log.exception("A request failed.")
            unexpected = error_answer(500, "Something went wrong inside; the log of the server says what.", "internal")
            await unexpected(scope, receive, send)


class _Rewriter:
    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = False
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        self.has_begun = True
        if message["type"] == "http.response.start" and _is_problem(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._say_again(self._start)

    async def _say_again(self, start: Message) -> None:
        problem = json.loads(self._body)
        status = HTTPStatus.BAD_REQUEST if start["status"] == HTTPStatus.UNPROCESSABLE_ENTITY else start["status"]
        body = json.dumps(_said_again(status, problem)).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-type"] = "application/json"
        headers["content-length"] = str(len(body))
        await self._send({**start, "status": int(status), "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_problem(start: Message) -> bool:
    return MutableHeaders(raw=list(start["headers"])).get("content-type") == "application/problem+json"


def _said_again(status: int, problem: Mapping[str, Any]) -> dict[str, Any]:
    code = "invalid_api_key" if status == HTTPStatus.UNAUTHORIZED else problem["code"]
    message = f"{problem['detail']} {problem['hint']}".strip()
    wrong = _WRONG_FIELD.match(problem["detail"]) if code == "bad_request" else None
    return _body(status, message, code, wrong[1] if wrong else _PARAM_OF.get(code))


def _body(status: int, message: str, code: str, param: str | None) -> dict[str, Any]:
    return {"error": {"message": message, "type": _type_of(status), "param": param, "code": code}}


def _type_of(status: int) -> str:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "rate_limit_error"
    return "server_error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
