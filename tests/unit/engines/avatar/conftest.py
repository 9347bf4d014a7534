"""The bundled portrait, sounds made by code, and a way to render frames of them."""

from __future__ import annotations

import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from soundstage.engines.avatar.animator import Animator, open_portrait
from soundstage.engines.avatar.geometry import Picture
from soundstage.engines.contract import AvatarRequest, Phoneme

RATE_HZ = 16_000
PORTRAIT = Path(__file__).parents[4] / "examples" / "portrait.jpg"
MAMA = [(0.0, 0.2, ""), *[(0.2 + 0.4 * i, 0.4 + 0.4 * i, "m") for i in range(4)]]
MAMA += [(0.4 + 0.4 * i, 0.6 + 0.4 * i, "ɑ") for i in range(4)]


def write_wav(path: Path, samples: NDArray[Any]) -> Path:
    with wave.open(str(path), "wb") as audio:
        audio.setparams((1, 2, RATE_HZ, 0, "NONE", "not compressed"))
        audio.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def syllables(seconds: float = 1.8) -> NDArray[Any]:
    """A hum of 150 Hz with its second harmonics, loud where MAMA has a vowel, soft where it has an m."""
    times = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    loudness = np.zeros_like(times)
    for start, end, symbol in MAMA:
        loudness[(times >= start) & (times < end)] = {"": 0.0, "m": 0.12, "ɑ": 0.6}[symbol]
    return loudness * (0.7 * np.sin(2 * np.pi * 150 * times) + 0.3 * np.sin(2 * np.pi * 900 * times))


@pytest.fixture(scope="session")
def portrait_path() -> Path:
    return PORTRAIT


@pytest.fixture(scope="session")
def portrait() -> Picture:
    return open_portrait(PORTRAIT)


@pytest.fixture
def mama_phonemes() -> list[Phoneme]:
    return [Phoneme(symbol, start, end) for start, end, symbol in sorted(MAMA)]


@pytest.fixture
def mama_wav(tmp_path: Path) -> Path:
    return write_wav(tmp_path / "mama.wav", syllables())


@pytest.fixture
def silent_wav(tmp_path: Path) -> Path:
    return write_wav(tmp_path / "silence.wav", np.zeros(20 * RATE_HZ))


@pytest.fixture
def request_for(tmp_path: Path, portrait_path: Path) -> Callable[..., AvatarRequest]:
    """A request of 256 x 256 at 25 frames a second; what is named replaces the usual."""

    def build(audio_path: Path, **changes: Any) -> AvatarRequest:
        usual: dict[str, Any] = {
            "portrait_path": portrait_path,
            "video_path": tmp_path / "clip.mp4",
            "width": 256,
            "height": 256,
            "fps": 25,
            "first_frame": 0,
            "end_frame": 45,
        }
        return AvatarRequest(audio_path=audio_path, **{**usual, **changes})

    return build


@pytest.fixture
def render() -> Callable[..., list[Picture]]:
    """The frames of a request, by number."""

    def frames(request: AvatarRequest, numbers: Sequence[int]) -> list[Picture]:
        animator = Animator(request)
        return [animator.frame(number).copy() for number in numbers]

    return frames


@pytest.fixture
def darkness() -> Callable[[Animator, int], float]:
    """How much of the region of the mouth is as dark as the inside of one, in frame `number`."""

    def measure(animator: Animator, number: int) -> float:
        face = animator.face
        u, v = face.mouth_at
        x, y = face.pixel(u, v + 0.12)
        reach = 0.3 * face.unit
        region = animator.frame(number)[round(y - reach) : round(y + reach), round(x - reach) : round(x + reach)]
        return float((region.max(axis=2) < 90).mean())

    return measure
