"""Speaks sentences in a child process, so that a crash of a C library or a cancel ends nothing but the child."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from soundstage.core.errors import BadInput, EngineFailed, NothingToSay
from soundstage.engines.contract import Phoneme, Report, Speech, SpeechRequest, Word
from soundstage.engines.speech.text import Sentence
from soundstage.media.child import MIB, ChildFailed, Limits, run_child

SLOWEST_RATE, FASTEST_RATE = 0.5, 2.0
Timed = tuple[Any, float, float]
"""Where a word begins in the sentence, or what sounds, with the start and the end in seconds."""

CHILD_LIMITS = Limits(memory_bytes=2048 * MIB)


@dataclass(frozen=True, slots=True)
class ChildVoice:
    """A script that speaks, what it must know, and how its symbols for sounds read in IPA ("" for silence).

    The script reads a JSON object from its input: what `setup` holds, and `audio_path`, `rate` and `sentences` (pairs
    of text and the seconds of silence after it). It writes the WAV file, and for each sentence lines of JSON, with
    seconds from the start of the sentence: `["word", offset in characters, start, end]` and `["sound", symbol, start,
    end]` in order, then `["sentence", rate in Hz, frames]`.
    """

    title: str
    script: Path
    setup: Mapping[str, Any]
    to_ipa: Callable[[str], str]
    start_seconds: float = 30.0
    seconds_per_character: float = 0.02


@dataclass(slots=True)
class Timeline:
    """The times of sentences put behind each other: in order, without overlap, within the audio."""

    to_ipa: Callable[[str], str]
    words: list[Word] = field(default_factory=list)
    phonemes: list[Phoneme] = field(default_factory=list)
    frames: int = 0
    rate_hz: int = 0

    @property
    def seconds(self) -> float:
        return self.frames / self.rate_hz if self.rate_hz else 0.0

    def add(
        self, sentence: Sentence, rate_hz: int, frames: int, words: Sequence[Timed], sounds: Sequence[Timed]
    ) -> None:
        begin = self.seconds
        self.rate_hz = rate_hz
        self.frames += frames
        for symbol, start, end in sounds:
            self._add_sound(self.to_ipa(symbol), begin + start, begin + end)
        self._add_sound("", begin, self.seconds)
        self._add_words(sentence, begin, words)

    def _add_words(self, sentence: Sentence, begin: float, timed: Sequence[Timed]) -> None:
        offsets = [word.offset for word in sentence.words]
        last = -1
        for offset, start, end in timed:
            index = max(bisect_right(offsets, offset) - 1, last, 0)
            if index == last:
                start = self.words.pop().start_seconds - begin
            last = index
            after = self.words[-1].end_seconds if self.words else 0.0
            start_seconds, end_seconds = self._within(begin + start, begin + end, after)
            self.words.append(Word(sentence.words[index].text, start_seconds, end_seconds))

    def _add_sound(self, symbol: str, start: float, end: float) -> None:
        after = self.phonemes[-1].end_seconds if self.phonemes else 0.0
        start, end = self._within(start, end, after)
        if end <= start:
            return
        if self.phonemes and not symbol and not self.phonemes[-1].symbol:
            start = self.phonemes.pop().start_seconds
        self.phonemes.append(Phoneme(symbol, start, end))

    def _within(self, start: float, end: float, after: float) -> tuple[float, float]:
        start = min(max(round(start, 4), after), self.seconds)
        return start, min(max(round(end, 4), start), self.seconds)


@dataclass(slots=True)
class Answers:
    """What the child has said so far."""

    title: str
    waiting: Iterator[Sentence]
    timeline: Timeline
    characters: int = 0
    words: list[Timed] = field(default_factory=list)
    sounds: list[Timed] = field(default_factory=list)

    def take(self, line: str) -> bool:
        """Whether a sentence ends with this line. Raises EngineFailed where it cannot be read."""
        try:
            match json.loads(line):
                case ["word", int(offset), start, end]:
                    self.words.append((offset, float(start), float(end)))
                case ["sound", str(symbol), start, end]:
                    self.sounds.append((symbol, float(start), float(end)))
                case ["sentence", int(rate_hz), int(frames)]:
                    self._end_sentence(rate_hz, frames)
                    return True
                case other:
                    raise ValueError(f"unknown answer {str(other)[:80]}")
        except (ValueError, TypeError) as error:
            raise EngineFailed(f"{self.title} gave an answer that cannot be read: {error!r}.") from error
        return False

    def _end_sentence(self, rate_hz: int, frames: int) -> None:
        sentence = next(self.waiting, None)
        if sentence is None:
            raise EngineFailed(f"{self.title} answered more than it was asked.")
        self.timeline.add(sentence, rate_hz, frames, self.words, self.sounds)
        self.characters += len(sentence.spoken)
        self.words.clear()
        self.sounds.clear()


def speak_in_child(voice: ChildVoice, sentences: Sequence[Sentence], request: SpeechRequest, report: Report) -> Speech:
    """Speak the sentences to `request.audio_path`, reporting the characters that have been said.

    Raises NothingToSay, BadInput for a rate out of range, EngineFailed, and what `report` raises; nothing is left
    behind then.
    """
    _check(sentences, request)
    unfinished = request.audio_path.with_name(f".{request.audio_path.name}.part")
    try:
        timeline = _run(voice, sentences, request, unfinished, report)
        if not timeline.words:
            raise NothingToSay(f"{voice.title} can say none of the words of this text.")
        unfinished.replace(request.audio_path)
    finally:
        unfinished.unlink(missing_ok=True)
    return Speech(
        request.audio_path, timeline.rate_hz, timeline.seconds, tuple(timeline.words), tuple(timeline.phonemes)
    )


def _check(sentences: Sequence[Sentence], request: SpeechRequest) -> None:
    if not sentences:
        raise NothingToSay("The text holds no word that this voice can say. Give it words, or choose another engine.")
    if not SLOWEST_RATE <= request.rate <= FASTEST_RATE:
        raise BadInput(f"The rate {request.rate:g} is out of range: give one from {SLOWEST_RATE} to {FASTEST_RATE}.")


def _run(
    voice: ChildVoice, sentences: Sequence[Sentence], request: SpeechRequest, audio_path: Path, report: Report
) -> Timeline:
    answers = Answers(voice.title, iter(sentences), Timeline(voice.to_ipa))
    total = sum(len(sentence.spoken) for sentence in sentences)

    def take(line: str) -> None:
        if answers.take(line):
            report(answers.characters, total)

    try:
        run_child(
            [sys.executable, "-I", "-S", str(voice.script)],
            timeout_seconds=voice.start_seconds + total * voice.seconds_per_character,
            limits=CHILD_LIMITS,
            stdin=_order(voice, sentences, request, audio_path),
            on_line=take,
        )
    except ChildFailed as error:
        message = f"{voice.title} stopped while it spoke: {error.message}"
        raise EngineFailed(message, hint="Try again; if it fails again, choose another engine.") from error
    if answers.characters < total:
        raise EngineFailed(f"{voice.title} ended after {answers.characters} of {total} characters. Try again.")
    return answers.timeline


def _order(voice: ChildVoice, sentences: Sequence[Sentence], request: SpeechRequest, audio_path: Path) -> bytes:
    pauses = [sentence.pause_seconds / request.rate for sentence in sentences[:-1]]
    order = {
        **voice.setup,
        "audio_path": str(audio_path.absolute()),
        "rate": request.rate,
        "sentences": list(zip((sentence.spoken for sentence in sentences), [*pauses, 0.0], strict=True)),
    }
    return json.dumps(order).encode()
