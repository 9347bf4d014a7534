"""Shared links: the result of a job for whoever holds one, as long as it is good, and nothing else of the job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from soundstage.bootstrap.studio import Studio
from soundstage.studio.access import Scope
from soundstage.studio.accounts.visits import Visit
from soundstage.studio.shares.pace import MOST_OPENINGS, WINDOW_SECONDS

Order = Callable[..., dict[str, Any]]
Complete = Callable[..., None]
Open = Callable[[str], httpx.Response]


@pytest.fixture
def made(order: Order, complete: Complete) -> str:
    """The id of a job that has succeeded. Its last stage left an audio file, subtitles and a picture."""
    job_id: str = order("Dear reader", description="For Ann")["id"]
    complete("draft.txt")
    complete("letter.wav", b"RIFF", "audio/wav")
    return job_id


@pytest.fixture
def open_share(visitor: httpx.Client) -> Open:
    """Asks for what a link shows, without being signed in."""
    return lambda token: visitor.get(f"/api/shared/{token}", headers={"Authorization": ""})


def share(api: httpx.Client, job_id: str, **wish: Any) -> dict[str, Any]:
    answer = api.post(f"/api/jobs/{job_id}/shares", json=wish)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_link_shows_the_result_without_a_login_and_nothing_else(
    api: httpx.Client, visitor: httpx.Client, made: str, open_share: Open
) -> None:
    link = share(api, made)
    assert link["url"] == f"http://localhost/s/{link['token']}"
    answer = open_share(link["token"])
    shown = answer.json()
    assert (shown["description"], shown["pipeline_title"]) == ("For Ann", "A letter")
    assert [(file["name"], file["role"], file["size_bytes"]) for file in shown["files"]] == [
        ("letter.wav", "result", 4)
    ]
    assert not {"params", "owner", "stages", "metadata", "id"} & set(shown)
    assert "Dear reader" not in answer.text
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "no-referrer"
    for url, disposition in ((shown["files"][0]["url"], "inline"), (shown["files"][0]["download_url"], "attachment")):
        file = visitor.get(url, headers={"Authorization": ""})
        assert (file.status_code, file.content) == (200, b"RIFF")
        assert file.headers["content-disposition"].startswith(disposition)


def test_each_file_has_its_role(api: httpx.Client, order: Order, complete: Complete, open_share: Open) -> None:
    files = {"a.vtt": ("text/vtt", "subtitles"), "thumbnail.jpg": ("image/jpeg", "thumbnail")}
    files |= {"a.mp4": ("video/mp4", "result"), "words.json": ("application/json", "data")}
    for name, (media_type, role) in files.items():
        job_id = order()["id"]
        complete()
        complete(name, b"x", media_type)
        [file] = open_share(share(api, job_id)["token"]).json()["files"]
        assert (file["name"], file["role"]) == (name, role)


def test_a_link_can_be_copied_again_until_it_is_revoked(api: httpx.Client, made: str, open_share: Open) -> None:
    links = [share(api, made), share(api, made, expires_in_days=7)]
    assert api.get(f"/api/jobs/{made}/shares").json() == {"shares": links}
    assert api.delete(f"/api/jobs/{made}/shares/{links[0]['id']}").status_code == 204
    assert api.delete(f"/api/jobs/{made}/shares/{links[0]['id']}").status_code == 404
    assert api.get(f"/api/jobs/{made}/shares").json() == {"shares": links[1:]}
    revoked = open_share(links[0]["token"])
    assert (revoked.status_code, revoked.json()["code"]) == (410, "link_ended")
    assert open_share(links[1]["token"]).status_code == 200


def test_a_link_whose_time_has_passed_shows_nothing(
    api: httpx.Client, studio: Studio, made: str, open_share: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = share(api, made, expires_in_days=1)
    later = studio.parts.store.database.now + 86_401
    monkeypatch.setattr(type(studio.parts.records), "now", property(lambda _records: later))
    assert open_share(link["token"]).status_code == 410
    assert list(studio.shares.list_of(made)) == []


def test_the_links_of_a_deleted_job_are_over(api: httpx.Client, made: str, open_share: Open) -> None:
    token = share(api, made)["token"]
    assert api.delete(f"/api/jobs/{made}").status_code == 204
    assert open_share(token).status_code == 410


def test_the_links_of_a_disabled_owner_are_over(
    api: httpx.Client, sign_in: Callable[..., dict[str, str]], complete: Complete, open_share: Open
) -> None:
    ben = sign_in("ben")
    letter = {"pipeline": "letter", "params": {"text": "Hello"}}
    job_id = api.post("/api/jobs", json=letter, headers=ben).json()["id"]
    complete()
    complete()
    token = api.post(f"/api/jobs/{job_id}/shares", headers=ben).json()["token"]
    assert open_share(token).status_code == 200
    user_id = api.get("/api/auth/me", headers=ben).json()["id"]
    assert api.patch(f"/api/admin/users/{user_id}", json={"is_disabled": True}).status_code == 200
    assert open_share(token).status_code == 410


def test_a_result_that_is_made_again_is_not_shown_half_made(api: httpx.Client, made: str, open_share: Open) -> None:
    token = share(api, made)["token"]
    assert api.post(f"/api/jobs/{made}/retry", json={"from": "SEND"}).status_code == 200
    answer = open_share(token)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_only_a_job_that_has_succeeded_is_shared(api: httpx.Client, order: Order) -> None:
    answer = api.post(f"/api/jobs/{order()['id']}/shares")
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")


@pytest.mark.parametrize("days", [0, 366, "soon"])
def test_a_link_is_good_for_a_day_to_a_year(api: httpx.Client, made: str, days: object) -> None:
    assert api.post(f"/api/jobs/{made}/shares", json={"expires_in_days": days}).status_code == 422


def test_a_job_has_at_most_twenty_links(api: httpx.Client, made: str) -> None:
    for _ in range(20):
        share(api, made)
    answer = api.post(f"/api/jobs/{made}/shares")
    assert (answer.status_code, answer.json()["code"]) == (429, "limit_reached")


def test_a_changed_token_leads_nowhere(api: httpx.Client, made: str, open_share: Open) -> None:
    token: str = share(api, made)["token"]
    wrong = [
        token[:-1],
        token + "x",
        token.swapcase(),
        token.partition(".")[0],
        f"{token[:-1]}{chr(ord(token[-1]) ^ 1)}",
    ]
    assert [open_share(each).status_code for each in wrong] == [404] * len(wrong)


def test_one_address_opens_links_so_often_and_no_more(api: httpx.Client, open_share: Open) -> None:
    del api
    statuses = [open_share("none").status_code for _ in range(2 * MOST_OPENINGS + 1)]
    assert 429 in statuses
    limited = open_share("none")
    if limited.status_code == 429:  # or else a minute has just begun
        assert 1 <= int(limited.headers["retry-after"]) <= WINDOW_SECONDS


def test_a_key_that_may_only_read_gets_no_links(
    api: httpx.Client, studio: Studio, administrator: Any, made: str
) -> None:
    caller = studio.accounts.identities.identify(administrator.access_token)
    _, key = studio.accounts.keys.make(caller, "reader", frozenset({Scope.JOBS_READ}), None, Visit())
    share(api, made)
    assert api.get(f"/api/jobs/{made}/shares", headers={"Authorization": f"Bearer {key}"}).status_code == 403
