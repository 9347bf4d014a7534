"""What espeak-ng does with the languages of the world."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from soundstage.core.errors import EngineNotReady, UnknownVoice
from soundstage.engines.contract import Speech
from soundstage.engines.speech.espeak import EspeakEngine, ipa_of

Speak = Callable[..., Speech]


def test_it_has_a_mans_and_a_womans_voice_for_more_than_a_hundred_languages(espeak: EspeakEngine) -> None:
    voices = {voice.name: voice for voice in espeak.voices()}
    assert len({voice.language for voice in voices.values()}) > 100
    assert voices["en-us"].title == "English (America)"
    assert voices["fr+f3"].title == "French (France), a woman's voice"
    assert voices["nb"].title == "Norwegian Bokmål"


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("de", "Es sind 1.234,56 Euro und 21 Leute da."),
        ("fr", "Il y a 99 ballons et l'homme rit."),
        ("ru", "Привет, мир 25!"),
        ("ar", "مرحبا بالعالم."),
        ("hi", "नमस्ते दुनिया।"),
        ("en-us", 'Hello "world" [x] {y} a/b c_d x=3 U.S.A. 3rd iPhone15 & more (5%)'),
        ("en-gb-x-rp+f3", "On 12/05/2024 at 10:45 it was -5 degrees"),
    ],
)
def test_words_are_those_of_the_text(espeak: EspeakEngine, speak: Speak, voice: str, text: str) -> None:
    assert [word.text for word in speak(espeak, text, voice).words] == text.split()


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("en-us", "From where did it come? I have been in the house of the men, one of the best, bon voyage."),
        ("de", "Es ist noch nicht da, es ist gar nicht da, es geht nicht mehr."),
        ("fr", "De temps en temps, parce que le temps passe."),
        ("it", "Questa è la casa e questo è il call center."),
        ("nl", "Het een of de een van ons, niet meer."),
        ("pl", "To jest caps lock i page up."),
        ("lv", "Kaut kas un kaut kad, it kā nekas."),
        ("el", "Θέλω για να έρθω."),
        ("he", "זה בית ספר גדול."),
        ("ur", "یہ کیا گیا تھا۔"),
        ("hu", "Azt is mint azt látni."),
        ("ru", "Где бы он ни был, он дома."),
    ],
)
def test_words_that_are_said_in_one_breath_are_each_there(
    espeak: EspeakEngine, speak: Speak, voice: str, text: str
) -> None:
    words = speak(espeak, text, voice).words
    assert [word.text for word in words] == text.split()
    assert all(0.02 < word.end_seconds - word.start_seconds < 1.5 for word in words)


@pytest.mark.parametrize(("text", "sound"), [("from where", "w"), ("have been", "b"), ("in the", "ð"), ("of the", "ð")])
def test_the_second_of_two_words_said_in_one_breath_begins_at_its_first_sound(
    espeak: EspeakEngine, speak: Speak, text: str, sound: str
) -> None:
    speech = speak(espeak, f"Tell me {text} house.")
    second = speech.words[3]
    begins = [p.start_seconds for p in speech.phonemes if p.symbol == sound]
    assert min(abs(start - second.start_seconds) for start in begins) < 0.06


@pytest.mark.parametrize("voice", ["sjn", "chr", "cv"])
def test_a_number_in_a_language_without_numbers_takes_no_time_of_its_neighbours(
    espeak: EspeakEngine, speak: Speak, voice: str
) -> None:
    alone, beside = (speak(espeak, text, voice, f"{len(text)}.wav").words for text in ("sila lume", "sila 25 lume"))
    assert [word.text for word in beside] == ["sila", "lume"]
    assert beside[0] == alone[0]


def test_chinese_is_cut_at_its_punctuation(espeak: EspeakEngine, speak: Speak) -> None:
    speech = speak(espeak, "你好世界，我是中国人。", "cmn")
    assert [word.text for word in speech.words] == ["你好世界，", "我是中国人。"]


def test_a_number_is_one_written_word_that_spans_all_its_spoken_ones(espeak: EspeakEngine, speak: Speak) -> None:
    speech = speak(espeak, "I have - 1,234 cats.")
    number = next(word for word in speech.words if word.text == "1,234")
    sounds = [p.symbol for p in speech.phonemes if number.start_seconds <= p.start_seconds < number.end_seconds - 0.001]
    assert "".join(sounds).startswith("wʌn")
    assert "".join(sounds).endswith("fɔːɹ")


def test_a_womans_voice_sounds_other_than_a_mans(espeak: EspeakEngine, speak: Speak) -> None:
    man, woman = (speak(espeak, "Hello.", voice, f"{voice}.wav").audio_path for voice in ("en-us", "en-us+f3"))
    assert man.read_bytes() != woman.read_bytes()


@pytest.mark.parametrize(("symbol", "plain"), [("ˈoʊ", "oʊ"), ("ˌa", "a"), ("(en)", ""), ("", "")])
def test_stress_and_changes_of_language_are_no_sounds(symbol: str, plain: str) -> None:
    assert ipa_of(symbol) == plain


def test_sentences_are_parted_by_silence(espeak: EspeakEngine, speak: Speak) -> None:
    first, second = speak(espeak, "Good. Bad.").words
    one, other = speak(espeak, "Good.\n\nBad.").words
    assert second.start_seconds - first.end_seconds > 0.25
    assert other.start_seconds - one.end_seconds > second.start_seconds - first.end_seconds + 0.2


@pytest.mark.parametrize("voice", ["../../../etc/passwd", "en-us+../f3", "en-us+nobody", "-v", "gmw/en-US"])
def test_a_voice_is_never_a_path(espeak: EspeakEngine, speak: Speak, voice: str) -> None:
    with pytest.raises(UnknownVoice):
        speak(espeak, "Hello.", voice)


def test_it_speaks_from_a_folder_with_a_long_path(
    espeak: EspeakEngine, speak: Speak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec("espeakng_loader")
    assert found is not None
    assert found.origin is not None
    folder = tmp_path / ("deep" * 50)
    folder.symlink_to(Path(found.origin).parent)
    found.origin = str(folder / "__init__.py")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: found)
    assert speak(espeak, "Hello.").words


def test_without_its_wheel_it_is_not_ready_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, speak: Speak
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    readiness = EspeakEngine().readiness()
    assert not readiness.ready
    assert readiness.remedy == "pip install espeakng-loader"
    assert EspeakEngine().voices() == ()
    with pytest.raises(EngineNotReady):
        speak(EspeakEngine(), "Hello.")
