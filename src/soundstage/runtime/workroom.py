"""A worker's folder for its attempts: locked while the worker lives, and removed by the next one after its death."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from pathlib import Path


def open_workroom(work_folder: Path, worker_id: str) -> Path:
    """Make the worker's folder and lock it until this process ends; rooms of dead workers are removed."""
    clear_rooms(work_folder)
    room = work_folder / worker_id
    while True:
        room.mkdir(mode=0o700, exist_ok=True)
        if _is_locked_in_place(room):
            return room


def clear_rooms(work_folder: Path) -> None:
    """Remove what dead workers left behind; what a living one uses stays."""
    for room in work_folder.iterdir():
        descriptor = _lock(room)
        if descriptor is not None:
            shutil.rmtree(room, ignore_errors=True)
            os.close(descriptor)


def _is_locked_in_place(room: Path) -> bool:
    """Another process may have removed the room between its making and its locking."""
    descriptor = _lock(room)
    if descriptor is None:
        return False
    with contextlib.suppress(FileNotFoundError):
        if os.fstat(descriptor).st_ino == room.stat().st_ino:
            return True
    os.close(descriptor)
    return False


def _lock(room: Path) -> int | None:
    try:
        descriptor = os.open(room, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
