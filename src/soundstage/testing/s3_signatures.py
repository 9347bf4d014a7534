"""Checks AWS Signature Version 4 with botocore's signer, which shares no code with those that sign for us."""

from __future__ import annotations

import calendar
import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

SKEW_SECONDS = 900
UNSIGNED = "UNSIGNED-PAYLOAD"


class Refused(Exception):
    """Why S3 refuses a request: its code, and the HTTP status."""

    def __init__(self, code: str, status: int = 403) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


@dataclass(frozen=True, slots=True)
class Keys:
    access_key_id: str
    secret_access_key: str
    region: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A request as it came: `target` is the raw path with its query, header names are lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


def verify(request: Signed, keys: Keys, now: float) -> None:
    """Raises Refused. `now` in seconds since the epoch."""
    query = request.query()
    if "x-amz-security-token" in request.headers or "X-Amz-Security-Token" in query:
        raise Refused("InvalidToken", 400)
    if "X-Amz-Signature" in query:
        _verify_link(request, query, keys, now)
    else:
        _verify_headers(request, keys, now)


def _verify_link(request: Signed, query: Mapping[str, str], keys: Keys, now: float) -> None:
    from botocore.auth import S3SigV4QueryAuth

    made_at = _seconds(query.get("X-Amz-Date", ""))
    if not made_at - SKEW_SECONDS <= now <= made_at + int(query.get("X-Amz-Expires", "0")):
        raise Refused("AccessDenied")
    expected = _signature(S3SigV4QueryAuth, request, query, keys)
    _compare(expected, query["X-Amz-Signature"])


def _verify_headers(request: Signed, keys: Keys, now: float) -> None:
    from botocore.auth import S3SigV4Auth

    algorithm, _, rest = request.headers.get("authorization", "").partition(" ")
    if algorithm != "AWS4-HMAC-SHA256":
        raise Refused("AccessDenied")
    fields = dict(item.strip().split("=", 1) for item in rest.split(","))
    date = request.headers.get("x-amz-date", "")
    if abs(now - _seconds(date)) > SKEW_SECONDS:
        raise Refused("RequestTimeTooSkewed")
    parts = {
        "X-Amz-Date": date,
        "X-Amz-Credential": fields["Credential"],
        "X-Amz-SignedHeaders": fields["SignedHeaders"],
    }
    _compare(_signature(S3SigV4Auth, request, parts, keys), fields["Signature"])
    promised = request.headers.get("x-amz-content-sha256", "")
    if promised not in (UNSIGNED, hashlib.sha256(request.body).hexdigest()):
        raise Refused("XAmzContentSHA256Mismatch", 400)


def _signature(signer: Any, request: Signed, parts: Mapping[str, str], keys: Keys) -> str:
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    access_key_id, _, scope = parts["X-Amz-Credential"].partition("/")
    if access_key_id != keys.access_key_id:
        raise Refused("InvalidAccessKeyId")
    if scope != f"{parts['X-Amz-Date'][:8]}/{keys.region}/s3/aws4_request":
        raise Refused("AuthorizationHeaderMalformed", 400)
    named = parts["X-Amz-SignedHeaders"].split(";")
    headers = {name: request.headers.get(name, "") for name in named}
    url = f"http://{request.headers['host']}{_signed_target(request)}"
    signed = AWSRequest(request.method, url, headers=headers)
    signed.context["timestamp"] = parts["X-Amz-Date"]
    auth = signer(Credentials(keys.access_key_id, keys.secret_access_key), "s3", keys.region)
    return str(auth.signature(auth.string_to_sign(signed, auth.canonical_request(signed)), signed))


def _compare(expected: str, given: str) -> None:
    if not hmac.compare_digest(expected, given):
        raise Refused("SignatureDoesNotMatch")


def _signed_target(request: Signed) -> str:
    """In the one form that is signed, whatever form of equal meaning came, such as a plus sign for a space."""
    parts = urlsplit(request.target)
    told = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "X-Amz-Signature"]
    return f"{parts.path}?{urlencode(told, quote_via=quote, safe='-_.~')}"


def _seconds(date: str) -> float:
    try:
        return calendar.timegm(time.strptime(date, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        raise Refused("AccessDenied") from None
