"""From the printed link to a video that plays (S1, S9, S12)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.integration.conftest import ServerProcess
from tests.integration.journeys.conftest import Start, Visit
from tests.integration.journeys.film import expect_played, expect_subtitles, facts, film

WEAK = "password123"
STRONG = "a lantern over quiet water"


def fill_form(page: Page, password: str) -> None:
    page.get_by_label("E-mail address").fill("grace@example.com")
    page.get_by_label("User name").fill("grace")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Make the account").click()


def test_the_printed_link_leads_to_a_video_that_plays(
    start: Start, said_link: Callable[[ServerProcess], str], visit: Visit, tmp_path: Path
) -> None:
    server = start(set_up=False)
    visitor = visit(server)
    page = visitor.page
    page.goto(said_link(server))
    fill_form(page, WEAK)
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("aria-invalid", "true")
    assert page.get_by_label("E-mail address").input_value() == "grace@example.com"
    fill_form(page, STRONG)

    visitor.expect_heading("Your studio is ready")
    page.get_by_role("link", name="Make the sample video").click()
    visitor.expect_heading("Script to video")
    visitor.order()

    stages = page.locator("main [aria-pressed][title]")
    expect(stages.first).to_be_visible()
    visitor.expect_job("Done")
    assert visitor.seen_progress() == sorted(visitor.seen_progress())
    assert len(visitor.seen_progress()) > 3, visitor.seen_progress()

    video = film(visitor)
    found = facts(video)
    assert found["seconds"] > 3
    assert found["width"] == 512
    video.evaluate("video => { video.muted = true; void video.play(); }")
    expect_played(video)
    expect_subtitles(video, "stage")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download video.mp4").click()
    path = tmp_path / "film.mp4"
    download.value.save_as(path)
    assert path.read_bytes()[4:8] == b"ftyp"


def test_a_used_link_says_that_the_studio_is_set_up(studio: ServerProcess, visit: Visit) -> None:
    visitor = visit(studio)
    visitor.go("/setup#token=used-before")
    fill_form(visitor.page, STRONG)
    visitor.expect_heading("The studio is set up already")
    visitor.page.get_by_role("link", name="Sign in").click()
    visitor.expect_heading("Sign in")
