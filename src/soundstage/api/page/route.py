"""The one route of the page, after all others: its files, and its index wherever a browser goes."""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from soundstage.api.errors import problem_of
from soundstage.api.page.folder import ASSETS_PREFIX, INDEX, PageFile, files_of
from soundstage.api.page.headers import ASK_FIRST, FOR_EVER, chosen_encoding, headers_of_index, is_known
from soundstage.core.errors import NotFound

NONCE_PLACEHOLDER = "__CSP_NONCE__"
"""Stands in the built index (Vite's `html.cspNonce`); each answer has another nonce in its place."""
EMBEDDABLE = re.compile(r"/s/[^/]+")
"""Shared results are pasted into lessons. Cookies go to no frame of another site, so that nobody is signed in there."""
METHODS = frozenset({"GET", "HEAD"})
OF_PROGRAMS = ("/api", "/v1", "/ws", "/socket.io", "/metrics", "/healthz", "/readyz")
"""What is not found below them is answered as a problem, whoever asks."""
NOT_BUILT = """\
The studio's page was not built, so that there is nothing to see here.
The API works, and /api/openapi.json describes it.

In a checkout, type `make studio`: it builds the page and serves it.
A wheel of Soundstage brings the page along.
"""


class PageRoute(BaseRoute):
    """Takes GET and HEAD for files of the page, and for every other path that a browser navigates to.

    `folder` is that of the built page, or None: then browsers are told what to type. `links_origin` is where links to
    files lead, if not here.
    """

    path = path_format = "/{page}"
    methods = METHODS
    include_in_schema = False

    def __init__(self, folder: Path | None, links_origin: str | None = None) -> None:
        self._files = {} if folder is None else files_of(folder)
        self._index = None if folder is None else (folder / INDEX).read_text(encoding="utf-8")
        self._links_origin = links_origin

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http" and scope["method"] in METHODS and self._takes(scope):
            return Match.FULL, {"route": self}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._files.get(scope["path"])
        answer = self._show_index(scope["path"]) if file is None else _send_file(file, scope)
        await answer(scope, receive, send)

    def _takes(self, scope: Scope) -> bool:
        path = scope["path"]
        return path in self._files or (path == "/" and self._index is not None) or _is_navigation(path, scope)

    def _show_index(self, path: str) -> Response:
        if self._index is None:
            return PlainTextResponse(NOT_BUILT, HTTPStatus.NOT_FOUND)
        nonce = secrets.token_urlsafe(16)
        html = self._index.replace(NONCE_PLACEHOLDER, nonce)
        can_be_embedded = EMBEDDABLE.fullmatch(path) is not None
        return HTMLResponse(html, headers=headers_of_index(nonce, self._links_origin, can_be_embedded=can_be_embedded))


def _is_navigation(path: str, scope: Scope) -> bool:
    if path.startswith(ASSETS_PREFIX) or any(path == prefix or path.startswith(f"{prefix}/") for prefix in OF_PROGRAMS):
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")


def _send_file(file: PageFile, scope: Scope) -> Response:
    asked = Headers(scope=scope)
    encoding = chosen_encoding(asked.get("accept-encoding", ""), file.encoded)
    headers = {
        "Cache-Control": FOR_EVER if scope["path"].startswith(ASSETS_PREFIX) else ASK_FIRST,
        "ETag": f'"{file.etag}"' if encoding is None else f'"{file.etag}-{encoding}"',
    }
    if file.encoded:
        headers["Vary"] = "Accept-Encoding"
    if is_known(headers["ETag"], asked.get("if-none-match", "")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if encoding is not None:
        headers["Content-Encoding"] = encoding
    return _from_disk(file.path if encoding is None else file.encoded[encoding], file.media_type, headers)


def _from_disk(path: Path, media_type: str, headers: dict[str, str]) -> Response:
    try:
        return FileResponse(path, headers=headers, media_type=media_type, stat_result=path.stat())
    except OSError:
        return problem_of(
            NotFound(
                "This file of the page is gone: the page was built anew since the server started.",
                hint="Start the server again, then reload the page.",
            )
        )
