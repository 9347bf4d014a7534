"""Text made fit to be spoken: normalised, and cut at natural ends into chunks of bounded size."""

from __future__ import annotations

import re
import unicodedata

from soundstage.core.errors import NothingToSay

CHUNK_CHARACTERS = 600

_JOINERS = "\u200c\u200d"
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_BREAK = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{2,}")
# From the best place for a pause to the worst. A full stop after an initial or a title ("J.", "Dr.") ends nothing.
_BREAKS = (
    re.compile(r"(?=\n\n)"),
    re.compile(r"(?:[!?…]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)\.)['\"”’)\]]*(?=\s)|[。！？]"),
    re.compile(r"[,;:](?=\s)|[，；：、]"),
    re.compile(r"(?<=\S)(?=\s)"),
)


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


def split(text: str, limit: int = CHUNK_CHARACTERS) -> list[str]:
    """Cuts normalised text into chunks of at most `limit` characters, each with something to say, in order.

    A cut is made at the last end of a paragraph that fits, or else of a sentence, a clause or a word.
    """
    chunks = []
    rest = text
    while rest:
        cut = len(rest) if len(rest) <= limit else _last_break(rest[: limit + 1], limit)
        chunks.append(rest[:cut].strip())
        rest = rest[cut:].lstrip()
    return [chunk for chunk in chunks if _has_words(chunk)]


def _last_break(window: str, limit: int) -> int:
    for kind in _BREAKS:
        ends = [match.end() for match in kind.finditer(window) if match.end() <= limit]
        if ends:
            return ends[-1]
    return limit


def _is_kept(character: str) -> bool:
    if character in "\n\t" or character in _JOINERS:
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)
