"""Speaks sentences with the espeak-ng library. Runs as a program of its own, on the standard library alone."""

from __future__ import annotations

import ctypes
import json
import os
import re
import sys
import wave
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from ctypes import POINTER, byref, c_char, c_char_p, c_int, c_short, c_uint, c_void_p
from itertools import accumulate, pairwise
from typing import Any

AUDIO_OUTPUT_SYNCHRONOUS = 2
PHONEME_EVENTS, PHONEME_IPA, DONT_EXIT = 0x0001, 0x0002, 0x8000
CHARS_UTF8 = 1
POS_CHARACTER = 1
AS_IPA = 0x02
PARAMETER_RATE = 1
NATURAL_WORDS_PER_MINUTE = 175
LIST_TERMINATED, WORD, PHONEME = 0, 1, 7

TimedWord = tuple[int, float, float]
TimedSound = tuple[str, float, float]
Span = tuple[float, float]


class Identifier(ctypes.Union):
    """The `id` of espeak_EVENT."""

    _fields_ = (("number", c_int), ("name", c_char_p), ("string", c_char * 8))


class Event(ctypes.Structure):
    """espeak_EVENT of espeak-ng 1.52 (speak_lib.h)."""

    _fields_ = (
        ("type", c_int),
        ("message", c_uint),
        ("text_position", c_int),
        ("length", c_int),
        ("audio_milliseconds", c_int),
        ("sample", c_int),
        ("user_data", c_void_p),
        ("id", Identifier),
    )


Callback = ctypes.CFUNCTYPE(c_int, POINTER(c_short), c_int, POINTER(Event))


class Espeak:
    """One voice of the library, at one rate."""

    def __init__(self, library: str, data_folder: str, voice: str, rate: float) -> None:
        # The library keeps the path of its data in a short buffer: "." fits wherever the data is installed.
        os.chdir(data_folder)
        self._library = ctypes.CDLL(library)
        options = PHONEME_EVENTS | PHONEME_IPA | DONT_EXIT
        self.rate_hz = self._library.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, b".", options)
        if self.rate_hz <= 0:
            sys.exit(f"espeak-ng cannot read its data in {data_folder}")
        if self._library.espeak_SetVoiceByName(voice.encode()):
            sys.exit(f"espeak-ng cannot load the voice {voice}")
        self._library.espeak_SetParameter(PARAMETER_RATE, round(NATURAL_WORDS_PER_MINUTE * rate), 0)
        self._samples = bytearray()
        self._events: list[tuple[int, int, float, str]] = []
        self._library.espeak_TextToPhonemes.restype = c_char_p
        self._callback = Callback(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str) -> tuple[bytes, list[TimedWord], list[TimedSound]]:
        """16-bit samples of the sentence, and where its words and sounds are."""
        self._samples.clear()
        self._events.clear()
        content = text.encode()
        if self._library.espeak_Synth(content, len(content) + 1, 0, POS_CHARACTER, 0, CHARS_UTF8, None, None):
            sys.exit("espeak-ng refused the text")
        heard, sounds = self._timing(len(self._samples) / 2 / self.rate_hz)
        return bytes(self._samples), list(self._written(text, heard)), sounds

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        if count > 0:
            self._samples += ctypes.string_at(samples, count * 2)
        index = 0
        while events[index].type != LIST_TERMINATED:
            event = events[index]
            symbol = event.id.string.decode("utf-8", "ignore") if event.type == PHONEME else ""
            self._events.append((event.type, event.text_position - 1, event.sample / self.rate_hz, symbol))
            index += 1
        return 0

    def _timing(self, seconds: float) -> tuple[list[TimedWord], list[TimedSound]]:
        starts = [start for kind, _, start, _ in self._events if kind == PHONEME]
        ends = iter([*starts[1:], seconds])
        words: dict[int, TimedWord] = {}
        sounds: list[TimedSound] = []
        number, offset = 0, 0
        for kind, position, start, symbol in self._events:
            if kind == WORD:
                number, offset = number + 1, position
            elif kind == PHONEME:
                sounds.append((symbol, start, next(ends)))
                if symbol:
                    words[number] = (offset, words.get(number, sounds[-1])[1], sounds[-1][2])
        return list(words.values()), sounds

    def _written(self, text: str, heard: Iterable[TimedWord]) -> Iterator[TimedWord]:
        # What espeak-ng says in one breath ("of the") it announces once, at the first word or within it.
        words = [(found.start(), found[0]) for found in re.finditer(r"\S+", text)]
        offsets = [offset for offset, _ in words]
        spans: dict[int, list[Span]] = {}
        index = 0
        for position, start, end in heard:
            index = max(index, bisect_right(offsets, position) - 1)
            spans.setdefault(index, []).append((start, end))
        for first, following in pairwise([*spans, len(words)]):
            weights = {offset: self._ipa_length(word) for offset, word in words[first:following]}
            weights[offsets[first]] = max(1, weights[offsets[first]])
            spoken = [offset for offset, weight in weights.items() if weight]
            for offset, span in zip(spoken, divided(spans[first], [weights[o] for o in spoken]), strict=True):
                yield offset, *span

    def _ipa_length(self, word: str) -> int:
        rest, length = c_char_p(word.encode()), 0
        while rest:
            ipa = self._library.espeak_TextToPhonemes(byref(rest), CHARS_UTF8, AS_IPA)
            length += sum(character.isalpha() for character in ipa.decode())
        return length


def divided(spans: Sequence[Span], weights: Sequence[int]) -> list[Span]:
    """The spans themselves where there is one for each weight, or else all they cover in parts of these weights."""
    if len(spans) == len(weights):
        return list(spans)
    start, end = spans[0][0], spans[-1][1]
    return list(pairwise(start + (end - start) * done / sum(weights) for done in accumulate(weights, initial=0)))


def main() -> None:
    # The library may print: what it says goes to the messages and not among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    order = json.load(sys.stdin)
    voice = Espeak(order["library"], order["data_folder"], order["voice"], order["rate"])
    with wave.open(order["audio_path"], "wb") as audio:
        audio.setparams((1, 2, voice.rate_hz, 0, "NONE", "not compressed"))
        for text, pause_seconds in order["sentences"]:
            samples, words, sounds = voice.speak(text)
            silence = bytes(2 * int(pause_seconds * voice.rate_hz))
            audio.writeframesraw(samples + silence)
            lines = [["word", *word] for word in words] + [["sound", *sound] for sound in sounds]
            lines.append(["sentence", voice.rate_hz, len(samples + silence) // 2])
            answers.writelines(json.dumps(line) + "\n" for line in lines)
            answers.flush()


if __name__ == "__main__":
    main()
