"""Which engine a stage works with."""

from __future__ import annotations

from soundstage.core.context import StageOutput

AUTO = "auto"


def engine_kind(asked: str, plan: StageOutput) -> str:
    """The engine asked for, or where that is "auto" the one that the planning stage chose for the whole job.

    A retry on another machine goes on with the same engine; a retry with another engine asked for uses that.
    """
    return str(plan.values["engine"]) if asked == AUTO else asked
