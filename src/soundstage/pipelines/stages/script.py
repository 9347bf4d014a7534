"""Text made fit to be spoken: normalised, and cut at natural ends into chunks of bounded size."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from soundstage.core.errors import NothingToSay

CHUNK_CHARACTERS = 600

_JOINERS = "\u200c\u200d"
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_BREAK = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{2,}")
# From the best place for a cut to the worst, with the seconds of silence that are expected there. A full stop after an
# initial or a title ("J.", "Dr.") ends nothing.
_BREAKS = (
    (re.compile(r"(?=\n\n)"), 0.6),
    (re.compile(r"(?:[!?…]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)\.)['\"”’)\]]*(?=\s)|[。！？]"), 0.3),
    (re.compile(r"[,;:](?=\s)|[，；：、]"), 0.15),
    (re.compile(r"(?<=\S)(?=\s)"), 0.0),
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the text, and the silence that a listener expects after it at the natural speed."""

    text: str
    pause_seconds: float


def normalised(text: str) -> str:
    """NFC, one space between words, one blank line between paragraphs, no control or invisible format characters.

    Raises NothingToSay where no letter or digit is left.
    """
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    visible = "".join(c for c in lines if _is_kept(c))
    tidy = _BLANK_LINES.sub("\n\n", _LINE_BREAK.sub("\n", _SPACES.sub(" ", visible))).strip()
    if not _has_words(tidy):
        raise NothingToSay("The text has no letter or digit in it, so there is nothing to say. Type some words.")
    return tidy


def split(text: str, limit: int = CHUNK_CHARACTERS) -> list[Chunk]:
    """Cuts normalised text into chunks of at most `limit` characters, each with something to say, in order.

    A cut is made at the last end of a paragraph that fits, or else of a sentence, a clause or a word.
    """
    chunks = []
    rest = text
    while rest:
        cut, pause_seconds = (len(rest), 0.0) if len(rest) <= limit else _last_break(rest[: limit + 1], limit)
        chunks.append(Chunk(rest[:cut].strip(), pause_seconds))
        rest = rest[cut:].lstrip()
    return [chunk for chunk in chunks if _has_words(chunk.text)]


def _last_break(window: str, limit: int) -> tuple[int, float]:
    for kind, pause_seconds in _BREAKS:
        ends = [match.end() for match in kind.finditer(window) if match.end() <= limit]
        if ends:
            return ends[-1], pause_seconds
    return limit, 0.0


def _is_kept(character: str) -> bool:
    if character in "\n\t" or character in _JOINERS:
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)
