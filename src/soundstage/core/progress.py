"""One pure function from stages to a percentage; every percentage shown anywhere comes from here."""

from __future__ import annotations

from collections.abc import Iterable


def job_progress(weighted_fractions: Iterable[tuple[int, float]], succeeded: bool) -> int:
    """Percent done, 0-100: floor(sum of weight x fraction), and 100 only for a job that succeeded.

    Weights sum to 100, fractions lie in 0..1. A small epsilon keeps 0.1 + 0.2 style sums from losing a point.
    """
    if succeeded:
        return 100
    total = sum(weight * fraction for weight, fraction in weighted_fractions)
    return max(0, min(99, int(total + 1e-9)))


def stage_fraction(part_fractions: Iterable[float]) -> float:
    """A stage's fraction is the mean of its parts'; a stage without parts has not begun."""
    fractions = list(part_fractions)
    return sum(fractions) / len(fractions) if fractions else 0.0


def clamped_fraction(done: float, total: float) -> float:
    """done of total as a fraction in 0..1; not-a-number and an empty total count as nothing done."""
    if not total > 0 or not done > 0:
        return 0.0
    return min(1.0, done / total)
