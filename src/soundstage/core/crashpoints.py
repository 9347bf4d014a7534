"""Named places around every external effect where a test can end the process as kill -9 would.

Armed by SOUNDSTAGE_CRASH_AT="name" or "name:3" (the third time). Where not armed, a point costs one comparison.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

COMMITS = (
    "create",
    "claim",
    "complete",
    "checkpoint",
    "fail",
    "suspend",
    "release",
    "lose",
    "due",
    "control",
    "progress",
    "register",
    "beat",
)

CRASH_POINTS = frozenset(
    [f"commit.{name}.{moment}" for name in COMMITS for moment in ("before", "after")]
    + [f"{effect}.{moment}" for effect in ("blob.put", "ring", "spawn") for moment in ("before", "after")]
    + ["stage.before", "stage.after"]
)


class _Trigger:
    def __init__(self, armed: str) -> None:
        self.name, _, times = armed.partition(":")
        self.remaining = int(times or 1)
        if self.name not in CRASH_POINTS:
            raise ValueError(f"SOUNDSTAGE_CRASH_AT names no crash point: {self.name!r}.")

    def reach(self, name: str) -> None:
        if name != self.name:
            return
        self.remaining -= 1
        if self.remaining > 0:
            return
        mark = os.environ.get("SOUNDSTAGE_CRASH_MARK")
        if mark is None or _is_first(Path(mark)):
            os.kill(os.getpid(), signal.SIGKILL)


def _is_first(mark: Path) -> bool:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _armed() -> _Trigger | None:
    armed = os.environ.get("SOUNDSTAGE_CRASH_AT")
    return _Trigger(armed) if armed else None


_trigger = _armed()


def crashpoint(name: str) -> None:
    """Ends this process here when the point is armed; a mark file lets only one process crash."""
    if _trigger is not None:
        _trigger.reach(name)
