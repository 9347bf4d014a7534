"""A small S3 on real HTTP, in this process: it keeps objects in memory, checks signatures, and fails on command."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, Self
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from soundstage.testing.s3_signatures import Keys, Refused, Signed, verify

FaultKind = Literal["internal_error", "slow_down", "conflict", "reset", "lost_answer", "stall"]
STALL_SECONDS = 60.0
XML = {"content-type": "application/xml"}


@dataclass
class Fault:
    """What goes wrong with the next `times` requests of an operation, such as "PutObject".

    `reset` cuts the connection after `at_byte` bytes of the body of the request; where that has none, of the body of
    the answer; where neither has, before the answer. `lost_answer` does the work and then cuts. `stall` says nothing
    until the client gives up.
    """

    operation: str
    kind: FaultKind
    times: int = 1
    at_byte: int = 0


@dataclass(frozen=True)
class Stored:
    """An object. `modified` in seconds since the epoch."""

    data: bytes
    modified: float
    content_type: str = "binary/octet-stream"

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.md5(self.data, usedforsecurity=False).hexdigest()}"'


@dataclass(frozen=True)
class Answer:
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class S3Double:
    """One bucket. `now` is the clock of signatures and of `modified`; a test may set it.

    `requests` holds the name of each operation that was asked for. Where `knows_conditions` is False, a PUT with
    If-None-Match is answered 501, as some servers do.
    """

    bucket: str = "studio"
    keys: Keys = field(default_factory=lambda: Keys("an-access-key", secrets.token_hex(20), "us-east-1"))
    now: Callable[[], float] = time.time
    knows_conditions: bool = True
    page_size: int = 1000
    objects: dict[str, Stored] = field(default_factory=dict)
    multiparts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    before: Callable[[str], None] = lambda operation: None
    """Called with the name of each operation before it is done, outside the lock."""

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"double": self})
        self.lock = threading.RLock()
        self.is_closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fail(self, operation: str, kind: FaultKind, times: int = 1, at_byte: int = 0) -> None:
        with self.lock:
            self.faults.append(Fault(operation, kind, times, at_byte))

    def take_fault(self, operation: str) -> Fault | None:
        with self.lock:
            self.requests.append(operation)
            for fault in self.faults:
                if fault.operation == operation and fault.times > 0:
                    fault.times -= 1
                    return fault
        return None

    def do(self, operation: str, request: Signed) -> Answer:
        """Raises Refused."""
        verify(request, self.keys, self.now())
        self.before(operation)
        bucket, key = _place(request.target)
        with self.lock:
            if bucket != self.bucket:
                raise Refused("NoSuchBucket", 404)
            return _OPERATIONS[operation](self, key, request)

    def find(self, key: str) -> Stored:
        try:
            return self.objects[key]
        except KeyError:
            raise Refused("NoSuchKey", 404) from None

    def keep(self, key: str, data: bytes, content_type: str = "binary/octet-stream") -> Stored:
        stored = Stored(data, self.now(), content_type)
        self.objects[key] = stored
        return stored


def operation_of(request: Signed) -> str:
    """The S3 name of what is asked for. Raises Refused."""
    query = request.query()
    has_key = bool(_place(request.target)[1])
    match request.method:
        case "GET" if not has_key:
            return "ListObjectsV2"
        case "PUT" if "partNumber" in query:
            return "UploadPart"
        case "PUT" if "x-amz-copy-source" in request.headers:
            return "CopyObject"
        case "POST" if "uploads" in query:
            return "CreateMultipartUpload"
        case "POST" if "uploadId" in query:
            return "CompleteMultipartUpload"
        case "DELETE" if "uploadId" in query:
            return "AbortMultipartUpload"
        case "GET" | "HEAD" | "PUT" | "DELETE" as method:
            return f"{method.capitalize()}Object"
    raise Refused("NotImplemented", 501)


def _put(double: S3Double, key: str, request: Signed) -> Answer:
    if "if-none-match" in request.headers:
        if not double.knows_conditions:
            raise Refused("NotImplemented", 501)
        if key in double.objects:
            raise Refused("PreconditionFailed", 412)
    promised = request.headers.get("x-amz-checksum-sha256")
    if promised not in (None, base64.b64encode(hashlib.sha256(request.body).digest()).decode()):
        raise Refused("BadDigest", 400)
    stored = double.keep(key, request.body, request.headers.get("content-type", "binary/octet-stream"))
    return Answer(headers={"etag": stored.etag})


def _copy(double: S3Double, key: str, request: Signed) -> Answer:
    source = double.find(_place("/" + request.headers["x-amz-copy-source"].lstrip("/"))[1])
    stored = double.keep(key, source.data, source.content_type)
    told = f"<CopyObjectResult><ETag>{stored.etag}</ETag><LastModified>{_iso(stored)}</LastModified></CopyObjectResult>"
    return Answer(headers=XML, body=told.encode())


def _get(double: S3Double, key: str, request: Signed) -> Answer:
    stored, query = double.find(key), request.query()
    headers = _headers_of(stored) | {
        name: query[f"response-{name}"]
        for name in ("content-type", "content-disposition")
        if f"response-{name}" in query
    }
    wanted = request.headers.get("range")
    if wanted is None:
        return Answer(headers=headers, body=stored.data)
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    start, stop = int(first), min(int(last or len(stored.data) - 1) + 1, len(stored.data))
    if start >= len(stored.data):
        raise Refused("InvalidRange", 416)
    headers["content-range"] = f"bytes {start}-{stop - 1}/{len(stored.data)}"
    return Answer(206, headers, stored.data[start:stop])


def _head(double: S3Double, key: str, _request: Signed) -> Answer:
    stored = double.find(key)
    return Answer(headers=_headers_of(stored) | {"content-length": str(len(stored.data))})


def _delete(double: S3Double, key: str, _request: Signed) -> Answer:
    double.objects.pop(key, None)
    return Answer(204)


def _list(double: S3Double, _key: str, request: Signed) -> Answer:
    query = request.query()
    after = query.get("continuation-token", query.get("start-after", ""))
    keys = sorted(key for key in double.objects if key.startswith(query.get("prefix", "")) and key > after)
    page = keys[: double.page_size]
    told = "".join(_listed(key, double.objects[key]) for key in page)
    if len(page) < len(keys):
        told += f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>"
    is_cut = str(len(page) < len(keys)).lower()
    body = f"<ListBucketResult><IsTruncated>{is_cut}</IsTruncated>{told}</ListBucketResult>"
    return Answer(headers=XML, body=body.encode())


def _create_multipart(double: S3Double, _key: str, _request: Signed) -> Answer:
    upload_id = secrets.token_hex(8)
    double.multiparts[upload_id] = {}
    told = f"<InitiateMultipartUploadResult><UploadId>{upload_id}</UploadId></InitiateMultipartUploadResult>"
    return Answer(headers=XML, body=told.encode())


def _upload_part(double: S3Double, _key: str, request: Signed) -> Answer:
    query = request.query()
    _multipart(double, request)[int(query["partNumber"])] = request.body
    return Answer(headers={"etag": Stored(request.body, 0).etag})


def _complete_multipart(double: S3Double, key: str, request: Signed) -> Answer:
    parts = _multipart(double, request)
    stored = double.keep(key, b"".join(parts[number] for number in sorted(parts)))
    del double.multiparts[request.query()["uploadId"]]
    told = f"<CompleteMultipartUploadResult><ETag>{stored.etag}</ETag></CompleteMultipartUploadResult>"
    return Answer(headers=XML, body=told.encode())


def _abort_multipart(double: S3Double, _key: str, request: Signed) -> Answer:
    double.multiparts.pop(request.query()["uploadId"], None)
    return Answer(204)


_OPERATIONS: Mapping[str, Callable[[S3Double, str, Signed], Answer]] = {
    "PutObject": _put,
    "CopyObject": _copy,
    "GetObject": _get,
    "HeadObject": _head,
    "DeleteObject": _delete,
    "ListObjectsV2": _list,
    "CreateMultipartUpload": _create_multipart,
    "UploadPart": _upload_part,
    "CompleteMultipartUpload": _complete_multipart,
    "AbortMultipartUpload": _abort_multipart,
}
OPERATIONS = tuple(_OPERATIONS)


def _multipart(double: S3Double, request: Signed) -> dict[int, bytes]:
    try:
        return double.multiparts[request.query()["uploadId"]]
    except KeyError:
        raise Refused("NoSuchUpload", 404) from None


def _place(target: str) -> tuple[str, str]:
    bucket, _, key = unquote(urlsplit(target).path).removeprefix("/").partition("/")
    return bucket, key


def _headers_of(stored: Stored) -> dict[str, str]:
    modified = formatdate(stored.modified, usegmt=True)
    return {"etag": stored.etag, "last-modified": modified, "content-type": stored.content_type}


def _listed(key: str, stored: Stored) -> str:
    size = len(stored.data)
    return (
        f"<Contents><Key>{escape(key)}</Key><Size>{size}</Size><LastModified>{_iso(stored)}</LastModified>"
        f"<ETag>{stored.etag}</ETag></Contents>"
    )


def _iso(stored: Stored) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(stored.modified))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A cut connection is what tests ask for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    double: S3Double

    def handle_any(self) -> None:
        """One request, with its fault where one is due."""
        request = Signed(self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, b"")
        try:
            operation = operation_of(request)
        except Refused as error:
            return self._send(_refusal(error))
        fault = self.double.take_fault(operation)
        size = int(request.headers.get("content-length", "0"))
        if fault is not None and fault.kind == "reset" and size:
            self.rfile.read(min(fault.at_byte, size))
            return self._cut()
        body = self.rfile.read(size)
        self._answer(operation, Signed(request.method, request.target, request.headers, body), fault)
        return None

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_any  # noqa: N815 - the names that http.server calls

    def log_message(self, *_: object) -> None:
        """A test reads `requests`."""

    def _answer(self, operation: str, request: Signed, fault: Fault | None) -> None:
        kind = None if fault is None else fault.kind
        if kind == "stall":
            self.double.is_closing.wait(STALL_SECONDS)
            return self._cut()
        if kind in _FAILURES:
            return self._send(_refusal(_FAILURES[kind]))
        try:
            answer = self.double.do(operation, request)
        except Refused as error:
            answer = _refusal(error)
        if kind == "lost_answer" or (kind == "reset" and (self.command == "HEAD" or not answer.body)):
            return self._cut()
        self._send(answer, fault.at_byte if fault is not None and kind == "reset" else None)
        return None

    def _send(self, answer: Answer, cut_at: int | None = None) -> None:
        self.send_response(answer.status)
        for name, value in {"content-length": str(len(answer.body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body if cut_at is None else answer.body[:cut_at])
        self.wfile.flush()
        if cut_at is not None:
            self._cut()

    def _cut(self) -> None:
        self.close_connection = True
        # A reset instead of an orderly end (SO_LINGER with no time, socket(7)).
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with contextlib.suppress(OSError):
            self.connection.close()


_FAILURES: Mapping[str | None, Refused] = {
    "internal_error": Refused("InternalError", 500),
    "slow_down": Refused("SlowDown", 503),
    "conflict": Refused("ConditionalRequestConflict", 409),
}


def _refusal(error: Refused) -> Answer:
    return Answer(error.status, XML, f"<Error><Code>{error.code}</Code></Error>".encode())
