"""The draft engines, and how to let one speak."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from soundstage.engines.contract import Speech, SpeechEngine, SpeechRequest
from soundstage.engines.speech.espeak import EspeakEngine
from soundstage.engines.speech.flite import FliteEngine

Speak = Callable[..., Speech]


@pytest.fixture
def flite() -> FliteEngine:
    engine = FliteEngine()
    readiness = engine.readiness()
    if not readiness.ready and not os.environ.get("CI"):
        pytest.skip(f"{readiness.reason} {readiness.remedy}")
    return engine


@pytest.fixture
def espeak() -> EspeakEngine:
    return EspeakEngine()


@pytest.fixture
def speak(tmp_path: Path) -> Speak:
    """Let an engine say a text into a file named `name`."""

    def speak(engine: SpeechEngine, text: str, voice: str = "default", name: str = "speech.wav") -> Speech:
        return engine.speak(SpeechRequest(text, tmp_path / name, voice), lambda done, total, message=None: None)

    return speak
