"""Settings in, wired application out: the only room that names concrete adapters."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from soundstage.blobs.folder import FolderBlobs
from soundstage.core.errors import BadPipeline
from soundstage.engines.registry import EngineRegistry
from soundstage.media.child import end_all_children
from soundstage.media.ffmpeg import choose_ffmpeg
from soundstage.pipelines.files import load_pipeline_file
from soundstage.pipelines.registry import PipelineRegistry
from soundstage.runtime.doorbell.local import LocalBell, ring_local
from soundstage.runtime.duties import Duty, DutySettings, standard_duties
from soundstage.runtime.home import HomeFolder, open_home
from soundstage.runtime.link import Link
from soundstage.runtime.pulse import PulseTimes
from soundstage.runtime.supervisor import Supervisor
from soundstage.runtime.worker import Worker, WorkerSettings
from soundstage.store.sqlite import SqliteDatabase
from soundstage.store.store import Store, open_database

if TYPE_CHECKING:
    from soundstage.api.services import Services
    from soundstage.settings import Settings

WORKER_SETTINGS = "SOUNDSTAGE_WORKER_SETTINGS"
WORKER_LINK_FD = "SOUNDSTAGE_WORKER_LINK_FD"
SECONDS_PER_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class ProcessSettings:
    """The slice of the settings that every process needs. Workers get it as JSON: they start in half the time when
    they need not load and check the whole tree again.
    """

    home: str
    database_url: str
    is_always_durable: bool
    pipeline_files: Sequence[str]
    ffmpeg: str | None
    preferred_engines: Mapping[str, str]
    queues: Sequence[str]
    beat_seconds: float
    stop_grace_seconds: float

    @classmethod
    def of(cls, settings: Settings) -> Self:
        engines = {"speech": settings.speech_engine, "avatar": settings.avatar_engine}
        return cls(
            home=str(settings.home.absolute()),
            database_url=settings.resolved_database_url,
            is_always_durable=settings.durability == "full",
            pipeline_files=[str(path.absolute()) for path in settings.pipeline_paths],
            ffmpeg=None if settings.ffmpeg is None else str(settings.ffmpeg),
            preferred_engines={capability: kind for capability, kind in engines.items() if kind},
            queues=settings.queue_names,
            beat_seconds=settings.beat_seconds,
            stop_grace_seconds=settings.stop_grace_seconds,
        )


@dataclass
class Parts:
    """What every process needs, made from settings when it is first asked for."""

    settings: ProcessSettings

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(ProcessSettings.of(settings))

    @cached_property
    def home(self) -> HomeFolder:
        """Raises HomeNotWritable."""
        return open_home(Path(self.settings.home))

    @cached_property
    def store(self) -> Store:
        return Store(open_database(self.settings.database_url, always_durable=self.settings.is_always_durable))

    @cached_property
    def blobs(self) -> FolderBlobs:
        return FolderBlobs(self.home.blobs)

    @cached_property
    def pipelines(self) -> PipelineRegistry:
        registry = PipelineRegistry()
        for path in map(Path, self.settings.pipeline_files):
            try:
                for pipeline in load_pipeline_file(path):
                    registry.add(pipeline)
            except BadPipeline as error:
                registry.set_aside(path.stem, error.message)
        return registry

    @cached_property
    def engines(self) -> EngineRegistry:
        choose_ffmpeg(None if self.settings.ffmpeg is None else Path(self.settings.ffmpeg))
        return EngineRegistry.installed(preferred=self.settings.preferred_engines)


class Studio:
    """A process that takes orders: the API server, or a command.

    Where it owns the home folder it also runs the workers; where another process does, it rings that one.
    """

    def __init__(self, settings: Settings) -> None:
        from soundstage.store.schema import upgrade, view_engine
        from soundstage.store.views import ViewStore
        from soundstage.studio.jobs import Jobs

        self.settings = settings
        self.parts = Parts.of(settings)
        self.home = self.parts.home
        self.supervisor: Supervisor | None = None
        self.announce: Callable[[str], None] = lambda job_id: None
        upgrade(settings.resolved_database_url)
        self.views = ViewStore(view_engine(settings.resolved_database_url))
        self.jobs = Jobs(
            self.parts.store,
            self.views,
            self.parts.blobs,
            self.parts.pipelines,
            ring=self._ring,
            announce=lambda job_id: self.announce(job_id),
        )

    def own_home(self, served_at: str = "") -> None:
        """Become the one that runs this home's workers. Raises HomeInUse."""
        self.home.own(served_at)

    def start_workers(self, log_to: Path | None = None) -> Supervisor:
        """Start the supervisor and its workers; the home must be owned. What workers say goes to the log, or stderr."""
        self.home.clear_work()
        bell = LocalBell(self.home.run)
        supervisor = Supervisor(
            self.parts.store,
            lambda link: spawn_worker(self.parts.settings, link, log_to),
            self.settings.workers,
            self._duties(),
            self.settings.shutdown_grace_seconds,
            frozen_after_seconds=self.settings.lease_seconds,
        )
        supervisor.add_source(bell.socket, lambda: supervisor.ring() if bell.hear() else None)
        supervisor.start()
        self.supervisor = supervisor
        return supervisor

    def close(self) -> None:
        """Drain the workers and give the home back."""
        if self.supervisor is not None:
            self.supervisor.stop()
            self.supervisor = None
        self.home.give_back()
        self.parts.store.database.close()

    def _ring(self) -> None:
        if self.supervisor is not None:
            self.supervisor.ring()
        else:
            ring_local(self.home.run)

    def _duties(self) -> list[Duty]:
        days = self.settings.keep_finished_days
        times = DutySettings(
            lease_seconds=self.settings.lease_seconds,
            keep_finished_seconds=None if days is None else days * SECONDS_PER_DAY,
        )
        duties = standard_duties(self.parts.store, self.parts.blobs, times)
        database = self.parts.store.database
        if isinstance(database, SqliteDatabase):
            duties.append(Duty("move the WAL into the database", 1.0, database.checkpoint_wal))
        return duties


