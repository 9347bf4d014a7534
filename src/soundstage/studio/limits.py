"""What each plan allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from soundstage.studio.access import Plan


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one user. None is no limit; `upload_bytes` bounds one file."""

    storage_bytes: int | None = None
    upload_bytes: int | None = None
    unfinished_jobs: int | None = None
    work_minutes_a_day: float | None = None


PlanLimits = Mapping[Plan, Limits]
