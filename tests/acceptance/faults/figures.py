"""Figures that the fault tests measure: printed, and kept as JSON lines in the file that SOUNDSTAGE_FIGURES names."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def record(fault: str, **figures: float | int | str) -> None:
    """Note what was measured for one row of the fault matrix. Times are in seconds."""
    line = json.dumps({"fault": fault, **{name: _rounded(value) for name, value in figures.items()}})
    sys.stdout.write(f"{line}\n")
    path = os.environ.get("SOUNDSTAGE_FIGURES")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def _rounded(value: float | int | str) -> float | int | str:
    return round(value, 3) if isinstance(value, float) else value
