"""The network goes away, and comes back (X3, X8)."""

from __future__ import annotations

from playwright.sync_api import Route, expect
from tests.integration.conftest import ServerProcess
from tests.integration.journeys.backstage import jobs_named
from tests.integration.journeys.conftest import Visit
from tests.integration.journeys.visitor import STALE, Visitor

TEXT = "The network may go. The words stay."


def fill_order(visitor: Visitor, name: str) -> None:
    visitor.expect_heading("Text to speech")
    visitor.page.get_by_label("What is said").fill(TEXT)
    visitor.page.get_by_label("Name", exact=True).fill(name)


def test_an_order_made_without_a_network_is_made_once_when_it_is_back(studio: ServerProcess, visit: Visit) -> None:
    visitor = visit(studio)
    visitor.enter(path="/new/text_to_speech")
    fill_order(visitor, "Offline")
    visitor.context.set_offline(True)
    visitor.page.get_by_role("button", name="Start", exact=True).click()
    expect(visitor.page.get_by_role("alert").get_by_text("Soundstage does not answer.")).to_be_visible()
    expect(visitor.page.get_by_text(STALE)).to_be_visible(timeout=60_000)
    expect(visitor.page.get_by_label("What is said")).to_have_value(TEXT)

    visitor.context.set_offline(False)
    expect(visitor.page.get_by_text(STALE)).to_be_hidden()
    expect(visitor.page.get_by_label("What is said")).to_have_value(TEXT)
    visitor.order()
    visitor.expect_job("Done")
    assert jobs_named(studio, "Offline") == 1


def test_an_order_whose_answer_was_lost_makes_no_second_job(studio: ServerProcess, visit: Visit) -> None:
    visitor = visit(studio)
    visitor.enter(path="/new/text_to_speech")
    fill_order(visitor, "Answer lost")

    def lose_answer(route: Route) -> None:
        assert route.fetch().status == 202
        route.abort()

    visitor.page.route("**/api/jobs", lose_answer, times=1)
    visitor.page.get_by_role("button", name="Start", exact=True).click()
    expect(visitor.page.get_by_role("alert").get_by_text("Soundstage does not answer.")).to_be_visible()
    visitor.order()
    visitor.expect_job("Done")
    assert jobs_named(studio, "Answer lost") == 1


def test_a_draft_is_there_again_after_a_reload(studio: ServerProcess, visit: Visit) -> None:
    visitor = visit(studio)
    visitor.enter(path="/new/text_to_speech")
    fill_order(visitor, "A draft")
    visitor.page.reload()
    expect(visitor.page.get_by_label("What is said")).to_have_value(TEXT)
    expect(visitor.page.get_by_label("Name", exact=True)).to_have_value("A draft")
    expect(visitor.page.get_by_text("Here is what you left")).to_be_visible()
