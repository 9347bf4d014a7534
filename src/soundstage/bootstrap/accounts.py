"""The slice of the settings that accounts need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soundstage.studio.accounts.services import AccountSettings
from soundstage.studio.accounts.sessions import SessionTimes

if TYPE_CHECKING:
    from soundstage.settings import Settings


def account_settings(settings: Settings) -> AccountSettings:
    return AccountSettings(
        times=SessionTimes(settings.session_hours * 3_600.0, settings.remembered_session_days * 86_400.0),
        access_seconds=settings.access_token_minutes * 60.0,
        is_registration_open=settings.registration == "open",
        password_hashing=settings.password_hashing,
    )
