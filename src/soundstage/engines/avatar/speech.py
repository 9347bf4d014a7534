"""From sounds to the movement of the mouth: visemes blended over time, scaled by loudness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from soundstage.engines.avatar.geometry import Field, ramp
from soundstage.engines.avatar.sound import RATE_HZ, Sound
from soundstage.engines.avatar.visemes import REST, visemes_of
from soundstage.engines.contract import Phoneme

BLEND_SECONDS = 0.030
"""Neighbouring sounds shape each other over this time (standard deviation of a Gaussian)."""

EMPHASIS_SECONDS = 0.22
SETTLE_SECONDS = 0.2
REST_COLUMN = 5
LEAD_SECONDS = 0.02
"""Lips are ahead of the sound that they make."""

QUIET = 0.06
HISS_HZ = (2600.0, 4200.0)
SPREAD_HZ = (600.0, 2200.0)


@dataclass(frozen=True, slots=True)
class MouthPose:
    """The mouth in one moment. Fields as in `Viseme`."""

    jaw: float
    lips: float
    width: float
    narrow: float
    press: float
    rest: float


class SpeechTrack:
    """The pose of the mouth, and how emphatic the speech is, at any time of a clip."""

    def __init__(self, sound: Sound, phonemes: Sequence[Phoneme]) -> None:
        self._poses = _spoken(sound, phonemes) if phonemes else _heard(sound)
        self._emphasis = _blended(sound.loudness[:, None], EMPHASIS_SECONDS)[:, 0]
        self._times = np.arange(len(self._poses)) / RATE_HZ

    def emphasis(self, seconds: float) -> float:
        """How loud the speech is around this time, from 0 to 1."""
        return float(np.interp(seconds, self._times, self._emphasis))

    def mouth(self, seconds: float) -> MouthPose:
        return MouthPose(*(float(np.interp(seconds + LEAD_SECONDS, self._times, row)) for row in self._poses.T))


def _spoken(sound: Sound, phonemes: Sequence[Phoneme]) -> Field:
    steps = len(sound.loudness)
    targets = np.tile(np.array(astuple(REST), dtype=np.float32), (steps, 1))
    for phoneme in phonemes:
        visemes = visemes_of(phoneme.symbol)
        edges = np.linspace(phoneme.start_seconds, phoneme.end_seconds, len(visemes) + 1)
        for viseme, start, end in zip(visemes, edges[:-1], edges[1:], strict=True):
            targets[round(start * RATE_HZ) : max(round(end * RATE_HZ), round(start * RATE_HZ) + 1)] = astuple(viseme)
    weights = targets[:, 5:6].copy()
    kept = _blended(np.delete(targets, 5, axis=1) * weights) / _blended(weights)
    kept[:, REST_COLUMN] = _settled(kept[:, REST_COLUMN])
    opening = 0.55 + 0.42 * _blended(sound.loudness[:, None])
    kept[:, :2] = np.maximum(kept[:, :2] * 1.1 - 0.06, 0.0) * opening
    return np.asarray(kept, dtype=np.float32)


def _heard(sound: Sound) -> Field:
    loud, hertz = sound.loudness, sound.brightness_hz
    speaking = ramp(loud, QUIET, 3 * QUIET)
    hiss = ramp(hertz, *HISS_HZ)
    spread = ramp(hertz, *SPREAD_HZ)
    jaw = 0.8 * loud * (1.0 - 0.8 * hiss)
    lips = speaking * (0.35 + 0.4 * hiss + 0.25 * loud)
    width = speaking * (1.1 * spread - 0.6) * (1.0 - hiss)
    narrow = speaking * (1.0 - spread) * 0.7
    rest = _settled(1.0 - speaking)
    poses = np.stack([jaw * speaking, lips, width, narrow, np.zeros_like(loud), rest], axis=1)
    return _blended(poses)


def _settled(rest: Field) -> Field:
    """The face returns to its own expression in a long pause, not between two words."""
    return np.minimum(rest, ramp(_blended(rest[:, None], SETTLE_SECONDS)[:, 0], 0.45, 0.9))


def _blended(columns: Field, seconds: float = BLEND_SECONDS) -> Field:
    reach = round(3 * seconds * RATE_HZ)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (seconds * RATE_HZ)) ** 2)
    padded = np.pad(columns, ((reach, reach), (0, 0)), mode="edge")
    smooth = [np.convolve(column, kernel / kernel.sum(), mode="valid") for column in padded.T]
    return np.asarray(np.stack(smooth, axis=1), dtype=np.float32)
