"""The refresh token as a cookie: what the browser is told, and who may use it (A9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from soundstage.studio.accounts.sessions import SignedIn

PASSWORD = "lantern ferry gravel moth"
OWN_PAGE = {"Origin": "http://localhost"}
LogIn = Callable[..., httpx.Response]


@pytest.fixture
def log_in(visitor: httpx.Client, administrator: SignedIn) -> LogIn:
    def log_in_with(**fields: Any) -> httpx.Response:
        body = {"login": "ada", "password": PASSWORD, "cookie": True, **fields}
        answer = visitor.post("/api/auth/login", json=body, headers=OWN_PAGE)
        assert answer.status_code == 200, answer.text
        return answer

    return log_in_with


def attributes(answer: httpx.Response) -> set[str]:
    return {part.strip() for part in answer.headers["set-cookie"].split(";")[1:]}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(log_in: LogIn) -> None:
    answer = log_in()
    assert answer.headers["set-cookie"].startswith("soundstage_refresh=rt_")
    assert attributes(answer) == {"HttpOnly", "Path=/api/auth", "SameSite=strict"}
    assert answer.json()["refresh_token"] is None


def test_a_remembered_session_outlives_the_browser(log_in: LogIn) -> None:
    assert "Max-Age=2592000" in attributes(log_in(remember=True))


def test_the_cookie_is_asked_for(log_in: LogIn) -> None:
    answer = log_in(cookie=False)
    assert "set-cookie" not in answer.headers
    assert answer.json()["refresh_token"].startswith("rt_")


def test_by_https_the_cookie_is_secure_in_name_and_deed(app: FastAPI, log_in: LogIn) -> None:
    from dataclasses import replace

    services = app.state.services
    app.state.services = replace(services, settings=replace(services.settings, is_public_https=True))
    answer = log_in()
    assert answer.headers["set-cookie"].startswith("__Secure-soundstage_refresh=rt_")
    assert attributes(answer) == {"HttpOnly", "Path=/api/auth", "SameSite=strict", "Secure"}


def test_the_own_page_refreshes_and_logs_out_by_the_cookie(visitor: httpx.Client, log_in: LogIn) -> None:
    before = log_in().headers["set-cookie"]
    answer = visitor.post("/api/auth/refresh", headers=OWN_PAGE)
    assert answer.status_code == 200, answer.text
    assert answer.json()["refresh_token"] is None
    assert answer.headers["set-cookie"] != before
    again = visitor.post("/api/auth/refresh", headers={"Sec-Fetch-Site": "same-origin"})
    assert again.status_code == 200
    out = visitor.post("/api/auth/logout", headers=OWN_PAGE)
    assert out.status_code == 204
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert visitor.post("/api/auth/refresh", headers=OWN_PAGE).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "http://evil.test"},
        {"Origin": "http://localhost.evil.test"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
    ],
    ids=["none", "C06-typed", "C06-null", "C06-foreign", "C06-suffix", "C06-port", "C06-broken", "site", "same-site"],
)
def test_no_other_page_uses_the_cookie(visitor: httpx.Client, log_in: LogIn, headers: dict[str, str]) -> None:
    log_in()
    for path in ("/api/auth/refresh", "/api/auth/logout"):
        answer = visitor.post(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_caller")
    assert visitor.post("/api/auth/refresh", headers=OWN_PAGE).status_code == 200


def test_the_cookie_alone_opens_nothing(visitor: httpx.Client, log_in: LogIn) -> None:
    """C01: no route takes it for an access token."""
    token = log_in().headers["set-cookie"].partition("=")[2].partition(";")[0]
    for name in ("soundstage_refresh", "access_token", "session"):
        answer = visitor.get("/api/auth/me", headers={"Cookie": f"{name}={token}"})
        assert answer.status_code == 401


def test_no_answer_lets_another_site_read(visitor: httpx.Client, log_in: LogIn) -> None:
    """CORS is off."""
    log_in()
    asked = {"Origin": "http://evil.test", "Access-Control-Request-Method": "POST"}
    answers = [
        visitor.options("/api/auth/login", headers=asked),
        visitor.get("/api/jobs", headers=asked),
        visitor.post("/api/auth/login", json={}, headers=asked),
    ]
    for answer in answers:
        assert not [name for name in answer.headers if name.startswith("access-control")]
