"""Signed links of S3 (AWS Signature Version 4 in the query), with the headers of the answer or the upload signed too.

obstore signs links as well, but takes neither further parameters nor headers into the signature.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"
UNRESERVED = "-_.~"
LONGEST_SECONDS = 7 * 86_400


@dataclass(frozen=True, slots=True)
class SigningKey:
    access_key_id: str
    secret_access_key: str = field(repr=False)
    region: str = "us-east-1"


def signed_url(
    key: SigningKey,
    method: str,
    url: str,
    seconds: int,
    now: float,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> str:
    """The URL with a signature that ends `seconds` (at most a week) after `now`, in seconds since the epoch.

    `url` has no query yet and its path is quoted. A request must bear the headers exactly as they are given here.
    Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
    """
    parts = urlsplit(url)
    signed = {"host": parts.netloc, **{name.lower(): value.strip() for name, value in (headers or {}).items()}}
    names = ";".join(sorted(signed))
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
    scope = f"{date[:8]}/{key.region}/s3/aws4_request"
    parameters = {
        **(query or {}),
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{key.access_key_id}/{scope}",
        "X-Amz-Date": date,
        "X-Amz-Expires": str(min(seconds, LONGEST_SECONDS)),
        "X-Amz-SignedHeaders": names,
    }
    told = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in sorted(parameters.items()))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    request = "\n".join([method, parts.path, told, lines, names, "UNSIGNED-PAYLOAD"])
    digest = hashlib.sha256(request.encode()).hexdigest()
    signature = _signature(key, scope, "\n".join([ALGORITHM, date, scope, digest]))
    return f"{url}?{told}&X-Amz-Signature={signature}"


def quoted_path(path: str) -> str:
    return quote(path, safe=f"/{UNRESERVED}")


def content_disposition(disposition: str, name: str) -> str:
    """The header for a file of that name (RFC 6266; the name as of RFC 8187)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    told = f'{disposition}; filename="{plain}"'
    return told if plain == name else f"{told}; filename*=UTF-8''{_quoted(name)}"


def _signature(key: SigningKey, scope: str, text: str) -> str:
    secret = f"AWS4{key.secret_access_key}".encode()
    for step in scope.split("/"):
        secret = hmac.digest(secret, step.encode(), "sha256")
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def _quoted(text: str) -> str:
    return quote(text, safe=UNRESERVED)
