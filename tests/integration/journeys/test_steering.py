"""What people do with jobs: answer, retry, cancel many, pause a queue (S3, S4, D6, X2)."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from tests.integration.conftest import ServerProcess
from tests.integration.journeys.backstage import how_often, open_gate, order, state_of, store_text
from tests.integration.journeys.conftest import Start, Visit


def test_a_stage_that_waits_is_answered_in_the_page(studio: ServerProcess, visit: Visit) -> None:
    job = order(studio, "paper", "A paper to hear", paper=store_text(studio, "speak up"))
    visitor = visit(studio)
    visitor.enter(path=f"/jobs/{job}")
    visitor.expect_job("Your turn")
    expect(visitor.page.get_by_role("heading", name="Your turn")).to_be_visible()
    expect(visitor.page.get_by_text("Is it loud enough?")).to_be_visible()
    visitor.page.get_by_role("button", name="Send", exact=True).click()
    visitor.expect_job("Done")
    visitor.page.get_by_role("button", name="sent.txt", exact=True).first.click()
    expect(visitor.page.get_by_text("SPEAK UP").first).to_be_visible()


def test_a_job_that_failed_goes_on_from_the_stage_that_failed(
    studio: ServerProcess, visit: Visit, tmp_path: Path
) -> None:
    open_gate(tmp_path, "half")
    job = order(studio, "torn", "A torn one", folder=str(tmp_path))
    visitor = visit(studio)
    visitor.enter(path=f"/jobs/{job}")
    visitor.expect_job("Failed")
    expect(visitor.page.get_by_role("heading", name="Failed in “Checking”")).to_be_visible()
    expect(visitor.page.get_by_text("The paper is torn.").first).to_be_visible()
    expect(visitor.page.get_by_text("Mend it, then retry this stage.").first).to_be_visible()

    open_gate(tmp_path, "mended")
    visitor.page.get_by_role("button", name="Retry this stage").first.click()
    visitor.expect_job("Done")
    lines = how_often(tmp_path)
    assert lines["checked"] == 2
    assert lines["page 0"] == lines["bound"] == 1


def test_jobs_are_found_by_filters_and_cancelled_together(studio: ServerProcess, visit: Visit, tmp_path: Path) -> None:
    wanted = [order(studio, "book", f"Harvest {number}", folder=str(tmp_path)) for number in range(3)]
    other = order(studio, "paper", "Something else", paper=store_text(studio, "quiet"))
    visitor = visit(studio)
    visitor.enter(path="/jobs")
    visitor.page.get_by_label("Search", exact=True).fill("Harvest")
    expect(visitor.page.get_by_role("link", name="Something else", exact=True)).to_be_hidden()
    for number in range(3):
        expect(visitor.page.get_by_role("link", name=f"Harvest {number}", exact=True)).to_be_visible()
    visitor.page.get_by_role("checkbox", name="Select all that are loaded").check()
    bar = visitor.page.get_by_role("region", name="With the selected jobs")
    expect(bar.get_by_text("3 selected")).to_be_visible()
    bar.get_by_role("button", name="Cancel").click()
    expect(visitor.page.get_by_text("3 jobs cancelled")).to_be_visible()
    assert {state_of(studio, job) for job in wanted} == {"cancelled"}
    assert state_of(studio, other) != "cancelled"

    visitor.page.reload()
    expect(visitor.page.get_by_label("Search", exact=True)).to_have_value("Harvest")
    expect(visitor.page.get_by_role("link", name="Harvest 0", exact=True)).to_be_visible()


def test_the_page_of_a_job_tells_that_its_queue_is_paused_and_the_job_runs_when_it_goes_on(
    start: Start, visit: Visit, tmp_path: Path
) -> None:
    server = start()
    open_gate(tmp_path, "half")
    visitor = visit(server)
    visitor.enter(path="/admin/queues")
    visitor.page.get_by_role("button", name="Pause cpu").click()
    visitor.page.get_by_role("dialog").get_by_label("Why?").fill("New disks")
    visitor.page.get_by_role("dialog").get_by_role("button", name="Pause", exact=True).click()
    expect(visitor.page.get_by_text("The queue cpu is paused: nothing of it starts.")).to_be_visible()
    expect(visitor.page.get_by_text("New disks")).to_be_visible()

    job = order(server, "book", folder=str(tmp_path))
    visitor.go(f"/jobs/{job}")
    expect(visitor.page.get_by_text("An administrator has paused the queue “cpu”").first).to_be_visible()
    visitor.expect_job("Queued")

    visitor.go("/admin/queues")
    visitor.page.get_by_role("button", name="Resume cpu").click()
    expect(visitor.page.get_by_text("The queue cpu goes on.")).to_be_visible()
    visitor.go(f"/jobs/{job}")
    visitor.expect_job("Done")
