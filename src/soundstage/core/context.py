"""What a stage function is given: the only way from a pipeline to storage, engines and progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from soundstage.core.outcome import Answer

ParamsT_co = TypeVar("ParamsT_co", covariant=True)


class StageOutput(Protocol):
    """What an earlier stage (or one item of it) left."""

    @property
    def values(self) -> Mapping[str, Any]: ...

    def file(self, name: str) -> Path:
        """A read-only path to a file of that output. Raises KeyError where there is none of that name."""


class CheckpointedItem(Protocol):
    """One turn of `ctx.checkpointed`."""

    @property
    def index(self) -> int: ...

    @property
    def item(self) -> Any: ...

    def keep(self, values: Mapping[str, Any] | None = None, files: Mapping[str, Path] | None = None) -> None:
        """Store the result of this turn now. Without a call it is stored, empty, when the next turn begins."""


class StageContext(Protocol[ParamsT_co]):
    """Given to each call of a stage function."""

    @property
    def params(self) -> ParamsT_co:
        """The job's frozen parameters."""

    @property
    def job_id(self) -> str: ...

    @property
    def stage(self) -> str:
        """The key of this stage."""

    @property
    def item(self) -> Any:
        """The item of this part, in a stage with `each`."""

    @property
    def attempt(self) -> int:
        """1, 2, 3 ...: which try of this part this is."""

    @property
    def workdir(self) -> Path:
        """A private folder of this attempt, removed after it."""

    @property
    def answer(self) -> Answer | None:
        """The reply to this part's Wait, when it runs again after one."""

    def progress(self, done: float, total: float = 1.0, message: str | None = None) -> None:
        """Report real progress from inside the loop. Ends the stage here when the job was cancelled."""

    def check_stop(self) -> None:
        """Ends the stage here when the job was cancelled or paused, or the worker shuts down."""

    def log(self, message: str) -> None:
        """A line in the log of this stage."""

    def output(self, stage: str) -> StageOutput:
        """What the named earlier stage left. Raises UnknownStage where it has not completed."""

    def outputs(self, stage: str) -> Sequence[StageOutput]:
        """What each part of the named earlier stage left, in the order of its items."""

    def input_file(self, reference: str) -> Path:
        """A read-only path to a file given as a parameter. Raises BlobNotFound."""

    def checkpointed(self, name: str, items: Sequence[Any]) -> Iterator[CheckpointedItem]:
        """The items that no earlier attempt has finished; each is committed as its turn ends."""

    def checkpoints(self, name: str) -> Sequence[StageOutput]:
        """What the finished turns of `checkpointed(name, ...)` kept, in the order of the items."""

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """The JSON value of `make()`, made once for all attempts of this part."""

    def engine(self, capability: str, kind: str = "auto") -> Any:
        """The named engine, or the best that is ready. Raises EngineNotReady, UnknownEngine."""

    def engines(self, capability: str) -> Sequence[Any]:
        """The engines that are ready, best first: those among which "auto" may choose."""
