"""Pages of docs/ name only what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing, f"{page.name} links to {missing}, which are not there."


def test_every_path_of_the_requirements_exists() -> None:
    paths = re.findall(r"`((?:src|tests)/[^`]+)`", (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8"))
    missing = [path for path in paths if not (ROOT / path).exists()]
    assert len(paths) > 30
    assert not missing, f"docs/requirements.md names {missing}, which are not there."
