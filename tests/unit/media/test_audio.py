"""WAV in and out, joining, and the figures measured in sound."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from soundstage.core.errors import BadMedia
from soundstage.media import audio

RATE_HZ = 8000


def sine(seconds: float, amplitude: float = 0.5, frequency_hz: float = 440) -> NDArray[np.float64]:
    return np.asarray(amplitude * np.sin(2 * np.pi * frequency_hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    samples = np.array([0, 1, -1, 32767, -32768], dtype=np.int16)
    audio.write_wav(tmp_path / "x.wav", samples, RATE_HZ)
    read, rate_hz = audio.read_wav(tmp_path / "x.wav")
    assert (list(read), rate_hz) == (list(samples), RATE_HZ)


def test_floats_beyond_the_range_are_clipped(tmp_path: Path) -> None:
    audio.write_wav(tmp_path / "x.wav", np.array([2.0, -2.0, 0.5]), RATE_HZ)
    assert list(audio.read_wav(tmp_path / "x.wav")[0]) == [32767, -32767, 16384]


def test_any_sound_becomes_mono_at_the_wanted_rate(video: Path, tmp_path: Path) -> None:
    reports: list[tuple[float, float]] = []
    info = audio.to_wav(video, tmp_path / "x.wav", 16000, lambda done, total: reports.append((done, total)))
    assert info.rate_hz == 16000
    assert info.duration_seconds == pytest.approx(1.0, abs=0.05)
    assert audio.wav_info(tmp_path / "x.wav") == info
    assert reports


def test_the_same_input_gives_the_same_bytes(tone: Path, tmp_path: Path) -> None:
    for name in ("a.wav", "b.wav"):
        audio.to_wav(tone, tmp_path / name, 16000)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_a_video_without_sound_is_refused_with_no_file_left(tmp_path: Path, silent_video: Path) -> None:
    with pytest.raises(BadMedia, match="holds no sound"):
        audio.to_wav(silent_video, tmp_path / "x.wav", 16000)
    assert list(tmp_path.iterdir()) == []


def test_joined_sounds_stand_one_after_the_other_with_pauses(tmp_path: Path) -> None:
    for name, value in (("a.wav", 1000), ("b.wav", 2000)):
        audio.write_wav(tmp_path / name, np.full(RATE_HZ, value, dtype=np.int16), RATE_HZ)
    out = tmp_path / "out.wav"
    assert audio.join_wavs([tmp_path / "a.wav", tmp_path / "b.wav"], out, [0.5]) == [0.0, 1.5]
    samples, _ = audio.read_wav(out)
    assert list(samples[[RATE_HZ // 2, 5 * RATE_HZ // 4, 2 * RATE_HZ]]) == [1000, 0, 2000]
    assert len(samples) == 5 * RATE_HZ // 2


@pytest.mark.parametrize("pause_seconds", [0.0, 0.5])
def test_a_sound_that_begins_and_ends_loud_is_joined_without_a_click(tmp_path: Path, pause_seconds: float) -> None:
    seconds = 1.2 * audio.COPY_SAMPLES / RATE_HZ
    audio.write_wav(tmp_path / "a.wav", np.full(round(seconds * RATE_HZ), 10_000, dtype=np.int16), RATE_HZ)
    audio.join_wavs([tmp_path / "a.wav"] * 3, tmp_path / "out.wav", [pause_seconds] * 2)
    samples, _ = audio.read_wav(tmp_path / "out.wav")
    assert np.abs(np.diff(np.concatenate([[0], samples, [0]]))).max() <= 1.1 * 10_000 / (audio.FADE_SECONDS * RATE_HZ)
    assert (samples == 10_000).sum() > 3 * (seconds - 2.1 * audio.FADE_SECONDS) * RATE_HZ


def test_sounds_of_different_rates_are_not_joined(tmp_path: Path) -> None:
    for name, rate_hz in (("a.wav", 8000), ("b.wav", 16000)):
        audio.write_wav(tmp_path / name, sine(0.1), rate_hz)
    with pytest.raises(BadMedia, match=r"b\.wav has 16000"):
        audio.join_wavs([tmp_path / "a.wav", tmp_path / "b.wav"], tmp_path / "out.wav", [0.0])
    assert not (tmp_path / "out.wav").exists()


def test_nothing_to_join_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="no sound to join"):
        audio.join_wavs([], tmp_path / "out.wav", [])


def test_peak_and_rms_of_a_sine_are_those_of_the_formula(tmp_path: Path) -> None:
    audio.write_wav(tmp_path / "x.wav", sine(2), RATE_HZ)
    level = audio.level(tmp_path / "x.wav")
    assert level.peak_db == pytest.approx(20 * math.log10(0.5), abs=0.05)
    assert level.rms_db == pytest.approx(20 * math.log10(0.5 / math.sqrt(2)), abs=0.05)


def test_the_loudness_of_the_reference_tone_is_that_of_the_standard(tmp_path: Path) -> None:
    # BS.1770-4: a sine of 997 Hz at full scale in one front channel reads -3.01 LKFS.
    time = np.arange(5 * 48_000) / 48_000
    audio.write_wav(tmp_path / "x.wav", np.sin(2 * np.pi * 997 * time), 48_000)
    assert audio.level(tmp_path / "x.wav").loudness_lufs == pytest.approx(-3.01, abs=0.05)


def test_silence_between_words_does_not_lower_the_loudness(tmp_path: Path) -> None:
    audio.write_wav(tmp_path / "a.wav", sine(3), RATE_HZ)
    audio.write_wav(tmp_path / "b.wav", np.concatenate([sine(3), np.zeros(6 * RATE_HZ)]), RATE_HZ)
    loudness = [audio.level(tmp_path / name).loudness_lufs for name in ("a.wav", "b.wav")]
    assert loudness[1] == pytest.approx(loudness[0], abs=0.5)


def test_silence_has_the_lowest_level(tmp_path: Path) -> None:
    audio.write_wav(tmp_path / "x.wav", np.zeros(RATE_HZ), RATE_HZ)
    assert audio.level(tmp_path / "x.wav") == audio.Level(-120, -120, -120)


def test_the_envelope_has_one_value_for_each_frame_that_the_sound_needs(tmp_path: Path) -> None:
    audio.write_wav(tmp_path / "x.wav", np.concatenate([np.zeros(RATE_HZ), sine(1.01)]), RATE_HZ)
    values = audio.envelope(tmp_path / "x.wav", fps=25)
    assert len(values) == 51 == audio.frame_count(audio.wav_info(tmp_path / "x.wav"), 25)
    assert values[:25].max() == 0
    assert values[26:50] == pytest.approx(0.5 / math.sqrt(2), abs=0.02)


@pytest.mark.parametrize(("channels", "sample_bytes"), [(2, 2), (1, 1), (1, 3)])
def test_wav_that_is_not_16_bit_mono_is_refused(tmp_path: Path, channels: int, sample_bytes: int) -> None:
    with wave.open(str(tmp_path / "x.wav"), "wb") as writer:
        writer.setparams((channels, sample_bytes, RATE_HZ, 0, "NONE", ""))
        writer.writeframes(bytes(96))
    with pytest.raises(BadMedia, match="not 16-bit mono"):
        audio.read_wav(tmp_path / "x.wav")


def test_wav_that_promises_more_than_it_holds_is_refused(tmp_path: Path) -> None:
    audio.write_wav(tmp_path / "x.wav", sine(1), RATE_HZ)
    content = bytearray((tmp_path / "x.wav").read_bytes())
    content[40:44] = struct.pack("<I", 1 << 30)
    (tmp_path / "x.wav").write_bytes(content)
    with pytest.raises(BadMedia, match="ends before"):
        audio.level(tmp_path / "x.wav")


def test_a_file_that_is_no_wav_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_bytes(b"words")
    with pytest.raises(BadMedia, match=r"x\.wav is not WAV"):
        audio.wav_info(tmp_path / "x.wav")
