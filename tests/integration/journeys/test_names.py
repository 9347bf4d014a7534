"""Names are texts: in every script, of every length, and never markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests.integration.conftest import ServerProcess
from tests.integration.journeys.backstage import add_asset, make_user, order, store_text
from tests.integration.journeys.conftest import Visit
from tests.integration.journeys.visitor import Visitor

PORTRAIT = Path(__file__).parents[3] / "examples" / "portrait.jpg"
MARKUP = "<img src=x onerror=window.wasRun=1>"
NAMES = {
    "arabic": "استوديو الصوت",
    "emoji": "🎭🏳️‍🌈 première",
    "markup": MARKUP,
    "long": f"{MARKUP}{'w' * 60}",
}


def shown(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("main").get_by_text(name).filter(visible=True).first


def expect_text_alone(visitor: Visitor) -> None:
    assert visitor.page.evaluate("window.wasRun") is None
    assert visitor.page.locator("img[src=x]").count() == 0
    assert visitor.sideways_pixels() <= 0, visitor.page.url


@pytest.mark.parametrize(("script", "name"), NAMES.items(), ids=NAMES)
def test_a_name_is_shown_as_a_text_wherever_it_stands(
    studio: ServerProcess, visit: Visit, script: str, name: str
) -> None:
    make_user(studio, f"reader-{script}", display_name=name)
    job = order(studio, "paper", name, paper=store_text(studio, "quiet"))
    asset = add_asset(studio, PORTRAIT, kind="portrait", name=name, tags=name[:50])

    visitor = visit(studio, viewport={"width": 390, "height": 844})
    visitor.enter(path="/")
    expect(shown(visitor, name)).to_be_visible()
    expect_text_alone(visitor)
    for path in ("/jobs", f"/jobs/{job}", f"/new/paper?from={job}", "/assets", f"/assets?show={asset}", "/admin/users"):
        visitor.go(path)
        expect(shown(visitor, name)).to_be_visible()
        expect_text_alone(visitor)
