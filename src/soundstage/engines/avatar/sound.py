"""What the mouth needs of the sound: how loud each moment is, and how bright."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soundstage.core.errors import BadMedia
from soundstage.engines.avatar.geometry import Field
from soundstage.media.audio import read_wav

RATE_HZ = 100
"""The sound is looked at in steps of 10 ms, whatever the frame rate."""

WINDOW_SECONDS = 0.03
LOUD_PERCENTILE = 92
SILENCE = 0.003
"""RMS of the loud parts, against full scale, below which a clip counts as silent."""

STEPS_A_BLOCK = 2000


@dataclass(frozen=True, slots=True)
class Sound:
    """`loudness` (0 to 1, against the loud parts of the clip) and `brightness_hz` (spectral centroid) at RATE_HZ."""

    loudness: Field
    brightness_hz: Field


def hear(audio_path: Path) -> Sound:
    """Listen to a 16-bit mono WAV. Raises BadMedia."""
    samples, rate_hz = read_wav(audio_path)
    if not len(samples):
        raise BadMedia(f"{audio_path.name} holds no sound.")
    loudness, brightness_hz = _measured(samples, rate_hz)
    loudest = max(float(np.percentile(loudness, LOUD_PERCENTILE)), SILENCE)
    return Sound(np.clip(loudness / loudest, 0.0, 1.0), brightness_hz)


def _measured(samples: NDArray[Any], rate_hz: int) -> tuple[Field, Field]:
    size = max(16, round(rate_hz * WINDOW_SECONDS))
    starts = np.arange(0, len(samples), rate_hz / RATE_HZ).astype(np.intp)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(samples, (size // 2, size)), size)
    blocks = [
        _measure(windows[starts[at : at + STEPS_A_BLOCK]], rate_hz) for at in range(0, len(starts), STEPS_A_BLOCK)
    ]
    return np.concatenate([loud for loud, _ in blocks]), np.concatenate([bright for _, bright in blocks])


def _measure(windows: NDArray[Any], rate_hz: int) -> tuple[Field, Field]:
    shaped = windows.astype(np.float32) / 32768 * np.hanning(windows.shape[1]).astype(np.float32)
    loudness = np.sqrt(np.square(shaped).mean(axis=1))
    power = np.square(np.abs(np.fft.rfft(shaped, axis=1)))
    hertz = np.fft.rfftfreq(windows.shape[1], 1 / rate_hz)
    centroid = power @ hertz / (power.sum(axis=1) + 1e-9)
    return loudness.astype(np.float32), centroid.astype(np.float32)
