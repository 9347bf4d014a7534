"""The fakes of the test kit keep to the same contracts as real engines."""

from __future__ import annotations

from pathlib import Path

from soundstage.testing.engine_contracts import AvatarEngineContract, SpeechEngineContract
from soundstage.testing.engines import FakeAvatarEngine, FakeSpeechEngine, write_portrait


class TestFakeSpeech(SpeechEngineContract):
    def make_engine(self) -> FakeSpeechEngine:
        return FakeSpeechEngine()


class TestFakeAvatar(AvatarEngineContract):
    def make_engine(self) -> FakeAvatarEngine:
        return FakeAvatarEngine()

    def portrait(self, folder: Path) -> Path:
        return write_portrait(folder / "portrait.png")
