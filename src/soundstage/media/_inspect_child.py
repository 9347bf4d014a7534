"""Looks into one file and says what it holds: a process of its own, so that a decoder's crash ends nothing else."""

from __future__ import annotations

import json
import select
import sys
from dataclasses import asdict
from pathlib import Path

# Loaded before the file is named, which is what a waiting child is for.
import av.stream  # noqa: F401
import filetype  # noqa: F401
import PIL.ExifTags
import PIL.Image  # noqa: F401

from soundstage.core.errors import SoundstageError
from soundstage.media.child import MIB, Limits, limit_itself
from soundstage.media.probe import probe

IDLE_SECONDS = 60.0
LIMITS = Limits(memory_bytes=2048 * MIB, file_bytes=MIB, cpu_seconds=60)


def main() -> None:
    """Read a path from the input, write one line of JSON: `found` or `refused`. Nothing comes for long: end."""
    limit_itself(LIMITS)
    if not select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        return
    line = sys.stdin.readline()
    if line:
        print(json.dumps(_answer(Path(json.loads(line)))), flush=True)  # noqa: T201 - the answer


def _answer(path: Path) -> dict[str, object]:
    try:
        return {"found": asdict(probe(path))}
    except SoundstageError as error:
        return {"refused": [type(error).__name__, error.message, error.hint]}


if __name__ == "__main__":
    main()
