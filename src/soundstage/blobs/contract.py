"""What every blob store does: bytes under the hash of their content, and uploads that wait to become such."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from soundstage.core.errors import BlobNotFound

CHUNK_BYTES = 1 << 20

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UPLOAD_ID = re.compile(r"[0-9A-Za-z_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Blob:
    """Stored bytes. `sha256` in hex."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class UploadLink:
    """Where a client puts its bytes by one PUT; it must send these headers, which are signed."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Blobs(Protocol):
    """Immutable bytes, addressed by their sha256 (64 hex digits).

    Each method may raise BlobsUnavailable where the store does not answer, and DiskFull where a disk is full; what
    names a blob or an upload that is not there raises BlobNotFound.
    """

    def put(self, chunks: Iterable[bytes]) -> Blob:
        """Store what the chunks hold. On any error, also of the chunks, nothing is left."""

    def put_file(self, path: Path) -> Blob:
        """Store a copy of the file."""

    def adopt(self, path: Path) -> Blob:
        """Store a file that nobody writes any more, without copying it where the disk allows."""

    def path(self, sha256: str) -> Path:
        """The bytes as a file of this machine, for reading only and soon: open it within minutes."""

    def hold(self, sha256: str, folder: Path) -> Path:
        """As `path`, but the file stays until the folder, which is on the disk of the home, is removed."""

    def open_range(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` up to but not including `stop`, or to the end where that comes first."""

    def size_bytes(self, sha256: str) -> int: ...

    def sweep(self, is_referenced: Callable[[str], bool], grace_seconds: float) -> int:
        """Delete blobs that nothing points to and nobody stored for the grace time, and uploads as old.

        Returns how many blobs.
        """

    @property
    def links_origin(self) -> str | None:
        """Scheme, host and port of the links that it gives; None where it gives none."""

    def link(self, sha256: str, name: str, media_type: str, disposition: str, seconds: int) -> str | None:
        """A signed URL that expires, for one GET of the blob under a name; None where the store serves no HTTP.

        `disposition` is "attachment" or "inline".
        """

    def upload_link(
        self, upload_id: str, size_bytes: int, media_type: str, sha256: str | None, seconds: int
    ) -> UploadLink | None:
        """Where a client puts its bytes for `take_upload`; None where the store serves no HTTP."""

    def write_upload(self, upload_id: str, chunks: Iterable[bytes]) -> int:
        """Stage the bytes of an upload, in place of earlier ones. Returns how many; on any error nothing is left."""

    def take_upload(self, upload_id: str) -> Blob:
        """Read a staged upload once, hash it, put it in place as a blob, and remove it from the staging place.

        The caller compares the hash with the promised one: a blob that no row points to is swept.
        """

    def drop_upload(self, upload_id: str) -> None:
        """Remove a staged upload, where there is one."""

    def check(self) -> None:
        """Raises BlobsUnavailable with what is wrong and what to do."""


def checked_sha256(sha256: str) -> str:
    """Raises BlobNotFound for what cannot be the name of a blob."""
    if not _SHA256.fullmatch(sha256):
        raise BlobNotFound("A stored file is named by the 64 hex digits of its sha256.")
    return sha256


def checked_upload_id(upload_id: str) -> str:
    """Raises BlobNotFound for what cannot be the name of an upload."""
    if not _UPLOAD_ID.fullmatch(upload_id):
        raise BlobNotFound("An upload is named by at most 80 letters, digits, hyphens and underscores.")
    return upload_id
