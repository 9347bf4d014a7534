"""What a user may still order: the limits of the plan on jobs and on work."""

from __future__ import annotations

import time
from collections.abc import Mapping

from soundstage.core.clock import Clock
from soundstage.core.errors import LimitReached
from soundstage.store.orders import SECONDS_A_DAY
from soundstage.store.work import WorkStore
from soundstage.studio.access import Plan
from soundstage.studio.limits import Limits, PlanLimits

WORK_KEPT_SECONDS = 5.0
_NO_LIMITS = Limits()


class WorkLimits:
    """One for each process. How much work there was is read again after `WORK_KEPT_SECONDS`."""

    def __init__(self, work: WorkStore, plans: PlanLimits, clock: Clock) -> None:
        self._work = work
        self._plans: Mapping[Plan, Limits] = plans
        self._clock = clock
        self._known: dict[str, tuple[float, float]] = {}

    def most_unfinished(self, plan: Plan | None) -> int | None:
        """How many jobs may be unfinished at a time; None for orders without a plan, and where there is no limit."""
        return self._limits(plan).unfinished_jobs

    def check_work(self, owner: str, plan: Plan | None) -> None:
        """Raises LimitReached where the jobs of the owner have worked for so long today as the plan allows."""
        minutes = self._limits(plan).work_minutes_a_day
        if minutes is None:
            return
        spent = self._seconds_today(owner) / 60
        if spent >= minutes:
            left = SECONDS_A_DAY - int(self._clock.now() % SECONDS_A_DAY)
            raise LimitReached(
                f"Your jobs have worked for {spent:.0f} minutes today, and your plan allows {minutes:g} "
                "(work_minutes_a_day).",
                hint="New jobs are taken again after midnight, UTC. Those that are under way go on.",
                retry_after_seconds=left,
            )

    def _limits(self, plan: Plan | None) -> Limits:
        return _NO_LIMITS if plan is None else self._plans.get(plan, _NO_LIMITS)

    def _seconds_today(self, owner: str) -> float:
        known = self._known.get(owner)
        if known is not None and time.monotonic() - known[0] < WORK_KEPT_SECONDS:
            return known[1]
        seconds = self._work.seconds_today(owner, self._clock.now())
        self._known[owner] = (time.monotonic(), seconds)
        return seconds
