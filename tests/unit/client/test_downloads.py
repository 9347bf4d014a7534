"""Downloads: whole and right, or not there at all."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from soundstage import client

BYTES = b"0123456789"
SHA256 = hashlib.sha256(BYTES).hexdigest()
URL = "/api/jobs/job_1/artifacts/result.txt?sha256=" + SHA256


def artifact(**changes: Any) -> client.Artifact:
    return client.Artifact(
        **{
            "name": "result.txt",
            "sha256": SHA256,
            "size_bytes": len(BYTES),
            "created_at": "2026-01-01T00:00:00Z",
            "url": URL,
            **changes,
        }
    )


def test_a_file_is_put_into_a_folder_or_to_a_path(call: Any, server: Any, broken: Any, tmp_path: Path) -> None:
    server.replies = [broken(BYTES, ends=True), broken(BYTES, ends=True)]
    assert call(lambda s: s.jobs.download(artifact(), tmp_path)) == tmp_path / "result.txt"
    assert call(lambda s: s.jobs.download(artifact(), tmp_path / "other.txt")) == tmp_path / "other.txt"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"result.txt": BYTES, "other.txt": BYTES}
    assert server.sent()[0] == f"GET {URL}"


def test_a_cut_download_goes_on_where_it_was(call: Any, server: Any, broken: Any, tmp_path: Path, clock: Any) -> None:
    server.replies = [
        broken(b"012", b"3"),
        httpx.ConnectError("refused"),
        broken(b"45", status=206, content_range="bytes 4-9/10", ends=True),
        broken(b"6789", status=206, content_range="bytes 6-9/10", ends=True),
    ]
    assert call(lambda s: s.jobs.download(artifact(), tmp_path)).read_bytes() == BYTES
    assert server.headers("range") == [None, "bytes=4-", "bytes=4-", "bytes=6-"]
    assert server.headers("if-range") == [None, *[f'"{SHA256}"'] * 3]
    assert len(clock.slept) == 3


def test_a_server_that_sends_all_again_is_taken_at_its_word(
    call: Any, server: Any, broken: Any, tmp_path: Path
) -> None:
    server.replies = [broken(b"0123"), broken(BYTES, ends=True)]
    assert call(lambda s: s.jobs.download(artifact(), tmp_path)).read_bytes() == BYTES


@pytest.mark.parametrize("sent", [b"0123456780", b"01234567899"], ids=["another byte", "a byte too many"])
def test_what_is_not_the_file_is_not_kept(call: Any, server: Any, broken: Any, tmp_path: Path, sent: bytes) -> None:
    (tmp_path / "result.txt").write_text("the one before")
    server.replies = [broken(sent, ends=True)]
    with pytest.raises(client.DamagedDownload, match="came with"):
        call(lambda s: s.jobs.download(artifact(), tmp_path))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"result.txt": "the one before"}


def test_another_range_than_was_asked_for_is_refused(call: Any, server: Any, broken: Any, tmp_path: Path) -> None:
    server.replies = [broken(b"0123"), broken(b"56789", status=206, content_range="bytes 5-9/10", ends=True)]
    with pytest.raises(client.DamagedDownload, match="another part"):
        call(lambda s: s.jobs.download(artifact(), tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_never_ends_well_leaves_nothing(call: Any, server: Any, broken: Any, tmp_path: Path) -> None:
    server.replies = [broken(b"0123"), *[httpx.ConnectError("refused")] * 1000]
    with pytest.raises(client.ConnectionLost):
        call(lambda s: s.jobs.download(artifact(), tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_a_file(call: Any, server: Any, broken: Any, tmp_path: Path) -> None:
    server.replies = [broken(ends=True)]
    empty = artifact(size_bytes=0, sha256=hashlib.sha256(b"").hexdigest())
    assert call(lambda s: s.jobs.download(empty, tmp_path)).read_bytes() == b""


@pytest.mark.parametrize(
    ("name", "lands"),
    [("../../etc/passwd", "passwd"), ("..\\..\\evil.txt", "evil.txt"), ("/etc/passwd", "passwd"), ("a/b", "b")],
)
def test_a_name_of_the_server_stays_in_the_folder(
    call: Any, server: Any, broken: Any, tmp_path: Path, name: str, lands: str
) -> None:
    server.replies = [broken(BYTES, ends=True)]
    assert call(lambda s: s.jobs.download(artifact(name=name), tmp_path)) == tmp_path / lands


@pytest.mark.parametrize("name", ["", "..", "/", "a/.."])
def test_a_name_that_is_none_is_refused(call: Any, server: Any, tmp_path: Path, name: str) -> None:
    with pytest.raises(client.DamagedDownload, match="no name of a file"):
        call(lambda s: s.jobs.download(artifact(name=name), tmp_path))


@pytest.mark.parametrize("url", ["http://evil.test/x", "//evil.test/x", "x"])
def test_a_token_is_not_sent_where_an_artifact_says(call: Any, server: Any, tmp_path: Path, url: str) -> None:
    with pytest.raises(client.UnexpectedAnswer, match="not on this server"):
        call(lambda s: s.jobs.download(artifact(url=url), tmp_path), api_key="sk_1")
    assert server.requests == []
