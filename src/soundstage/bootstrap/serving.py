"""The server: the API, and the workers of its home."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from soundstage.bootstrap.operating import count_work, make_operating, open_instruments
from soundstage.bootstrap.studio import Studio

if TYPE_CHECKING:
    from soundstage.api.services import Services
    from soundstage.runtime.live import EventHub
    from soundstage.runtime.supervisor import Supervisor
    from soundstage.settings import Settings


OnStart = Callable[[str, str | None], None]
"""Is told the URL, and the set-up token as long as there is no administrator."""


def serve(settings: Settings, on_start: OnStart = lambda url, set_up_token: None) -> None:
    """Run the API and the workers of this home until SIGTERM or SIGINT, then drain.

    Raises BadInput for what is no address, PortInUse, HomeInUse, HomeNotWritable, StoreUnavailable, UnsafeKey.
    """
    from soundstage.api.listening import bind, url_of

    with open_instruments(settings) as instruments, bind(settings.host, settings.port) as listener:
        studio = Studio(settings)
        try:
            studio.own_home(url_of(listener))
            supervisor = studio.start_workers()
            url = (settings.public_url or url_of(listener)).rstrip("/")
            operating = make_operating(studio, instruments)
            count_work(operating, supervisor, studio)
            services = replace(_served(studio, supervisor), operating=operating)
            _answer_requests(
                studio, services, listener, lambda: on_start(url, studio.accounts.registration.offer_set_up())
            )
        finally:
            studio.close()


def _answer_requests(studio: Studio, services: Services, listener: socket.socket, on_start: Callable[[], None]) -> None:
    # Loaded while the workers start.
    from soundstage.api.app import create_app
    from soundstage.api.live.socketio import with_sockets
    from soundstage.api.operating.event_loop import LoopWatch
    from soundstage.api.server import run_server

    studio.start_courier()
    app = create_app(services)
    loop = LoopWatch(services.operating.metrics)
    sockets = with_sockets(app, lambda: services)
    run_server(sockets, listener, services.live.close, on_start, studio.settings.proxies, loop.tick)


def _served(studio: Studio, supervisor: Supervisor) -> Services:
    """The services of the API, joined to the workers: what those tell is heard live."""
    from soundstage.runtime.live import EventHub
    from soundstage.runtime.readiness import check_disk, check_workers
    from soundstage.store.follow import FollowStore

    hub = EventHub(FollowStore(studio.parts.store.database), supervisor.watch)
    supervisor.listeners.facts = hub.notice
    supervisor.listeners.tick = hub.tick
    studio.announce = hub.notice
    checks: dict[str, Callable[[], object]] = {
        "database": studio.parts.store.workers.list_ids,
        "disk": lambda: check_disk(studio.home),
        "blobs": studio.parts.blobs.check,
    }
    if studio.settings.workers:
        checks["workers"] = lambda: check_workers(supervisor)
    return api_services(studio, hub, checks)


def api_services(studio: Studio, hub: EventHub, checks: Mapping[str, Callable[[], object]]) -> Services:
    from soundstage.api.listening import is_loopback
    from soundstage.api.page.folder import built_page
    from soundstage.api.services import LOOPBACK_NAMES, ApiSettings, Services
    from soundstage.core.clock import SystemClock
    from soundstage.studio.batches import Batches
    from soundstage.studio.engines import Engines
    from soundstage.studio.executors import Executors
    from soundstage.studio.recordings import Recordings

    return Services(
        jobs=studio.jobs,
        batches=Batches(studio.jobs, studio.parts.store),
        executors=Executors(studio.jobs, studio.accounts.identities, SystemClock(), hub.tick),
        pipelines=studio.parts.pipelines,
        engines=Engines(studio.parts.engines),
        live=hub,
        identities=studio.accounts.identities,
        accounts=studio.accounts,
        assets=studio.assets,
        recordings=Recordings(studio.assets.uploads, studio.assets.library),
        webhooks=studio.webhooks.keeping,
        administration=studio.administration,
        shares=studio.shares,
        voice_samples=studio.voice_samples,
        checks=checks,
        settings=ApiSettings(
            max_upload_bytes=studio.settings.max_upload_bytes,
            speech_wait_seconds=studio.settings.speech_wait_seconds,
            host_names=LOOPBACK_NAMES | studio.settings.host_names,
            answers_to_addresses=not is_loopback(studio.settings.host),
            is_public_https=(studio.settings.public_url or "").startswith("https:"),
            page_folder=built_page(),
            links_origin=studio.parts.blobs.links_origin,
            public_url=studio.settings.public_url,
        ),
    )
