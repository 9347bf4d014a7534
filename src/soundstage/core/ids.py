"""Ids that sort by the time they were made: a prefix, 48 bits of milliseconds, 80 random bits."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id(prefix: str, at: float) -> str:
    """An id such as `job_06fk3…`: 26 characters of Crockford base 32 after the prefix (the ULID layout)."""
    number = (int(at * 1000) << 80) | secrets.randbits(80)
    return f"{prefix}_" + "".join(ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))
