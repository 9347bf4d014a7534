"""The page is served with its files and nothing else, and takes nothing away from the API."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from tests.unit.api.page.wire import Ask, caller_of

from soundstage.api.page.folder import built_page

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SCRIPT_PATH = "/assets/main-B4k2Qx9Z.js"
JOB = f"job_{'0' * 26}"
BAD_PATHS = (
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/samples/../../secret.txt",
    "/samples/%2e%2e/%2e%2e/secret.txt",
    "/samples/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/samples/..%5c..%5csecret.txt",
    "/%252e%252e/secret.txt",
    "/secret.txt%00.js",
    "/samples/song.mp3%00",
    "//secret.txt",
    "/%2fetc/passwd",
    "/samples/leak.txt",
    "/.built",
    "/.vite/manifest.json",
    "/samples",
    "/samples/",
    "/assets/main-B4k2Qx9Z.js/",
    "/assets/main-B4k2Qx9Z.js.br",
    "/%ff%fe",
    "/" + "x" * 60_000,
    "/" + "../" * 20_000 + "secret.txt",
)


@pytest.mark.parametrize("path", ["/", "/login", f"/jobs/{JOB}", "/new/talking_head?step=2", "/index.html", "/apiary"])
def test_wherever_a_browser_goes_the_index_answers(ask: Ask, path: str) -> None:
    answer = ask(path, accept=HTML)
    assert (answer.status, answer.is_index) == (200, True)


def test_the_first_page_answers_whoever_asks(ask: Ask) -> None:
    assert ask("/").is_index


@pytest.mark.parametrize("path", ["/", SCRIPT_PATH, "/samples/song.mp3"])
def test_a_head_tells_what_a_get_would(ask: Ask, path: str) -> None:
    got, told = ask(path), ask(path, "HEAD")
    assert told.status == 200
    assert {name: got.headers[name] for name in ("content-type", "content-length", "cache-control")}.items() <= (
        told.headers.items()
    )


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        (SCRIPT_PATH, "text/javascript; charset=utf-8"),
        ("/assets/main-C1d2E3f4.css", "text/css; charset=utf-8"),
        ("/assets/sans-D9s8A7q6.woff2", "font/woff2"),
        ("/icon.svg", "image/svg+xml"),
        ("/site.webmanifest", "application/manifest+json"),
        ("/samples/song.mp3", "audio/mpeg"),
    ],
)
def test_each_file_says_what_it_is(ask: Ask, path: str, media_type: str) -> None:
    answer = ask(path)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_named_by_its_content_is_kept_for_ever_and_all_else_is_asked_for_again(ask: Ask) -> None:
    assert ask(SCRIPT_PATH).headers["cache-control"] == "public, max-age=31536000, immutable"
    for path in ("/", "/login", "/icon.svg", "/samples/song.mp3"):
        assert ask(path, accept=HTML).headers["cache-control"] == "no-cache", path


def test_a_file_that_the_browser_has_is_not_sent_again(ask: Ask) -> None:
    etag = ask("/icon.svg").headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = ask("/icon.svg", if_none_match=known)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", etag)
    assert ask("/icon.svg", if_none_match='"other"').status == 200


def test_compressed_forms_have_tags_of_their_own(ask: Ask) -> None:
    tags = {ask(SCRIPT_PATH, accept_encoding=encoding).headers["etag"] for encoding in ("", "gzip", "br")}
    assert len(tags) == 3


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR", "br"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity", None),
        ("", None),
        ("gzip;q=many", None),
    ],
)
def test_the_best_form_that_the_browser_accepts_is_sent(
    ask: Ask, page: Path, accepted: str, encoding: str | None
) -> None:
    answer = ask(SCRIPT_PATH, accept_encoding=accepted)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    suffix = {"br": ".br", "gzip": ".gz", None: ""}[encoding]
    assert answer.body == (page / f"{SCRIPT_PATH[1:]}{suffix}").read_bytes()


def test_a_file_without_compressed_forms_goes_as_it_is(ask: Ask) -> None:
    answer = ask("/icon.svg", accept_encoding="br, gzip")
    assert "content-encoding" not in answer.headers
    assert "vary" not in answer.headers


def test_a_player_gets_a_piece_of_a_sample(ask: Ask, page: Path) -> None:
    answer = ask("/samples/song.mp3", range="bytes=4-6")
    assert (answer.status, answer.body) == (206, (page / "samples" / "song.mp3").read_bytes()[4:7])


@pytest.mark.parametrize("path", BAD_PATHS, ids=lambda path: path[:40])
@pytest.mark.parametrize("accept", ["*/*", HTML])
def test_only_files_of_the_page_are_served(ask: Ask, path: str, accept: str) -> None:
    answer = ask(path, accept=accept)
    assert answer.is_index if answer.status == 200 else (answer.status, answer.is_problem) == (404, True)
    assert b"swordfish" not in answer.body
    if accept == "*/*":
        assert answer.status == 404


@pytest.mark.parametrize("accept", ["*/*", HTML])
def test_an_unknown_asset_is_not_found(ask: Ask, accept: str) -> None:
    answer = ask("/assets/main-00000000.js", accept=accept)
    assert (answer.status, answer.is_problem) == (404, True)


@pytest.mark.parametrize(
    "path", ["/api", "/api/nowhere", "/v1/nowhere", "/ws/jobs", "/socket.io", "/metrics/x", "/healthz/x", "/readyz/x"]
)
def test_what_programs_do_not_find_stays_a_problem_for_browsers_too(ask: Ask, path: str) -> None:
    answer = ask(path, accept=HTML)
    assert answer.status == 404
    assert answer.headers["content-type"].endswith("json")


def test_the_page_takes_no_route_of_the_api_and_no_other_method(ask: Ask) -> None:
    assert ask("/healthz", accept=HTML).headers["content-type"] == "application/json"
    assert ask("/api/jobs", accept=HTML).status == 401
    assert ask("/api/jobs", "PATCH", accept=HTML).status == 405
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert (ask("/login", method, accept=HTML).status, ask("/icon.svg", method).status) == (404, 404)


def test_the_page_is_not_in_the_description_of_the_api(app: FastAPI) -> None:
    assert not [path for path in app.openapi()["paths"] if "page" in path]


def test_a_file_that_is_gone_says_to_start_the_server_again(
    make_app: Callable[..., FastAPI], page: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(page, tmp_path / "dist")
    ask = caller_of(make_app(folder))
    (folder / "icon.svg").unlink()
    answer = ask("/icon.svg")
    assert (answer.status, answer.is_problem) == (404, True)
    assert b"Start the server again" in answer.body


def test_the_index_allows_scripts_and_connections_to_this_server_alone(ask: Ask) -> None:
    headers = ask(f"/jobs/{JOB}", accept=HTML).headers
    rules = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == rules["connect-src"] == rules["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "microphone=(self)" in headers["permissions-policy"]
    assert "camera=(self)" in headers["permissions-policy"]


@pytest.mark.parametrize(
    ("path", "frames"),
    [("/s/shr_1.abc", "*"), ("/s/shr_1.abc/jobs", "'none'"), ("/s/", "'none'"), ("/login", "'none'")],
)
def test_only_a_shared_result_may_stand_in_the_page_of_another_site(ask: Ask, path: str, frames: str) -> None:
    policy = ask(path, accept=HTML).headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors {frames}")


def test_styles_that_the_page_makes_carry_a_nonce_that_no_two_answers_share(ask: Ask) -> None:
    nonces = set()
    for answer in (ask("/"), ask("/")):
        told = re.search(rb'nonce="([^"]+)"', answer.body)
        assert told is not None
        assert f"style-src 'self' 'nonce-{told[1].decode()}'" in answer.headers["content-security-policy"]
        assert "etag" not in answer.headers
        nonces.add(told[1])
    assert len(nonces) == 2


def test_links_into_s3_may_be_shown_played_and_uploaded_to(make_app: Callable[..., FastAPI], page: Path) -> None:
    ask = caller_of(make_app(page, "https://files.example.com"))
    policy = ask("/").headers["content-security-policy"]
    for rule in ("img-src", "media-src", "connect-src"):
        assert re.search(rf"{rule} [^;]*https://files\.example\.com", policy)
    assert "script-src 'self';" in policy


def test_where_the_page_was_not_built_browsers_are_told_what_to_type(make_app: Callable[..., FastAPI]) -> None:
    ask = caller_of(make_app(None))
    for path in ("/", f"/jobs/{JOB}"):
        answer = ask(path, accept=HTML)
        assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
        assert b"make studio" in answer.body
    assert ask("/").is_problem
    assert ask("/healthz").status == 200


def test_the_page_is_found_in_the_package_before_the_checkout(tmp_path: Path, page: Path) -> None:
    unbuilt = tmp_path / "_page"
    assert built_page((unbuilt, page)) == page
    unbuilt.mkdir()
    assert built_page((unbuilt, page)) == page
    (unbuilt / "index.html").write_text("<!doctype html>")
    assert built_page((unbuilt, page)) == unbuilt
    assert built_page((tmp_path / "none",)) is None
