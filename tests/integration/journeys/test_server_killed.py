"""The server dies in the middle of a job, and comes back (X1, X3)."""

from __future__ import annotations

import socket
from pathlib import Path

from playwright.sync_api import expect
from tests.integration.journeys.backstage import how_often, open_gate, order
from tests.integration.journeys.conftest import Start, Visit
from tests.integration.journeys.visitor import STALE

PAGES, SCENES = 6, 4


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_the_page_outlives_a_killed_server_and_the_job_goes_on_where_it_was(
    start: Start, visit: Visit, tmp_path: Path
) -> None:
    port = free_port()
    server = start(port=port)
    job = order(server, "book", "The long book", folder=str(tmp_path), pages=PAGES, scenes=SCENES)
    visitor = visit(server)
    visitor.enter(path=f"/jobs/{job}")
    expect(visitor.progress()).to_have_attribute("aria-valuenow", "30")

    server.kill()
    expect(visitor.page.get_by_text(STALE)).to_be_visible()
    expect(visitor.progress()).to_have_attribute("aria-valuenow", "30")

    start(port=port, home=server.home)
    open_gate(tmp_path, "half")
    visitor.expect_job("Done")
    expect(visitor.page.get_by_text(STALE)).to_be_hidden()
    expect(visitor.progress()).to_have_attribute("aria-valuenow", "100")
    assert visitor.seen_progress() == sorted(visitor.seen_progress())
    once = [*(f"page {page}" for page in range(PAGES)), *(f"scene {scene}" for scene in range(SCENES)), "bound"]
    assert how_often(tmp_path) == dict.fromkeys(once, 1)
