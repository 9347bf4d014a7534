"""How a text becomes sentences that can be said."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundstage.engines.speech.text import LONGEST_SENTENCE, LONGEST_WORD, cleaned, split_sentences


def spoken(text: str) -> list[str]:
    return [sentence.spoken for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One two. Three!  Four?", ["One two.", "Three!", "Four?"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("Dr. Smith met J. R. Jones.", ["Dr. Smith met J. R. Jones."]),
        ("It is e.g. red. So do I. Good.", ["It is e.g. red.", "So do I.", "Good."]),
        ("Pi is 3.14 and not 3.", ["Pi is 3.14 and not 3."]),
        ("wait ... what", ["wait, what"]),
        ("Title\nBody text", ["Title", "Body text"]),
        ("a wrapped\nline", ["a wrapped line"]),
        ("你好。世界！", ["你好。", "世界！"]),
        ("", []),
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(text: str, sentences: list[str]) -> None:
    assert spoken(text) == sentences


def test_a_lone_dash_is_a_pause_and_no_word() -> None:
    (sentence,) = split_sentences("yes — no")
    assert sentence.spoken == "yes, no"
    assert [word.text for word in sentence.words] == ["yes", "no"]


def test_a_paragraph_ends_in_a_longer_pause_than_a_sentence() -> None:
    first, second, _ = split_sentences("One. Two.\n\nThree.")
    assert 0 < first.pause_seconds < second.pause_seconds


def test_a_sentence_that_is_too_long_is_cut_at_a_comma() -> None:
    parts = split_sentences(", ".join(f"this is clause number {n}" for n in range(40)) + ".")
    assert len(parts) > 1
    assert all(part.spoken.endswith(",") for part in parts[:-1])
    assert all(part.pause_seconds == 0 for part in parts[:-1])


def test_markup_emoji_and_control_characters_are_left_out() -> None:
    text = "<speak version='1.0'>Hi</speak> \x1b[0m\x00the\u202ere 👩‍🚀\ufe0f <break time='9s'/>a < b\ud800"
    assert cleaned(text).split() == ["Hi", "[0mthere", "\u200d", "a", "<", "b"]


def test_a_word_without_a_spoken_form_is_left_out() -> None:
    (sentence,) = split_sentences("good мир day", lambda word: word if word.isascii() else "")
    assert [word.text for word in sentence.words] == ["good", "day"]


@given(st.text(max_size=2000))
def test_every_word_of_any_text_stands_where_its_offset_says(text: str) -> None:
    for sentence in split_sentences(text):
        assert sentence.words
        assert len(sentence.spoken) <= LONGEST_SENTENCE + 3 * LONGEST_WORD
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in sentence.spoken)
        for word in sentence.words:
            assert sentence.spoken.startswith(word.text, word.offset)
