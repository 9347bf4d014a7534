"""Lighthouse's opinion of a page, in the browser that visits it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.page_visit import Visit

LIGHTHOUSE = Path(__file__).parent.parent / "tests" / "npm" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES: Mapping[str, str] = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
}
MEASURES: Mapping[str, str] = {
    "largest-contentful-paint": "largest paint, s",
    "cumulative-layout-shift": "layout shift",
    "total-blocking-time": "blocked, ms",
}
AUDIT_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Audit:
    """`scores` from 0 to 100 by category, `measures` as the page is seen, `faults` what took points beyond speed."""

    scores: Mapping[str, float]
    measures: Mapping[str, float]
    faults: Sequence[str]


def audit(visit: Visit, path: str, form: str) -> Audit:
    """`form` is `desktop` or `mobile`: a slow phone on a slow network. Raises OSError where Lighthouse fails."""
    preset = ["--preset=desktop"] if form == "desktop" else []
    command = ["node", str(LIGHTHOUSE), f"{visit.address}{path}", f"--port={visit.debugging_port}", *preset]
    flags = ["--output=json", "--quiet", "--no-enable-error-reporting", f"--only-categories={','.join(CATEGORIES)}"]
    ran = subprocess.run(
        [*command, *flags],
        env={**os.environ, "CI": "1"},
        capture_output=True,
        text=True,
        timeout=AUDIT_SECONDS,
        check=False,
    )
    if ran.returncode != 0:
        raise OSError(f"Lighthouse ended with {ran.returncode}: {ran.stderr[-500:]}")
    return _audit_of(json.loads(ran.stdout))


def _audit_of(report: Mapping[str, Any]) -> Audit:
    audits, categories = report["audits"], report["categories"]
    values = {name: float(audits[name]["numericValue"]) for name in MEASURES}
    values["largest-contentful-paint"] /= 1000
    references = [ref for name in ("accessibility", "best-practices") for ref in categories[name]["auditRefs"]]
    failed = {ref["id"] for ref in references if ref["weight"] > 0 and audits[ref["id"]]["score"] not in (None, 1)}
    return Audit(
        scores={words: 100 * float(categories[name]["score"] or 0) for name, words in CATEGORIES.items()},
        measures={MEASURES[name]: value for name, value in values.items()},
        faults=sorted(failed),
    )