def serve(settings: Settings, on_start: Callable[[str], None] = lambda url: None) -> None:
    """Run the API and the workers of this home until SIGTERM or SIGINT, then drain. `on_start` is told the URL.

    Raises BadInput for an address that is not the loopback, PortInUse, HomeInUse, HomeNotWritable, StoreUnavailable.
    """
    from soundstage.api.listening import bind, url_of

    with bind(settings.host, settings.port) as listener:
        studio = Studio(settings)
        try:
            studio.own_home(url_of(listener))
            supervisor = studio.start_workers()
            _answer_requests(studio, supervisor, listener, lambda: on_start(url_of(listener)))
        finally:
            studio.close()


def _answer_requests(
    studio: Studio, supervisor: Supervisor, listener: socket.socket, on_start: Callable[[], None]
) -> None:
    # Loaded while the workers start.
    from soundstage.api.app import create_app
    from soundstage.api.server import run_server

    services = _api_services(studio, supervisor)
    run_server(create_app(services), listener, services.live.close, on_start)


def _api_services(studio: Studio, supervisor: Supervisor) -> Services:
    from soundstage.api.services import ApiSettings, Services
    from soundstage.runtime.live import EventHub
    from soundstage.runtime.readiness import check_disk, check_workers

    hub = EventHub(studio.jobs.events, supervisor.watch)
    supervisor.listeners.facts = hub.notice
    supervisor.listeners.tick = hub.tick
    studio.announce = hub.notice
    checks: dict[str, Callable[[], object]] = {
        "database": studio.parts.store.workers.list_ids,
        "disk": lambda: check_disk(studio.home),
    }
    if studio.settings.workers:
        checks["workers"] = lambda: check_workers(supervisor)
    settings = ApiSettings(max_upload_bytes=studio.settings.max_upload_bytes)
    return Services(studio.jobs, studio.parts.pipelines, hub, checks, settings)


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
        [sys.executable, "-c", "from soundstage.bootstrap import run_worker; run_worker()"],
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
    )
    try:
        worker.run()
    finally:
        parts.engines.release_all()
