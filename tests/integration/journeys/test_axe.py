"""Every page, dark and light, on a desk and a phone: nothing that axe finds, nothing to scroll sideways (S9)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import ViewportSize, expect
from tests.integration.conftest import ServerProcess
from tests.integration.journeys.backstage import add_asset, make_user, order, share, store_text, wait_until
from tests.integration.journeys.conftest import Visit
from tests.integration.journeys.visitor import Visitor

PORTRAIT = Path(__file__).parents[3] / "examples" / "portrait.jpg"
DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
PRODUCTS = ("full_pipeline", "talking_head", "text_to_speech", "book")
SETTINGS = ("profile", "security", "keys", "look", "notifications", "engines", "storage", "webhooks")
BEING_LOADED = "main [role=status] > [aria-hidden].bg-well"
DESIGN = "/design"
"""It shows, among all else, how a page looks that is being loaded."""
Theme = Literal["dark", "light"]
LOOKS: tuple[tuple[ViewportSize, Theme], ...] = ((DESK, "dark"), (DESK, "light"), (PHONE, "light"))
ADMIN = ("workers", "queues", "failures", "users", "engines", "storage", "audit")


@pytest.fixture(scope="module")
def jobs(studio: ServerProcess, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A job in each state that has a page of its own, by the state."""
    running, torn = tmp_path_factory.mktemp("running"), tmp_path_factory.mktemp("torn")
    (torn / "half").touch()
    found = {
        "running": order(studio, "book", "A book that is copied", folder=str(running)),
        "failed": order(studio, "torn", "A torn paper", folder=str(torn)),
        "waiting": order(studio, "paper", "A paper to hear", paper=store_text(studio, "louder")),
        "succeeded": order(studio, "text_to_speech", "A line", text="One short line."),
    }
    for state, job in found.items():
        wait_until(studio, job, state)
    return found


def expect_no_faults(visitor: Visitor, *paths: str) -> None:
    found = [fault for path in paths for fault in faults(visitor, path)]
    assert found == [], "\n".join(found)


def faults(visitor: Visitor, path: str) -> list[str]:
    """What is wrong with a page, in each look of it."""
    visitor.page.set_viewport_size(DESK)
    visitor.go(path)
    expect(visitor.page.get_by_role("heading").first).to_be_visible()
    if path != DESIGN:
        expect(visitor.page.locator(BEING_LOADED).filter(visible=True)).to_have_count(0)
    return [
        f"{path}, {theme}, {size['width']} pixels wide: {fault}"
        for size, theme in LOOKS
        for fault in faults_in_look(visitor, size, theme)
    ]


def faults_in_look(visitor: Visitor, size: ViewportSize, theme: Theme) -> list[str]:
    visitor.page.set_viewport_size(size)
    visitor.page.emulate_media(color_scheme=theme)
    pixels = visitor.sideways_pixels()
    return visitor.violations() + ([f"it scrolls sideways by {pixels} pixels"] if pixels > 0 else [])


def test_pages_before_the_login(studio: ServerProcess, visit: Visit, jobs: dict[str, str]) -> None:
    shared = share(studio, jobs["succeeded"])
    expect_no_faults(visit(studio), "/login", "/register", "/setup#token=t", "/setup", shared, "/s/unknown")


def test_pages_of_somebody_who_has_nothing_yet(studio: ServerProcess, visit: Visit) -> None:
    make_user(studio, "newcomer")
    visitor = visit(studio)
    visitor.enter("newcomer")
    expect_no_faults(visitor, "/", "/welcome", "/jobs", "/assets", "/settings/keys", "/nowhere", DESIGN)


def test_pages_of_jobs(studio: ServerProcess, visit: Visit, jobs: dict[str, str]) -> None:
    visitor = visit(studio)
    visitor.enter()
    expect_no_faults(visitor, "/", "/jobs", *(f"/jobs/{job}" for job in jobs.values()))


def test_pages_of_new_jobs(studio: ServerProcess, visit: Visit) -> None:
    visitor = visit(studio)
    visitor.enter()
    expect_no_faults(visitor, "/new", *(f"/new/{product}" for product in PRODUCTS))


def test_pages_of_the_library(studio: ServerProcess, visit: Visit) -> None:
    asset = add_asset(studio, PORTRAIT, kind="portrait", tags="narrator")
    visitor = visit(studio)
    visitor.enter()
    expect_no_faults(visitor, "/assets", f"/assets?show={asset}")


def test_sections_of_the_settings(studio: ServerProcess, visit: Visit) -> None:
    visitor = visit(studio)
    visitor.enter()
    expect_no_faults(visitor, *(f"/settings/{section}" for section in SETTINGS))


def test_sections_of_the_administration(studio: ServerProcess, visit: Visit, jobs: dict[str, str]) -> None:
    assert jobs
    visitor = visit(studio)
    visitor.enter()
    expect_no_faults(visitor, *(f"/admin/{section}" for section in ADMIN))
