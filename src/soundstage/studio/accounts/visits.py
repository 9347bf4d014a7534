"""Where a request comes from, as far as it is kept; and what is noted of accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

MOST_AGENT_CHARACTERS = 200
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Visit:
    """The network address of a request, and what its program calls itself."""

    address: str = ""
    user_agent: str = ""

    @property
    def shown_agent(self) -> str:
        """Without what could disturb a log or a page."""
        return _UNPRINTABLE.sub(" ", self.user_agent)[:MOST_AGENT_CHARACTERS]


COMMAND_LINE = Visit("command line")


class Action(StrEnum):
    """What the audit log tells of. The names are stable."""

    SET_UP = "studio.set_up"
    REGISTERED = "user.registered"
    CREATED = "user.created"
    CHANGED = "user.changed"
    DISABLED = "user.disabled"
    ENABLED = "user.enabled"
    DELETED = "user.deleted"
    SESSIONS_ENDED = "user.sessions_ended"
    EMAIL_CHANGED = "user.email_changed"
    PASSWORD_CHANGED = "user.password_changed"  # noqa: S105 - the name of an action
    PASSWORD_REFUSED = "user.password_refused"  # noqa: S105 - the name of an action
    LOGIN_FAILED = "login.failed"
    LOGIN_LOCKED = "login.locked"
    REFRESH_REUSED = "session.refresh_reused"
    KEY_MADE = "key.made"
    KEY_DELETED = "key.deleted"
    QUEUE_PAUSED = "queue.paused"
    QUEUE_RESUMED = "queue.resumed"
