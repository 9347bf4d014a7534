"""What a server needs to do its work, each as a check that raises where it is missing."""

from __future__ import annotations

import errno
import tempfile

from soundstage.core.errors import DiskFull, HomeNotWritable, SoundstageError
from soundstage.runtime.home import HomeFolder
from soundstage.runtime.supervisor import Supervisor

PROBE_BYTES = 4096


class NoWorkers(SoundstageError):
    """No worker is alive to run jobs."""

    code = "no_workers"


def check_workers(supervisor: Supervisor) -> None:
    """Raises NoWorkers."""
    if not supervisor.pids():
        raise NoWorkers


def check_disk(home: HomeFolder) -> None:
    """Raises DiskFull, HomeNotWritable."""
    try:
        with tempfile.TemporaryFile(dir=home.run) as probe:
            probe.write(bytes(PROBE_BYTES))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull("The disk that holds the home folder is full.") from error
        raise HomeNotWritable(f"The home folder cannot be written: {error.strerror}.") from error
