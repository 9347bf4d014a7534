"""Exit codes: what a script learns from a command without reading its words."""

from __future__ import annotations

from enum import IntEnum

from soundstage.core.errors import (
    BadInput,
    Conflict,
    DiskFull,
    EngineNotReady,
    HomeNotWritable,
    NotFound,
    ServerUnavailable,
    SoundstageError,
    StoreUnavailable,
)
from soundstage.core.job import JobView
from soundstage.core.states import JobState


class Exit(IntEnum):
    SUCCEEDED = 0
    FAILED = 1
    BAD_INPUT = 2
    NOT_READY = 3
    NOT_FOUND = 4
    CONFLICT = 5
    ENVIRONMENT = 6
    CANCELLED = 130
    STOPPED = 143


MEANINGS = {
    Exit.SUCCEEDED: "Done.",
    Exit.FAILED: "The job failed, or something went wrong.",
    Exit.BAD_INPUT: "The command or a parameter cannot be used as it was given.",
    Exit.NOT_READY: "An engine, a program or a library that is needed is missing.",
    Exit.NOT_FOUND: "There is no such job, pipeline, stage, engine or file.",
    Exit.CONFLICT: "The present state does not allow it, or another process serves the home folder.",
    Exit.ENVIRONMENT: "The disk is full, the home folder cannot be written, or database or server do not answer.",
    Exit.CANCELLED: "Cancelled by Ctrl-C; a job of a server is left running.",
    Exit.STOPPED: "Stopped by SIGTERM; the job is left to be continued.",
}

_BY_ERROR = (
    ((DiskFull, HomeNotWritable, StoreUnavailable, ServerUnavailable), Exit.ENVIRONMENT),
    (EngineNotReady, Exit.NOT_READY),
    (BadInput, Exit.BAD_INPUT),
    (NotFound, Exit.NOT_FOUND),
    (Conflict, Exit.CONFLICT),
)
_BY_JOB_ERROR = {
    EngineNotReady.code: Exit.NOT_READY,
    DiskFull.code: Exit.ENVIRONMENT,
    HomeNotWritable.code: Exit.ENVIRONMENT,
}


def exit_of_error(error: type[SoundstageError]) -> Exit:
    return next((code for kinds, code in _BY_ERROR if issubclass(error, kinds)), Exit.FAILED)


def exit_of_job(job: JobView) -> Exit:
    """Of a job that has ended. A failed one tells apart what its machine lacks."""
    if job.state is JobState.FAILED:
        return _BY_JOB_ERROR.get(job.error.code, Exit.FAILED) if job.error else Exit.FAILED
    return Exit.CANCELLED if job.state is JobState.CANCELLED else Exit.SUCCEEDED


def epilog() -> str:
    """The table for the end of the help."""
    return "\n\n".join(["Exit codes:", *(f"{code.value:>3}  {meaning}" for code, meaning in MEANINGS.items())])
