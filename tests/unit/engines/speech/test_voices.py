"""How a voice is found by its name."""

from __future__ import annotations

import pytest

from soundstage.core.errors import UnknownVoice
from soundstage.engines.contract import Voice
from soundstage.engines.speech.voices import find_voice

VOICES = (Voice("en-us", "en-us", "American"), Voice("en-gb", "en-gb", "British"), Voice("zh", "zh", "Chinese"))


def test_the_default_voice_is_the_engines_best() -> None:
    assert find_voice("Test", VOICES, "default", "en-gb").title == "British"


def test_a_voice_is_found_in_any_case_of_letters() -> None:
    assert find_voice("Test", VOICES, "EN-US", "zh").title == "American"


def test_an_unknown_voice_names_the_near_ones() -> None:
    with pytest.raises(UnknownVoice, match=r"Test has no voice 'en-uk'\. Near to it: en-(us|gb), en-(us|gb)\."):
        find_voice("Test", VOICES, "en-uk", "zh")


def test_a_name_of_any_length_is_refused_in_a_short_message() -> None:
    with pytest.raises(UnknownVoice) as refusal:
        find_voice("Test", VOICES, "x" * 100_000, "zh")
    assert len(refusal.value.message) < 200
