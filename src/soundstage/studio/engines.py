"""What can be asked of the installed engines: which are ready, what is missing for the others, and their voices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from soundstage.core.errors import EngineNotReady
from soundstage.engines.contract import EngineSpec, Quality, Readiness, Voice
from soundstage.engines.registry import AUTO, EngineRegistry
from soundstage.engines.speech.voices import voices_of


class Engines:
    """One for each process. Looks at engines without loading their models."""

    def __init__(self, registry: EngineRegistry) -> None:
        self._registry = registry

    def describe(self, capability: str | None = None) -> Sequence[tuple[EngineSpec, Readiness]]:
        """Each engine and whether it can run here; of one capability where it is named."""
        described = self._registry.describe()
        return [(spec, readiness) for spec, readiness in described if capability in (None, spec.capability)]

    def costs_money(self, named: Iterable[object]) -> bool:
        """Whether one of the engines that are named is paid for; "auto" stands for those that the operator prefers."""
        names = {name for name in named if isinstance(name, str)}
        kinds = names | set(self._registry.preferred) if AUTO in names else names
        return any(self._is_rented(kind) for kind in kinds & set(self._registry.kinds))

    def voices(self, kind: str = AUTO, language: str | None = None) -> Sequence[tuple[str, Voice]]:
        """Each voice beside the kind of its engine, best engine first. Raises UnknownEngine, EngineNotReady."""
        return voices_of(self._registry, kind, language)

    def version(self, kind: str) -> str:
        """That of the package that brings the engine; empty where it is not known."""
        return self._registry.version(kind)

    def _is_rented(self, kind: str) -> bool:
        try:
            return self._registry.get(kind).spec.quality is Quality.CLOUD
        except EngineNotReady:  # its code is broken: no job of it will cost anything
            return False
