"""A user's library: what an asset is, which files belong to it, and an upload on its way to become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from soundstage.core.job import ErrorView


class AssetKind(StrEnum):
    """What an asset is for. Its content must fit."""

    PORTRAIT = "portrait"
    VOICE_SAMPLE = "voice_sample"
    SCRIPT = "script"
    AUDIO = "audio"
    VIDEO = "video"
    IMAGE = "image"
    DATASET_ZIP = "dataset_zip"


class AssetState(StrEnum):
    """pending: bytes are awaited; processing: they are checked; ready or failed: they were."""

    PENDING = "pending"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


class FileRole(StrEnum):
    """What a file is to its asset."""

    ORIGINAL = "original"
    THUMBNAIL = "thumbnail"
    PEAKS = "peaks"


class UploadProtocol(StrEnum):
    """How the bytes come: in the request itself, by one PUT to a signed URL, or piece by piece (tus)."""

    STREAM = "stream"
    SIGNED = "signed"
    RESUMABLE = "resumable"


CONTENT_OF: Mapping[AssetKind, str] = MappingProxyType(
    {
        AssetKind.PORTRAIT: "image",
        AssetKind.IMAGE: "image",
        AssetKind.VOICE_SAMPLE: "audio",
        AssetKind.AUDIO: "audio",
        AssetKind.VIDEO: "video",
        AssetKind.SCRIPT: "text",
        AssetKind.DATASET_ZIP: "zip",
    }
)
"""The content that each kind needs, in the words of `FileInput.accept`."""

KIND_OF_CONTENT: Mapping[str, AssetKind] = MappingProxyType(
    {
        "image": AssetKind.IMAGE,
        "audio": AssetKind.AUDIO,
        "video": AssetKind.VIDEO,
        "text": AssetKind.SCRIPT,
        "zip": AssetKind.DATASET_ZIP,
    }
)
"""The kind of an asset whose uploader named none."""


@dataclass(frozen=True, slots=True)
class AssetFile:
    """One file of an asset; its bytes are the blob of that sha256."""

    role: FileRole
    sha256: str
    size_bytes: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Asset:
    """`kind` is None until the content has shown it. `facts` holds what the check found: duration, size, rate ..."""

    id: str
    owner: str
    kind: AssetKind | None
    name: str
    state: AssetState
    size_bytes: int
    media_type: str
    facts: Mapping[str, Any]
    error: ErrorView | None
    created_at: float
    updated_at: float
    preview_job: str | None = None
    tags: Sequence[str] = ()
    files: Mapping[FileRole, AssetFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes on their way. `size_bytes` is what was promised; what of it is safe on the disk is `received_bytes`."""

    asset_id: str
    owner: str
    protocol: UploadProtocol
    size_bytes: int
    received_bytes: int
    sha256: str | None
    expires_at: float
