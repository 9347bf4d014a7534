"""Taking in files."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from soundstage.blobs.folder import FolderBlobs
from soundstage.bootstrap.studio import Studio
from soundstage.core.errors import DiskFull

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC")


def stored(studio: Studio) -> list[Path]:
    return [path for path in studio.home.blobs.rglob("*") if path.is_file()]


def test_a_stored_file_is_named_by_its_content(api: httpx.Client, studio: Studio) -> None:
    answer = api.post("/api/files", content=PNG)
    sha256 = hashlib.sha256(PNG).hexdigest()
    assert answer.status_code == 201
    assert answer.json() == {
        "reference": f"sha256:{sha256}",
        "sha256": sha256,
        "size_bytes": len(PNG),
        "kind": "image",
    }
    assert studio.parts.blobs.path(sha256).read_bytes() == PNG


def test_a_stored_file_can_be_a_parameter(api: httpx.Client) -> None:
    reference = api.post("/api/files", content=PNG).json()["reference"]
    order = {"pipeline": "letter", "params": {"text": "Hello", "portrait": reference}}
    assert api.post("/api/jobs", json=order).status_code == 202
    text = api.post("/api/files", content=b"Hello").json()["reference"]
    refused = api.post("/api/jobs", json={"pipeline": "letter", "params": {"text": "Hello", "portrait": text}})
    assert refused.json()["code"] == "bad_parameters"


def test_a_file_that_says_it_is_too_large_is_refused_before_it_is_read(api: httpx.Client, studio: Studio) -> None:
    answer = api.post("/api/files", content=b"x" * 100_001)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert stored(studio) == []


def test_a_file_that_grows_too_large_leaves_nothing(api: httpx.Client, studio: Studio) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * 50_000

    answer = api.post("/api/files", content=endless())
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert stored(studio) == []


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00\x03", b"#EXTM3U\nfile:///etc/passwd", b"<svg onload=x>"])
def test_a_file_of_no_known_kind_is_refused(api: httpx.Client, content: bytes) -> None:
    answer = api.post("/api/files", content=content)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_media")


def test_a_full_disk_is_told_as_such(api: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def put(_blobs: FolderBlobs, _chunks: Iterator[bytes]) -> None:
        raise DiskFull

    monkeypatch.setattr(FolderBlobs, "put", put)
    answer = api.post("/api/files", content=PNG)
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
