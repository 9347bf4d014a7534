"""One bucket of S3, or of a server that speaks its protocol: what fails is tried again, or says what is wrong."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from soundstage.blobs.contract import Blob
from soundstage.blobs.streams import copy_hashed, translated
from soundstage.core.errors import BlobNotFound, BlobsUnavailable

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import S3Config, S3Credential, S3Store

ROUNDS = 3
"""How often a whole operation is tried; within each, obstore sends single requests again."""
SINGLE_PUT_BYTES = 16 << 20
PART_BYTES = 8 << 20
PARTS_AT_ONCE = 4
_CODE = re.compile(r"<Code>(\w+)</Code>")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one request may take and how often it is sent again, with pauses of growing, random length."""

    retries: int = 4
    first_pause_seconds: float = 0.1
    longest_pause_seconds: float = 5.0
    request_seconds: float = 60.0
    connect_seconds: float = 5.0
    in_all_seconds: float = 60.0


QUICK = Patience(retries=0, request_seconds=5.0, connect_seconds=2.0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bucket is. Without keys obstore looks for a role of this machine."""

    bucket: str
    prefix: str = ""
    endpoint_url: str | None = None
    region: str = "us-east-1"
    access_key_id: str | None = None
    secret_access_key: str | None = field(default=None, repr=False)

    @property
    def endpoint(self) -> str:
        return (self.endpoint_url or f"https://s3.{self.region}.amazonaws.com").rstrip("/")


class Bucket:
    """Objects by their keys below the prefix. Each method raises BlobsUnavailable where the store does not answer."""

    def __init__(self, place: Place, patience: Patience) -> None:
        self._place = place
        self._patience = patience
        self._pause = threading.Event()
        self._knows_conditions = True

    def find(self, key: str) -> ObjectMeta | None:
        import obstore

        try:
            return self._again(lambda: obstore.head(self._store, key))
        except BlobNotFound:
            return None

    def send(self, path: Path, key: str, size_bytes: int) -> None:
        """Put the file there, in place of what was there."""
        self._again(lambda: self._sent(path, key, size_bytes, "overwrite"))

    def send_once(self, path: Path, key: str, size_bytes: int) -> None:
        """Put the file there unless it is: a key stands for its bytes, so the size tells.

        Each turn looks first, which also answers for a request whose answer was lost.
        """
        self._again(lambda: self._sent_if_missing(path, key, size_bytes))

    def download(self, key: str, size_bytes: int, target: Path) -> Blob:
        """Raises BlobNotFound, DiskFull."""
        try:
            with target.open("wb") as file:
                return copy_hashed(self.pieces(key, 0, size_bytes), file)
        except OSError as error:
            raise translated(error, target.parent) from error

    def pieces(self, key: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes of a range within the object, of which each request reads a bounded part. Raises BlobNotFound."""
        for at in range(start, stop, PART_BYTES):
            yield self._read(key, at, min(at + PART_BYTES, stop))

    def copy(self, source: str, target: str) -> None:
        """Raises BlobNotFound."""
        import obstore

        self._again(lambda: obstore.copy(self._store, source, target))

    def delete(self, key: str) -> None:
        """Of what is not there nothing is said."""
        import obstore

        self._again(lambda: obstore.delete(self._store, key))

    def find_all(self, prefix: str) -> list[ObjectMeta]:
        import obstore

        return self._again(lambda: [meta for page in obstore.list(self._store, prefix) for meta in page])

    def check(self) -> None:
        """Write a small object, once and without patience."""
        import obstore

        try:
            obstore.put(self._quick_store, "probe", b"Soundstage can write here.", use_multipart=False)
        except (FileNotFoundError, obstore.exceptions.BaseError) as error:
            raise self._refusal(error) from error

    @cached_property
    def _store(self) -> S3Store:
        return _open(self._place, self._patience)

    @cached_property
    def _quick_store(self) -> S3Store:
        return _open(self._place, QUICK)

    def _sent_if_missing(self, path: Path, key: str, size_bytes: int) -> None:
        import obstore

        there_bytes = self._size_bytes(key)
        if there_bytes == size_bytes:
            return
        is_new = there_bytes is None and self._knows_conditions
        try:
            self._sent(path, key, size_bytes, "create" if is_new else "overwrite")
        except obstore.exceptions.AlreadyExistsError as error:
            # It is there (412), or another is writing it and may yet fail (409).
            if self._size_bytes(key) != size_bytes:
                raise BlobsUnavailable(f"Another program writes {key} at the same time.") from error
        except obstore.exceptions.GenericError as error:
            self._knows_conditions = self._knows_conditions and "501 Not Implemented" not in str(error)
            raise

    def _sent(self, path: Path, key: str, size_bytes: int, mode: Literal["create", "overwrite"]) -> None:
        import obstore

        if size_bytes <= SINGLE_PUT_BYTES:
            obstore.put(self._store, key, path.read_bytes(), mode=mode, use_multipart=False)
            return
        try:
            # The parts show as an object when all are there; obstore gives them up when one fails.
            obstore.put(self._store, key, path, chunk_size=PART_BYTES, max_concurrency=PARTS_AT_ONCE)
        except FileNotFoundError:
            # So does S3 answer who asks again to put parts together, after an answer that was lost.
            if self._size_bytes(key) is None:
                raise
        if self._size_bytes(key) != size_bytes:
            raise BlobsUnavailable(f"S3 took {key} but does not have its {size_bytes} bytes.")

    def _size_bytes(self, key: str) -> int | None:
        import obstore

        try:
            return int(obstore.head(self._store, key)["size"])
        except FileNotFoundError:
            return None

    def _read(self, key: str, start: int, stop: int) -> bytes:
        import obstore

        return bytes(self._again(lambda: obstore.get_range(self._store, key, start=start, end=stop)))

    def _again(self, act: Callable[[], _T]) -> _T:
        """Raises BlobNotFound, BlobsUnavailable."""
        import obstore

        pauses = self._pauses()
        while True:
            try:
                return act()
            except FileNotFoundError as error:
                if "NoSuchBucket" in str(error):
                    raise self._refusal(error) from error
                raise BlobNotFound("The stored file is not there.") from error
            except (obstore.exceptions.PermissionDeniedError, obstore.exceptions.UnauthenticatedError) as error:
                raise self._refusal(error) from error
            except (BlobsUnavailable, obstore.exceptions.BaseError) as error:
                if not pauses:
                    raise self._refusal(error) from error
                self._pause.wait(pauses.pop())

    def _pauses(self) -> list[float]:
        first, longest = self._patience.first_pause_seconds, self._patience.longest_pause_seconds
        return [min(first * 2**turn, longest) * random.uniform(0.5, 1.0) for turn in reversed(range(ROUNDS - 1))]

    def _refusal(self, error: Exception) -> BlobsUnavailable:
        if isinstance(error, BlobsUnavailable):
            return error
        found = _CODE.search(str(error))
        code = found[1] if found else _code_of(error)
        message, hint = REASONS.get(code, OTHER if code else UNREACHABLE)
        place = f"bucket {self._place.bucket} at {self._place.endpoint}"
        return BlobsUnavailable(message.format(place=place, code=code), hint=hint)


KEYS_HINT = "Check SOUNDSTAGE_S3_ACCESS_KEY_ID, SOUNDSTAGE_S3_SECRET_ACCESS_KEY and SOUNDSTAGE_S3_REGION."
OTHER = ("The {place} refuses what was asked ({code}).", "Look up this S3 error code for your server.")
UNREACHABLE = ("The {place} does not answer.", "Check SOUNDSTAGE_S3_ENDPOINT_URL and the network.")
REASONS = {
    "NoSuchBucket": ("There is no {place}.", "Make the bucket, or correct SOUNDSTAGE_BLOBS_URL."),
    "InvalidAccessKeyId": ("The {place} does not know the access key.", KEYS_HINT),
    "SignatureDoesNotMatch": ("The {place} refuses the secret key.", KEYS_HINT),
    "AuthorizationHeaderMalformed": ("The {place} is of another region.", KEYS_HINT),
    "AccessDenied": ("The key may not use the {place}.", "Allow it to list, read, write and delete there."),
    "RequestTimeTooSkewed": ("The {place} has another time than this machine.", "Set the clock of this machine."),
}


def _code_of(error: Exception) -> str:
    """An answer to HEAD has no body that names the code."""
    import obstore

    refused = (obstore.exceptions.PermissionDeniedError, obstore.exceptions.UnauthenticatedError)
    return "AccessDenied" if isinstance(error, refused) else ""


def _open(place: Place, patience: Patience) -> S3Store:
    from obstore.store import S3Store

    # Also what is as it would be anyway: else AWS_* variables that are meant for other programs would count.
    config: S3Config = {
        "endpoint": place.endpoint,
        "aws_endpoint_url_s3": place.endpoint,
        "region": place.region,
        "virtual_hosted_style_request": False,
        "skip_signature": False,
        "disable_bulk_delete": True,
    }
    return S3Store(
        place.bucket,
        prefix=place.prefix or None,
        config=config,
        credential_provider=_credentials_of(place),
        client_options={
            "allow_http": place.endpoint.startswith("http://"),
            "timeout": timedelta(seconds=patience.request_seconds),
            "connect_timeout": timedelta(seconds=patience.connect_seconds),
        },
        retry_config={
            "max_retries": patience.retries,
            "retry_timeout": timedelta(seconds=patience.in_all_seconds),
            "backoff": {
                "init_backoff": timedelta(seconds=patience.first_pause_seconds),
                "max_backoff": timedelta(seconds=patience.longest_pause_seconds),
                "base": 2,
            },
        },
    )


def _credentials_of(place: Place) -> Callable[[], S3Credential] | None:
    if place.access_key_id is None or place.secret_access_key is None:
        return None
    credential: S3Credential = {
        "access_key_id": place.access_key_id,
        "secret_access_key": place.secret_access_key,
        "token": None,
        "expires_at": None,
    }
    return lambda: credential
