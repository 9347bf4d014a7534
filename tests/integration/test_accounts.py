"""Real servers: from the printed link to a job, through a proxy, and after kill -9 (S1, A15)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

Start = Callable[..., Any]
SaidLink = Callable[[Any], str]
StartInVain = Callable[..., subprocess.CompletedProcess[str]]
PASSWORD = "four lanterns over gravel"
ANN = {"email": "ann@example.com", "username": "ann", "password": PASSWORD}


def token_of(link: str, client: httpx.Client) -> str:
    address, _, token = link.partition("/setup#token=")
    assert address == str(client.base_url).rstrip("/")
    return token


def bearer(signed_in: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {signed_in['access_token']}"}


def test_the_printed_link_leads_to_the_first_administrator_and_their_first_job(
    start: Start, said_link: SaidLink, tmp_path: Path
) -> None:
    server = start(set_up=False, password_hashing="standard")
    client = server.client
    order = {"pipeline": "gated", "params": {"folder": str(tmp_path)}}
    assert client.post("/api/jobs", json=order).status_code == 401
    token = token_of(said_link(server), client)
    made = client.post("/api/auth/setup", json={**ANN, "token": token})
    assert made.status_code == 201, made.text
    assert client.post("/api/auth/setup", json={**ANN, "token": token}).status_code == 409
    signed_in = client.post("/api/auth/login", json={"login": "ann", "password": PASSWORD}).json()
    job = client.post("/api/jobs", json=order, headers=bearer(signed_in))
    assert job.status_code == 202, job.text
    assert client.get(f"/api/jobs/{job.json()['id']}", headers=bearer(signed_in)).status_code == 200
    assert (server.home / "signing.key").stat().st_mode & 0o777 == 0o600


def test_each_start_prints_a_new_link_until_there_is_an_administrator(start: Start, said_link: SaidLink) -> None:
    first = start(set_up=False)
    old = token_of(said_link(first), first.client)
    first.kill()
    second = start(set_up=False)
    new = token_of(said_link(second), second.client)
    assert second.client.post("/api/auth/setup", json={**ANN, "token": old}).status_code == 404
    assert second.client.post("/api/auth/setup", json={**ANN, "token": new}).status_code == 201
    second.kill()
    third = start(set_up=False)
    third.ask_to_stop()
    assert "token" not in third.process.communicate(timeout=30)[1]


def test_sessions_outlive_a_killed_server_and_what_was_ended_stays_ended(start: Start) -> None:
    server = start()
    client = server.client
    client.post("/api/auth/register", json=ANN)
    login = {"login": "ann@example.com", "password": PASSWORD}
    kept, ended = (client.post("/api/auth/login", json=login).json() for _ in range(2))
    assert client.post("/api/auth/logout", json={"refresh_token": ended["refresh_token"]}).status_code == 204
    server.kill()
    again = start().client
    assert again.get("/api/auth/me", headers=bearer(kept)).json()["username"] == "ann"
    assert again.get("/api/auth/me", headers=bearer(ended)).status_code == 401
    refreshed = again.post("/api/auth/refresh", json={"refresh_token": kept["refresh_token"]})
    assert refreshed.status_code == 200


def test_a_proxy_that_is_trusted_tells_the_address_and_one_that_is_not_does_not(start: Start) -> None:
    wrong = {"login": "nobody", "password": PASSWORD}
    forwarded = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    addresses = []
    for settings in ({}, {"trusted_proxies": "127.0.0.0/8"}):
        server = start(**settings)
        assert server.client.post("/api/auth/login", json=wrong, headers=forwarded).status_code == 401
        entries = server.client.get("/api/admin/audit", params={"action": "login.failed"}).json()["entries"]
        addresses.append(entries[0]["address"])
        server.kill()
    assert addresses == ["127.0.0.1", "203.0.113.7"]


def test_c05_a_server_answers_to_its_own_names_alone(start: Start) -> None:
    server = start(public_url="https://studio.example.com", allowed_hosts="other.example.com, third.example.com")
    port = server.client.base_url.port
    for host in ("studio.example.com", "other.example.com:443", "THIRD.example.com", f"localhost:{port}"):
        assert server.client.get("/healthz", headers={"Host": host}).status_code == 200
    for host in ("evil.test", "studio.example.com.evil.test", "192.0.2.1", "example.com"):
        assert server.client.get("/healthz", headers={"Host": host}).status_code == 403


def test_a_server_for_other_machines_answers_to_addresses_and_says_what_it_lacks(start: Start) -> None:
    server = start(host="0.0.0.0")  # noqa: S104 - what the test is about
    assert server.client.get("/healthz", headers={"Host": "192.0.2.1:8484"}).status_code == 200
    assert server.client.get("/healthz", headers={"Host": "[2001:db8::1]:8484"}).status_code == 200
    assert server.client.get("/healthz", headers={"Host": "evil.test"}).status_code == 403
    server.ask_to_stop()
    assert "unencrypted" in server.process.communicate(timeout=30)[1]


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_a_key_that_others_can_read_stops_the_start(start: Start, start_in_vain: StartInVain, mode: int) -> None:
    server = start()
    server.kill()
    (server.home / "signing.key").chmod(mode)
    refused = start_in_vain()
    assert refused.returncode == 2
    assert "unsafe_key" in refused.stderr
    assert "chmod 600" in refused.stderr


def test_proxies_that_are_no_addresses_are_refused(start_in_vain: StartInVain) -> None:
    refused = start_in_vain(trusted_proxies="*")
    assert refused.returncode == 2
    assert "TRUSTED_PROXIES" in refused.stderr
