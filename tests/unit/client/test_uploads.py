"""Uploads: a small file in one form, a large one by tus, going on where the connection broke."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from soundstage import client
from soundstage.client import uploads

BYTES = bytes(range(25))
TUS = "/api/assets/tus"
ASSET = {"id": "asset_1", "name": "song.wav", "state": "ready", "size_bytes": 25, "created_at": "2026-01-01T00:00:00Z"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "song.wav").write_bytes(BYTES)
    return tmp_path / "song.wav"


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten bytes at a time."""
    monkeypatch.setattr(uploads, "PIECE_BYTES", 10)


def created(location: str = f"http://studio.test{TUS}/asset_1") -> httpx.Response:
    return httpx.Response(201, headers={"Location": location, "Tus-Resumable": "1.0.0"})


def taken(offset: int) -> httpx.Response:
    return httpx.Response(204, headers={"Upload-Offset": str(offset), "Tus-Resumable": "1.0.0"})


def failed(how: str) -> httpx.Response | Exception:
    broken = {"cut": httpx.ReadError("cut"), "refused": httpx.ConnectError("refused")}
    return broken.get(how) or httpx.Response(int(how))


def test_a_small_file_goes_in_one_form(call: Any, server: Any, answer: Any, path: Path) -> None:
    server.replies = [answer(ASSET, 201)]
    told: list[tuple[int, int]] = []
    asset = call(lambda s: s.assets.upload(path, "audio", on_progress=lambda *sent: told.append(sent)))
    assert (asset.id, asset.state, asset.reference) == ("asset_1", "ready", "asset:asset_1")
    request = server.requests[0]
    assert request.headers["content-type"].startswith("multipart/form-data; boundary=")
    for part in (b'name="kind"\r\n\r\naudio\r\n', b'name="file"; filename="song.wav"', BYTES):
        assert part in request.content
    assert told == [(25, 25)]


def test_an_upload_returns_when_the_content_was_checked(call: Any, server: Any, answer: Any, path: Path) -> None:
    waiting = {**ASSET, "state": "processing"}
    server.replies = [answer(waiting, 201), answer(waiting), answer(ASSET)]
    assert call(lambda s: s.assets.upload(path)).state == "ready"


def test_a_file_that_does_not_fit_is_told_with_the_reason(call: Any, server: Any, answer: Any, path: Path) -> None:
    error = {"code": "bad_media", "message": "It is no sound.", "hint": "Send a WAV."}
    server.replies = [
        answer({**ASSET, "state": "processing"}, 201),
        answer({**ASSET, "state": "failed", "error": error}),
    ]
    with pytest.raises(client.BadInput, match=r"It is no sound\. Send a WAV\.") as caught:
        call(lambda s: s.assets.upload(path))
    assert caught.value.code == "bad_media"


def test_a_large_file_goes_piece_by_piece(call: Any, server: Any, answer: Any, path: Path, small_pieces: None) -> None:
    server.replies = [created(), taken(10), taken(20), taken(25), answer(ASSET)]
    told: list[tuple[int, int]] = []
    assert call(lambda s: s.assets.upload(path, "audio", on_progress=lambda *sent: told.append(sent))).id == "asset_1"
    first, *pieces, last = server.requests
    named = dict(entry.split(" ") for entry in first.headers["upload-metadata"].split(","))
    assert {name: base64.b64decode(value) for name, value in named.items()} == {
        "filename": b"song.wav",
        "kind": b"audio",
    }
    assert first.headers["upload-length"] == "25"
    assert b"".join(piece.content for piece in pieces) == BYTES
    for piece in pieces:
        assert piece.headers["content-type"] == "application/offset+octet-stream"
        digest = base64.b64encode(hashlib.sha256(piece.content).digest()).decode()
        assert piece.headers["upload-checksum"] == f"sha256 {digest}"
    assert {request.headers["tus-resumable"] for request in [first, *pieces]} == {"1.0.0"}
    assert (last.method, last.url.path) == ("GET", "/api/assets/asset_1")
    assert told == [(10, 25), (20, 25), (25, 25)]


@pytest.mark.parametrize("trouble", ["cut", "refused", "503", "409", "423", "460"])
def test_a_cut_upload_asks_where_it_was_and_goes_on(
    call: Any, server: Any, answer: Any, path: Path, small_pieces: None, trouble: str
) -> None:
    server.replies = [created(), taken(10), failed(trouble), taken(17), taken(25), answer(ASSET)]
    call(lambda s: s.assets.upload(path))
    methods = [request.method for request in server.requests]
    assert methods == ["POST", "PATCH", "PATCH", "HEAD", "PATCH", "GET"]
    assert server.requests[4].headers["upload-offset"] == "17"
    assert server.requests[4].content == BYTES[17:]


def test_an_upload_whose_last_answer_is_lost_has_arrived(
    call: Any, server: Any, answer: Any, problem: Any, path: Path, small_pieces: None
) -> None:
    server.replies = [created(), taken(10), taken(20), httpx.ReadError("cut"), taken(25), answer(ASSET)]
    assert call(lambda s: s.assets.upload(path)).state == "ready"


def test_an_upload_that_gets_nowhere_is_given_up(
    call: Any, server: Any, path: Path, small_pieces: None, clock: Any
) -> None:
    server.replies = [created(), taken(10), *[failed("409"), taken(10)] * 1000]
    with pytest.raises(client.ConnectionLost, match="was not taken"):
        call(lambda s: s.assets.upload(path))
    assert 120 < clock.now < 140


def test_a_refusal_ends_it(call: Any, server: Any, problem: Any, path: Path, small_pieces: None) -> None:
    server.replies = [created(), problem(413, "too_large")]
    with pytest.raises(client.BadInput):
        call(lambda s: s.assets.upload(path))


@pytest.mark.parametrize("location", ["", "http://evil.test/x", f"{TUS}/../../jobs", f"{TUS}/"])
def test_an_upload_goes_nowhere_else(call: Any, server: Any, path: Path, small_pieces: None, location: str) -> None:
    server.replies = [created(location)]
    with pytest.raises(client.UnexpectedAnswer, match="Location"):
        call(lambda s: s.assets.upload(path), api_key="sk_1")
    assert len(server.requests) == 1


def test_a_file_that_becomes_shorter_is_told(call: Any, server: Any, path: Path, small_pieces: None) -> None:
    def shorten(_request: httpx.Request) -> httpx.Response:
        path.write_bytes(BYTES[:10])
        return taken(10)

    server.replies = [created(), shorten]
    with pytest.raises(OSError, match="became shorter"):
        call(lambda s: s.assets.upload(path))


def test_assets_are_listed_linked_and_removed(call: Any, server: Any, answer: Any) -> None:
    server.replies = [answer({"assets": [ASSET], "next": None})]
    assert [one.id for one in call(lambda s: s.assets.list(kind="audio", text="song"))] == ["asset_1"]
    server.replies = [answer({"url": "/signed?by=us"})]
    assert call(lambda s: s.assets.link("asset_1")) == "http://studio.test/signed?by=us"
    server.replies = [answer(status=204)]
    call(lambda s: s.assets.delete("asset_1", force=True))
    assert server.sent() == [
        "GET /api/assets?kind=audio&text=song&limit=50",
        "POST /api/assets/asset_1/link",
        "DELETE /api/assets/asset_1?force=true",
    ]
