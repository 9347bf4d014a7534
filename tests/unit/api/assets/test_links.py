"""Links: one file, a short time, and nothing that a browser takes for a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

Add = Callable[..., dict[str, Any]]
Link = Callable[..., str]


@pytest.fixture
def link(api: httpx.Client) -> Link:
    """The URL of a link to an asset; fields are those of the wish."""

    def ask(asset: dict[str, Any], **wish: Any) -> str:
        answer = api.post(f"/api/assets/{asset['id']}/link", json=wish)
        assert answer.status_code == 200, answer.text
        url: str = answer.json()["url"]
        return url

    return ask


@pytest.fixture
def stranger(visitor: httpx.Client, api: httpx.Client) -> Callable[..., httpx.Response]:
    """Asks without being signed in."""
    del api

    def ask(method: str, url: str, **headers: str) -> httpx.Response:
        return visitor.request(method, url, headers={"Authorization": "", **headers})

    return ask


def test_a_link_opens_the_file_without_a_login(
    stranger: Callable[..., httpx.Response], add: Add, link: Link, png: bytes
) -> None:
    asset = add(png, "dot.png")
    answer = stranger("GET", link(asset))
    assert answer.content == png
    assert answer.headers["content-disposition"] == 'attachment; filename="dot.png"'
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["etag"] == f'"{asset["sha256"]}"'
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_link_serves_head_ranges_and_what_is_known_already(
    stranger: Callable[..., httpx.Response], add: Add, link: Link, png: bytes
) -> None:
    url = link(add())
    head = stranger("HEAD", url)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(png)))
    assert stranger("GET", url, Range="bytes=2-4").content == png[2:5]
    many = stranger("GET", url, Range="bytes=" + ",".join("0-0" for _ in range(10_000)))
    assert (many.status_code, many.content) == (200, png)
    assert stranger("GET", url, **{"If-None-Match": head.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_a_link_changes_nothing(stranger: Callable[..., httpx.Response], add: Add, link: Link, method: str) -> None:
    assert stranger(method, link(add())).status_code in (405, 415)


@pytest.mark.parametrize("part", ["role", "as", "expires", "signature", "more", "id"])
def test_a_link_that_was_changed_opens_nothing(
    stranger: Callable[..., httpx.Response], add: Add, link: Link, part: str, wav: bytes
) -> None:
    url = link(add())
    path, query = urlsplit(url).path, dict(parse_qsl(urlsplit(url).query))
    changes = {"role": "thumbnail", "as": "inline", "expires": "99999999999", "signature": "0" * 64, "more": "1"}
    if part == "id":
        path = f"/api/assets/{add(wav)['id']}/content"
    else:
        query[part] = changes[part]
    answer = stranger("GET", f"{path}?{urlencode(query)}")
    assert (answer.status_code, answer.json()["code"]) == (403, "bad_link")


def test_a_link_of_a_removed_asset_opens_nothing(
    api: httpx.Client, stranger: Callable[..., httpx.Response], add: Add, link: Link
) -> None:
    asset = add()
    url = link(asset)
    api.delete(f"/api/assets/{asset['id']}")
    assert stranger("GET", url).status_code == 404


@pytest.mark.parametrize(
    ("content", "asked", "given"),
    [("png", "inline", "inline"), ("png", "attachment", "attachment"), ("zipped", "inline", "attachment")],
)
def test_only_media_is_shown_in_place(
    stranger: Callable[..., httpx.Response],
    add: Add,
    link: Link,
    request: pytest.FixtureRequest,
    content: str,
    asked: str,
    given: str,
) -> None:
    url = link(add(request.getfixturevalue(content), "x"), disposition=asked)
    headers = stranger("GET", url).headers
    assert headers["content-disposition"].startswith(given)
    assert ("sandbox" in headers.get("content-security-policy", "")) == (given == "inline")


@pytest.mark.parametrize("text", [b"<p>Hello <script>alert(1)</script>", b"Just words"])
def test_a_text_is_never_a_page(stranger: Callable[..., httpx.Response], add: Add, link: Link, text: bytes) -> None:
    headers = stranger("GET", link(add(text, "page.html", kind="script"), disposition="inline")).headers
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert headers["content-disposition"] == 'attachment; filename="page.html.txt"'


@pytest.mark.parametrize("wish", [{"seconds": 0}, {"seconds": 901}, {"role": "secret"}, {"disposition": "page"}])
def test_a_wish_beyond_the_limits_is_refused(api: httpx.Client, add: Add, wish: dict[str, Any]) -> None:
    assert api.post(f"/api/assets/{add()['id']}/link", json=wish).status_code == 422


def test_what_is_not_there_has_no_link(api: httpx.Client, add: Add) -> None:
    script = add(b"Some words")
    assert api.post(f"/api/assets/{script['id']}/link", json={"role": "thumbnail"}).status_code == 404
    picture = add()
    answer = api.get(f"/api/assets/{picture['id']}/thumbnail")
    assert (answer.status_code, answer.json()["code"]) == (409, "asset_not_ready")


def test_a_file_of_a_job_has_a_link_too(
    api: httpx.Client,
    stranger: Callable[..., httpx.Response],
    order: Callable[..., dict[str, Any]],
    complete: Callable[..., None],
) -> None:
    job_id = order()["id"]
    complete('a "strange" name?.txt', b"0123456789", "text/html")
    artifact = api.get(f"/api/jobs/{job_id}").json()["stages"][0]["artifacts"][0]
    path = artifact["url"].partition("?")[0]
    url = api.get(f"{path}/link", params={"disposition": "inline"}).json()["url"]
    answer = stranger("GET", url)
    assert answer.content == b"0123456789"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert stranger("HEAD", url).status_code == 200
    assert stranger("GET", url.replace(artifact["sha256"], "0" * 64)).status_code == 403
