"""Signed links: the signature is the permission, for one thing, one verb and a short time (A21)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

World = Any
Person = Any
Change = Callable[[str], str]


def link_to(world: World, what: str, owner: Person) -> str:
    if what == "asset":
        asset = world.make("asset", owner)["asset_id"]
        return str(world.send("POST", f"/api/assets/{asset}/link", owner, json={"seconds": 60}).json()["url"])
    if what == "upload":
        wish = {"name": "one.png", "size_bytes": len(world.png)}
        return str(world.send("POST", "/api/assets/uploads", owner, json=wish).json()["upload"]["url"])
    film = world.make("film", owner)
    return str(world.send("GET", f"/api/jobs/{film['job_id']}/artifacts/{film['name']}/link", owner).json()["url"])


METHODS: Mapping[str, str] = {"asset": "GET", "artifact": "GET", "upload": "PUT"}


@pytest.fixture(params=METHODS)
def what(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(world: World, what: str, url: str, headers: Mapping[str, str] | None = None) -> int:
    content = world.png if what == "upload" else None
    answer = world.client.request(METHODS[what], url, headers=headers, content=content)
    return int(answer.status_code)


def test_a_link_opens_for_whoever_holds_it(world: World, what: str) -> None:
    cast = world.cast()
    callers = {"nobody": {}, "other": cast.other.headers, "disabled": cast.disabled}
    answers = {
        name: opened(world, what, link_to(world, what, cast.owner), headers) for name, headers in callers.items()
    }
    assert answers == dict.fromkeys(callers, 204 if what == "upload" else 200)


def with_parameters(**changes: str | None) -> Change:
    def change(url: str) -> str:
        parts = urlsplit(url)
        given = {**dict(parse_qsl(parts.query)), **changes}
        return f"{parts.path}?{urlencode({name: value for name, value in given.items() if value is not None})}"

    return change


CHANGES: Mapping[str, Change] = {
    "without-signature": with_parameters(signature=None),
    "empty-signature": with_parameters(signature=""),
    "other-signature": with_parameters(signature="0" * 64),
    "later": with_parameters(expires="99999999999"),
    "for-ever": with_parameters(expires=None),
    "expires-as-text": with_parameters(expires="never"),
    "one-more-parameter": with_parameters(owner="local"),
    "shown-in-place": with_parameters(**{"as": "inline"}),
    "other-file": with_parameters(role="thumbnail", sha256="0" * 64),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_link_that_was_changed_opens_nothing_for_anybody(world: World, what: str, change: Change) -> None:
    cast = world.cast()
    url = change(link_to(world, what, cast.owner))
    before = world.rows()
    for person in (None, cast.owner, cast.administrator):
        assert opened(world, what, url, person and person.headers) == 403
    assert world.rows() == before


def test_the_signature_of_one_thing_opens_no_other(world: World, what: str) -> None:
    cast = world.cast()
    own, foreign = (link_to(world, what, person) for person in (cast.other, cast.owner))
    stolen = f"{urlsplit(foreign).path}?{urlsplit(own).query}"
    assert opened(world, what, stolen, cast.other.headers) == 403


def test_a_link_to_read_writes_nothing_and_a_link_to_write_reads_nothing(world: World) -> None:
    cast = world.cast()
    asset, upload = (urlsplit(link_to(world, what, cast.owner)) for what in ("asset", "upload"))
    asset_id, planned_id = asset.path.split("/")[3], upload.path.rpartition("/")[2]
    crossed = {
        ("PUT", f"/api/assets/uploads/{asset_id}?{asset.query}"),
        ("GET", f"/api/assets/{planned_id}/content?role=original&as=attachment&{upload.query}"),
        ("DELETE", f"/api/assets/{asset_id}?{asset.query}"),
    }
    answers = {(method, url): world.client.request(method, url).status_code for method, url in crossed}
    assert set(answers.values()) <= {401, 403}


def test_a_link_whose_time_is_over_opens_nothing(world: World, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    links = world.studio.assets.links
    url = link_to(world, what, world.cast().owner)
    monkeypatch.setattr(links, "_clock", Later(links._clock))
    assert opened(world, what, url) == 403


class Later:
    """A clock that is an hour ahead."""

    def __init__(self, clock: Any) -> None:
        self._clock = clock

    def now(self) -> float:
        return float(self._clock.now()) + 3_600.0
