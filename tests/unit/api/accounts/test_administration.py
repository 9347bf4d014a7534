"""What administrators do over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.studio.access import LOCAL_OWNER

PASSWORD = "lantern ferry gravel moth"
SignIn = Callable[..., dict[str, str]]


def id_of(api: httpx.Client, headers: dict[str, str]) -> str:
    return str(api.get("/api/auth/me", headers=headers).json()["id"])


def test_users_are_listed_by_page_and_searched(api: httpx.Client, sign_in: SignIn) -> None:
    for name in ("ben", "cas", "dee"):
        sign_in(name)
    first = api.get("/api/admin/users", params={"limit": 3}).json()
    second = api.get("/api/admin/users", params={"limit": 3, "before": first["next"]}).json()
    assert [user["username"] for user in first["users"] + second["users"]] == ["dee", "cas", "ben", "ada"]
    assert second["next"] is None
    found = api.get("/api/admin/users", params={"text": "CAS@"}).json()["users"]
    assert [user["username"] for user in found] == ["cas"]
    admins = api.get("/api/admin/users", params={"role": "admin"}).json()["users"]
    assert [user["id"] for user in admins] == [LOCAL_OWNER]
    pro = api.get("/api/admin/users", params={"plan": "pro"}).json()["users"]
    assert [user["id"] for user in pro] == [LOCAL_OWNER]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "role=root", "text=%00", "before=%00", "is_disabled=2"]
)
def test_a_list_of_users_refuses_what_it_does_not_know(api: httpx.Client, query: str) -> None:
    assert api.get(f"/api/admin/users?{query}").status_code == 422


def test_a_user_is_made_for_somebody(api: httpx.Client) -> None:
    new = {"email": "pro@example.com", "username": "pro", "password": PASSWORD, "role": "user", "plan": "pro"}
    answer = api.post("/api/admin/users", json=new)
    assert (answer.status_code, answer.json()["plan"]) == (201, "pro")
    assert api.get(f"/api/admin/users/{answer.json()['id']}").json() == answer.json()


def test_role_and_plan_take_effect_at_once(api: httpx.Client, sign_in: SignIn) -> None:
    headers = sign_in("ben")
    path = f"/api/admin/users/{id_of(api, headers)}"
    assert api.get("/api/admin/users", headers=headers).status_code == 403
    changed = api.patch(path, json={"role": "admin", "plan": "pro"}).json()
    assert (changed["role"], changed["plan"]) == ("admin", "pro")
    assert api.get("/api/admin/users", headers=headers).status_code == 200
    api.patch(path, json={"role": "user"})
    assert api.get("/api/admin/users", headers=headers).status_code == 403


def test_who_is_disabled_is_out_until_enabled(api: httpx.Client, sign_in: SignIn) -> None:
    headers = sign_in("ben")
    path = f"/api/admin/users/{id_of(api, headers)}"
    assert api.patch(path, json={"is_disabled": True}).json()["is_disabled"]
    assert api.get("/api/auth/me", headers=headers).status_code == 401
    login = {"login": "ben", "password": PASSWORD}
    assert api.post("/api/auth/login", json=login).json()["code"] == "not_allowed"
    api.patch(path, json={"is_disabled": False})
    assert api.post("/api/auth/login", json=login).status_code == 200


def test_an_administrator_ends_the_sessions_of_a_user(api: httpx.Client, sign_in: SignIn) -> None:
    headers = sign_in("ben")
    path = f"/api/admin/users/{id_of(api, headers)}/end-sessions"
    assert api.post(path).json() == {"sessions": 1}
    assert api.get("/api/auth/me", headers=headers).status_code == 401


def test_a_deleted_user_is_gone_with_jobs_and_keys(api: httpx.Client, sign_in: SignIn, studio: Studio) -> None:
    headers = sign_in("ben")
    user_id = id_of(api, headers)
    order = {"pipeline": "letter", "params": {"text": "Mine"}}
    job = api.post("/api/jobs", json=order, headers=headers).json()["id"]
    key = api.post("/api/auth/keys", json={"name": "k", "scopes": ["jobs:read"]}, headers=headers).json()["key"]
    answer = api.delete(f"/api/admin/users/{user_id}")
    assert answer.status_code == 204, answer.text
    assert api.get(f"/api/admin/users/{user_id}").status_code == 404
    assert api.get("/api/auth/me", headers=headers).status_code == 401
    assert api.get("/api/jobs", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert api.get(f"/api/jobs/{job}").status_code == 404
    assert api.delete(f"/api/admin/users/{user_id}").status_code == 404


def test_the_last_administrator_stays(api: httpx.Client) -> None:
    path = f"/api/admin/users/{LOCAL_OWNER}"
    answers = [
        api.patch(path, json={"role": "user"}),
        api.patch(path, json={"is_disabled": True}),
        api.delete(path),
        api.post("/api/auth/leave", json={"password": PASSWORD}),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "last_administrator")] * 4
    assert api.get("/api/auth/me").json()["role"] == "admin"


@pytest.mark.parametrize(
    "body", [{"role": "root"}, {"plan": "gold"}, {"username": "x"}, {"password": "x"}, {"is_disabled": "no?"}, []]
)
def test_a_change_that_is_none_is_refused(api: httpx.Client, body: Any) -> None:
    assert api.patch(f"/api/admin/users/{LOCAL_OWNER}", json=body).status_code == 422


@pytest.mark.parametrize("user_id", ["nobody", "..", "%2e%2e", "user_" + "0" * 26, "%00", "x" * 5000])
def test_who_is_not_there_is_not_found(api: httpx.Client, user_id: str) -> None:
    for method in ("GET", "DELETE"):
        assert api.request(method, f"/api/admin/users/{user_id}").status_code in (404, 405)


def test_the_audit_log_tells_who_did_what_to_whom(api: httpx.Client, sign_in: SignIn) -> None:
    user_id = id_of(api, sign_in("ben"))
    api.patch(f"/api/admin/users/{user_id}", json={"plan": "pro"})
    api.post("/api/auth/login", json={"login": "ben", "password": "another password"})
    first = api.get("/api/admin/audit", params={"limit": 2}).json()
    assert [(entry["actor"], entry["action"], entry["target"]) for entry in first["entries"]] == [
        ("", "login.failed", user_id),
        (LOCAL_OWNER, "user.changed", user_id),
    ]
    assert first["entries"][1]["data"] == {"plan": "pro"}
    rest = api.get("/api/admin/audit", params={"before": first["next"]}).json()
    assert [entry["action"] for entry in rest["entries"]] == ["user.created", "user.created"]
    assert rest["next"] is None
    of_ben = api.get("/api/admin/audit", params={"target": user_id, "action": "login.failed"}).json()
    assert len(of_ben["entries"]) == 1


@pytest.mark.parametrize("name", ["ben", "BEN", "ben@example.com"])
def test_the_audit_log_is_searched_by_the_names_of_users(api: httpx.Client, sign_in: SignIn, name: str) -> None:
    user_id = id_of(api, sign_in("ben"))
    api.patch(f"/api/admin/users/{user_id}", json={"plan": "pro"})
    found = api.get("/api/admin/audit", params={"target": name, "actor": "ada", "action": "user.changed"}).json()
    assert [(entry["actor_name"], entry["target_name"]) for entry in found["entries"]] == [("ada", "ben")]
    assert api.get("/api/admin/audit", params={"target": "nobody"}).json()["entries"] == []
