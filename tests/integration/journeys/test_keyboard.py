"""From the login to a playing video without a mouse (S9)."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.integration.conftest import PASSWORD, ServerProcess
from tests.integration.journeys.conftest import Visit
from tests.integration.journeys.film import expect_played, film


def test_somebody_without_a_mouse_comes_from_the_login_to_a_video_that_plays(
    studio: ServerProcess, visit: Visit
) -> None:
    visitor = visit(studio)
    page, keys = visitor.page, visitor.page.keyboard
    visitor.go("/login")
    visitor.tab_to(page.get_by_label("E-mail address or user name"))
    keys.type("ada")
    visitor.tab_to(page.get_by_label("Password", exact=True))
    keys.type(PASSWORD)
    keys.press("Enter")
    visitor.expect_inside()

    visitor.tab_to(page.get_by_role("navigation", name="Main").get_by_role("link", name="New"))
    keys.press("Enter")
    visitor.tab_to(page.get_by_role("link", name="Try it with a sample"))
    keys.press("Enter")
    visitor.expect_heading("Script to video")
    visitor.tab_to(page.get_by_label("What is said"))
    keys.press("Control+A")
    keys.type("Lights, please. The stage is yours.")
    visitor.tab_to(page.get_by_role("radio", name="As a file beside it"))
    keys.press("ArrowRight")
    expect(page.get_by_role("radio", name="Drawn into the picture")).to_be_checked()
    visitor.tab_to(page.get_by_role("button", name="Start", exact=True))
    keys.press("Space")

    visitor.job_id()
    visitor.expect_job("Done")
    video = film(visitor)
    visitor.tab_to(video)
    keys.press("Space")
    expect_played(video)
