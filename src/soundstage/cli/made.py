"""Bringing what a job made to a folder of the user: whole files or none."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from soundstage.core.errors import BadInput, DiskFull
from soundstage.core.job import ArtifactView, JobView, StageView


@dataclass(frozen=True, slots=True)
class MadeFile:
    path: Path
    size_bytes: int
    media_type: str


def check_folder(folder: Path) -> None:
    """Whether files can be put there later. Raises BadInput."""
    nearest = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise BadInput(f"The folder {folder} cannot be written.", hint="Name another with --output.")


def save_made(
    job: JobView, folder: Path, fetch: Callable[[ArtifactView, Path], None], command: str = "soundstage"
) -> list[MadeFile]:
    """Bring the last stage's files. Raises DiskFull, BadInput, and what `fetch` raises; no half file stays.

    `fetch` brings the bytes of a file to a path, and leaves nothing there when it fails.
    """
    stage = job.stages[-1]
    try:
        if stage.artifacts:
            folder.mkdir(parents=True, exist_ok=True)
        return [_fetched(artifact, folder / name, fetch) for name, artifact in _named(stage)]
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"The disk that holds {folder} is full: what job {job.id} made was not copied there.",
                hint=f"Free some space, then `{command} jobs save {job.id}`.",
            ) from error
        raise BadInput(f"{folder} cannot be written: {error.strerror or error}.") from error


def _named(stage: StageView) -> Iterator[tuple[str, ArtifactView]]:
    """In a stage of several parts the name begins with the number of the part, so that none hides another."""
    numbers = {part.id: number for number, part in enumerate(stage.parts, start=1)}
    for artifact in stage.artifacts:
        name = Path(artifact.name).name
        yield (f"{numbers[artifact.part_id]:03}-{name}" if len(numbers) > 1 else name), artifact


def _fetched(artifact: ArtifactView, target: Path, fetch: Callable[[ArtifactView, Path], None]) -> MadeFile:
    fetch(artifact, target)
    return MadeFile(target, artifact.size_bytes, artifact.media_type)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that `target` is there only when it is whole."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        shutil.copyfile(source, unfinished)
        unfinished.replace(target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            unfinished.unlink()
