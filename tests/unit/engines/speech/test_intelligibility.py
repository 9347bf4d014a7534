"""A machine that has never heard flite understands it."""

from __future__ import annotations

import re
import wave
from collections.abc import Callable, Sequence

import pytest
from pocketsphinx import Decoder

from soundstage.engines.contract import Speech
from soundstage.engines.speech.flite import FliteEngine

SENTENCES = (
    "The weather is very nice today, so we are going to the park.",
    "She bought a new car last week and drove it home.",
    "Please open the window, because the room is too hot.",
    "My brother works in a large hospital near the river.",
    "The children were playing in the garden after school.",
    "We should leave early in the morning to catch the train.",
    "He told me that the meeting will start at nine.",
    "Water is good for your health, and you should drink it every day.",
)
MARGIN_SECONDS = 0.05

Speak = Callable[..., Speech]


def heard(speech: Speech, decoder: Decoder) -> list[str]:
    edges = (speech.words[0].start_seconds - MARGIN_SECONDS, speech.words[-1].end_seconds + MARGIN_SECONDS)
    first, last = (int(edge * speech.sample_rate_hz) for edge in edges)
    with wave.open(str(speech.audio_path), "rb") as audio:
        audio.setpos(first)
        samples = audio.readframes(last - first)
    decoder.start_utt()
    decoder.process_raw(samples, full_utt=True)
    decoder.end_utt()
    words: list[str] = decoder.hyp().hypstr.split()
    return words


def word_errors(expected: Sequence[str], actual: Sequence[str]) -> int:
    """Levenshtein distance in words."""
    row = list(range(len(actual) + 1))
    for index, word in enumerate(expected, 1):
        diagonal, row[0] = row[0], index
        for column, other in enumerate(actual, 1):
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, diagonal + (word != other))
    return row[-1]


@pytest.mark.slow
def test_a_recogniser_understands_the_default_voice(flite: FliteEngine, speak: Speak) -> None:
    decoder = Decoder(samprate=16_000, loglevel="FATAL")
    expected = [re.findall(r"[a-z']+", sentence.lower()) for sentence in SENTENCES]
    actual = [heard(speak(flite, sentence), decoder) for sentence in SENTENCES]
    errors = sum(word_errors(said, understood) for said, understood in zip(expected, actual, strict=True))
    assert errors / sum(map(len, expected)) < 0.15
