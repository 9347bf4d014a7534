"""Signed links of S3: what they allow, and that a server which checks signatures refuses all else."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from soundstage.blobs.bucket import Place
from soundstage.blobs.contract import Blob, UploadLink
from soundstage.blobs.folder import FolderBlobs
from soundstage.blobs.s3 import S3Blobs
from soundstage.core.errors import BlobNotFound
from soundstage.testing.s3 import S3Double

NOTE = b"a note of four words"
SHA256 = hashlib.sha256(NOTE).hexdigest()
OTHERS = b"the note of somebody else"


@pytest.fixture
def blob(s3_blobs: S3Blobs) -> Blob:
    s3_blobs.put([OTHERS])
    return s3_blobs.put([NOTE])


def link_to(blobs: S3Blobs, blob: Blob, name: str = "note.txt", disposition: str = "attachment") -> str:
    link = blobs.link(blob.sha256, name, "text/plain", disposition, 60)
    assert link is not None
    return link


def upload_link(blobs: S3Blobs, sha256: str | None = None) -> UploadLink:
    link = blobs.upload_link("up_1", len(NOTE), "audio/wav", sha256, 60)
    assert link is not None
    return link


def put(link: UploadLink, data: bytes = NOTE, **headers: str) -> int:
    return httpx.put(link.url, content=data, headers={**link.headers, **headers}).status_code


@pytest.mark.parametrize("name", ["note.txt", 'Ä "+ %2F/x".txt', "a b\\c.txt", "нота.txt"])
def test_a_link_gives_the_bytes_under_their_name(s3_blobs: S3Blobs, blob: Blob, name: str) -> None:
    answer = httpx.get(link_to(s3_blobs, blob, name))
    assert (answer.status_code, answer.content) == (200, NOTE)
    assert answer.headers["content-type"] == "text/plain"
    disposition, _, quoted = answer.headers["content-disposition"].partition("; filename*=UTF-8''")
    assert disposition.startswith('attachment; filename="')
    assert disposition.count('"') == 2
    assert unquote(quoted) in ("", name)


def test_a_link_gives_a_range(s3_blobs: S3Blobs, blob: Blob) -> None:
    answer = httpx.get(link_to(s3_blobs, blob, disposition="inline"), headers={"range": "bytes=2-5"})
    assert (answer.status_code, answer.content) == (206, NOTE[2:6])
    assert answer.headers["content-disposition"] == 'inline; filename="note.txt"'


def other_key(url: str, blob: Blob) -> str:
    return url.replace(blob.sha256, hashlib.sha256(OTHERS).hexdigest()).replace(
        f"/{blob.sha256[:2]}/", f"/{hashlib.sha256(OTHERS).hexdigest()[:2]}/"
    )


TAMPERED: dict[str, Callable[[str, Blob], str]] = {
    "signature": lambda url, _: url[:-1] + ("0" if url[-1] != "0" else "1"),
    "no signature": lambda url, _: url.partition("&X-Amz-Signature")[0],
    "longer": lambda url, _: url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"),
    "another type": lambda url, _: url.replace("text%2Fplain", "text%2Fhtml"),
    "inline": lambda url, _: url.replace("attachment", "inline"),
    "another key": other_key,
    "another parameter": lambda url, _: url + "&response-cache-control=public",
}


@pytest.mark.parametrize("change", TAMPERED)
def test_a_link_that_was_changed_is_refused(s3_blobs: S3Blobs, blob: Blob, change: str) -> None:
    url = link_to(s3_blobs, blob)
    assert TAMPERED[change](url, blob) != url
    answer = httpx.get(TAMPERED[change](url, blob))
    assert (answer.status_code, NOTE in answer.content, OTHERS in answer.content) == (403, False, False)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD"])
def test_a_link_is_good_for_one_method(s3_blobs: S3Blobs, blob: Blob, method: str, s3: S3Double) -> None:
    before = dict(s3.objects)
    assert httpx.request(method, link_to(s3_blobs, blob)).status_code == 403
    assert s3.objects == before


def test_a_link_ends(s3_blobs: S3Blobs, blob: Blob, s3: S3Double) -> None:
    now = time.time()
    s3.now = lambda: now
    url = link_to(s3_blobs, blob)
    s3.now = lambda: now + 59
    assert httpx.get(url).status_code == 200
    s3.now = lambda: now + 61
    assert httpx.get(url).status_code == 403


def test_an_upload_by_link_becomes_a_blob(s3_blobs: S3Blobs) -> None:
    assert put(upload_link(s3_blobs, SHA256)) == 200
    assert s3_blobs.take_upload("up_1") == Blob(SHA256, len(NOTE))
    assert s3_blobs.path(SHA256).read_bytes() == NOTE


def test_an_upload_without_a_promised_hash_is_hashed(s3_blobs: S3Blobs) -> None:
    assert put(upload_link(s3_blobs)) == 200
    assert s3_blobs.take_upload("up_1") == Blob(SHA256, len(NOTE))


@pytest.mark.parametrize(
    ("data", "headers", "status"),
    [
        pytest.param(NOTE[::-1], {}, 400, id="G15 other bytes"),
        pytest.param(NOTE + b"!", {}, 403, id="D11 a longer body"),
        pytest.param(NOTE[:-1], {}, 403, id="D11 a shorter body"),
        pytest.param(NOTE, {"content-type": "text/html"}, 403, id="another type"),
        pytest.param(NOTE, {"x-amz-checksum-sha256": "AAAA"}, 403, id="another promise"),
    ],
)
def test_an_upload_must_be_what_was_promised(
    s3_blobs: S3Blobs, s3: S3Double, data: bytes, headers: dict[str, str], status: int
) -> None:
    assert put(upload_link(s3_blobs, SHA256), data, **headers) == status
    assert not s3.objects
    with pytest.raises(BlobNotFound):
        s3_blobs.take_upload("up_1")


def test_an_upload_link_ends_and_serves_one_upload(s3_blobs: S3Blobs, s3: S3Double) -> None:
    now = time.time()
    s3.now = lambda: now
    link = upload_link(s3_blobs)
    assert put(replace(link, url=link.url.replace("up_1", "up_2"))) == 403
    assert httpx.get(link.url).status_code == 403
    s3.now = lambda: now + 61
    assert put(link) == 403
    assert not s3.objects


def test_links_lead_where_clients_reach_the_server(place: Place, tmp_path: Path) -> None:
    blobs = S3Blobs(place, tmp_path, public_endpoint_url="https://files.example.com/")
    link = blobs.link(SHA256, "a", "text/plain", "inline", 60)
    assert link is not None
    assert blobs.links_origin == "https://files.example.com"
    assert link.startswith(f"https://files.example.com/{place.bucket}/a%20prefix/of%20ours/sha256/{SHA256[:2]}/")


def test_without_a_key_of_its_own_a_store_gives_no_links(place: Place, tmp_path: Path) -> None:
    keyless = replace(place, access_key_id=None, secret_access_key=None)
    for blobs in (S3Blobs(keyless, tmp_path / "cache"), FolderBlobs(tmp_path / "blobs")):
        assert blobs.links_origin is None
        assert blobs.link(SHA256, "a", "text/plain", "inline", 60) is None
        assert blobs.upload_link("up_1", 5, "text/plain", None, 60) is None


def test_no_link_is_made_for_what_cannot_be_a_name(s3_blobs: S3Blobs) -> None:
    with pytest.raises(BlobNotFound):
        s3_blobs.link("../secret", "a", "text/plain", "inline", 60)
    with pytest.raises(BlobNotFound):
        s3_blobs.upload_link("../up", 5, "text/plain", None, 60)


def test_a_link_does_not_show_the_secret(s3_blobs: S3Blobs, blob: Blob, s3: S3Double, place: Place) -> None:
    assert s3.keys.secret_access_key not in link_to(s3_blobs, blob)
    assert s3.keys.secret_access_key not in repr(place)
