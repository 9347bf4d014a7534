"""The reference pages say what the program does: they are written from it, and are written anew when it changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from soundstage.cli.reference import error_kinds, pages
from soundstage.settings import Settings

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "reference"


@pytest.mark.parametrize("name", ["cli.md", "settings.md", "errors.md"])
def test_a_reference_page_is_what_the_program_says(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == pages()[name], "Write it anew: python -m soundstage.cli.reference docs/reference"


def test_every_setting_has_a_name_and_a_meaning() -> None:
    page = pages()["settings.md"]
    for name, field in Settings.model_fields.items():
        assert field.description
        assert f"| `SOUNDSTAGE_{name.upper()}` |" in page


def test_every_error_code_is_told_once() -> None:
    codes = [kind.code for kind in error_kinds()]
    assert len(set(codes)) == len(codes)
    assert re.findall(r"^\| `(\w+)` \|", pages()["errors.md"], re.MULTILINE) == codes


def test_no_command_has_a_help_that_is_cut() -> None:
    assert "...\n" not in pages()["cli.md"].replace("[ARGS]...\n", "")
