"""Uploads piece by piece, as tus 1.0.0 says."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio

TUS = "/api/assets/tus"
VERSION = {"Tus-Resumable": "1.0.0"}
Begin = Callable[..., str]


def encoded(value: str) -> str:
    return base64.b64encode(value.encode()).decode()


def checksum(piece: bytes, algorithm: str = "sha256") -> dict[str, str]:
    digest = base64.b64encode(hashlib.new(algorithm, piece).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}


@pytest.fixture
def begin(api: httpx.Client, png: bytes) -> Begin:
    """Begins an upload of the small picture, and gives its URL. Keywords are metadata."""

    def post(size: int | None = None, **metadata: str) -> str:
        told = ",".join(f"{name} {encoded(value)}" for name, value in {"filename": "dot.png", **metadata}.items())
        headers = {**VERSION, "Upload-Length": str(size or len(png)), "Upload-Metadata": told}
        answer = api.post(TUS, headers=headers)
        assert answer.status_code == 201, answer.text
        assert "upload-expires" in answer.headers
        location: str = answer.headers["location"]
        return location

    return post


def send(api: httpx.Client, url: str, offset: int, piece: Any, **headers: str) -> httpx.Response:
    sent = {**VERSION, "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset), **headers}
    return api.patch(url, content=piece, headers=sent)


def offset_of(api: httpx.Client, url: str) -> int:
    return int(api.head(url, headers=VERSION).headers["upload-offset"])


def test_pieces_make_an_asset(api: httpx.Client, begin: Begin, png: bytes) -> None:
    url = begin(kind="image", sha256=hashlib.sha256(png).hexdigest())
    assert send(api, url, 0, png[:20]).headers["upload-offset"] == "20"
    head = api.head(url, headers=VERSION)
    assert (head.headers["upload-offset"], head.headers["upload-length"]) == ("20", str(len(png)))
    assert head.headers["cache-control"] == "no-store"
    last = send(api, url, 20, png[20:], **checksum(png[20:]))
    assert (last.status_code, last.headers["upload-offset"]) == (204, str(len(png)))
    asset = api.get(f"/api/assets/{url.rpartition('/')[2]}").json()
    assert (asset["state"], asset["name"], asset["sha256"]) == ("ready", "dot.png", hashlib.sha256(png).hexdigest())
    assert offset_of(api, url) == len(png)


def test_the_first_piece_can_come_with_the_beginning(api: httpx.Client, png: bytes) -> None:
    headers = {**VERSION, "Upload-Length": str(len(png)), "Content-Type": "application/offset+octet-stream"}
    answer = api.post(TUS, content=png, headers=headers)
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, str(len(png)))
    assert api.get(f"/api/assets/{answer.headers['location'].rpartition('/')[2]}").json()["state"] == "ready"


def test_a_piece_that_does_not_fit_is_refused(api: httpx.Client, begin: Begin, png: bytes) -> None:
    url = begin()
    assert send(api, url, 5, png[5:]).status_code == 409
    assert send(api, url, 0, png + b"x").status_code == 413
    assert offset_of(api, url) <= len(png)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_damaged_piece_does_not_count(api: httpx.Client, begin: Begin, png: bytes, algorithm: str) -> None:
    url = begin()
    send(api, url, 0, png[:10], **checksum(png[:10], algorithm))
    answer = send(api, url, 10, b"?" + png[11:], **checksum(png[10:], algorithm))
    assert (answer.status_code, answer.json()["code"]) == (460, "wrong_checksum")
    assert offset_of(api, url) == 10
    assert send(api, url, 10, png[10:], **checksum(png[10:], algorithm)).status_code == 204


@pytest.mark.parametrize("given", ["md5 AAAA", "sha256", "sha1 ???"])
def test_a_checksum_that_cannot_be_read_is_refused(api: httpx.Client, begin: Begin, png: bytes, given: str) -> None:
    url = begin()
    assert send(api, url, 0, png, **{"Upload-Checksum": given}).status_code in (422, 460)
    assert offset_of(api, url) == 0


def test_what_came_before_a_break_counts(api: httpx.Client, begin: Begin, png: bytes, studio: Studio) -> None:
    url = begin()
    asset_id = url.rpartition("/")[2]

    def cut() -> Iterator[bytes]:
        yield png[:30]
        raise ConnectionError("cut")

    with pytest.raises(ConnectionError):
        studio.assets.resumable.append(asset_id, None, 0, cut(), None)
    assert offset_of(api, url) == 30
    assert send(api, url, 30, png[30:]).status_code == 204


def test_bytes_beyond_what_was_told_are_dropped(api: httpx.Client, begin: Begin, png: bytes, studio: Studio) -> None:
    url = begin()
    send(api, url, 0, png[:10])
    with (studio.home.uploads / url.rpartition("/")[2]).open("ab") as file:
        file.write(b"half a piece of a server that was killed")
    assert send(api, url, 10, png[10:]).status_code == 204
    assert api.get(f"/api/assets/{url.rpartition('/')[2]}").json()["state"] == "ready"


def test_bytes_that_are_lost_are_asked_for_again(api: httpx.Client, begin: Begin, png: bytes, studio: Studio) -> None:
    url = begin()
    send(api, url, 0, png[:10])
    (studio.home.uploads / url.rpartition("/")[2]).write_bytes(png[:4])
    assert send(api, url, 10, png[10:]).status_code == 409
    assert offset_of(api, url) == 4


def test_one_request_at_a_time_writes(api: httpx.Client, begin: Begin, png: bytes, studio: Studio) -> None:
    url = begin()
    asset_id = url.rpartition("/")[2]

    def meanwhile() -> Iterator[bytes]:
        yield png[:1]
        assert send(api, url, 0, png).status_code == 423
        yield png[1:]

    assert studio.assets.resumable.append(asset_id, None, 0, meanwhile(), None).offset == len(png)


def test_what_was_all_there_when_the_server_died_is_finished(
    api: httpx.Client, begin: Begin, png: bytes, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [begin(), begin()]
    with monkeypatch.context() as patch:
        patch.setattr(type(studio.assets.resumable), "_finish", lambda _self, _upload: None)
        for url in urls:
            send(api, url, 0, png)
    assert offset_of(api, urls[0]) == len(png)
    studio.assets.sweeping.sweep()
    states = [api.get(f"/api/assets/{url.rpartition('/')[2]}").json()["state"] for url in urls]
    assert states == ["ready", "ready"]


def test_an_upload_can_be_given_up(api: httpx.Client, begin: Begin, png: bytes, studio: Studio) -> None:
    url = begin()
    send(api, url, 0, png[:10])
    assert api.delete(url, headers=VERSION).status_code == 204
    assert api.head(url, headers=VERSION).status_code == 404
    assert api.get("/api/assets/usage").json()["used_bytes"] == 0
    assert list(studio.home.uploads.iterdir()) == []


def test_the_bad_is_refused_with_the_last_piece(api: httpx.Client, begin: Begin, png: bytes) -> None:
    url = begin(kind="image")
    answer = send(api, url, 0, b"MZ" + bytes(len(png) - 2))
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_media")
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert api.get(f"/api/assets/{url.rpartition('/')[2]}").json()["state"] == "failed"
    other = begin(sha256="0" * 64)
    assert send(api, other, 0, png).json()["code"] == "wrong_bytes"
    assert api.get("/api/assets/usage").json()["used_bytes"] == 0


def test_the_server_tells_what_it_can(visitor: httpx.Client) -> None:
    answer = visitor.options(TUS)
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-max-size"] == "100000"
    assert set(answer.headers["tus-extension"].split(",")) == {
        *("creation", "creation-with-upload", "expiration", "checksum", "termination")
    }


def test_another_version_is_refused(api: httpx.Client) -> None:
    answer = api.post(TUS, headers={"Tus-Resumable": "0.2.0", "Upload-Length": "1"})
    assert (answer.status_code, answer.headers["tus-version"]) == (412, "1.0.0")
    assert api.post(TUS, headers={"Upload-Length": "1"}).status_code == 412


@pytest.mark.parametrize("length", ["-1", "x", "9" * 30, "0", "1" * 5_000])
def test_a_length_that_cannot_be_is_refused(api: httpx.Client, length: str) -> None:
    assert api.post(TUS, headers={**VERSION, "Upload-Length": length}).status_code == 422


def test_more_than_may_be_sent_is_refused_before_it_is(api: httpx.Client, sign_in: Callable[..., Any]) -> None:
    headers = {**VERSION, **sign_in("ben"), "Upload-Length": str(10**9)}
    assert api.post(TUS, headers=headers).status_code == 413


@pytest.mark.parametrize("told", ["kind ???", "filename", "kind c3ByZWFk", "a" * 9_000])
def test_metadata_is_read_strictly(api: httpx.Client, told: str) -> None:
    headers = {**VERSION, "Upload-Length": "5", "Upload-Metadata": told}
    assert api.post(TUS, headers=headers).status_code in (201, 422)


def test_nobody_goes_on_with_the_upload_of_another(
    api: httpx.Client, begin: Begin, png: bytes, sign_in: Callable[..., dict[str, str]]
) -> None:
    url, ben = begin(), sign_in("ben")
    assert send(api, url, 0, png, **ben).status_code == 404
    assert api.head(url, headers={**VERSION, **ben}).status_code == 404
    assert api.delete(url, headers={**VERSION, **ben}).status_code == 404
    assert offset_of(api, url) == 0
