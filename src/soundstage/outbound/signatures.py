"""Signatures of messages between servers, as the Standard Webhooks specification 1.0 has them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping, Sequence

from soundstage.core.errors import ForgedMessage

SECRET_PREFIX = "whsec_"  # noqa: S105 - how each secret begins
SECRET_BYTES = 32
TOLERANCE_SECONDS = 300.0
MOST_MESSAGES_KEPT = 100_000

ID_HEADER = "webhook-id"
TIMESTAMP_HEADER = "webhook-timestamp"
SIGNATURE_HEADER = "webhook-signature"


def new_secret() -> str:
    """`whsec_` and 256 random bits in base64."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(keys: Sequence[str], message_id: str, at: float, body: bytes) -> dict[str, str]:
    """The headers of a message: its id, its time in whole seconds, and a signature by each key."""
    timestamp = int(at)
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(timestamp),
        SIGNATURE_HEADER: " ".join(sign(key, message_id, timestamp, body) for key in keys),
    }


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and HMAC-SHA256 over `id.timestamp.body` in base64, of the body as its raw bytes."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(_key_of(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def verify(keys: Sequence[str], headers: Mapping[str, str], body: bytes, now: float) -> str:
    """The id of a message that one of the keys signed within five minutes of `now`. `headers` in lower case.

    Raises ForgedMessage. The same message twice is for `SeenMessages` to refuse.
    """
    message_id, timestamp = headers.get(ID_HEADER, ""), _timestamp_of(headers)
    if not message_id:
        raise ForgedMessage("The message has no id.")
    if abs(now - timestamp) > TOLERANCE_SECONDS:
        raise ForgedMessage("The message was signed too long ago, or its clock is wrong.")
    given = headers.get(SIGNATURE_HEADER, "").encode("utf-8", "replace").split()
    wanted = [sign(key, message_id, timestamp, body).encode() for key in keys]
    matches = [hmac.compare_digest(one, other) for one in given for other in wanted]
    if not any(matches):
        raise ForgedMessage("No signature of the message is right.")
    return message_id


def _timestamp_of(headers: Mapping[str, str]) -> int:
    text = headers.get(TIMESTAMP_HEADER, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise ForgedMessage("The message does not say when it was signed.")
    return int(text)


def _key_of(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("A secret for signatures is not base64.") from error


class SeenMessages:
    """Remembers ids for as long as their signatures are valid, so that a recorded message has no second effect.

    For one process; what must hold for many keeps its ids in the database.
    """

    def __init__(self, most: int = MOST_MESSAGES_KEPT) -> None:
        self._most = most
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def accept(self, message_id: str, now: float) -> None:
        """Raises ForgedMessage for an id that came before."""
        with self._lock:
            self._forget(now)
            if message_id in self._seen:
                raise ForgedMessage("The message came before.")
            if len(self._seen) >= self._most:
                raise ForgedMessage("Too many messages came in a short time.")
            self._seen[message_id] = now

    def _forget(self, now: float) -> None:
        """Ids are kept in the order in which they came."""
        for message_id, at in list(self._seen.items()):
            if now - at <= 2 * TOLERANCE_SECONDS:
                return
            del self._seen[message_id]
