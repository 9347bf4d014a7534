"""What flite does with English, and with what is not English."""

from __future__ import annotations

import array
import ctypes.util
import itertools
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from soundstage.core.errors import EngineNotReady, NothingToSay
from soundstage.engines.contract import Speech, SpeechRequest
from soundstage.engines.speech.flite import VOICES, FliteEngine, ascii_form, ipa_of

PANGRAM = (
    "The quick brown fox jumps over the lazy dog. She measured a huge orange vision, thought of boys in the water, "
    "and chose a little button about church, singing loud."
)

Speak = Callable[..., Speech]


def samples_of(speech: Speech) -> array.array[int]:
    with wave.open(str(speech.audio_path), "rb") as audio:
        return array.array("h", audio.readframes(audio.getnframes()))


def test_a_number_is_one_written_word_that_spans_all_its_spoken_ones(flite: FliteEngine, speak: Speak) -> None:
    speech = speak(flite, "I have 25 cats and $20.50.")
    assert [word.text for word in speech.words] == ["I", "have", "25", "cats", "and", "$20.50."]
    number = speech.words[2]
    sounds = [p.symbol for p in speech.phonemes if number.start_seconds <= p.start_seconds < number.end_seconds - 0.001]
    assert sounds == ["t", "w", "ɛ", "n", "t", "i", "f", "aɪ", "v"]


def test_words_keep_their_accents_quotes_and_points(flite: FliteEngine, speak: Speak) -> None:
    text = "“Café” (naïve) don’t cost €20 — at www.foo.com/bar, or £5!"
    speech = speak(flite, text)
    assert [word.text for word in speech.words] == [word for word in text.split() if word != "—"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("café", "cafe"),
        ("Straße", "Strasse"),
        ("€20", "20 euros "),
        ("20°", "20 degrees "),
        ("ﬁne", "fine"),
        ("½", "1/2"),
        ("мир", ""),
    ],
)
def test_a_word_is_said_in_ascii(word: str, said: str) -> None:
    assert ascii_form(word) == said


@pytest.mark.parametrize("voice", [voice.name for voice in VOICES])
def test_every_sound_of_every_voice_is_known_in_ipa(flite: FliteEngine, speak: Speak, voice: str) -> None:
    speech = speak(flite, PANGRAM, voice)
    gaps = [
        (before.symbol, after.symbol)
        for before, silence, after in zip(speech.phonemes, speech.phonemes[1:], speech.phonemes[2:], strict=False)
        if not silence.symbol
        and any(w.start_seconds < silence.start_seconds < w.end_seconds - 0.001 for w in speech.words)
    ]
    assert gaps == []
    assert {"ð", "θ", "ŋ", "ʃ", "tʃ", "dʒ", "ʒ", "ɔɪ", "aʊ"} <= {sound.symbol for sound in speech.phonemes}


def test_a_pause_reads_as_silence() -> None:
    assert ipa_of("pau") == ""


def test_words_of_other_scripts_are_left_out(flite: FliteEngine, speak: Speak) -> None:
    assert [word.text for word in speak(flite, "Peace, мир and 平和.").words] == ["Peace,", "and"]
    with pytest.raises(NothingToSay):
        speak(flite, "Мир и покой. 平和")


@pytest.mark.parametrize("voice", ["rms", "kal16", "kal"])
def test_sentences_join_without_a_click(flite: FliteEngine, speak: Speak, voice: str) -> None:
    speech = speak(flite, "One. Two.\n\nThree. Four.", voice)
    samples = samples_of(speech)
    quiet = [p for p in speech.phonemes if not p.symbol]
    assert len(quiet) == 5
    for silence in quiet:
        middle = range(
            int((silence.start_seconds + 0.03) * speech.sample_rate_hz),
            int((silence.end_seconds - 0.03) * speech.sample_rate_hz),
        )
        assert max(abs(samples[n + 1] - samples[n]) for n in middle) < 400


def test_a_sentence_sounds_the_same_wherever_it_stands(flite: FliteEngine, speak: Speak) -> None:
    alone = samples_of(speak(flite, "This is good.", name="alone.wav"))
    second = samples_of(speak(flite, "Sit here. This is good.", name="second.wav"))
    assert second[-len(alone) :] == alone


def test_progress_grows_with_each_sentence(flite: FliteEngine, tmp_path: Path) -> None:
    seen: list[tuple[float, float]] = []
    request = SpeechRequest("One. Two three. Four!", tmp_path / "speech.wav")
    flite.speak(request, lambda done, total, message=None: seen.append((done, total)))
    assert seen == [(4, 19), (14, 19), (19, 19)]


def test_fifty_thousand_characters_are_spoken(flite: FliteEngine, speak: Speak) -> None:
    text = ("The weather is very nice today, so we are going to the park. " * 820)[:50_000]
    speech = speak(flite, text, "kal16")
    assert len(speech.words) == len(text.split())
    assert speech.duration_seconds > 2000


def test_the_samples_of_the_file_are_those_of_the_times(flite: FliteEngine, speak: Speak) -> None:
    speech = speak(flite, "Good morning. It is late.")
    for word in speech.words:
        start, end = (int(edge * speech.sample_rate_hz) for edge in (word.start_seconds, word.end_seconds))
        assert max(map(abs, samples_of(speech)[start:end])) > 1000
    pauses = [
        (before.end_seconds, after.start_seconds)
        for before, after in itertools.pairwise(speech.words)
        if after.start_seconds - before.end_seconds > 0.2
    ]
    assert len(pauses) == 1


def test_without_its_library_it_is_not_ready_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, speak: Speak
) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    readiness = FliteEngine().readiness()
    assert not readiness.ready
    assert readiness.remedy == "apt-get install flite"
    with pytest.raises(EngineNotReady) as refusal:
        speak(FliteEngine(), "Hello.")
    assert refusal.value.hint == "apt-get install flite"
