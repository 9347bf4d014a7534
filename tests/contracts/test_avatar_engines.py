"""Our avatar engines hold the contract of all avatar engines."""

from __future__ import annotations

from pathlib import Path

from soundstage.engines.avatar.puppet import PuppetEngine
from soundstage.testing.engine_contracts import AvatarEngineContract

PORTRAIT = Path(__file__).parents[2] / "examples" / "portrait.jpg"


class TestPuppet(AvatarEngineContract):
    def make_engine(self) -> PuppetEngine:
        return PuppetEngine()

    def portrait(self, folder: Path) -> Path:
        return PORTRAIT
