"""Accounts over a database of their own and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from soundstage.store.accounts.audit import AuditFilter, AuditNote
from soundstage.store.records import Records
from soundstage.studio.access import Caller, Plan, Role
from soundstage.studio.accounts.registration import Applicant
from soundstage.studio.accounts.services import AccountServices, AccountSettings, open_accounts
from soundstage.studio.accounts.sessions import SessionTimes, SignedIn, User
from soundstage.studio.accounts.visits import Visit
from soundstage.studio.signing import SigningKey, open_signing_key
from soundstage.testing.clock import FakeClock
from soundstage.testing.store_bench import StoreBench

PASSWORD = "lantern ferry gravel moth"
VISIT = Visit("192.0.2.1", "test/1.0")
SETTINGS = AccountSettings(
    times=SessionTimes(short_seconds=12 * 3600.0, remembered_seconds=30 * 86_400.0),
    access_seconds=900.0,
    is_registration_open=True,
    password_hashing="insecure_for_tests",
)


@dataclass
class Desk:
    """The services of accounts, with short words for what tests do again and again."""

    services: AccountServices
    records: Records
    clock: FakeClock
    erased: list[str] = field(default_factory=list)
    visit: Visit = VISIT
    password: str = PASSWORD

    def administrator(self, name: str = "ada") -> User:
        return self.services.registration.create_administrator(self.applicant(name))

    def user(self, name: str = "ben") -> User:
        return self.services.registration.create(self.applicant(name), Role.USER, Plan.FREE, "local", self.visit)

    def applicant(self, name: str, password: str = PASSWORD) -> Applicant:
        return Applicant(f"{name}@example.com", name, password)

    def log_in(self, name: str, password: str = PASSWORD, is_remembered: bool = False) -> SignedIn:
        return self.services.sessions.log_in(name, password, is_remembered, self.visit)

    def caller(self, signed_in: SignedIn) -> Caller:
        return self.services.identities.identify(signed_in.access_token)

    def notes(self, action: str | None = None) -> list[AuditNote]:
        """Newest first."""
        return [entry.note for entry in self.services.administration.list_audit(AuditFilter(action=action))]


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return open_signing_key(tmp_path / "signing.key")


@pytest.fixture
def desk(sqlite_bench: StoreBench, key: SigningKey) -> Iterator[Desk]:
    records = Records(sqlite_bench.database)
    erased: list[str] = []
    yield Desk(open_accounts(records, key, SETTINGS, [erased.append]), records, sqlite_bench.clock, erased)
    records.close()
