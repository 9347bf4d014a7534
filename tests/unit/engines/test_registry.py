"""Which engine is chosen, and what an engine that is missing or broken does to the rest."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from soundstage.core.errors import EngineNotReady, UnknownEngine
from soundstage.engines import registry as registry_module
from soundstage.engines.contract import READY, Engine, EngineSpec, Quality, Readiness
from soundstage.engines.registry import EngineRegistry


class Talker:
    """A ready engine of a kind of its own in each subclass."""

    kind = "talker"
    capability = "speech"
    quality = Quality.DRAFT
    languages: tuple[str, ...] = ()
    state = READY

    def __init__(self) -> None:
        self.releases = 0

    @property
    def spec(self) -> EngineSpec:
        return EngineSpec(self.kind, self.capability, self.kind, self.quality, "MIT", languages=self.languages)

    def readiness(self) -> Readiness:
        return self.state

    def release(self) -> None:
        self.releases += 1


class English(Talker):
    kind = "zz_english"
    languages = ("en",)


class Model(Talker):
    kind = "zz_model"
    quality = Quality.MODEL


class Cloud(Talker):
    kind = "a_cloud"
    quality = Quality.CLOUD


class Missing(Talker):
    kind = "a_missing"
    quality = Quality.MODEL
    state = Readiness(ready=False, reason="Its weights are missing.", remedy="fetch the weights")


class Confused(Talker):
    kind = "confused"

    def readiness(self) -> Readiness:
        raise ValueError("cannot look")


class German(Talker):
    kind = "a_german"
    quality = Quality.MODEL
    languages = ("de",)


def kinds_of(engines: EngineRegistry) -> list[str]:
    return [engine.spec.kind for engine in engines.ready("speech")]


def broken() -> Engine:
    raise ImportError("no module named torch")


def test_a_draft_made_for_the_language_is_chosen_over_one_for_any_language() -> None:
    engines = EngineRegistry.of(Talker, English)
    assert engines.choose("speech").spec.kind == "zz_english"
    assert engines.choose("speech", language="en-GB").spec.kind == "zz_english"
    assert engines.choose("speech", language="de").spec.kind == "talker"


def test_a_model_that_is_ready_is_chosen_over_a_draft() -> None:
    assert EngineRegistry.of(Talker, English, Model, Missing).choose("speech").spec.kind == "zz_model"


def test_a_cloud_engine_is_chosen_only_by_name() -> None:
    engines = EngineRegistry.of(Cloud, Talker)
    assert engines.choose("speech").spec.kind == "talker"
    assert engines.choose("speech", "a_cloud").spec.kind == "a_cloud"
    with pytest.raises(EngineNotReady, match="only when it is named"):
        EngineRegistry.of(Cloud).choose("speech")


def test_the_preferred_engine_is_what_auto_means() -> None:
    engines = EngineRegistry.of(Cloud, Talker, Model, preferred={"speech": "a_cloud"})
    assert engines.choose("speech").spec.kind == "a_cloud"
    assert engines.choose("speech", "talker").spec.kind == "talker"


def test_the_ready_engines_come_best_first_and_a_cloud_engine_only_where_it_is_preferred() -> None:
    classes = (Talker, English, German, Cloud, Model, Missing)
    assert kinds_of(EngineRegistry.of(*classes)) == ["zz_model", "zz_english", "talker", "a_german"]
    preferring = EngineRegistry.of(*classes, preferred={"speech": "a_cloud"})
    assert kinds_of(preferring) == ["a_cloud", "zz_model", "zz_english", "talker", "a_german"]
    assert EngineRegistry.of(Talker).ready("avatar") == []


def test_an_engine_that_is_not_ready_is_refused_with_reason_and_remedy() -> None:
    with pytest.raises(EngineNotReady, match="weights are missing") as by_name:
        EngineRegistry.of(Missing, Talker).choose("speech", "a_missing")
    assert by_name.value.hint == "fetch the weights"
    with pytest.raises(EngineNotReady, match="a_missing: Its weights are missing") as by_auto:
        EngineRegistry.of(Missing).choose("speech")
    assert "fetch the weights" in by_auto.value.hint


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownEngine, match=r"'nobody'.*talker, zz_english"):
        EngineRegistry.of(Talker, English).get("nobody")
    with pytest.raises(UnknownEngine, match="separation"):
        EngineRegistry.of(Talker).choose("separation")
    with pytest.raises(UnknownEngine, match="is for speech, not for avatar"):
        EngineRegistry.of(Talker).choose("avatar", "talker")


def test_an_engine_is_made_once_and_released_with_all() -> None:
    engines = EngineRegistry.of(Talker)
    talker = engines.choose("speech")
    assert engines.get("talker") is talker
    engines.release_all()
    assert isinstance(talker, Talker)
    assert talker.releases == 1


def test_an_engine_that_does_not_import_is_listed_with_the_reason_and_breaks_no_other() -> None:
    engines = EngineRegistry({"broken": broken, "confused": Confused, "talker": Talker})
    described = {spec.kind: readiness for spec, readiness in engines.describe()}
    assert not described["broken"].ready
    assert "no module named torch" in described["broken"].reason
    assert "cannot look" in described["confused"].reason
    assert engines.choose("speech").spec.kind == "talker"
    with pytest.raises(EngineNotReady, match="torch"):
        engines.choose("speech", "broken")


def test_an_engine_under_another_name_than_its_own_is_refused() -> None:
    with pytest.raises(EngineNotReady, match="calls itself talker"):
        EngineRegistry({"alias": Talker}).get("alias")


def test_installed_engines_are_found_by_entry_points(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("flite", "soundstage.engines.speech.flite:FliteEngine", "soundstage.engines"),
        EntryPoint("gone", "package_that_is_gone.engine:Engine", "soundstage.engines"),
    ]
    monkeypatch.setattr(registry_module, "entry_points", lambda group: [p for p in points if p.group == group])
    engines = EngineRegistry.installed()
    assert engines.kinds == ["flite", "gone"]
    assert engines.get("flite").spec.capability == "speech"
    assert "package_that_is_gone" in {spec.kind: state.reason for spec, state in engines.describe()}["gone"]


def test_our_own_speech_engines_enter_by_the_same_door() -> None:
    assert {"flite", "espeak"} <= set(EngineRegistry.installed().kinds)


def test_listing_the_names_imports_no_engine() -> None:
    program = (
        "import sys; from soundstage.engines.registry import EngineRegistry; EngineRegistry.installed().kinds; "
        "sys.exit(any(name.startswith('soundstage.engines.speech') or name == 'numpy' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
