"""Who may call which route: each names a scope, or stands in the short list of those that do not (A1, API5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import httpx
from fastapi import FastAPI

from soundstage.bootstrap.studio import Studio
from soundstage.studio.access import KEY_SCOPES, SCOPES_OF, Role, Scope
from soundstage.studio.accounts.sessions import SignedIn
from soundstage.studio.accounts.visits import Visit

Route = tuple[str, str]

PUBLIC = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/api/openapi.json"),
    ("POST", "/api/auth/setup"),
    ("POST", "/api/auth/register"),
    ("POST", "/api/auth/login"),
    ("POST", "/api/auth/refresh"),
    ("POST", "/api/auth/logout"),
    ("OPTIONS", "/api/assets/tus"),
    ("GET", "/api/shared/{token}"),
    ("GET", "/{page}"),
    ("HEAD", "/{page}"),
}
SIGNED_LINKS = {
    ("PUT", "/api/assets/uploads/{asset_id}"),
    ("GET", "/api/assets/{asset_id}/content"),
    ("HEAD", "/api/assets/{asset_id}/content"),
    ("GET", "/api/jobs/{job_id}/artifacts/{name}/content"),
    ("HEAD", "/api/jobs/{job_id}/artifacts/{name}/content"),
}
"""The signature in the address is the permission."""
ASKS_BY_ITSELF = {
    ("GET", "/metrics"),
    ("WEBSOCKET", "/ws/jobs/{job_id}"),
    ("WEBSOCKET", "/ws/events"),
    ("WEBSOCKET", "/ws/{project_id}"),
}
"""The token comes in another way than the others: in a first message, or as a ticket; or the operator opens it."""
WITHOUT_SCOPE = PUBLIC | SIGNED_LINKS | ASKS_BY_ITSELF
OF_OUR_APP = {
    ("GET", "/healthz"),
    ("POST", "/api/jobs"),
    ("POST", "/api/auth/login"),
    ("DELETE", "/api/admin/users/{user_id}"),
}


ID_PREFIXES = {
    "job_id": "job",
    "asset_id": "asset",
    "webhook_id": "wh",
    "delivery_id": "msg",
    "user_id": "user",
    "share_id": "shr",
}
PROTOCOL = {"Tus-Resumable": "1.0.0"}
"""What some routes look at before they look at who calls."""


def routes_of(routes: Iterable[Any]) -> Iterator[tuple[Route, frozenset[str]]]:
    """Each method and path, with the scopes that it needs."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes_of(inner.routes)
            continue
        scopes = frozenset(_scopes(getattr(route, "dependant", None)))
        for method in getattr(route, "methods", None) or ["WEBSOCKET"]:
            yield (method, route.path), scopes


def _scopes(dependant: Any) -> Iterator[str]:
    if dependant is not None:
        yield from dependant.own_oauth_scopes or []
        for inner in dependant.dependencies:
            yield from _scopes(inner)


def table_of(app: FastAPI) -> Mapping[Route, frozenset[str]]:
    return dict(routes_of(app.routes))


def guarded(app: FastAPI) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Method, an address, and the scopes, of each route that needs one."""
    for (method, path), scopes in table_of(app).items():
        if scopes:
            yield method, re.sub(r"\{(\w+)\}", _example, path), scopes


def _example(parameter: re.Match[str]) -> str:
    prefix = ID_PREFIXES.get(parameter[1], "x")
    return f"{prefix}_{'0' * 26}"


def test_every_route_names_a_scope_or_stands_in_the_list(app: FastAPI) -> None:
    table = table_of(app)
    assert set(table) >= OF_OUR_APP, "The routes were not found."
    without = {route for route, scopes in table.items() if not scopes and route != ("HEAD", "/api/openapi.json")}
    assert without <= WITHOUT_SCOPE, f"Anybody can call {sorted(without - WITHOUT_SCOPE)}."


def test_every_scope_that_a_route_names_is_one_that_somebody_has(app: FastAPI) -> None:
    named = set().union(*table_of(app).values())
    assert named <= SCOPES_OF[Role.ADMIN] | {Scope.JOBS_PROGRESS}


def test_what_administrators_do_needs_the_scope_of_administrators(app: FastAPI) -> None:
    for (_, path), scopes in table_of(app).items():
        assert path.startswith("/api/admin") == (Scope.ADMIN in scopes), path


def test_who_has_not_signed_in_gets_nowhere(app: FastAPI, visitor: httpx.Client) -> None:
    answers = {
        (method, path): visitor.request(method, path, headers=PROTOCOL).status_code for method, path, _ in guarded(app)
    }
    assert {route: status for route, status in answers.items() if status != 401} == {}


def test_a_key_without_the_scope_of_a_route_gets_nowhere(
    app: FastAPI, visitor: httpx.Client, studio: Studio, administrator: SignedIn
) -> None:
    caller = studio.accounts.identities.identify(administrator.access_token)
    answers = {}
    for scope in Scope:
        _, key = studio.accounts.keys.make(caller, "all but one", KEY_SCOPES - {scope}, None, Visit())
        for method, path, scopes in guarded(app):
            if scope in scopes:
                sent = visitor.request(method, path, headers={**PROTOCOL, "Authorization": f"Bearer {key}"})
                answers[method, path] = sent.status_code
    assert len(answers) > 50
    assert {route: status for route, status in answers.items() if status != 403} == {}


def test_a_user_gets_nowhere_among_administrators(app: FastAPI, visitor: httpx.Client, sign_in: Any) -> None:
    headers = sign_in("ben")
    for method, path, scopes in guarded(app):
        if Scope.ADMIN in scopes:
            answer = visitor.request(method, path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), path
