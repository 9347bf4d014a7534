"""What a server says when it starts."""

from __future__ import annotations

from soundstage.cli.welcome import words
from soundstage.settings import Settings

URL = "http://127.0.0.1:8484"
TOKEN = "setup_1"


def test_it_says_where_to_open_the_studio() -> None:
    assert list(words(Settings(), URL, None, has_page=True)) == [f"Soundstage is at {URL} (open it in a browser)"]


def test_without_the_page_it_says_so_and_what_to_type() -> None:
    (said,) = words(Settings(), URL, None, has_page=False)
    assert URL in said
    assert "make studio" in said
    assert "browser" not in said


def test_without_an_administrator_it_gives_the_link_that_makes_one() -> None:
    _, said = words(Settings(), URL, TOKEN, has_page=True)
    assert f"open   {URL}/setup#token={TOKEN}\n" in said


def test_without_the_page_an_administrator_is_made_by_a_command_or_a_call() -> None:
    _, said = words(Settings(), URL, TOKEN, has_page=False)
    assert "/setup#" not in said
    assert "soundstage user create-admin" in said
    assert TOKEN in said


def test_other_machines_are_served_unencrypted_only_with_a_warning() -> None:
    open_to_all = Settings(host="0.0.0.0")  # noqa: S104 - that it is open is what is tried
    assert "unencrypted" in list(words(open_to_all, URL, None, has_page=True))[-1]
    assert len(list(words(open_to_all, "https://studio.example.com", None, has_page=True))) == 1
