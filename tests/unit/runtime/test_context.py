"""What a running stage is given."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from soundstage.core.context import StageContext
from soundstage.core.job import EngineUse
from soundstage.engines.contract import Readiness
from soundstage.engines.registry import EngineRegistry
from soundstage.runtime.context import AttemptContext
from soundstage.testing.engines import FakeSpeechEngine


def test_a_stage_is_given_the_best_engine_and_all_that_are_ready() -> None:
    engines = EngineRegistry.of(
        lambda: FakeSpeechEngine("away", readiness=Readiness(ready=False, reason="It is away.")),
        lambda: FakeSpeechEngine("first"),
        lambda: FakeSpeechEngine("second"),
        preferred={"speech": "second"},
    )
    unused: Any = SimpleNamespace(claim=None)
    ctx: StageContext[Any] = AttemptContext(unused, unused, unused, unused, unused, engines, Path())
    assert ctx.engine("speech").spec.kind == "second"
    assert [engine.spec.kind for engine in ctx.engines("speech")] == ["second", "first"]
    assert list(ctx.engines("avatar")) == []


def test_an_attempt_knows_which_engines_it_worked_with() -> None:
    engines = EngineRegistry.installed()
    unused: Any = SimpleNamespace(claim=None)
    context = AttemptContext(unused, unused, unused, unused, unused, engines, Path())
    context.engines("speech")
    assert context.engines_used == []
    for _ in range(2):
        context.engine("avatar", "puppet")
    assert context.engines_used == [EngineUse("puppet", version("soundstage"))]


def test_the_folder_of_an_attempt_is_made_when_it_is_used_and_removed_with_what_is_in_it(tmp_path: Path) -> None:
    unused: Any = SimpleNamespace(claim=SimpleNamespace(part_id=7, attempt=2))
    context = AttemptContext(unused, unused, unused, unused, unused, unused, tmp_path)
    context.remove_workdir()
    assert list(tmp_path.iterdir()) == []
    (context.workdir / "chunk.wav").touch()
    assert list(tmp_path.iterdir()) == [tmp_path / "7-2"]
    context.remove_workdir()
    assert list(tmp_path.iterdir()) == []


def test_a_file_from_elsewhere_is_held_as_long_as_the_attempt(tmp_path: Path) -> None:
    def hold(sha256: str, folder: Path) -> Path:
        folder.mkdir(parents=True)
        held = folder / sha256
        held.touch()
        return held

    unused: Any = SimpleNamespace(claim=SimpleNamespace(part_id=7, attempt=2))
    blobs: Any = SimpleNamespace(hold=hold)
    context = AttemptContext(unused, unused, unused, unused, blobs, unused, tmp_path)
    held = context.input_file(f"sha256:{'a' * 64}")
    assert held.is_file()
    assert held.is_relative_to(tmp_path / "7-2")
    context.remove_workdir()
    assert not held.exists()
