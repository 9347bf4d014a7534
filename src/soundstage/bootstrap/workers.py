"""Worker processes: how one is started, and what it runs."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from soundstage.bootstrap.journal import start_journal
from soundstage.bootstrap.parts import Parts, ProcessSettings
from soundstage.bootstrap.traces import open_tracer
from soundstage.media.child import end_all_children
from soundstage.runtime.link import Link
from soundstage.runtime.pulse import PulseTimes
from soundstage.runtime.worker import Worker, WorkerSettings

WORKER_SETTINGS = "SOUNDSTAGE_WORKER_SETTINGS"
WORKER_LINK_FD = "SOUNDSTAGE_WORKER_LINK_FD"


def spawn_worker(settings: ProcessSettings, link: socket.socket, log_to: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a worker process in a session of its own, so that Ctrl-C and group kills reach it alone."""
    with ExitStack() as stack:
        said = None if log_to is None else stack.enter_context(log_to.open("ab"))
        return _started_worker(settings, link, said)


def _started_worker(settings: ProcessSettings, link: socket.socket, said: BinaryIO | None) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        WORKER_SETTINGS: json.dumps(asdict(settings)),
        WORKER_LINK_FD: str(link.fileno()),
    }
    return subprocess.Popen(
        [sys.executable, "-c", "from soundstage.bootstrap.workers import run_worker; run_worker()"],
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        pass_fds=[link.fileno()],
        start_new_session=True,
        env=environment,
    )


def run_worker() -> None:
    """The main function of a worker process."""
    settings = ProcessSettings(**json.loads(os.environ.pop(WORKER_SETTINGS)))
    link = Link(socket.socket(fileno=int(os.environ.pop(WORKER_LINK_FD))))
    journal = start_journal(settings.log_format, settings.log_level)
    tracer = open_tracer(settings.traces_url, "soundstage-worker")
    parts = Parts(settings)
    worker = Worker(
        link,
        parts.store,
        parts.blobs,
        parts.pipelines,
        parts.engines,
        WorkerSettings(
            work_folder=parts.home.work,
            queues=settings.queues,
            times=PulseTimes(beat_seconds=settings.beat_seconds, stop_grace_seconds=settings.stop_grace_seconds),
        ),
        end_all_children,
        tracer,
    )
    try:
        worker.run()
    finally:
        parts.engines.release_all()
        tracer.close()
        journal.close()
