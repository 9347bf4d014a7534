"""Our speech engines hold the contract of all speech engines."""

from __future__ import annotations

from soundstage.engines.speech.espeak import EspeakEngine
from soundstage.engines.speech.flite import FliteEngine
from soundstage.testing.engine_contracts import SpeechEngineContract


class TestFlite(SpeechEngineContract):
    def make_engine(self) -> FliteEngine:
        return FliteEngine()


class TestFlitesDiphoneVoice(SpeechEngineContract):
    spoken_voice = "kal16"

    def make_engine(self) -> FliteEngine:
        return FliteEngine()


class TestEspeak(SpeechEngineContract):
    def make_engine(self) -> EspeakEngine:
        return EspeakEngine()
