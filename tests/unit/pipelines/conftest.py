"""Small real inputs, made by code, and a store to run pipelines over."""

from __future__ import annotations

import array
import math
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from soundstage.testing.context import FakeStore
from soundstage.testing.engines import FakeAvatarEngine, FakeSpeechEngine, write_portrait

RATE_HZ = 8_000

MakeWav = Callable[[float, float], Path]


@pytest.fixture
def store(tmp_path: Path) -> FakeStore:
    return FakeStore(tmp_path / "store")


@pytest.fixture
def speech_engine() -> FakeSpeechEngine:
    return FakeSpeechEngine()


@pytest.fixture
def avatar_engine() -> FakeAvatarEngine:
    return FakeAvatarEngine()


@pytest.fixture
def portrait(tmp_path: Path, store: FakeStore) -> str:
    return store.add_file(write_portrait(tmp_path / "portrait.png"))


@pytest.fixture
def make_wav(tmp_path: Path) -> MakeWav:
    def make(seconds: float, amplitude: float = 0.4) -> Path:
        path = tmp_path / f"sound-{seconds}-{amplitude}.wav"
        step = 2 * math.pi * 220 / RATE_HZ
        tone = array.array(
            "h", (round(32_000 * amplitude * math.sin(step * n)) for n in range(round(seconds * RATE_HZ)))
        )
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(tone.tobytes())
        return path

    return make
