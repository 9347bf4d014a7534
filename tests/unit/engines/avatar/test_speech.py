"""From sounds to the movement of the mouth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from soundstage.core.errors import BadMedia
from soundstage.engines.avatar.sound import RATE_HZ, Sound, hear
from soundstage.engines.avatar.speech import SpeechTrack
from soundstage.engines.contract import Phoneme


@pytest.fixture
def loud_for_two_seconds() -> Sound:
    return Sound(np.ones(2 * RATE_HZ, dtype=np.float32), np.full(2 * RATE_HZ, 900.0, dtype=np.float32))


def test_the_sound_of_a_syllable_is_louder_than_the_hum_before_it(mama_wav: Path) -> None:
    sound = hear(mama_wav)
    assert len(sound.loudness) == 1.8 * RATE_HZ
    assert sound.loudness[50] > 0.9 > 0.4 > sound.loudness[30] > 0.05 > sound.loudness[5]


def test_a_hiss_is_brighter_than_a_hum(tmp_path: Path, mama_wav: Path) -> None:
    noise = np.diff(np.random.default_rng(1).normal(0, 0.2, RATE_HZ * 160))
    import wave

    with wave.open(str(tmp_path / "hiss.wav"), "wb") as audio:
        audio.setparams((1, 2, 16_000, 0, "NONE", "not compressed"))
        audio.writeframes((np.clip(noise, -1, 1) * 32767).astype("<i2").tobytes())
    assert hear(tmp_path / "hiss.wav").brightness_hz[50] > 4000 > 1000 > hear(mama_wav).brightness_hz[50]


def test_a_file_that_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.wav").write_text("I am not a sound.")
    with pytest.raises(BadMedia):
        hear(tmp_path / "letter.wav")


def test_lips_close_even_for_a_short_b_between_open_vowels(loud_for_two_seconds: Sound) -> None:
    track = SpeechTrack(loud_for_two_seconds, [Phoneme("ɑ", 0, 1), Phoneme("b", 1, 1.06), Phoneme("ɑ", 1.06, 2)])
    assert track.mouth(0.5).jaw > 0.8
    assert track.mouth(1.01).jaw + track.mouth(1.01).lips < 0.15


def test_lips_are_rounded_ahead_of_a_u(loud_for_two_seconds: Sound) -> None:
    track = SpeechTrack(loud_for_two_seconds, [Phoneme("t", 0, 1), Phoneme("u", 1, 2)])
    assert track.mouth(0.4).width > 0 > track.mouth(0.98).width > track.mouth(1.5).width


def test_a_loud_vowel_opens_wider_than_a_soft_one() -> None:
    loudness = np.repeat(np.array([0.2, 1.0], dtype=np.float32), RATE_HZ)
    sound = Sound(loudness, np.zeros_like(loudness))
    track = SpeechTrack(sound, [Phoneme("ɑ", 0, 2)])
    assert track.mouth(1.5).jaw > 1.3 * track.mouth(0.5).jaw


def test_without_phonemes_the_mouth_follows_the_loudness(mama_wav: Path) -> None:
    track = SpeechTrack(hear(mama_wav), [])
    assert track.mouth(0.05).rest > 0.6 > 0.1 > track.mouth(1.0).rest
    assert track.mouth(0.48).jaw > 0.6 > 0.3 > track.mouth(0.28).jaw


def test_without_phonemes_a_bright_vowel_is_spread_and_a_dark_one_pursed() -> None:
    hertz = np.repeat(np.array([2000.0, 500.0], dtype=np.float32), RATE_HZ)
    track = SpeechTrack(Sound(np.ones_like(hertz), hertz), [])
    assert track.mouth(0.5).width > 0.3 > -0.3 > track.mouth(1.5).width


def test_phonemes_that_end_after_the_sound_do_no_harm(loud_for_two_seconds: Sound) -> None:
    track = SpeechTrack(loud_for_two_seconds, [Phoneme("ɑ", 1.5, 9.0), Phoneme("m", 9.0, 9.5)])
    assert track.mouth(5.0).jaw > 0.5


def test_the_face_settles_in_a_long_pause_but_not_between_two_words(loud_for_two_seconds: Sound) -> None:
    words = [Phoneme("ɑ", 0, 0.3), Phoneme("", 0.3, 0.45), Phoneme("ɑ", 0.45, 0.8), Phoneme("", 0.8, 2)]
    track = SpeechTrack(loud_for_two_seconds, words)
    assert track.mouth(0.36).rest < 0.1
    assert track.mouth(1.6).rest > 0.9
