"""Set-up, registering, login, refresh and logout over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.studio.access import LOCAL_OWNER
from soundstage.studio.accounts.sessions import SignedIn

PASSWORD = "lantern ferry gravel moth"
BEN = {"email": "ben@example.com", "username": "ben", "password": PASSWORD}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def ben(visitor: httpx.Client, administrator: SignedIn) -> dict[str, Any]:
    """What the login of a registered user answered."""
    assert visitor.post("/api/auth/register", json=BEN).status_code == 201
    answer = visitor.post("/api/auth/login", json={"login": "ben", "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    signed_in: dict[str, Any] = answer.json()
    return signed_in


def is_alive(visitor: httpx.Client, token: str) -> bool:
    return visitor.get("/api/auth/me", headers=bearer(token)).status_code == 200


def test_the_first_administrator_is_made_by_the_set_up_token(visitor: httpx.Client, studio: Studio) -> None:
    token = studio.accounts.registration.offer_set_up()
    ada = {"email": "ada@example.com", "username": "ada", "password": PASSWORD}
    assert visitor.post("/api/auth/register", json=ada).json()["code"] == "not_set_up"
    assert visitor.post("/api/auth/setup", json={**ada, "token": "setup_wrong"}).status_code == 404
    answer = visitor.post("/api/auth/setup", json={**ada, "token": token})
    assert answer.status_code == 201, answer.text
    signed_in = answer.json()
    assert (signed_in["user"]["id"], signed_in["user"]["role"]) == (LOCAL_OWNER, "admin")
    assert is_alive(visitor, signed_in["access_token"])
    assert visitor.post("/api/auth/setup", json={**ada, "token": token}).status_code == 409


def test_a_registered_user_logs_in_and_has_the_answer_of_a_bearer(visitor: httpx.Client, ben: dict[str, Any]) -> None:
    assert (ben["token_type"], ben["expires_in"]) == ("Bearer", 900)
    assert ben["user"]["username"] == "ben"
    assert ben["refresh_token"].startswith("rt_")
    assert is_alive(visitor, ben["access_token"])


def test_no_answer_shows_a_password_or_its_hash(visitor: httpx.Client, ben: dict[str, Any]) -> None:
    answers = [str(ben), visitor.get("/api/auth/me", headers=bearer(ben["access_token"])).text]
    answers.append(visitor.post("/api/auth/register", json={**BEN, "email": "x"}).text)
    answers.append(visitor.post("/api/auth/register", json={**BEN, "extra": 1}).text)
    for text in answers:
        assert PASSWORD not in text
        assert "argon2" not in text


def test_wrong_and_unknown_are_answered_the_same(visitor: httpx.Client, ben: dict[str, Any]) -> None:
    """A24, B02."""

    def answer_to(name: str) -> tuple[int, dict[str, Any]]:
        sent = visitor.post("/api/auth/login", json={"login": name, "password": "another password"})
        problem = sent.json()
        problem.pop("request_id", None)
        return sent.status_code, problem

    assert answer_to("ben") == answer_to("nobody") == answer_to("nobody@example.com")
    assert answer_to("ben")[0] == 401


def test_b01_a_flood_gets_429_and_when_to_come_again(visitor: httpx.Client, ben: dict[str, Any]) -> None:
    wrong = {"login": "ben", "password": "another password"}
    answers = [visitor.post("/api/auth/login", json=wrong) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].json()["code"] == "too_many_requests"
    nobody = [visitor.post("/api/auth/login", json={**wrong, "login": "nobody"}).status_code for _ in range(6)]
    assert nobody == [401] * 5 + [429]


def test_a_refresh_gives_new_tokens_and_the_old_ones_end_the_session_later(
    visitor: httpx.Client, ben: dict[str, Any]
) -> None:
    first = visitor.post("/api/auth/refresh", json={"refresh_token": ben["refresh_token"]}).json()
    same = visitor.post("/api/auth/refresh", json={"refresh_token": ben["refresh_token"]}).json()
    assert first["refresh_token"] == same["refresh_token"] != ben["refresh_token"]
    second = visitor.post("/api/auth/refresh", json={"refresh_token": first["refresh_token"]}).json()
    reused = visitor.post("/api/auth/refresh", json={"refresh_token": ben["refresh_token"]})
    assert (reused.status_code, reused.json()["code"]) == (401, "not_signed_in")
    assert not is_alive(visitor, second["access_token"])


@pytest.mark.parametrize(
    "body", [{}, {"refresh_token": None}, {"refresh_token": ""}, {"refresh_token": "x" * 900}, None]
)
def test_a_refresh_without_a_token_of_ours_is_refused(
    visitor: httpx.Client, administrator: SignedIn, body: dict[str, Any] | None
) -> None:
    assert visitor.post("/api/auth/refresh", json=body).status_code in (401, 422)


def test_j05_an_access_token_does_not_refresh_and_a_refresh_token_opens_nothing(
    visitor: httpx.Client, ben: dict[str, Any]
) -> None:
    assert visitor.post("/api/auth/refresh", json={"refresh_token": ben["access_token"]}).status_code == 401
    assert not is_alive(visitor, ben["refresh_token"])


@pytest.mark.parametrize("way", ["body", "bearer", "all"])
def test_j09_a_logout_kills_the_access_token_at_once(visitor: httpx.Client, ben: dict[str, Any], way: str) -> None:
    headers = bearer(ben["access_token"])
    if way == "body":
        answer = visitor.post("/api/auth/logout", json={"refresh_token": ben["refresh_token"]})
    elif way == "bearer":
        answer = visitor.post("/api/auth/logout", headers=headers)
    else:
        answer = visitor.post("/api/auth/logout-all", headers=headers)
    assert answer.status_code == 204, answer.text
    assert not is_alive(visitor, ben["access_token"])
    assert visitor.post("/api/auth/refresh", json={"refresh_token": ben["refresh_token"]}).status_code == 401


def test_own_sessions_are_listed_and_ended(visitor: httpx.Client, ben: dict[str, Any]) -> None:
    other = visitor.post("/api/auth/login", json={"login": "ben", "password": PASSWORD, "remember": True}).json()
    headers = bearer(ben["access_token"])
    sessions = visitor.get("/api/auth/sessions", headers=headers).json()["sessions"]
    assert {session["id"]: (session["is_current"], session["is_remembered"]) for session in sessions} == {
        other["session_id"]: (False, True),
        ben["session_id"]: (True, False),
    }
    assert visitor.delete(f"/api/auth/sessions/{other['session_id']}", headers=headers).status_code == 204
    assert not is_alive(visitor, other["access_token"])
    for gone in (other["session_id"], "x", "%00"):
        assert visitor.delete(f"/api/auth/sessions/{gone}", headers=headers).status_code == 404


def test_j12_a_token_in_the_address_opens_nothing(visitor: httpx.Client, ben: dict[str, Any]) -> None:
    for name in ("token", "access_token", "authorization", "bearer", "api_key"):
        assert visitor.get("/api/jobs", params={name: ben["access_token"]}).status_code == 401


def test_j12_a_ticket_is_given_to_who_has_signed_in_and_opens_no_route(
    visitor: httpx.Client, ben: dict[str, Any], studio: Studio
) -> None:
    answer = visitor.post("/api/auth/tickets", headers=bearer(ben["access_token"]))
    assert (answer.status_code, answer.json()["expires_in"]) == (201, 30)
    ticket = answer.json()["ticket"]
    assert not is_alive(visitor, ticket)
    assert visitor.get("/api/jobs", params={"ticket": ticket}).status_code == 401
    assert studio.accounts.identities.redeem_ticket(ticket).user_id == ben["user"]["id"]


@pytest.mark.parametrize("scheme", ["Basic ", "Token ", "Digest ", ""])
def test_a_token_by_another_scheme_opens_nothing(visitor: httpx.Client, ben: dict[str, Any], scheme: str) -> None:
    headers = {"Authorization": f"{scheme}{ben['access_token']}"}
    assert visitor.get("/api/auth/me", headers=headers).status_code == 401


def test_a_refusal_says_how_to_sign_in(visitor: httpx.Client) -> None:
    answer = visitor.get("/api/jobs")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["www-authenticate"] == "Bearer"
