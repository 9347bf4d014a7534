"""Names and tags as people write them."""

from __future__ import annotations

import pytest

from soundstage.core.errors import BadInput
from soundstage.studio.assets.names import LONGEST_NAME, clean_name, clean_tags, download_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  a   b\t.png ", "a b .png"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("e\u0301", "é"),
        ("\x00\x1b[31m\u202e", "[31m"),
        ("/", "untitled"),
        ("\ud800x", "x"),
        ("x" * 1_000, "x" * LONGEST_NAME),
    ],
)
def test_what_is_no_text_is_taken_out_of_a_name(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_tags_are_each_there_once() -> None:
    assert clean_tags([" red", "red ", "", "Blue\n"]) == ("Blue", "red")


@pytest.mark.parametrize("tags", [[str(number) for number in range(21)], ["x" * 51]])
def test_too_many_or_too_long_tags_are_refused(tags: list[str]) -> None:
    with pytest.raises(BadInput):
        clean_tags(tags)


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("a.PNG", "image/png", "a.PNG"),
        ("a.jpeg", "image/jpeg", "a.jpeg"),
        ("page.html", "image/png", "page.html.png"),
        ("script", "text/plain; charset=utf-8", "script.txt"),
        ("song", "audio/x-unknown", "song"),
    ],
)
def test_a_file_is_kept_under_a_name_that_ends_as_its_content_says(name: str, media_type: str, kept: str) -> None:
    assert download_name(name, media_type) == kept
