"""Several devices of one person."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect
from tests.integration.conftest import ServerProcess
from tests.integration.journeys.backstage import make_user, open_gate, order
from tests.integration.journeys.conftest import Visit


def test_two_devices_show_the_same_progress_and_a_job_that_is_deleted_elsewhere_is_gone(
    studio: ServerProcess, visit: Visit, tmp_path: Path
) -> None:
    job = order(studio, "book", folder=str(tmp_path))
    desk, phone = visit(studio), visit(studio, viewport={"width": 390, "height": 844})
    for visitor in (desk, phone):
        visitor.enter(path=f"/jobs/{job}")
        expect(visitor.progress()).to_have_attribute("aria-valuenow", "30")
    open_gate(tmp_path, "half")
    for visitor in (desk, phone):
        visitor.expect_job("Done")

    desk.page.get_by_role("button", name="More actions").click()
    desk.page.get_by_role("menuitem", name="Delete").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(desk.page).not_to_have_url(re.compile(job))
    phone.come_back()
    phone.expect_heading("This job is gone.")
    phone.page.get_by_role("link", name="All jobs").click()
    phone.expect_heading("Jobs")


def test_a_session_that_is_ended_elsewhere_leads_to_the_login_and_back(studio: ServerProcess, visit: Visit) -> None:
    make_user(studio, "bea")
    library, home = visit(studio), visit(studio)
    library.enter("bea", path="/settings/keys")
    home.enter("bea", path="/settings/security")
    home.page.get_by_role("button", name=re.compile("^End the session of")).click()
    expect(home.page.get_by_text("The session has ended")).to_be_visible()

    library.page.get_by_role("link", name="Storage").click()
    expect(library.page.get_by_text("Your session has ended.")).to_be_visible()
    library.expect_heading("Sign in")
    library.sign_in("bea")
    expect(library.page).to_have_url(re.compile("/settings/storage$"))
    home.come_back()
    home.expect_inside()
