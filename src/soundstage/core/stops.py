"""What ends a stage from outside. No error: nothing went wrong."""

from __future__ import annotations


class Stop(BaseException):
    """Ends a stage function from outside. Not an Exception, so that no stage swallows it."""

    reason = "stopped"


class Cancelled(Stop):
    """The job was cancelled or the lease was lost: leave at once, write nothing."""

    reason = "cancelled"


class Released(Stop):
    """The job was paused or the worker shuts down: the part goes back, no attempt is charged."""

    reason = "released"
