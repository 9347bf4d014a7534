"""Turns what people paste into sentences that a draft voice can say, keeping how each word was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

LONGEST_WORD = 60
LONGEST_SENTENCE = 300
SENTENCE_PAUSE_SECONDS = 0.3
PARAGRAPH_PAUSE_SECONDS = 0.6

_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_EMOJI = re.compile("[\U0001f000-\U0001faff\U000e0000-\U000e007f\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u20e3]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\n(?![^\S\n]*[a-zß-ÿа-я])")
_WORD = re.compile(rf"[^\s，。、！？；：]{{1,{LONGEST_WORD}}}[，。、！？；：]*")
_SENTENCE_END = re.compile(r"[.!?…。！？‽؟।][\"'”’»)\]]*$")
_CLAUSE_END = re.compile(r"[,;:，、；：–—][\"'”’»)\]]*$")
_INITIALS = re.compile(r"[\"'“‘«(\[]*(?!I\.)(?:[^\W\d_]\.)+$")
_ABBREVIATIONS = "mr. mrs. ms. dr. prof. st. mt. jr. sr. vs. nr. fig. vol. approx. gen. col. capt. rev. bzw. mme."
_SPOKEN_MARKS = frozenset("&%@#")
_JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """A word as it stands in the text, and where its spoken form begins in the sentence, in characters."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """What to say in one breath. `pause_seconds` is the silence between it and the next one."""

    spoken: str
    words: Sequence[WrittenWord]
    pause_seconds: float


def split_sentences(text: str, spoken_form: Callable[[str], str] = str) -> list[Sentence]:
    """The sentences of `text` in order, none longer than a few hundred characters; empty where nothing can be said.

    Markup and emoji are left out, and so is a word that `spoken_form` leaves nothing of.
    """
    paragraphs = [_WORD.findall(paragraph) for paragraph in _PARAGRAPH.split(cleaned(text))]
    found: list[Sentence] = []
    for paragraph in paragraphs:
        groups = list(_grouped(paragraph))
        for index, group in enumerate(groups):
            sentence = _sentence(group, spoken_form, _pause_seconds(group, index == len(groups) - 1))
            if sentence.words:
                found.append(sentence)
    return found


def cleaned(text: str) -> str:
    """The text without markup, emoji, control characters and halves of characters."""
    plain = _EMOJI.sub("", _TAG.sub(" ", unicodedata.normalize("NFC", text.replace("\r\n", "\n"))))
    return "".join(_kept(character) for character in plain)


def _kept(character: str) -> str:
    if character.isspace() or character in _JOINERS:
        return character
    return "" if unicodedata.category(character).startswith("C") else character


def _grouped(words: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    length = 0
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        group.append(word)
        length += len(word) + 1
        if _ends_sentence(word, following) or _is_long(word, length):
            yield group
            group, length = [], 0
    if group:
        yield group


def _ends_sentence(word: str, following: str) -> bool:
    if not _SENTENCE_END.search(word):
        return False
    abbreviates = word.lower() in _ABBREVIATIONS.split() or _INITIALS.match(word) is not None
    return not abbreviates and not following[:1].islower()


def _is_long(word: str, length: int) -> bool:
    return length > LONGEST_SENTENCE or (length > LONGEST_SENTENCE * 2 // 3 and _CLAUSE_END.search(word) is not None)


def _pause_seconds(group: Sequence[str], is_last: bool) -> float:
    if is_last:
        return PARAGRAPH_PAUSE_SECONDS
    return SENTENCE_PAUSE_SECONDS if _SENTENCE_END.search(group[-1]) else 0.0


def _sentence(group: Sequence[str], spoken_form: Callable[[str], str], pause_seconds: float) -> Sentence:
    spoken = ""
    words: list[WrittenWord] = []
    for word in group:
        form = " ".join(spoken_form(word).split())
        if _is_mute(form):
            # A lone dash is a pause; as a word of its own it confuses the engines' count of positions.
            spoken += "," if spoken[-1:].isalnum() else ""
            continue
        spoken += " " if spoken else ""
        words.append(WrittenWord(word, len(spoken)))
        spoken += form
    return Sentence(spoken, tuple(words), pause_seconds)


def _is_mute(form: str) -> bool:
    return not any(
        character.isalnum() or character in _SPOKEN_MARKS or unicodedata.category(character).startswith("S")
        for character in form
    )
