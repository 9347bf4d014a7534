"""Downloads: whole, in ranges, unchanged, and never as a page of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

BYTES = b"0123456789"
ETAG = f'"{hashlib.sha256(BYTES).hexdigest()}"'


@pytest.fixture
def path(order: Callable[..., dict[str, Any]], complete: Callable[..., None]) -> str:
    """Of an artifact that holds BYTES."""
    job_id = order()["id"]
    complete("letter.txt", BYTES)
    return f"/api/jobs/{job_id}/artifacts/letter.txt"


def test_an_artifact_is_a_file_to_keep_with_its_hash_as_etag(api: httpx.Client, path: str) -> None:
    answer = api.get(path)
    assert answer.content == BYTES
    assert answer.headers["etag"] == ETAG
    assert answer.headers["content-disposition"] == 'attachment; filename="letter.txt"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("asked", "got", "where"),
    [
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
    ],
)
def test_one_range_is_served(api: httpx.Client, path: str, asked: str, got: bytes, where: str) -> None:
    answer = api.get(path, headers={"Range": asked})
    assert (answer.status_code, answer.content, answer.headers["content-range"]) == (206, got, where)


def test_many_ranges_are_answered_with_the_whole(api: httpx.Client, path: str) -> None:
    answer = api.get(path, headers={"Range": "bytes=" + ",".join("0-1" for _ in range(10_000))})
    assert (answer.status_code, answer.content) == (200, BYTES)


def test_a_range_beyond_the_end_is_refused(api: httpx.Client, path: str) -> None:
    assert api.get(path, headers={"Range": "bytes=10-"}).status_code == 416


def test_a_range_of_another_version_gets_the_whole(api: httpx.Client, path: str) -> None:
    headers = {"Range": "bytes=0-1"}
    assert api.get(path, headers={**headers, "If-Range": ETAG}).status_code == 206
    assert api.get(path, headers={**headers, "If-Range": '"other"'}).content == BYTES


def test_what_the_reader_has_is_not_sent_again(api: httpx.Client, path: str) -> None:
    answer = api.get(path, headers={"If-None-Match": ETAG})
    assert (answer.status_code, answer.content) == (304, b"")


def test_files_of_one_name_are_told_apart_by_their_hash(
    api: httpx.Client, path: str, complete: Callable[..., None]
) -> None:
    complete("letter.txt", b"the later one")
    job = api.get(path.partition("/artifacts")[0]).json()
    urls = [artifact["url"] for stage in job["stages"] for artifact in stage["artifacts"]]
    assert [api.get(url).content for url in urls] == [BYTES, b"the later one"]
    assert api.get(path).content == b"the later one"


def test_an_artifact_that_is_not_there_is_not_found(api: httpx.Client, path: str) -> None:
    for name in ("other.txt", "%2e%2e%2fowner.lock", "..%5c", "letter.txt%00", "a" * 10_000):
        answer = api.get(f"{path.removesuffix('letter.txt')}{name}")
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_name_cannot_split_headers_or_pose_as_a_page(
    api: httpx.Client, order: Callable[..., dict[str, Any]], complete: Callable[..., None]
) -> None:
    job_id = order()["id"]
    name = 'a"; filename=x.html\r\nX: y'
    complete(name, BYTES, "text/html")
    url = api.get(f"/api/jobs/{job_id}").json()["stages"][0]["artifacts"][0]["url"]
    answer = api.get(url)
    assert answer.content == BYTES
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''a%22%3B%20filename%3Dx.html%0D%0A")
    assert "x" not in answer.headers


def test_an_artifact_names_the_part_that_left_it(api: httpx.Client, path: str) -> None:
    stage = api.get(path.partition("/artifacts")[0]).json()["stages"][0]
    assert [artifact["part"] for artifact in stage["artifacts"]] == [part["id"] for part in stage["parts"]]
    assert stage["queue"] == "cpu"
    assert stage["values"] == {}
