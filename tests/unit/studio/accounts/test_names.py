"""Which names are taken, and which of them are the same."""

from __future__ import annotations

import pytest

from soundstage.core.errors import BadName
from soundstage.studio.accounts.names import check_display_name, check_email, check_username, key_of


@pytest.mark.parametrize("name", ["ann", "a.b", "ann_lee-2", "7up", "A" * 32, "Ann"])
def test_a_user_name_of_plain_letters_is_taken(name: str) -> None:
    assert check_username(name).shown == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "an",
        "a" * 33,
        "ann lee",
        "ann@example.com",
        ".ann",
        "-ann",
        "ann\x00",
        "ann\n",
        "ann/..",
        "ann\u200b",
        "<b>",
    ],
)
def test_a_user_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(BadName, match="no user name"):
        check_username(name)


@pytest.mark.parametrize(
    "name",
    ["аnn", "аpple", "pаypal", "αnn", "ünn", "anń", "ſam", "aɴn"],  # other alphabets
    ids=["B04-cyrillic", "B04-cyrillic-2", "B04-mixed", "B04-greek", "B04-accent", "B04-acute", "B04-long-s", "B04-sm"],
)
def test_letters_that_look_like_others_never_make_a_second_name(name: str) -> None:
    try:
        assert check_username(name).shown.isascii()
    except BadName:
        return


@pytest.mark.parametrize("twin", ["ANN", "Ann", "ａｎｎ", "ＡＮＮ", "𝐚𝐧𝐧", "ⓐⓝⓝ"])
def test_twins_of_a_user_name_have_its_key(twin: str) -> None:
    assert check_username(twin).key == check_username("ann").key == key_of(twin)


def test_an_email_address_keeps_its_form_and_is_compared_without_case() -> None:
    found = check_email("Ann.Lee@EXAMPLE.com")
    assert (found.shown, found.key) == ("Ann.Lee@example.com", "ann.lee@example.com")
    assert key_of(" ANN.LEE@example.COM ") == found.key
    assert check_email("ünn@exämple.com").key == "ünn@exämple.com"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "ann@",
        "@example.com",
        "ann@localhost",
        "a b@example.com",
        "ann@example.com\n",
        "ann@exa\x00mple.com",
        "ann@example.com, ben@example.com",
        "<ann@example.com>",
        "ann@" + "a" * 300 + ".com",
    ],
)
def test_what_is_no_email_address_is_refused(text: str) -> None:
    with pytest.raises(BadName, match="no e-mail address"):
        check_email(text)


def test_a_shown_name_may_be_of_any_script() -> None:
    for name in ("Анна", "安娜", "Ann 👩\u200d🎤", "", "O'Neil"):
        assert check_display_name(name) == name


@pytest.mark.parametrize("name", ["a\x1b[31m", "a\nb", "a\u202eb", "a\u2028b", "\x00", "x" * 101])
def test_a_shown_name_that_disturbs_text_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        check_display_name(name)
