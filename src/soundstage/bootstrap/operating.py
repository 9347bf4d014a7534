"""What a server is looked after with, wired: metrics of its own, of its workers, and of the installation."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soundstage.bootstrap.journal import Journal, start_journal
from soundstage.bootstrap.traces import open_tracer, traces_url
from soundstage.core.traces import Tracer

if TYPE_CHECKING:
    from soundstage.api.operating.kit import Operating
    from soundstage.bootstrap.studio import Studio
    from soundstage.runtime.supervisor import Supervisor
    from soundstage.settings import Settings


@dataclass(frozen=True, slots=True)
class Instruments:
    """Where the log and the traces of this process go."""

    journal: Journal
    tracer: Tracer


@contextmanager
def open_instruments(settings: Settings) -> Iterator[Instruments]:
    """Raises BadInput where traces are asked for and their packages are not installed."""
    url = traces_url(settings.traces_endpoint)
    with (
        closing(start_journal(settings.log_format, settings.log_level, settings.log_requests)) as journal,
        closing(open_tracer(url, "soundstage-server")) as tracer,
    ):
        yield Instruments(journal, tracer)


def make_operating(studio: Studio, instruments: Instruments) -> Operating:
    """Raises StoreUnavailable."""
    from soundstage.api.operating.installation import InstallationMetrics
    from soundstage.api.operating.kit import Operating
    from soundstage.api.operating.metrics import Metrics
    from soundstage.store.operating import OperatingStore

    settings, token = studio.settings, studio.settings.metrics_token
    installation = InstallationMetrics(
        OperatingStore(studio.parts.records),
        lambda: shutil.disk_usage(studio.home.root).free,
        settings.lease_seconds,
    )
    metrics = Metrics()
    metrics.watch_dropped_lines(lambda: instruments.journal.dropped)
    metrics.add([installation])
    return Operating(
        metrics=metrics,
        tracer=instruments.tracer,
        metrics_token=None if token is None else token.get_secret_value(),
        are_metrics_public=settings.metrics_public,
    )


def count_work(operating: Operating, supervisor: Supervisor, studio: Studio) -> None:
    """What workers and the courier do is counted from here on."""
    metrics = operating.metrics
    supervisor.listeners.ended = metrics.attempt_ended
    supervisor.listeners.lost = metrics.parts_lost
    studio.webhooks.sender.on_result = metrics.delivery_tried
