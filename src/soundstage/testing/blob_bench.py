"""A blob store with a hand on the age of what it holds, for the tests that every store must pass."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from soundstage.blobs.contract import Blobs
from soundstage.blobs.folder import FolderBlobs
from soundstage.blobs.s3 import S3Blobs
from soundstage.testing.s3 import S3Double


@dataclass(frozen=True)
class BlobBench:
    """A store. `age` makes all that it holds older by so many seconds; `held` names each file or object in it."""

    blobs: Blobs
    age: Callable[[float], None]
    held: Callable[[], Sequence[str]]


def folder_bench(root: Path) -> BlobBench:
    def files() -> list[Path]:
        return [path for path in root.rglob("*") if path.is_file()]

    def age(seconds: float) -> None:
        at = time.time() - seconds
        for path in files():
            os.utime(path, (at, at))

    return BlobBench(FolderBlobs(root), age, lambda: [str(path) for path in files()])


def s3_bench(blobs: S3Blobs, double: S3Double) -> BlobBench:
    def age(seconds: float) -> None:
        for key, stored in double.objects.items():
            double.objects[key] = replace(stored, modified=stored.modified - seconds)

    return BlobBench(blobs, age, lambda: list(double.objects))
