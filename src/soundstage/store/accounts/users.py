"""What is known of a user, as the stores of accounts, sessions and keys read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import RowMapping


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account. The hash of the password is not part of it."""

    id: str
    email: str
    username: str
    display_name: str
    language: str | None
    role: str
    plan: str
    is_disabled: bool
    created_at: float
    last_login_at: float | None


def user_of(row: RowMapping, prefix: str = "") -> User:
    """From a row of `users`, or one whose columns of it have a prefix."""
    return User(
        id=row[f"{prefix}id"],
        email=row[f"{prefix}email"],
        username=row[f"{prefix}username"],
        display_name=row[f"{prefix}display_name"],
        language=row[f"{prefix}language"],
        role=row[f"{prefix}role"],
        plan=row[f"{prefix}plan"],
        is_disabled=bool(row[f"{prefix}is_disabled"]),
        created_at=row[f"{prefix}created_at"],
        last_login_at=row[f"{prefix}last_login_at"],
    )
