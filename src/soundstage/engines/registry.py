"""Finds the installed engines by their entry points, and chooses the best that is ready."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import Distribution, EntryPoint, entry_points

from soundstage.core.errors import EngineNotReady, UnknownEngine
from soundstage.engines.contract import Engine, EngineSpec, Quality, Readiness

ENTRY_POINTS = "soundstage.engines"
AUTO = "auto"
ASSUMED_LANGUAGE = "en"


class EngineRegistry:
    """One instance of each engine, made on first use and kept, so that it stays loaded between jobs.

    `makers` makes an engine for each kind. `preferred` names the kind that "auto" means for a capability. `packages`
    are those that bring the engines, by kind.
    """

    def __init__(
        self,
        makers: Mapping[str, Callable[[], Engine]],
        preferred: Mapping[str, str] | None = None,
        packages: Mapping[str, Distribution] | None = None,
    ) -> None:
        self._makers = dict(makers)
        self._packages = dict(packages or {})
        self._versions: dict[str, str] = {}
        self._preferred = dict(preferred or {})
        self._engines: dict[str, Engine] = {}
        self._lock = threading.RLock()

    @classmethod
    def installed(cls, preferred: Mapping[str, str] | None = None) -> EngineRegistry:
        """The engines of all installed packages. None is imported before it is asked for."""
        points = entry_points(group=ENTRY_POINTS)
        packages = {point.name: point.dist for point in points if point.dist is not None}
        return cls({point.name: _maker(point) for point in points}, preferred, packages)

    @classmethod
    def of(cls, *classes: Callable[[], Engine], preferred: Mapping[str, str] | None = None) -> EngineRegistry:
        """The given engine classes alone."""
        return cls({engine_class().spec.kind: engine_class for engine_class in classes}, preferred)

    @property
    def kinds(self) -> Sequence[str]:
        """The names of all engines, without importing one."""
        return sorted(self._makers)

    @property
    def preferred(self) -> Sequence[str]:
        """The engines that "auto" means where they are for the capability."""
        return list(self._preferred.values())

    def get(self, kind: str) -> Engine:
        """The engine of that name, ready or not. Raises UnknownEngine, and EngineNotReady where its code is broken."""
        if kind not in self._makers:
            raise UnknownEngine(f"No engine {kind!r} is installed. Installed are {', '.join(self.kinds) or 'none'}.")
        with self._lock:
            if kind not in self._engines:
                self._engines[kind] = self._made(kind)
            return self._engines[kind]

    def choose(self, capability: str, kind: str = AUTO, language: str | None = None) -> Engine:
        """The named engine, or for "auto" the preferred one, or else the best that is ready and knows the language.

        A model is better than a draft, and an engine made for the language better than one for any. A cloud engine is
        never chosen by itself: it costs money and sends data away. Raises UnknownEngine, EngineNotReady.
        """
        wanted = self._preferred.get(capability, AUTO) if kind == AUTO else kind
        if wanted != AUTO:
            return self._ready_by_name(capability, wanted)
        described = self._described_for(capability)
        if not described:
            raise UnknownEngine(f"No engine for {capability!r} is installed.")
        fitting = [spec for spec, readiness in described if readiness.ready and _fits(spec, language)]
        if not fitting:
            raise _none_ready(capability, language, described)
        return self.get(min(fitting, key=_rank).kind)

    def ready(self, capability: str) -> list[Engine]:
        """The engines that are ready, best first: the preferred one, those that know English, models before drafts.

        A cloud engine is among them only where it is preferred.
        """
        preferred = self._preferred.get(capability)
        ready = [spec for spec, readiness in self._described_for(capability) if readiness.ready]
        allowed = [spec for spec in ready if spec.kind == preferred or spec.quality != Quality.CLOUD]
        allowed.sort(key=lambda spec: (spec.kind != preferred, not _fits(spec, None), _rank(spec)))
        return [self.get(spec.kind) for spec in allowed]

    def describe(self) -> list[tuple[EngineSpec, Readiness]]:
        """Each engine and whether it can run here. One that does not import has no capability, and says why."""
        return [self._described(kind) for kind in self.kinds]

    def version(self, kind: str) -> str:
        """That of the package that brings the engine; empty where it is not known."""
        if kind not in self._versions:
            self._versions[kind] = self._packages[kind].version if kind in self._packages else ""
        return self._versions[kind]

    def release_all(self) -> None:
        """Drop what the engines hold in memory. They load again when they are used."""
        with self._lock:
            for engine in self._engines.values():
                engine.release()

    def _described_for(self, capability: str) -> list[tuple[EngineSpec, Readiness]]:
        return [(spec, readiness) for spec, readiness in self.describe() if spec.capability == capability]

    def _made(self, kind: str) -> Engine:
        try:
            engine = self._makers[kind]()
            named = engine.spec.kind
        except Exception as error:  # the code of others may fail in any way, and must not break the rest
            message = f"Engine {kind} cannot be loaded: {type(error).__name__}: {error}."
            raise EngineNotReady(message, hint=f"Repair or remove the package that brings {kind}.") from error
        if named != kind:
            raise EngineNotReady(f"Engine {kind} calls itself {named}.", hint="Its entry point must bear its kind.")
        return engine

    def _described(self, kind: str) -> tuple[EngineSpec, Readiness]:
        try:
            engine = self.get(kind)
        except EngineNotReady as error:
            broken = EngineSpec(kind=kind, capability="", title=kind, quality=Quality.DRAFT, licence="")
            return broken, Readiness(ready=False, reason=error.message, remedy=error.hint)
        return engine.spec, _readiness(engine)

    def _ready_by_name(self, capability: str, kind: str) -> Engine:
        engine = self.get(kind)
        if engine.spec.capability != capability:
            raise UnknownEngine(f"Engine {kind} is for {engine.spec.capability}, not for {capability}.")
        readiness = _readiness(engine)
        if not readiness.ready:
            raise EngineNotReady(f"Engine {kind} is not ready: {readiness.reason}", hint=readiness.remedy)
        return engine


def _maker(point: EntryPoint) -> Callable[[], Engine]:
    def make() -> Engine:
        engine: Engine = point.load()()
        return engine

    return make


def _readiness(engine: Engine) -> Readiness:
    try:
        return engine.readiness()
    except Exception as error:  # the code of others may fail in any way, and must not break the rest
        return Readiness(ready=False, reason=f"Its check failed: {type(error).__name__}: {error}.")


def _fits(spec: EngineSpec, language: str | None) -> bool:
    spoken = {_primary(tag) for tag in spec.languages}
    return spec.quality != Quality.CLOUD and (not spoken or _primary(language or ASSUMED_LANGUAGE) in spoken)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()


def _rank(spec: EngineSpec) -> tuple[bool, bool, str]:
    return spec.quality != Quality.MODEL, not spec.languages, spec.kind


def _none_ready(
    capability: str, language: str | None, described: Iterable[tuple[EngineSpec, Readiness]]
) -> EngineNotReady:
    reasons = [f"{spec.kind}: {_reason(spec, readiness)}" for spec, readiness in described]
    remedies = [readiness.remedy for _, readiness in described if readiness.remedy]
    purpose = capability + (f" in {language}" if language else "")
    hint = f"Try: {remedies[0]}" if remedies else "Name an engine, or install one."
    return EngineNotReady(f"No engine for {purpose} is ready. {' '.join(reasons)}", hint=hint)


def _reason(spec: EngineSpec, readiness: Readiness) -> str:
    if not readiness.ready:
        return readiness.reason
    if spec.quality == Quality.CLOUD:
        return "It is used only when it is named."
    return "It does not know the language."
