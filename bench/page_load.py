"""What a first visit loads before the dashboard can be used."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Response

from bench.page_visit import Visit

USABLE = "main a[href^='/jobs/']"
"""A job on the dashboard, to be opened."""
KINDS: Mapping[str, str] = {"script": "JavaScript", "stylesheet": "styles", "font": "fonts"}


@dataclass(frozen=True, slots=True)
class Load:
    """Kilobytes with gzip by what they are, as in KINDS, and how long it took."""

    kilobytes: Mapping[str, float]
    usable_ms: float


def first_load(visit: Visit) -> Load:
    """Loads the dashboard without anything kept from before."""
    page = visit.context.new_page()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))
    page.goto(f"{visit.address}/")
    page.wait_for_selector(USABLE)
    usable_ms = float(page.evaluate("performance.now()"))
    page.close()
    return Load({words: _kilobytes(visit, loaded, kind) for kind, words in KINDS.items()}, usable_ms)


def _kilobytes(visit: Visit, loaded: Sequence[Response], kind: str) -> float:
    """As they come with gzip, whatever the browser agreed on."""
    paths = {urlsplit(response.url).path for response in loaded if response.request.resource_type == kind}
    with closing(http.client.HTTPConnection("127.0.0.1", visit.server.port)) as connection:
        return sum(_gzip_bytes(connection, path) for path in paths) / 1000


def _gzip_bytes(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    return len(connection.getresponse().read())
