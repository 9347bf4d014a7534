"""Words become subtitles that fit, follow each other and stay text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundstage.media.subtitles import Subtitle, parse_webvtt, subtitles_of, webvtt


def spoken(text: str, seconds_a_word: float = 0.3) -> list[Subtitle]:
    return [
        Subtitle(word, index * seconds_a_word, (index + 0.9) * seconds_a_word)
        for index, word in enumerate(text.split(" "))
    ]


@st.composite
def timed_words(draw: st.DrawFn) -> list[Subtitle]:
    now, words = 0.0, []
    for text in draw(st.lists(st.text(max_size=60), max_size=40)):
        start = now + draw(st.floats(0, 2))
        now = start + draw(st.floats(0, 1))
        words.append(Subtitle(text, start, now))
    return words


def letters(texts: Sequence[str]) -> str:
    return "".join(c for text in texts for c in text if c.isprintable() and not c.isspace())


@given(timed_words())
def test_no_letter_is_lost_and_every_line_fits(words: list[Subtitle]) -> None:
    subtitles = subtitles_of(words)
    assert letters([cue.text for cue in subtitles]) == letters([word.text for word in words])
    for cue in subtitles:
        lines = cue.text.split("\n")
        assert len(lines) <= 2
        assert all(0 < len(line) <= 42 for line in lines)


@given(timed_words())
def test_subtitles_are_in_order_and_do_not_overlap(words: list[Subtitle]) -> None:
    subtitles = subtitles_of(words)
    assert all(cue.start_seconds < cue.end_seconds <= cue.start_seconds + 7.001 for cue in subtitles)
    assert all(one.end_seconds <= next_one.start_seconds for one, next_one in pairwise(subtitles))


@given(timed_words())
def test_webvtt_is_read_back_as_it_was(words: list[Subtitle]) -> None:
    subtitles = subtitles_of(words)
    read = parse_webvtt(webvtt(subtitles))
    assert [cue.text for cue in read] == [cue.text for cue in subtitles]
    for cue, original in zip(read, subtitles, strict=True):
        assert cue.start_seconds == pytest.approx(original.start_seconds, abs=0.0006)


def test_a_sentence_ends_its_subtitle() -> None:
    texts = [cue.text for cue in subtitles_of(spoken("This is the first. And the second one."))]
    assert texts == ["This is the first.", "And the second one."]


def test_a_pause_ends_a_subtitle() -> None:
    words = [Subtitle("before", 0, 0.5), Subtitle("after", 3, 3.5)]
    assert [cue.text for cue in subtitles_of(words)] == ["before", "after"]


def test_a_line_breaks_after_a_comma_where_it_can() -> None:
    (cue,) = subtitles_of(spoken("when it rained the whole day, we stayed at home and read", 0.2))
    assert cue.text == "when it rained the whole day,\nwe stayed at home and read"


def test_a_short_word_stands_for_a_second_when_there_is_room() -> None:
    (cue,) = subtitles_of([Subtitle("Yes", 1.0, 1.2)])
    assert (cue.start_seconds, cue.end_seconds) == (1.0, 2.0)


def test_slow_speech_is_split_within_seven_seconds() -> None:
    assert len(subtitles_of(spoken("one two three four five six", seconds_a_word=2.5))) == 3


def test_a_word_with_hyphens_at_the_end_of_the_line_is_kept_whole() -> None:
    text = "a" * 40 + " well-known-fact " + "b" * 30
    for cue in subtitles_of(spoken(text, 0.1)):
        assert "-\n" not in cue.text


def test_the_file_has_the_form_of_the_standard() -> None:
    text = webvtt([Subtitle("one\ntwo", 0.0, 1.5), Subtitle("three", 3661.25, 3662.0)])
    assert text == ("WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\none\ntwo\n\n2\n01:01:01.250 --> 01:01:02.000\nthree\n")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a & b", "a &amp; b"),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("00:00 --> 00:09", "00:00 --&gt; 00:09"),
        ("one\n\n\nNOTE two", "one\nNOTE two"),
        ("nul\x00 \x1b[31m", "nul [31m"),
    ],
)
def test_text_stays_text(text: str, written: str) -> None:
    assert webvtt([Subtitle(text, 0, 1)]).endswith(f"00:00:01.000\n{written}\n")


def test_no_words_make_no_subtitles() -> None:
    assert subtitles_of([]) == []
    assert webvtt([]) == "WEBVTT\n"
