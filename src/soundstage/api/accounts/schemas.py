"""Accounts as JSON: what comes in, and what goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from soundstage.studio.access import Plan, Role, Scope

LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
NO_NUL = r"^[^\x00]*$"

Secret = Annotated[str, Field(max_length=1024)]
"""Longer than any that is taken, so that the use case can say why."""


class Request(BaseModel):
    """A body that comes in; a name that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewAccount(Request):
    email: str = Field(max_length=320, examples=["ann@example.com"])
    username: str = Field(max_length=100, examples=["ann"], description="3 to 32 of a-z, digits, `.`, `_`, `-`")
    password: Secret = Field(description="10 to 256 characters", examples=["four words drawn at random"])
    display_name: str = Field("", max_length=100, description="What others see, in any script")
    language: str | None = Field(None, max_length=35, pattern=LANGUAGE)


class FirstAccount(NewAccount):
    token: Secret = Field(description="From the link that the first start printed", examples=["setup_..."])


class NewUserByAdmin(NewAccount):
    role: Role = Role.USER
    plan: Plan = Plan.FREE


class Login(Request):
    """With `cookie` the refresh token comes as a cookie that no script can read."""

    login: str = Field(max_length=320, pattern=NO_NUL, description="E-mail address or user name", examples=["ann"])
    password: Secret = Field(examples=["four words drawn at random"])
    remember: bool = Field(False, description="Stay signed in for weeks, not hours")
    cookie: bool = False


class Refresh(Request):
    """Without a token: the one in the cookie."""

    refresh_token: Secret | None = Field(None, examples=["rt_ses_..."])


class ProfileIn(Request):
    """What is left out stays. A new e-mail address needs the password."""

    email: str | None = Field(None, max_length=320)
    username: str | None = Field(None, max_length=100)
    display_name: str | None = Field(None, max_length=100, examples=["Ann"])
    language: str | None = Field(None, max_length=35, pattern=LANGUAGE, examples=["pt"])
    password: Secret | None = None


class PasswordIn(Request):
    old_password: Secret = Field(examples=["four words drawn at random"])
    new_password: Secret = Field(examples=["another four drawn words"])


class Proof(Request):
    password: Secret = Field(examples=["four words drawn at random"])


class NewKey(Request):
    name: str = Field(min_length=1, max_length=100, examples=["build server"])
    scopes: list[Scope] = Field(min_length=1, max_length=20, examples=[["jobs:read", "jobs:write"]])
    expires_in_days: float | None = Field(None, gt=0, le=3650, description="Never, where it is left out")


class UserChangeIn(Request):
    """What is left out stays."""

    role: Role | None = None
    plan: Plan | None = Field(None, examples=["pro"])
    is_disabled: bool | None = None


class UserOut(BaseModel):
    id: str = Field(examples=["user_06fk3v8q2s5d1n7x9b4c0m8r3t"])
    email: str
    username: str
    display_name: str
    language: str | None
    role: Role
    plan: Plan
    is_disabled: bool
    created_at: datetime
    last_login_at: datetime | None


class SignedInOut(BaseModel):
    """Send the access token as `Authorization: Bearer ...`; get a new one with the refresh token before it expires.

    `refresh_token` is None where it is in the cookie. Each refresh gives a new one; the old one is used up.
    """

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - RFC 6750
    expires_in: int = Field(description="Seconds that the access token is good for")
    refresh_token: str | None
    session_id: str
    session_expires_at: datetime
    user: UserOut


class SessionOut(BaseModel):
    id: str
    is_current: bool
    is_remembered: bool
    user_agent: str
    address: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class SessionList(BaseModel):
    sessions: list[SessionOut]


class KeyOut(BaseModel):
    """`hint` is how the key begins."""

    id: str
    name: str
    hint: str
    scopes: list[Scope]
    created_at: datetime
    last_used_at: datetime | None = Field(description="To the minute")
    expires_at: datetime | None


class KeyMade(KeyOut):
    """`key` is shown this once, and kept nowhere."""

    key: str = Field(examples=["sk_..."])


class KeyList(BaseModel):
    keys: list[KeyOut]


class TicketOut(BaseModel):
    """Good once, as `?ticket=` of a stream."""

    ticket: str
    expires_in: int


class UserList(BaseModel):
    """Newest first. `next` is the `before` of the following page; None on the last."""

    users: list[UserOut]
    next: str | None


class AuditEntryOut(BaseModel):
    """`actor` did `action` to `target`; an empty actor is somebody who did not sign in.

    The names are the user names of those who are users still.
    """

    id: int
    at: datetime
    actor: str
    actor_name: str | None
    action: str = Field(examples=["login.failed"])
    target: str
    target_name: str | None
    address: str
    data: dict[str, Any]


class AuditList(BaseModel):
    """Newest first. `next` is the `before` of the following page; None on the last."""

    entries: list[AuditEntryOut]
    next: int | None


class Ended(BaseModel):
    sessions: int = Field(description="How many have ended")
