"""What earlier stages and attempts of the same job left, for the stage that runs now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soundstage.store.claims import Claim, parsed
from soundstage.store.database import Database


@dataclass(frozen=True, slots=True)
class KeptResult:
    """JSON values, and the sha256 of each file by its name."""

    values: Mapping[str, Any]
    files: Mapping[str, str]


class ResultStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def stage_results(self, job_id: str, stage: int) -> list[KeptResult]:
        """One for each completed part of the stage, in the order of its items; empty where none has completed."""
        with self._database.read() as tx:
            rows = tx.all("list_results", {"job_id": job_id, "stage": stage})
            items = [row for row in rows if row[1] == "item"]
            return [
                KeptResult(parsed(result) or {}, dict(_pairs(tx.all("list_part_artifacts", {"part_id": part_id}))))
                for part_id, _, _, result in (items or rows)
            ]

    def checkpoints(self, claim: Claim) -> dict[tuple[str, int], KeptResult]:
        """All that earlier attempts of this part kept, by name and position."""
        with self._database.read() as tx:
            rows = tx.all("list_checkpoints", {"part_id": claim.part_id})
            files: dict[tuple[str, int], dict[str, str]] = {}
            for name, position, file_name, sha256 in tx.all("list_checkpoint_artifacts", {"part_id": claim.part_id}):
                files.setdefault((name, position), {})[file_name] = sha256
        return {
            (name, position): KeptResult(parsed(result), files.get((name, position), {}))
            for name, position, result in rows
        }


def _pairs(rows: list[tuple[Any, ...]]) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows]
