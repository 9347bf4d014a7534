"""What a stage function returns. Anything else that happens is an exception, put to the retry policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Done:
    """The part is finished.

    `values` is JSON that later stages and people can read. `files` maps a name to a file below the context's
    `workdir`; each becomes an immutable artifact in the same commit.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wait:
    """A person or another system must act first. The stage function runs again with their `answer`.

    No worker is held. After `timeout_seconds` without an answer the part fails as `timed_out`.
    """

    reason: str
    actions: Sequence[str] = ("continue",)
    timeout_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """Run this part again after `seconds`: a look at a folder or a remote task. Charges no attempt."""

    seconds: float
    reason: str = ""


Outcome = Done | Wait | Snooze


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person (or callback) replied to a Wait."""

    action: str
    data: Mapping[str, Any]
    by: str
