"""Blobs in a bucket of S3, with a bounded cache on this machine.

Keys below the prefix: `sha256/ab/abcd...` for blobs, `uploads/<id>` for what waits to become one, `trash/<sha256>` for
what was swept and may still be asked for.
"""

from __future__ import annotations

import base64
import contextlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from soundstage.blobs.bucket import Bucket, Patience, Place
from soundstage.blobs.cache import BlobCache
from soundstage.blobs.contract import Blob, UploadLink, checked_sha256, checked_upload_id
from soundstage.blobs.signing import SigningKey, content_disposition, quoted_path, signed_url
from soundstage.blobs.streams import chunks_of, copy_hashed, translated
from soundstage.core.crashpoints import crashpoint
from soundstage.core.errors import BadInput, BlobNotFound, BlobsUnavailable

if TYPE_CHECKING:
    from obstore import ObjectMeta

CACHE_BYTES = 10 << 30
_URL = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?))?/*")


def bucket_of(url: str) -> tuple[str, str]:
    """Bucket and prefix of `s3://bucket/prefix`. Raises BadInput."""
    found = _URL.fullmatch(url)
    if found is None:
        raise BadInput(f"{url!r} is not a place for files.", hint="Set SOUNDSTAGE_BLOBS_URL to s3://bucket/prefix.")
    return found[1], found[2] or ""


class S3Blobs:
    """Implements contract.Blobs. `public_endpoint_url` is where clients reach the server, if not where we do.

    Links are given where the place has keys of its own. `now` is the clock of links and of grace times.
    """

    def __init__(
        self,
        place: Place,
        cache_folder: Path,
        cache_bytes: int = CACHE_BYTES,
        public_endpoint_url: str | None = None,
        patience: Patience | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._place = place
        self._bucket = Bucket(place, patience or Patience())
        self._cache = BlobCache(cache_folder, cache_bytes)
        self._public_endpoint = (public_endpoint_url or place.endpoint).rstrip("/")
        self._now = now

    def put(self, chunks: Iterable[bytes]) -> Blob:
        """Store what the chunks hold. They go to the cache first: then their key is known, and can be looked up."""
        with self._cache.incoming() as incoming:
            blob = self._written(chunks, incoming)
            self._store_blob(incoming, blob)
        return blob

    def put_file(self, path: Path) -> Blob:
        with path.open("rb") as file:
            return self.put(chunks_of(file))

    def adopt(self, path: Path) -> Blob:
        with self._cache.incoming() as incoming:
            try:
                incoming.hardlink_to(path)
            except OSError:
                return self.put_file(path)
            with incoming.open("rb") as file:
                blob = copy_hashed(chunks_of(file), None)
            self._store_blob(incoming, blob)
        return blob

    def path(self, sha256: str) -> Path:
        return self._cache.find(checked_sha256(sha256)) or self._fetched(sha256)

    def hold(self, sha256: str, folder: Path) -> Path:
        return self._cache.hold(self.path(sha256), folder)

    def open_range(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        return self._bucket.pieces(_key(sha256), start, min(stop, self.size_bytes(sha256)))

    def size_bytes(self, sha256: str) -> int:
        return int(self._found(sha256)["size"])

    @property
    def links_origin(self) -> str | None:
        if self._signing_key() is None:
            return None
        place = urlsplit(self._public_endpoint)
        return f"{place.scheme}://{place.netloc}"

    def link(self, sha256: str, name: str, media_type: str, disposition: str, seconds: int) -> str | None:
        key = self._signing_key()
        if key is None:
            return None
        told = {
            "response-content-disposition": content_disposition(disposition, name),
            "response-content-type": media_type,
        }
        return signed_url(key, "GET", self._url(_key(sha256)), seconds, self._now(), told)

    def upload_link(
        self, upload_id: str, size_bytes: int, media_type: str, sha256: str | None, seconds: int
    ) -> UploadLink | None:
        """The server refuses another type, size (which every client sends by itself) or, where given, content."""
        key = self._signing_key()
        if key is None:
            return None
        headers = {"content-type": media_type}
        if sha256 is not None:
            digest = bytes.fromhex(checked_sha256(sha256))
            headers["x-amz-checksum-sha256"] = base64.b64encode(digest).decode()
        signed = {**headers, "content-length": str(size_bytes)}
        url = self._url(_upload_key(upload_id))
        return UploadLink(signed_url(key, "PUT", url, seconds, self._now(), headers=signed), headers)

    def write_upload(self, upload_id: str, chunks: Iterable[bytes]) -> int:
        with self._cache.incoming() as incoming:
            blob = self._written(chunks, incoming)
            self._bucket.send(incoming, _upload_key(upload_id), blob.size_bytes)
        return blob.size_bytes

    def take_upload(self, upload_id: str) -> Blob:
        """What was hashed is what is stored: the client may send other bytes while a copy within S3 runs.

        Staged bytes that cannot be removed now are swept.
        """
        key = _upload_key(upload_id)
        meta = self._bucket.find(key)
        if meta is None:
            raise BlobNotFound(f"Nothing was uploaded as {upload_id}.")
        with self._cache.incoming() as incoming:
            blob = self._bucket.download(key, meta["size"], incoming)
            self._store_blob(incoming, blob)
        with contextlib.suppress(BlobsUnavailable):
            self.drop_upload(upload_id)
        return blob

    def drop_upload(self, upload_id: str) -> None:
        self._bucket.delete(_upload_key(upload_id))

    def check(self) -> None:
        self._bucket.check()

    def sweep(self, is_referenced: Callable[[str], bool], grace_seconds: float) -> int:
        """Move old blobs that nothing points to into the trash, and empty that of what stayed there as long.

        S3 cannot delete on condition that nobody stores the same bytes at that moment. So who reads a blob that is
        in the trash gets it back, and so does what a row points to by then.
        """
        before = self._now() - grace_seconds
        self._cache.sweep(before)
        for meta in self._bucket.find_all("uploads/"):
            if _modified(meta) < before:
                self._bucket.delete(meta["path"])
        for meta in self._bucket.find_all("trash/"):
            self._look_at_trash(meta, before, is_referenced)
        old = [_name(meta) for meta in self._bucket.find_all("sha256/") if _modified(meta) < before]
        return sum(self._moved(_key(sha256), _trash_key(sha256)) for sha256 in old if not is_referenced(sha256))

    def _look_at_trash(self, meta: ObjectMeta, before: float, is_referenced: Callable[[str], bool]) -> None:
        sha256 = _name(meta)
        if is_referenced(sha256):
            self._moved(meta["path"], _key(sha256))
        elif _modified(meta) < before:
            self._bucket.delete(meta["path"])

    def _moved(self, source: str, target: str) -> bool:
        try:
            self._bucket.copy(source, target)
        except BlobNotFound:
            return False
        self._bucket.delete(source)
        return True

    def _written(self, chunks: Iterable[bytes], incoming: Path) -> Blob:
        try:
            with incoming.open("xb") as file:
                return copy_hashed(chunks, file)
        except OSError as error:
            raise translated(error, self._cache.root) from error

    def _store_blob(self, incoming: Path, blob: Blob) -> None:
        crashpoint("blob.put.before")
        self._bucket.send_once(incoming, _key(blob.sha256), blob.size_bytes)
        crashpoint("blob.put.after")
        self._cache.make_room(blob.size_bytes)
        self._cache.take(incoming, blob.sha256)

    def _fetched(self, sha256: str) -> Path:
        size_bytes = self.size_bytes(sha256)
        self._cache.make_room(size_bytes)
        with self._cache.incoming() as incoming:
            blob = self._bucket.download(_key(sha256), size_bytes, incoming)
            if blob.sha256 != sha256:
                raise BlobsUnavailable(f"What S3 holds as {sha256[:12]} is something else.", hint=DAMAGED_HINT)
            return self._cache.take(incoming, sha256)

    def _found(self, sha256: str) -> ObjectMeta:
        key = _key(sha256)
        meta = self._bucket.find(key)
        if meta is None and self._bucket.find(_trash_key(sha256)) is not None:
            self._bucket.copy(_trash_key(sha256), key)
            meta = self._bucket.find(key)
        if meta is None:
            raise BlobNotFound(f"The stored file {sha256[:12]} is not there.")
        return meta

    def _signing_key(self) -> SigningKey | None:
        place = self._place
        if place.access_key_id is None or place.secret_access_key is None:
            return None
        return SigningKey(place.access_key_id, place.secret_access_key, place.region)

    def _url(self, key: str) -> str:
        whole = "/".join(part for part in (self._place.bucket, self._place.prefix, key) if part)
        return f"{self._public_endpoint}/{quoted_path(whole)}"


DAMAGED_HINT = "Restore the object from a backup, or delete it and store the file again."


def _key(sha256: str) -> str:
    return f"sha256/{sha256[:2]}/{checked_sha256(sha256)}"


def _trash_key(sha256: str) -> str:
    return f"trash/{sha256}"


def _upload_key(upload_id: str) -> str:
    return f"uploads/{checked_upload_id(upload_id)}"


def _name(meta: ObjectMeta) -> str:
    return meta["path"].rpartition("/")[2]


def _modified(meta: ObjectMeta) -> float:
    return meta["last_modified"].timestamp()
