"""The page in English, Indonesian and Portuguese (P10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.integration.conftest import ServerProcess
from tests.integration.journeys.backstage import order
from tests.integration.journeys.conftest import Visit

STRINGS = Path(__file__).parents[3] / "web" / "src" / "strings"
KEY = re.compile(r"^  (\w+):", re.MULTILINE)
PATHS = ("/", "/new", "/new/text_to_speech", "/jobs", "/assets", "/settings/profile", "/settings/look", "/admin/queues")


def keys() -> frozenset[str]:
    """Those that no word of a page looks like: with a capital inside."""
    found = (key for path in (STRINGS / "en").glob("*.ts") for key in KEY.findall(path.read_text(encoding="utf-8")))
    return frozenset(key for key in found if re.search(r"[a-z][A-Z]", key))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("Bahasa Indonesia", {"tag": "id", "stage": "Menyiapkan teks", "done": "Selesai"}),
        ("Português", {"tag": "pt", "stage": "Preparando o texto", "done": "Pronto"}),
    ],
    ids=["id", "pt"],
)
def test_another_language_changes_the_page_and_the_stages_and_shows_no_key(
    studio: ServerProcess, visit: Visit, language: str, words: Mapping[str, str]
) -> None:
    job = order(studio, "text_to_speech", text="One short line.")
    visitor = visit(studio)
    visitor.enter(path="/settings/look")
    visitor.page.get_by_text(language, exact=True).click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", words["tag"])
    visitor.go(f"/jobs/{job}")
    expect(visitor.page.get_by_role("button", name=re.compile(words["stage"])).first).to_be_visible()
    visitor.expect_job(words["done"])
    known = keys()
    for path in (*PATHS, f"/jobs/{job}"):
        visitor.go(path)
        expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
        seen = set(re.findall(r"\b[a-z]+[A-Z]\w*", visitor.page.locator("body").inner_text()))
        assert seen & known == set(), path
