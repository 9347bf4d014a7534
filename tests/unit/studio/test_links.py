"""Links that open one thing for a short time."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from soundstage.core.errors import BadLink
from soundstage.studio.links import LONGEST_SECONDS, Links
from soundstage.testing.clock import FakeClock

PATH = "/api/assets/asset_1/content"


@pytest.fixture
def links(clock: FakeClock) -> Links:
    return Links(b"k" * 32, clock)


def query_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def test_what_was_signed_is_good_until_its_time_is_over(links: Links, clock: FakeClock) -> None:
    url = links.sign(PATH, 60, {"role": "original", "as": "in line&x=1"})
    assert urlsplit(url).path == PATH
    links.verify("GET", PATH, query_of(url))
    links.verify("HEAD", PATH, query_of(url))
    clock.advance(59)
    links.verify("GET", PATH, query_of(url))
    clock.advance(2)
    with pytest.raises(BadLink, match="over"):
        links.verify("GET", PATH, query_of(url))


def test_no_link_lives_longer_than_a_quarter_of_an_hour(links: Links, clock: FakeClock) -> None:
    url = links.sign(PATH, 10**9)
    clock.advance(LONGEST_SECONDS + 1)
    with pytest.raises(BadLink):
        links.verify("GET", PATH, query_of(url))


def test_a_link_for_reading_does_not_write_and_the_other_way_round(links: Links) -> None:
    reading, writing = links.sign(PATH, 60), links.sign(PATH, 60, method="PUT")
    links.verify("PUT", PATH, query_of(writing))
    for method, url in (("PUT", reading), ("GET", writing), ("POST", writing), ("DELETE", reading)):
        with pytest.raises(BadLink):
            links.verify(method, PATH, query_of(url))


@pytest.mark.parametrize(
    "change",
    [
        {"signature": ""},
        {"signature": "ä"},
        {"signature": "0" * 64},
        {"expires": "99999999999"},
        {"expires": "-1"},
        {"expires": ""},
        {"role": "thumbnail"},
        {"more": ""},
    ],
    ids=str,
)
def test_a_link_that_was_changed_is_no_link(links: Links, change: dict[str, str]) -> None:
    query = query_of(links.sign(PATH, 60, {"role": "original"}))
    with pytest.raises(BadLink):
        links.verify("GET", PATH, {**query, **change})


def test_a_link_of_another_path_or_key_is_no_link(links: Links, clock: FakeClock) -> None:
    query = query_of(links.sign(PATH, 60))
    with pytest.raises(BadLink):
        links.verify("GET", PATH + "s", query)
    with pytest.raises(BadLink):
        Links(b"l" * 32, clock).verify("GET", PATH, query)
    with pytest.raises(BadLink):
        links.verify("GET", PATH, {})
