"""Progress of a piece of work as part of the whole."""

from __future__ import annotations

from typing import Any

from soundstage.core.context import StageContext
from soundstage.core.progress import clamped_fraction
from soundstage.engines.contract import Report


def within(ctx: StageContext[Any], before: float, size: float, whole: float, note: str | None = None) -> Report:
    """A report for a piece of `size` that begins after `before` of `whole`, all in one unit.

    What the engine reports, in a unit of its own, becomes progress of the stage. `note` is the message where the
    engine gives none.
    """

    def report(done: float, total: float, message: str | None = None) -> None:
        ctx.progress(before + size * clamped_fraction(done, total), whole, message or note)

    return report
