"""What is refused, with the reason, and nothing typed is lost (S2, M1, M8)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests.integration.conftest import ServerProcess
from tests.integration.journeys.backstage import make_user
from tests.integration.journeys.conftest import Start, Visit
from tests.integration.journeys.visitor import Visitor

PORTRAIT = Path(__file__).parents[3] / "examples" / "portrait.jpg"
TEXT = "These words must not be lost."

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text.repeat(10 * 1024 * 1024 / text.length));
  const area = document.querySelector("main textarea");
  area.focus();
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def textual_png(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "portrait.png"
    path.write_text("This is no picture, whatever its name says.", encoding="utf-8")
    return path


def portrait_field(visitor: Visitor) -> Locator:
    return visitor.page.locator("main [data-field=portrait]")


def choose_portrait(visitor: Visitor, path: Path) -> None:
    portrait_field(visitor).locator("input[type=file]").set_input_files(path)
    visitor.page.get_by_role("button", name="Use the whole picture").click()


def fill_script(visitor: Visitor) -> None:
    visitor.expect_heading("Script to video")
    visitor.page.get_by_label("What is said").fill(TEXT)


def test_a_text_named_png_is_refused_and_the_script_stays(
    studio: ServerProcess, visit: Visit, textual_png: Path
) -> None:
    visitor = visit(studio)
    visitor.enter(path="/new/full_pipeline")
    fill_script(visitor)
    choose_portrait(visitor, textual_png)
    expect(visitor.page.get_by_text("Not taken")).to_be_visible()
    expect(portrait_field(visitor).get_by_role("alert")).to_contain_text("The file is text by its content")
    expect(visitor.page.get_by_label("What is said")).to_have_value(TEXT)

    visitor.page.get_by_role("button", name="Take portrait.png off this list").click()
    choose_portrait(visitor, PORTRAIT)
    expect(visitor.page.get_by_role("button", name="Remove from this job")).to_be_visible()
    expect(visitor.page.get_by_label("What is said")).to_have_value(TEXT)


def test_a_full_storage_says_so_and_leads_to_what_takes_the_room(start: Start, visit: Visit) -> None:
    server = start(free_storage_bytes="1000")
    make_user(server, "bea")
    visitor = visit(server)
    visitor.enter("bea", path="/new/full_pipeline")
    fill_script(visitor)
    choose_portrait(visitor, PORTRAIT)
    portrait = portrait_field(visitor)
    expect(portrait.get_by_role("alert")).to_contain_text("Your storage is full")
    expect(visitor.page.get_by_label("What is said")).to_have_value(TEXT)
    portrait.get_by_role("link", name="See what takes the room").click()
    expect(visitor.page.get_by_role("heading", name="Storage")).to_be_visible()
    visitor.page.go_back()
    expect(visitor.page.get_by_label("What is said")).to_have_value(TEXT)


def test_ten_megabytes_of_script_are_taken_whole_and_said_to_be_too_long(studio: ServerProcess, visit: Visit) -> None:
    visitor = visit(studio)
    visitor.enter(path="/new/text_to_speech")
    visitor.expect_heading("Text to speech")
    visitor.page.get_by_label("Name", exact=True).fill("A long one")
    visitor.page.evaluate(PASTE, "Sixteen letters ")
    expect(visitor.page.get_by_text("Nothing was cut off")).to_be_visible()
    expect(visitor.page.get_by_text("Only the beginning is shown here")).to_be_visible()
    visitor.page.get_by_role("button", name="Start", exact=True).click()
    expect(visitor.page.get_by_text("One field needs a look. Nothing was started.")).to_be_visible()
    visitor.page.get_by_role("button", name="Keep the first").click()
    expect(visitor.page.get_by_text("Nothing was cut off")).to_be_hidden()
    expect(visitor.page.get_by_label("Name", exact=True)).to_have_value("A long one")


def test_a_wrong_password_is_told_and_the_name_stays(studio: ServerProcess, visit: Visit) -> None:
    visitor = visit(studio)
    visitor.go("/login?to=/assets")
    visitor.page.get_by_label("E-mail address or user name").fill("ada")
    visitor.page.get_by_label("Password", exact=True).fill("not the one")
    visitor.page.get_by_role("button", name="Sign in").click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    expect(visitor.page.get_by_label("E-mail address or user name")).to_have_value("ada")
