"""A process that takes orders, with or without workers of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from soundstage.bootstrap.assets import asset_duties, make_assets, plan_limits
from soundstage.bootstrap.orders import FORGET_REQUESTS_SECONDS, forget_requests, make_jobs
from soundstage.bootstrap.parts import Parts
from soundstage.bootstrap.webhooks import WebhookServices, make_webhooks, start_courier, webhook_duties
from soundstage.bootstrap.workers import spawn_worker
from soundstage.runtime.doorbell.local import LocalBell, ring_local
from soundstage.runtime.duties import Duty, DutySettings, standard_duties
from soundstage.runtime.supervisor import Supervisor
from soundstage.store.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from soundstage.runtime.courier import Courier
    from soundstage.settings import Settings
    from soundstage.studio.accounts.services import AccountServices
    from soundstage.studio.administration.services import AdministrationServices
    from soundstage.studio.assets.services import AssetServices
    from soundstage.studio.shares.sharing import Shares
    from soundstage.studio.signing import SigningKey
    from soundstage.studio.voice_samples import VoiceSamples

SECONDS_PER_DAY = 86_400.0
ACCOUNT_UPKEEP_SECONDS = 3_600.0


class Studio:
    """A process that takes orders: the API server, or a command.

    Where it owns the home folder it also runs the workers; where another process does, it rings that one.
    """

    def __init__(self, settings: Settings) -> None:
        from soundstage.store.schema import upgrade, view_engine
        from soundstage.store.views import ViewStore

        self.settings = settings
        self.parts = Parts.of(settings)
        self.home = self.parts.home
        self.supervisor: Supervisor | None = None
        self.announce: Callable[[str], None] = lambda job_id: None
        self.erase_user: list[Callable[[str], None]] = []
        upgrade(settings.resolved_database_url)
        self._reader = view_engine(settings.resolved_database_url)
        self.views = ViewStore(self._reader)
        self.jobs = make_jobs(
            self.parts,
            self._reader,
            plan_limits(settings),
            ring=self._ring,
            announce=lambda job_id: self.announce(job_id),
            resolve_file=lambda owner, reference: self.assets.library.resolve(owner, reference),
        )
        self.erase_user.append(self.jobs.erase_owner)
        self.erase_user.append(lambda owner: self.assets.sweeping.erase_owner(owner))
        self.erase_user.append(lambda owner: self.webhooks.keeping.erase_owner(owner))
        self.courier: Courier | None = None

    @cached_property
    def assets(self) -> AssetServices:
        """The libraries of users. Raises UnsafeKey."""
        return make_assets(self.parts, self.views, plan_limits(self.settings), self.signing_key, self._ring)

    @cached_property
    def webhooks(self) -> WebhookServices:
        """Raises BadInput for an allowance that cannot be read."""
        return make_webhooks(self.parts.records, self.settings.outbound_allow)

    @cached_property
    def shares(self) -> Shares:
        """Raises UnsafeKey."""
        from soundstage.store.shares import ShareStore
        from soundstage.studio.shares.sharing import Shares

        return Shares(ShareStore(self.parts.records), self.views, self.signing_key.derive("shares"))

    @cached_property
    def voice_samples(self) -> VoiceSamples:
        from soundstage.store.voice_samples import VoiceSampleStore
        from soundstage.studio.engines import Engines
        from soundstage.studio.voice_samples import VoiceSamples

        samples, engines = VoiceSampleStore(self.parts.records), Engines(self.parts.engines)
        return VoiceSamples(self.parts.store, samples, self.views, self.parts.blobs, engines, self._ring)

    def start_courier(self) -> None:
        """Begin to send what is due to webhooks. Any number of processes may do so."""
        self.courier = start_courier(self.webhooks, self.parts.store.database.close)

    @cached_property
    def accounts(self) -> AccountServices:
        """Raises UnsafeKey."""
        from soundstage.bootstrap.accounts import account_settings
        from soundstage.studio.accounts.services import open_accounts

        return open_accounts(self.parts.records, self.signing_key, account_settings(self.settings), self.erase_user)

    @cached_property
    def administration(self) -> AdministrationServices:
        """Queues to steer, and a look at the whole installation."""
        from soundstage.studio.administration.services import open_administration

        return open_administration(
            self.parts.store,
            self.parts.records,
            self.parts.pipelines,
            self.home.root,
            plan_limits(self.settings),
            ring=self._ring,
            lease_seconds=self.settings.lease_seconds,
        )

    @cached_property
    def signing_key(self) -> SigningKey:
        """The secret of this installation. Raises UnsafeKey."""
        from soundstage.studio.signing import open_signing_key

        return open_signing_key(self.settings.signing_key_file or self.home.root / "signing.key")

    def own_home(self, served_at: str = "") -> None:
        """Become the one that runs this home's workers. Raises HomeInUse."""
        self.home.own(served_at)

    def start_workers(self, log_to: Path | None = None) -> Supervisor:
        """Start the supervisor and its workers; the home must be owned. What workers say goes to the log, or stderr.

        Raises BlobsUnavailable where the files of jobs could not be stored.
        """
        self.parts.blobs.check()
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
        if self.courier is not None:
            self.courier.stop()
            self.courier = None
        if self.supervisor is not None:
            self.supervisor.stop()
            self.supervisor = None
        if "assets" in self.__dict__:
            self.assets.close()
        self.home.give_back()
        self.parts.close()
        self._reader.dispose()

    def _ring(self) -> None:
        if self.supervisor is not None:
            self.supervisor.ring()
        else:
            ring_local(self.home.run)

    def _forget_old_accounts(self) -> int:
        from soundstage.studio.accounts.services import forget_what_is_old

        return forget_what_is_old(self.parts.records, self.settings.keep_audit_days * SECONDS_PER_DAY)

    def _duties(self) -> list[Duty]:
        days = self.settings.keep_finished_days
        times = DutySettings(
            lease_seconds=self.settings.lease_seconds,
            keep_finished_seconds=None if days is None else days * SECONDS_PER_DAY,
        )
        duties = standard_duties(self.parts.store, self.parts.blobs, times)
        duties.append(Duty("forget what accounts need no more", ACCOUNT_UPKEEP_SECONDS, self._forget_old_accounts))
        duties.append(Duty("forget old requests", FORGET_REQUESTS_SECONDS, lambda: forget_requests(self.parts.store)))
        duties += webhook_duties(lambda: self.webhooks.keeping.forget_old())
        database = self.parts.store.database
        if isinstance(database, SqliteDatabase):
            duties.append(Duty("move the WAL into the database", 1.0, database.checkpoint_wal))
        duties += asset_duties(self.assets)
        return duties
