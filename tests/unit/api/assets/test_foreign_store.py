"""A blob store with a server of its own: clients send to it and fetch from it directly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from soundstage.blobs.contract import UploadLink
from soundstage.blobs.folder import FolderBlobs
from soundstage.bootstrap.studio import Studio

BUCKET = "https://bucket.example.com"


@pytest.fixture(autouse=True)
def bucket(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(_self: FolderBlobs, sha256: str, name: str, media_type: str, disposition: str, seconds: int) -> str:
        return f"{BUCKET}/{sha256}?{name}&{media_type}&{disposition}&{seconds}"

    def upload_link(
        _self: FolderBlobs, upload_id: str, size: int, media_type: str, sha256: str | None, seconds: int
    ) -> UploadLink:
        return UploadLink(f"{BUCKET}/{upload_id}?{size}&{sha256}&{seconds}", {"Content-Type": media_type})

    monkeypatch.setattr(FolderBlobs, "link", link)
    monkeypatch.setattr(FolderBlobs, "upload_link", upload_link)


def test_a_link_leads_to_the_store(api: httpx.Client, add: Callable[..., dict[str, Any]], zipped: bytes) -> None:
    picture = add(name="page.html")
    answer = api.post(f"/api/assets/{picture['id']}/link", json={"disposition": "inline", "seconds": 60}).json()
    assert answer["url"] == f"{BUCKET}/{picture['sha256']}?page.html.png&image/png&inline&60"
    archive = add(zipped, "a.zip")
    answer = api.post(f"/api/assets/{archive['id']}/link", json={"disposition": "inline", "seconds": 60}).json()
    assert answer["url"] == f"{BUCKET}/{archive['sha256']}?a.zip&application/zip&attachment&60"


def test_a_file_of_a_job_is_linked_to_the_store(
    api: httpx.Client, order: Callable[..., dict[str, Any]], complete: Callable[..., None]
) -> None:
    job_id = order()["id"]
    complete("letter.txt", b"0123456789")
    url = api.get(f"/api/jobs/{job_id}/artifacts/letter.txt/link").json()["url"]
    assert url.startswith(BUCKET)
    assert url.endswith("?letter.txt&text/plain&attachment&900")


def test_bytes_are_put_into_the_store_and_confirmed_here(api: httpx.Client, studio: Studio, png: bytes) -> None:
    wish = {"name": "dot.png", "size_bytes": len(png), "media_type": "image/png"}
    planned = api.post("/api/assets/uploads", json=wish).json()
    asset_id = planned["asset"]["id"]
    assert planned["upload"]["url"] == f"{BUCKET}/{asset_id}?{len(png)}&None&900"
    assert planned["upload"]["headers"] == {"Content-Type": "image/png"}
    studio.parts.blobs.write_upload(asset_id, [png])
    assert api.post(f"/api/assets/{asset_id}/confirm").json()["state"] == "ready"
