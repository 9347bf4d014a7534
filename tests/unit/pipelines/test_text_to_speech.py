"""Text to speech from end to end: tones for words, real files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from soundstage.core.errors import EngineNotReady, NothingToSay, Released, UnknownEngine, UnknownVoice
from soundstage.core.progress import clamped_fraction
from soundstage.engines.contract import Readiness, Report, Speech, SpeechRequest, Voice
from soundstage.media.audio import read_wav, wav_info, write_wav
from soundstage.media.probe import probe
from soundstage.media.subtitles import parse_webvtt
from soundstage.pipelines.stages.script import CHUNK_CHARACTERS, split
from soundstage.pipelines.stages.timing import Timing
from soundstage.pipelines.text_to_speech import Params, text_to_speech
from soundstage.testing.context import FakeOutput, FakeStore, StopAfter, run_pipeline
from soundstage.testing.engines import TONE_HZ, TONE_SECONDS, WORD_SECONDS, FakeSpeechEngine

SENTENCE = "The quick brown fox jumps over the lazy dog. "
WORDS_A_SENTENCE = 9
LONG_TEXT = " ".join(f"Number {n}: quick brown foxes jump over dogs." for n in range(40))
WORDS = len(LONG_TEXT.split())
ADDED_SECONDS = 0.3 - (WORD_SECONDS - TONE_SECONDS)
"""The fake voice is silent at the end of each word: that is part of the pause between two sentences."""


class Crash(BaseException):
    """Stands for kill -9."""


class EnglishOnly(FakeSpeechEngine):
    """Can say nothing of a text without a Latin letter."""

    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        if not any(c.isascii() and c.isalpha() for c in request.text):
            raise NothingToSay("There is no English word in it.")
        return super().speak(request, report)


class Breathing(FakeSpeechEngine):
    """Is silent for so long before the first word and after the last one."""

    def __init__(self, silence_seconds: float) -> None:
        super().__init__()
        self._silence_seconds = silence_seconds

    def speak(self, request: SpeechRequest, report: Report) -> Speech:
        speech = super().speak(request, report)
        samples, rate_hz = read_wav(speech.audio_path)
        sounding = samples[: round(speech.words[-1].end_seconds * rate_hz)]
        silence = round(self._silence_seconds * rate_hz)
        write_wav(speech.audio_path, np.pad(sounding, silence), rate_hz)
        timing = Timing(speech.words, speech.phonemes).shifted(self._silence_seconds)
        return replace(speech, words=timing.words, phonemes=timing.phonemes)


class WithGong(FakeSpeechEngine):
    """Has one voice more."""

    def voices(self) -> Sequence[Voice]:
        return (*super().voices(), Voice("gong", "zh", "Gong"))


def run(store: FakeStore, speaker: FakeSpeechEngine, stop_after: StopAfter | None = None, **params: Any) -> FakeOutput:
    return run_pipeline(text_to_speech, params, store, engines=[speaker], stop_after=stop_after)["UPLOADING"][0]


def test_a_text_becomes_audio_subtitles_and_word_times(store: FakeStore, speech_engine: FakeSpeechEngine) -> None:
    output = run(store, speech_engine, text="Hello world.\n\nHow are you today?")
    assert set(output.files) == {"speech.wav", "subtitles.vtt", "words.json"}
    assert wav_info(output.file("speech.wav")).duration_seconds == pytest.approx(6 * WORD_SECONDS)
    cues = parse_webvtt(output.file("subtitles.vtt").read_text(encoding="utf-8"))
    assert " ".join(cue.text for cue in cues) == "Hello world. How are you today?"
    timing = json.loads(output.file("words.json").read_text(encoding="utf-8"))
    assert [word["text"] for word in timing["words"]] == ["Hello", "world.", "How", "are", "you", "today?"]
    assert (output.values["engine"], output.values["words"], output.values["format"]) == ("fake_speech", 6, "wav")


@pytest.mark.parametrize(
    ("audio_format", "codec"), [("mp3", "mp3"), ("m4a", "aac"), ("aac", "aac"), ("opus", "opus"), ("flac", "flac")]
)
def test_the_audio_is_encoded_as_asked_for(
    store: FakeStore, speech_engine: FakeSpeechEngine, audio_format: str, codec: str
) -> None:
    output = run(store, speech_engine, text=SENTENCE, format=audio_format)
    info = probe(output.file(f"speech.{audio_format}"))
    assert info.kind == "audio"
    assert info.audio is not None
    assert info.audio.codec == codec
    assert info.duration_seconds == pytest.approx(WORDS_A_SENTENCE * WORD_SECONDS, abs=0.15)


def test_bare_samples_are_16_bit_at_24_kilohertz(store: FakeStore, speech_engine: FakeSpeechEngine) -> None:
    samples = run(store, speech_engine, text=SENTENCE, format="pcm").file("speech.pcm").read_bytes()
    assert len(samples) / (2 * 24_000) == pytest.approx(WORDS_A_SENTENCE * WORD_SECONDS, abs=0.01)
    sound = np.frombuffer(samples, dtype="<i2")
    assert 11_000 < sound.max() < 13_000


@pytest.mark.parametrize("rate", [0.25, 4.0])
def test_a_rate_beyond_that_of_the_voices_is_reached_at_the_same_pitch(
    store: FakeStore, speech_engine: FakeSpeechEngine, rate: float
) -> None:
    output = run(store, speech_engine, text=SENTENCE, rate=rate)
    samples, rate_hz = read_wav(output.file("speech.wav"))
    seconds = len(samples) / rate_hz
    assert seconds == pytest.approx(WORDS_A_SENTENCE * WORD_SECONDS / rate, rel=0.05)
    words = json.loads(output.file("words.json").read_text(encoding="utf-8"))["words"]
    assert words[-1]["end_seconds"] == pytest.approx(seconds, rel=0.02)
    assert words[-1]["end_seconds"] <= seconds
    loudest_hz = np.abs(np.fft.rfft(samples)).argmax() / seconds
    assert loudest_hz == pytest.approx(TONE_HZ, rel=0.03)


def test_long_text_is_spoken_in_chunks_and_the_words_are_shifted_to_their_place(
    store: FakeStore, speech_engine: FakeSpeechEngine
) -> None:
    output = run(store, speech_engine, text=LONG_TEXT)
    assert len(speech_engine.spoken) == 4
    assert all(len(chunk) <= CHUNK_CHARACTERS for chunk in speech_engine.spoken)
    assert " ".join(speech_engine.spoken) == LONG_TEXT
    timing = json.loads(output.file("words.json").read_text(encoding="utf-8"))
    starts = [word["start_seconds"] for word in timing["words"]]
    assert len(starts) == WORDS
    assert starts == sorted(starts)
    words_in_first = len(speech_engine.spoken[0].split())
    assert starts[words_in_first] == pytest.approx(words_in_first * WORD_SECONDS + ADDED_SECONDS, abs=0.001)
    seconds = wav_info(output.file("speech.wav")).duration_seconds
    assert seconds == pytest.approx(len(starts) * WORD_SECONDS + 3 * ADDED_SECONDS, abs=0.001)
    assert timing["phonemes"][-1]["end_seconds"] <= seconds
    assert output.values["duration_seconds"] == pytest.approx(seconds, abs=0.001)


@pytest.mark.parametrize(("between", "pause_seconds"), [(" ", 0.3), ("\n\n", 0.6)], ids=["sentences", "paragraphs"])
@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("silence_seconds", [0.0, 0.04, 0.2])
def test_between_chunks_there_is_the_pause_of_a_reader_whatever_silence_the_voice_leaves(
    store: FakeStore, between: str, pause_seconds: float, rate: float, silence_seconds: float
) -> None:
    chunk = (SENTENCE * 13).strip()
    output = run(store, Breathing(silence_seconds), text=between.join([chunk] * 3), rate=rate)
    timing = json.loads(output.file("words.json").read_text(encoding="utf-8"))
    samples, rate_hz = read_wav(output.file("speech.wav"))
    for sounds in (timing["words"], timing["phonemes"]):
        edges = [(before["end_seconds"], after["start_seconds"]) for before, after in pairwise(sounds)]
        for end, start in edges[13 * WORDS_A_SENTENCE - 1 :: 13 * WORDS_A_SENTENCE]:
            assert start - end == pytest.approx(max(pause_seconds / rate, 2 * silence_seconds), abs=0.001)
            assert not samples[round(end * rate_hz) : round(start * rate_hz)].any()
            assert samples[round(start * rate_hz) :][: rate_hz // 100].any()


@pytest.mark.parametrize("reports", [1, 107, 108, 250, 320])
def test_after_a_crash_finished_chunks_are_not_spoken_again(store: FakeStore, reports: int) -> None:
    before, after = FakeSpeechEngine(), FakeSpeechEngine()
    with pytest.raises(Crash):
        run(store, before, StopAfter(reports, Crash), text=LONG_TEXT)
    output = run(store, after, text=LONG_TEXT)
    assert before.spoken[:-1] + after.spoken == [chunk.text for chunk in split(LONG_TEXT)]
    assert output.values["words"] == WORDS


def test_a_failing_chunk_is_tried_again_alone(store: FakeStore) -> None:
    engine = FakeSpeechEngine(failures=1)
    with pytest.raises(OSError, match="told to fail"):
        run(store, engine, text=LONG_TEXT)
    run(store, engine, text=LONG_TEXT)
    assert len(engine.spoken) == 5
    assert engine.spoken[0] == engine.spoken[1]


def test_progress_is_by_characters_and_never_falls(store: FakeStore, speech_engine: FakeSpeechEngine) -> None:
    run(store, speech_engine, text=LONG_TEXT, format="mp3")
    spoken = [r for r in store.reports if r.stage == "GENERATION"]
    assert len(spoken) == WORDS
    assert clamped_fraction(spoken[-1].done, spoken[-1].total) == 1.0
    assert spoken[-1].total == sum(len(chunk) for chunk in speech_engine.spoken)
    assert store.percentages == sorted(store.percentages)
    assert (store.percentages[0], store.percentages[-1]) == (10, 99)
    assert spoken[0].message == "Chunk 1 of 4"


def test_a_paused_job_goes_on_where_it_stopped(store: FakeStore, speech_engine: FakeSpeechEngine) -> None:
    with pytest.raises(Released):
        run(store, speech_engine, StopAfter(200, Released), text=LONG_TEXT)
    run(store, speech_engine, text=LONG_TEXT)
    assert len(speech_engine.spoken) == 5


def test_the_engine_that_was_chosen_first_speaks_all_chunks(store: FakeStore) -> None:
    first, second = FakeSpeechEngine("first"), FakeSpeechEngine("second")
    with pytest.raises(Crash):
        run_pipeline(text_to_speech, {"text": LONG_TEXT}, store, engines=[first], stop_after=StopAfter(200, Crash))
    run_pipeline(text_to_speech, {"text": LONG_TEXT}, store, engines=[second, first])
    assert second.spoken == []


def test_a_retry_with_another_engine_uses_it(store: FakeStore) -> None:
    engines = [FakeSpeechEngine("first"), FakeSpeechEngine("second")]
    run_pipeline(text_to_speech, {"text": "Hello"}, store, engines=engines)
    store.retry_from(text_to_speech, "GENERATION")
    run_pipeline(text_to_speech, {"text": "Hello", "engine": "second"}, store, engines=engines)
    assert [engine.spoken for engine in engines] == [["Hello"], ["Hello"]]


def test_voice_and_rate_reach_the_engine(store: FakeStore, speech_engine: FakeSpeechEngine) -> None:
    output = run(store, speech_engine, text=SENTENCE, voice="bell", rate=2.0)
    assert output.values["duration_seconds"] == pytest.approx(WORDS_A_SENTENCE * WORD_SECONDS / 2)


@pytest.mark.parametrize("text", ["😀🎬", " \n ", "...", "\x00\x07"])
def test_text_with_nothing_to_say_fails_the_first_stage(
    store: FakeStore, speech_engine: FakeSpeechEngine, text: str
) -> None:
    with pytest.raises(NothingToSay):
        run(store, speech_engine, text=text)
    assert store.outputs == {}


def test_an_unknown_voice_is_refused_before_speaking_and_near_ones_are_named(
    store: FakeStore, speech_engine: FakeSpeechEngine
) -> None:
    with pytest.raises(UnknownVoice, match="tone"):
        run(store, speech_engine, text="Hello", voice="tones")
    assert store.outputs == {}


@pytest.mark.parametrize(
    ("engine", "voice", "speaks"),
    [("auto", "default", "first"), ("auto", "bell", "first"), ("auto", "gong", "second"), ("second", "bell", "second")],
)
def test_the_best_engine_that_has_the_voice_speaks(store: FakeStore, engine: str, voice: str, speaks: str) -> None:
    away = WithGong("away", readiness=Readiness(ready=False, reason="It is not installed."))
    engines = [away, FakeSpeechEngine("first"), WithGong("second")]
    params = {"text": "Hello", "engine": engine, "voice": voice}
    output = run_pipeline(text_to_speech, params, store, engines=engines)["UPLOADING"][0]
    assert output.values["engine"] == speaks
    assert [e.spec.kind for e in engines if e.spoken] == [speaks]


@pytest.mark.parametrize(
    ("engine", "voice", "near"), [("auto", "gongs", "default, gong"), ("first", "gong", "default, tone, bell")]
)
def test_a_voice_that_is_not_there_is_refused_and_where_to_look_is_named(
    store: FakeStore, engine: str, voice: str, near: str
) -> None:
    engines = [FakeSpeechEngine("first"), WithGong("second")]
    with pytest.raises(UnknownVoice, match=f"'{voice}' .* Near to it: {near}.") as refusal:
        run_pipeline(text_to_speech, {"text": "Hello", "voice": voice, "engine": engine}, store, engines=engines)
    assert "soundstage voices" in refusal.value.hint
    assert store.outputs == {}


def test_an_engine_that_is_unknown_or_away_is_refused_before_speaking(store: FakeStore) -> None:
    away = FakeSpeechEngine("away", readiness=Readiness(ready=False, reason="It is not installed."))
    with pytest.raises(UnknownEngine):
        run(store, away, text="Hello", engine="other")
    with pytest.raises(EngineNotReady, match="not installed"):
        run(store, away, text="Hello")
    with pytest.raises(EngineNotReady, match="not installed"):
        run(store, away, text="Hello", voice="tone")
    assert store.outputs == {}


def test_a_chunk_that_the_voice_cannot_say_is_left_out_and_logged(store: FakeStore) -> None:
    text = f"{SENTENCE * 13}\n\n{'今天天气很好。' * 80}\n\n{SENTENCE * 13}"
    output = run(store, EnglishOnly(), text=text)
    assert output.values["words"] == 26 * WORDS_A_SENTENCE
    assert any("Chunk 2 was left out" in line for _, line in store.logs)


def test_text_of_which_no_chunk_can_be_said_fails(store: FakeStore) -> None:
    with pytest.raises(NothingToSay, match="language"):
        run(store, EnglishOnly(), text="今天天气很好。")
    assert "GENERATION" not in store.outputs


def test_fifty_thousand_characters_are_spoken(store: FakeStore, speech_engine: FakeSpeechEngine) -> None:
    text = (SENTENCE * 1200)[:50_000].strip()
    output = run(store, speech_engine, text=text)
    assert output.values["words"] == len(text.split())
    assert max(len(chunk) for chunk in speech_engine.spoken) <= CHUNK_CHARACTERS


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "a" * 50_001},
        {"rate": 0.24},
        {"rate": 4.1},
        {"format": "exe"},
        {"voice": ""},
        {"speed": 1},
    ],
)
def test_parameters_out_of_bounds_are_refused_at_the_door(wrong: dict[str, Any]) -> None:
    Params.model_validate({"text": "a" * 50_000})
    with pytest.raises(ValidationError):
        Params.model_validate({"text": "Hello", **wrong})


def test_markup_in_the_text_stays_text_in_the_subtitles(store: FakeStore, speech_engine: FakeSpeechEngine) -> None:
    output = run(store, speech_engine, text="Tom <b>and</b> Jerry --> run & hide")
    written = output.file("subtitles.vtt").read_text(encoding="utf-8")
    assert "<b>" not in written
    assert parse_webvtt(written)[0].text.replace("\n", " ").startswith("Tom <b>and</b> Jerry")
