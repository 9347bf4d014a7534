"""The StageContext that a running stage is given."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from soundstage.blobs.contract import Blob, Blobs
from soundstage.core.errors import StageFailed, UnknownStage
from soundstage.core.files import sha256_of
from soundstage.core.job import EngineUse
from soundstage.core.log_context import note
from soundstage.core.outcome import Answer
from soundstage.core.pipeline import Pipeline
from soundstage.runtime.media_types import media_type_of
from soundstage.runtime.running import RunningAttempt
from soundstage.store.claims import Claim, parsed
from soundstage.store.parts import StoredFile
from soundstage.store.results import KeptResult
from soundstage.store.store import Store

_encode = json.JSONEncoder(allow_nan=False).encode


class Engines(Protocol):
    """Where a stage's engine comes from."""

    def choose(self, capability: str, kind: str = "auto") -> Any: ...

    def ready(self, capability: str) -> Sequence[Any]: ...

    def version(self, kind: str) -> str:
        """That of the package that brings the engine; empty where it is not known."""


class AttemptContext:
    """Implements core.context.StageContext for one attempt of one part."""

    def __init__(
        self,
        pipeline: Pipeline,
        params: Any,
        running: RunningAttempt,
        store: Store,
        blobs: Blobs,
        engines: Engines,
        work_folder: Path,
    ) -> None:
        self._pipeline = pipeline
        self._running = running
        self._claim: Claim = running.claim
        self._store = store
        self._blobs = blobs
        self._engines = engines
        self._work_folder = work_folder
        self._kept: dict[tuple[str, int], KeptResult] | None = None
        self._uses: dict[str, EngineUse] = {}
        self.params = params

    @property
    def job_id(self) -> str:
        return self._claim.job_id

    @property
    def stage(self) -> str:
        return self._running.stage_key

    @property
    def item(self) -> Any:
        return parsed(self._claim.item)

    @property
    def attempt(self) -> int:
        return self._claim.attempt

    @property
    def workdir(self) -> Path:
        folder = self._own_folder
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def answer(self) -> Answer | None:
        reply = parsed(self._claim.answer)
        return None if reply is None else Answer(**reply)

    def progress(self, done: float, total: float = 1.0, message: str | None = None) -> None:
        self._running.report(done, total, message)

    def check_stop(self) -> None:
        self._running.check()

    def log(self, message: str) -> None:
        self._running.log(message)

    def output(self, stage: str) -> StoredOutput:
        return self.outputs(stage)[0]

    def outputs(self, stage: str) -> Sequence[StoredOutput]:
        index = self._pipeline.snapshot().index_of(stage)
        results = self._store.results.stage_results(self.job_id, index)
        if not results:
            raise UnknownStage(f"Stage {stage} of job {self.job_id} has left nothing yet.")
        return [StoredOutput(result, self._held) for result in results]

    def input_file(self, reference: str) -> Path:
        return self._held(sha256_of(reference))

    def checkpointed(self, name: str, items: Sequence[Any]) -> Iterator[KeepingItem]:
        for index, item in enumerate(items):
            if (name, index) in self._checkpoints():
                continue
            self._running.check()
            turn = KeepingItem(self, name, index, item)
            yield turn
            turn.keep_if_not_yet()

    def checkpoints(self, name: str) -> Sequence[StoredOutput]:
        kept = self._checkpoints()
        positions = sorted(position for known, position in kept if known == name)
        return [StoredOutput(kept[name, position], self._held) for position in positions]

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        kept = self._checkpoints().get((name, 0))
        if kept is None:
            self._running.check()
            kept = self.keep(name, 0, {"value": make()}, {})
        return kept.values["value"]

    def engine(self, capability: str, kind: str = "auto") -> Any:
        engine = self._engines.choose(capability, kind)
        used = engine.spec.kind
        self._uses[used] = EngineUse(used, self._engines.version(used))
        note(engine=used)
        return engine

    def engines(self, capability: str) -> Sequence[Any]:
        return self._engines.ready(capability)

    @property
    def engines_used(self) -> Sequence[EngineUse]:
        """Those that this attempt asked for, in their order."""
        return list(self._uses.values())

    def keep(self, name: str, position: int, values: Mapping[str, Any], files: Mapping[str, Path]) -> KeptResult:
        """Commit a checkpoint. Raises LeaseLost, DiskFull."""
        stored = [self._stored(label, path, self._blobs.put_file) for label, path in files.items()]
        self._store.parts.save_checkpoint(self._claim, name, position, jsonable(values), stored)
        kept = KeptResult(jsonable(values), {file.name: file.sha256 for file in stored})
        self._checkpoints()[name, position] = kept
        self._running.has_kept_more = True
        return kept

    def adopt(self, files: Mapping[str, Path]) -> list[StoredFile]:
        """Store the files that the finished stage leaves."""
        return [self._stored(label, path, self._blobs.adopt) for label, path in files.items()]

    def remove_workdir(self) -> None:
        """Of what an attempt wrote, only that stays which it left as a result."""
        if self._own_folder.exists():
            shutil.rmtree(self._own_folder, ignore_errors=True)

    @property
    def _own_folder(self) -> Path:
        return self._work_folder / f"{self._claim.part_id}-{self._claim.attempt}"

    def _held(self, sha256: str) -> Path:
        return self._blobs.hold(sha256, self._own_folder / ".held")

    def _stored(self, name: str, path: Path, put: Callable[[Path], Blob]) -> StoredFile:
        if not path.is_file():
            raise StageFailed(f"Stage {self.stage} says that it left {name}, but there is no such file.")
        blob = put(path)
        return StoredFile(name, blob.sha256, blob.size_bytes, media_type_of(name))

    def _checkpoints(self) -> dict[tuple[str, int], KeptResult]:
        if self._kept is None:
            self._kept = self._store.results.checkpoints(self._claim)
        return self._kept


@dataclass(frozen=True, slots=True)
class StoredOutput:
    """Implements core.context.StageOutput over stored values and blobs."""

    _result: KeptResult
    _path_of: Callable[[str], Path]

    @property
    def values(self) -> Mapping[str, Any]:
        return self._result.values

    def file(self, name: str) -> Path:
        if name not in self._result.files:
            raise KeyError(f"There is no file {name!r} here, only {sorted(self._result.files)}.")
        return self._path_of(self._result.files[name])


class KeepingItem:
    """Implements core.context.CheckpointedItem."""

    def __init__(self, context: AttemptContext, name: str, index: int, item: Any) -> None:
        self._context = context
        self._name = name
        self._is_kept = False
        self.index = index
        self.item = item

    def keep(self, values: Mapping[str, Any] | None = None, files: Mapping[str, Path] | None = None) -> None:
        if self._is_kept:
            raise StageFailed(f"Turn {self.index} of {self._name} was kept twice.")
        self._context.keep(self._name, self.index, values or {}, files or {})
        self._is_kept = True

    def keep_if_not_yet(self) -> None:
        if not self._is_kept:
            self.keep()


def jsonable(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON would give them back. Raises StageFailed where they are not JSON."""
    try:
        result: dict[str, Any] = json.loads(_encode(dict(values)))
    except (TypeError, ValueError) as error:
        raise StageFailed(f"A stage returned values that are not JSON: {error}.") from error
    return result
