"""Honest time remaining: learned from this machine's own earlier jobs, and absent where it is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from soundstage.core.states import PartState

FEWEST_SAMPLES = 2
FIRST_OWN_FRACTION = 0.1
FIRST_OWN_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class StagePace:
    """How far a stage is, and how long it has been active."""

    state: PartState
    fraction: float
    elapsed_seconds: float


def remaining_seconds(stages: Sequence[StagePace], earlier: Mapping[int, Sequence[float]], size: float) -> float | None:
    """Seconds until the job ends, or None where one of its open stages gives no ground for a number.

    `earlier` maps the index of a stage to the seconds per unit of size that it took before (the median counts). A
    stage under way trusts its own pace the more, the further it is.
    """
    total = 0.0
    for index, stage in enumerate(stages):
        if stage.state in (PartState.COMPLETED, PartState.SKIPPED):
            continue
        left = _stage_seconds(stage, learned_seconds(earlier.get(index, ()), size))
        if left is None:
            return None
        total += left
    return total


def learned_seconds(samples: Sequence[float], size: float) -> float | None:
    """What a stage of that size takes, from seconds per unit of size; None where there are too few of them."""
    return median(samples) * size if len(samples) >= FEWEST_SAMPLES else None


def _stage_seconds(stage: StagePace, learned: float | None) -> float | None:
    own = _own_seconds(stage)
    if own is None:
        return None if learned is None else max(0.0, learned * (1 - stage.fraction))
    if learned is None:
        return own * (1 - stage.fraction)
    trust = stage.fraction
    return (trust * own + (1 - trust) * learned) * (1 - stage.fraction)


def _own_seconds(stage: StagePace) -> float | None:
    """What the whole stage takes at its pace so far."""
    if stage.fraction < FIRST_OWN_FRACTION or stage.elapsed_seconds < FIRST_OWN_SECONDS:
        return None
    return stage.elapsed_seconds / stage.fraction
