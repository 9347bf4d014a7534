"""How a voice is found by its name, and how the voices of all engines are listed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from soundstage.core.errors import UnknownEngine, UnknownVoice
from soundstage.engines.contract import Readiness, Voice
from soundstage.engines.registry import EngineRegistry
from soundstage.engines.speech.espeak import EspeakEngine
from soundstage.engines.speech.voices import find_voice, voices_of
from soundstage.testing.engines import FakeAvatarEngine, FakeSpeechEngine

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


class Polyglot(FakeSpeechEngine):
    """Speaks three languages, one of them Portuguese in two ways."""

    def voices(self) -> Sequence[Voice]:
        tags = ("pt", "pt-BR", "ptx", "de")
        return tuple(Voice(tag.lower(), tag, tag) for tag in tags)


def away() -> FakeSpeechEngine:
    return FakeSpeechEngine("away", readiness=Readiness(ready=False, reason="It is away."))


@pytest.fixture
def registry() -> EngineRegistry:
    return EngineRegistry.of(lambda: Polyglot("polyglot"), FakeSpeechEngine, FakeAvatarEngine, away)


def test_the_voices_of_all_ready_engines_are_listed(registry: EngineRegistry) -> None:
    listed = [(kind, voice.name) for kind, voice in voices_of(registry)]
    fake = [("fake_speech", "tone"), ("fake_speech", "bell")]
    assert listed == [*fake, *(("polyglot", name) for name in ("pt", "pt-br", "ptx", "de"))]


def test_voices_are_listed_by_engine(registry: EngineRegistry) -> None:
    assert {kind for kind, _ in voices_of(registry, "polyglot")} == {"polyglot"}
    with pytest.raises(UnknownEngine):
        voices_of(registry, "nobody")


@pytest.mark.parametrize(
    ("language", "names"), [("pt", ["pt", "pt-br"]), ("PT_br", ["pt-br"]), ("d", []), ("en", ["tone", "bell"])]
)
def test_voices_are_listed_by_language(registry: EngineRegistry, language: str, names: list[str]) -> None:
    assert [voice.name for _, voice in voices_of(registry, language=language)] == names


def test_espeak_lists_its_portuguese_voices() -> None:
    names = {voice.name for _, voice in voices_of(EngineRegistry.of(EspeakEngine), language="pt")}
    assert names == {"pt", "pt+f3", "pt-br", "pt-br+f3"}
