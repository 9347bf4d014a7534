"""Text is tidied and cut where a speaker would pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundstage.core.errors import NothingToSay
from soundstage.pipelines.stages.script import CHUNK_CHARACTERS, Chunk, normalised, split


def texts(text: str, limit: int = CHUNK_CHARACTERS) -> list[str]:
    return [chunk.text for chunk in split(text, limit)]


@pytest.mark.parametrize(
    ("given_text", "tidy"),
    [
        ("  Hello \t world  ", "Hello world"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n \n\n  two", "one\n\ntwo"),
        ("nul\x00 bell\x07 escape\x1b[0m", "nul bell escape[0m"),
        ("right\u202eto\u2066left soft\u00adhyphen \ufeffmark", "righttoleft softhyphen mark"),
        ("cafe\u0301", "café"),
        ("broken \ud800 half", "broken half"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("line\u2028separator", "line\nseparator"),
    ],
)
def test_text_is_tidied(given_text: str, tidy: str) -> None:
    assert normalised(given_text) == tidy


@pytest.mark.parametrize("text", ["", " \n\t ", "😀🎬✨", "... !? --", "\x00\x01", "\u200d\u200c"])
def test_text_without_a_letter_or_digit_is_nothing_to_say(text: str) -> None:
    with pytest.raises(NothingToSay):
        normalised(text)


def test_short_text_is_one_chunk() -> None:
    assert split("Hello. How are you?") == [Chunk("Hello. How are you?", 0.0)]


@pytest.mark.parametrize(
    ("text", "limit", "chunks"),
    [
        ("One. Two.\n\nThree. Four.", 18, ["One. Two.", "Three. Four."]),
        ("It is late. We go home now.", 20, ["It is late.", "We go home now."]),
        ('He said "Stop!" and left.', 20, ['He said "Stop!"', "and left."]),
        ("We met Dr. Smith and Mrs. Jones.", 20, ["We met Dr. Smith and", "Mrs. Jones."]),
        ("We saw J. Bach there today.", 16, ["We saw J. Bach", "there today."]),
        ("first clause, then the rest", 20, ["first clause,", "then the rest"]),
        ("no marks at all here", 10, ["no marks", "at all", "here"]),
        ("今天天气很好。我们回家。", 8, ["今天天气很好。", "我们回家。"]),
        ("aaaaaaaaaa", 4, ["aaaa", "aaaa", "aa"]),
        ("Pi is 3.14159 exactly so", 12, ["Pi is", "3.14159", "exactly so"]),
    ],
)
def test_a_cut_is_made_at_the_best_place_that_fits(text: str, limit: int, chunks: list[str]) -> None:
    assert texts(text, limit) == chunks


def test_the_pause_after_a_chunk_is_that_of_the_place_where_the_text_is_cut() -> None:
    text = "One. Two.\n\nThree four. Five six, seven eight nine ten."
    assert split(text, 11) == [
        Chunk("One. Two.", 0.6),
        Chunk("Three four.", 0.3),
        Chunk("Five six,", 0.15),
        Chunk("seven eight", 0.0),
        Chunk("nine ten.", 0.0),
    ]


def test_a_chunk_without_words_is_left_out() -> None:
    assert texts("One two.\n\n* * * * *\n\nThree four.", 11) == ["One two.", "Three four."]


def test_fifty_thousand_characters_become_bounded_chunks_that_lose_nothing() -> None:
    text = normalised(("The quick brown fox jumps over the lazy dog; it was 25 past nine. " * 800)[:50_000])
    chunks = texts(text)
    assert max(len(chunk) for chunk in chunks) <= CHUNK_CHARACTERS
    assert " ".join(chunks) == text
    assert len(chunks) < 100


@given(st.text(max_size=400), st.integers(min_value=1, max_value=80))
def test_no_word_is_ever_lost_or_reordered(text: str, limit: int) -> None:
    try:
        tidy = normalised(text)
    except NothingToSay:
        return
    chunks = texts(tidy, limit)
    assert all(len(chunk) <= limit for chunk in chunks)
    assert [c for chunk in chunks for c in chunk if c.isalnum()] == [c for c in tidy if c.isalnum()]
