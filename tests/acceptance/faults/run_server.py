"""A server process without its network side: owns a home, runs its workers, drains on SIGTERM."""

from __future__ import annotations

import os
import signal
import sys

from soundstage.bootstrap.studio import Studio
from soundstage.core.errors import SoundstageError
from soundstage.settings import Settings


def main() -> int:
    settings = Settings.model_validate_json(os.environ.pop("SOUNDSTAGE_TEST_SETTINGS"))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    studio = Studio(settings)
    try:
        studio.own_home("http://127.0.0.1:8484")
    except SoundstageError as error:
        sys.stderr.write(f"{error.code}: {error.message}\n")
        return 1
    studio.start_workers()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    signal.sigwait({signal.SIGTERM})
    studio.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
