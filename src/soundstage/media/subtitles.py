"""Spoken words to subtitles: lines that can be read in the time that they stand, and WebVTT."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from typing import Protocol

LINE_CHARACTERS = 42
LINES = 2
SHORTEST_SECONDS = 1.0
LONGEST_SECONDS = 7.0
LINGER_SECONDS = 0.3
PAUSE_SECONDS = 0.8
LEAST_SECONDS = 0.001
CLAUSE_CHARACTERS = 50
SENTENCE_CHARACTERS = 12

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
_CLAUSE_END = re.compile(r"[,;:，；：、–—][\"'”’)\]]*$")
_TIMING = re.compile(r"(\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d+):(\d\d):(\d\d)\.(\d{3})")


class TimedWord(Protocol):
    """A spoken word, with seconds from the start of the audio."""

    @property
    def text(self) -> str: ...

    @property
    def start_seconds(self) -> float: ...

    @property
    def end_seconds(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Subtitle:
    """What stands on the screen for a while: at most two lines of 42 characters."""

    text: str
    start_seconds: float
    end_seconds: float


def subtitles_of(words: Sequence[TimedWord]) -> list[Subtitle]:
    """Group words into subtitles: in order, without overlap, broken at pauses, ends of sentences and commas.

    Each stands 1 to 7 seconds where its neighbours leave room. Words are given in order.
    """
    groups = list(_groups([piece for word in words for piece in _pieces(word)]))
    subtitles: list[Subtitle] = []
    for group, following in zip_longest(groups, groups[1:]):
        free_from = subtitles[-1].end_seconds if subtitles else 0.0
        room_until = following[0].start_seconds if following else inf
        subtitles.append(_subtitle(group, max(group[0].start_seconds, free_from), room_until))
    return subtitles


def webvtt(subtitles: Sequence[Subtitle]) -> str:
    """The subtitles as a WebVTT file (https://www.w3.org/TR/webvtt1/). Their text is text: no markup passes through."""
    cues = [
        f"{number}\n{_clock(cue.start_seconds)} --> {_clock(cue.end_seconds)}\n{_cue_text(cue.text)}\n"
        for number, cue in enumerate(subtitles, start=1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def parse_webvtt(text: str) -> list[Subtitle]:
    """Read what `webvtt` wrote."""
    found = []
    for block in text.split("\n\n"):
        lines = block.strip("\n").split("\n")
        timings = [_TIMING.fullmatch(line) for line in lines[:2]]
        for position, timing in enumerate(timings):
            if timing is not None:
                content = html.unescape("\n".join(lines[position + 1 :]))
                found.append(Subtitle(content, _seconds(timing.groups()[:4]), _seconds(timing.groups()[4:])))
    return found


def _pieces(word: TimedWord) -> Iterator[Subtitle]:
    # A word is split at its white space and where it is longer than a line; the pieces share its time.
    texts = [part for text in _plain(word.text).split() for part in _wrapped(text)]
    share = max(0.0, word.end_seconds - word.start_seconds) / max(len(texts), 1)
    for index, text in enumerate(texts):
        start = word.start_seconds + index * share
        yield Subtitle(text, start, start + share)


def _groups(pieces: Sequence[Subtitle]) -> Iterator[list[Subtitle]]:
    group: list[Subtitle] = []
    for piece in pieces:
        if group and _breaks_before(group, piece):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _breaks_before(group: Sequence[Subtitle], piece: Subtitle) -> bool:
    text = " ".join(part.text for part in group)
    return (
        len(_wrapped(f"{text} {piece.text}")) > LINES
        or piece.end_seconds - group[0].start_seconds > LONGEST_SECONDS
        or piece.start_seconds - group[-1].end_seconds > PAUSE_SECONDS
        or (len(text) >= SENTENCE_CHARACTERS and _SENTENCE_END.search(text) is not None)
        or (len(text) >= CLAUSE_CHARACTERS and _CLAUSE_END.search(text) is not None)
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, LINE_CHARACTERS, break_on_hyphens=False)


def _subtitle(group: Sequence[Subtitle], start: float, room_until: float) -> Subtitle:
    wanted = max(group[-1].end_seconds + LINGER_SECONDS, start + SHORTEST_SECONDS)
    end = min(wanted, start + LONGEST_SECONDS, room_until)
    return Subtitle(_in_lines(" ".join(part.text for part in group)), start, max(end, start + LEAST_SECONDS))


def _in_lines(text: str) -> str:
    if len(text) <= LINE_CHARACTERS:
        return text
    spaces = [match.start() for match in re.finditer(" ", text)]
    fitting = [at for at in spaces if at <= LINE_CHARACTERS and len(text) - at - 1 <= LINE_CHARACTERS]
    best = min(fitting, key=lambda at: _imbalance(text, at))
    return f"{text[:best]}\n{text[best + 1 :]}"


def _imbalance(text: str, at: int) -> int:
    # A break after a comma or a full stop reads well, even when the lines differ by some words.
    reads_well = _CLAUSE_END.search(text[:at]) or _SENTENCE_END.search(text[:at])
    return abs(len(text) - 2 * at) - (20 if reads_well else 0)


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _cue_text(text: str) -> str:
    lines = [" ".join(_plain(line).split()) for line in text.split("\n")]
    return html.escape("\n".join(line for line in lines if line), quote=False)


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"


def _seconds(fields: Sequence[str]) -> float:
    hours, minutes, seconds, thousandths = map(int, fields)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
