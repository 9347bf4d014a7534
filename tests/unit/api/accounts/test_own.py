"""One's own account over HTTP: profile, password, keys, leaving, and what bodies cannot smuggle in (B05)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from soundstage.studio.accounts.sessions import SignedIn

PASSWORD = "lantern ferry gravel moth"
NEW_PASSWORD = "gravel moth lantern ferry"


@pytest.fixture
def ben(visitor: httpx.Client, sign_in: Callable[..., dict[str, str]]) -> httpx.Client:
    """A client that has signed in as a user."""
    visitor.headers.update(sign_in("ben"))
    return visitor


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_a_profile_is_seen_and_changed(ben: httpx.Client, method: str) -> None:
    before = ben.get("/api/auth/me").json()
    assert (before["username"], before["role"], before["plan"]) == ("ben", "user", "free")
    change = {"display_name": "Бен", "language": "id"}
    assert ben.request(method, "/api/auth/me", json=change).json() == {**before, **change}
    assert ben.get("/api/auth/me").json() == {**before, **change}


def test_a_new_email_address_needs_the_password(ben: httpx.Client) -> None:
    wanted = {"email": "new@example.com"}
    refused = ben.patch("/api/auth/me", json=wanted)
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong_password")
    assert ben.patch("/api/auth/me", json={**wanted, "password": PASSWORD}).json()["email"] == "new@example.com"


def test_a_taken_or_broken_name_is_refused(ben: httpx.Client, administrator: SignedIn) -> None:
    taken = ben.patch("/api/auth/me", json={"username": "ADA"})
    assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    broken = ben.patch("/api/auth/me", json={"username": "a b"})
    assert (broken.status_code, broken.json()["code"]) == (422, "bad_name")


@pytest.mark.parametrize(
    "smuggled",
    [
        {"role": "admin"},
        {"plan": "pro"},
        {"user_id": "local"},
        {"id": "local"},
        {"is_disabled": False},
        {"scopes": ["admin"]},
    ],
    ids=lambda smuggled: f"B05-{next(iter(smuggled))}",
)
def test_b05_nobody_gives_themselves_what_is_not_theirs(ben: httpx.Client, smuggled: dict[str, Any]) -> None:
    before = ben.get("/api/auth/me").json()
    assert ben.patch("/api/auth/me", json={"display_name": "x", **smuggled}).status_code == 422
    new = {"email": "c@example.com", "username": "cas", "password": PASSWORD, **smuggled}
    assert ben.post("/api/auth/register", json=new).status_code == 422
    assert ben.post("/api/auth/login", json={"login": "ben", "password": PASSWORD, **smuggled}).status_code == 422
    assert ben.get("/api/auth/me").json() == before


def test_a_password_is_changed_with_the_old_one(ben: httpx.Client) -> None:
    other = ben.post("/api/auth/login", json={"login": "ben", "password": PASSWORD}).json()
    wrong = ben.post("/api/auth/password", json={"old_password": "another password", "new_password": NEW_PASSWORD})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_password")
    weak = ben.post("/api/auth/password", json={"old_password": PASSWORD, "new_password": "password123"})
    assert (weak.status_code, weak.json()["code"]) == (422, "weak_password")
    done = ben.post("/api/auth/password", json={"old_password": PASSWORD, "new_password": NEW_PASSWORD})
    assert done.status_code == 204
    assert ben.get("/api/auth/me").status_code == 200
    other_headers = {"Authorization": f"Bearer {other['access_token']}"}
    assert ben.get("/api/auth/me", headers=other_headers).status_code == 401
    assert ben.post("/api/auth/login", json={"login": "ben", "password": NEW_PASSWORD}).status_code == 200


@pytest.mark.parametrize(
    "password", ["x" * 1_000_000, "lantern\x00ferry gravel", "short", ""], ids=["B03-1MB", "B03-NUL", "short", "empty"]
)
def test_b03_a_password_that_cannot_be_taken_makes_no_account(ben: httpx.Client, password: str) -> None:
    new = {"email": "c@example.com", "username": "cas", "password": password}
    assert ben.post("/api/auth/register", json=new).status_code == 422
    assert ben.post("/api/auth/login", json={"login": "cas", "password": password}).status_code in (401, 422)


def test_a_key_is_made_used_listed_and_deleted(ben: httpx.Client) -> None:
    made = ben.post("/api/auth/keys", json={"name": "build", "scopes": ["jobs:read"], "expires_in_days": 7})
    assert made.status_code == 201, made.text
    key = made.json()
    headers = {"Authorization": f"Bearer {key['key']}"}
    assert ben.get("/api/jobs", headers=headers).status_code == 200
    assert ben.post("/api/jobs", json={}, headers=headers).status_code == 403
    (listed,) = ben.get("/api/auth/keys").json()["keys"]
    assert listed == {
        **{name: value for name, value in key.items() if name != "key"},
        "last_used_at": listed["last_used_at"],
    }
    assert listed["last_used_at"] is not None
    assert key["key"] not in ben.get("/api/auth/keys").text
    assert ben.delete(f"/api/auth/keys/{key['id']}").status_code == 204
    assert ben.get("/api/jobs", headers=headers).status_code == 401
    for gone in (key["id"], "x", "%00"):
        assert ben.delete(f"/api/auth/keys/{gone}").status_code == 404


@pytest.mark.parametrize(
    ("scopes", "status"),
    [([], 422), (["account"], 422), (["jobs:progress"], 422), (["everything"], 422), (["admin"], 403)],
)
def test_a_key_cannot_have_every_scope(ben: httpx.Client, scopes: list[str], status: int) -> None:
    assert ben.post("/api/auth/keys", json={"name": "build", "scopes": scopes}).status_code == status
    assert ben.get("/api/auth/keys").json() == {"keys": []}


def test_a_key_cannot_reach_the_account(ben: httpx.Client) -> None:
    scopes = ["jobs:read", "jobs:write", "assets:read", "assets:write", "webhooks"]
    key = ben.post("/api/auth/keys", json={"name": "build", "scopes": scopes}).json()["key"]
    headers = {"Authorization": f"Bearer {key}"}
    assert ben.get("/api/auth/me", headers=headers).status_code == 403
    assert ben.post("/api/auth/keys", json={"name": "x", "scopes": ["jobs:read"]}, headers=headers).status_code == 403
    assert ben.post("/api/auth/tickets", headers=headers).status_code == 201
    assert ben.post("/api/auth/logout", headers=headers).status_code == 401


def test_who_leaves_is_gone_with_all_that_was_theirs(ben: httpx.Client, administrator: SignedIn) -> None:
    job = ben.post("/api/jobs", json={"pipeline": "letter", "params": {"text": "Mine"}}).json()["id"]
    assert ben.post("/api/auth/leave", json={"password": "another password"}).status_code == 403
    answer = ben.post("/api/auth/leave", json={"password": PASSWORD})
    assert answer.status_code == 204, answer.text
    assert ben.get("/api/auth/me").status_code == 401
    admin = {"Authorization": f"Bearer {administrator.access_token}"}
    assert ben.get(f"/api/jobs/{job}", headers=admin).status_code == 404
