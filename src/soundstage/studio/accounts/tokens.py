"""Tokens: signed statements of who calls (JWT, RFC 7519), and the refresh tokens of a session."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from soundstage.core.errors import NotSignedIn
from soundstage.studio.signing import SigningKey

ALGORITHM = "HS256"
ISSUER = "soundstage"
ACCESS_TYPE = "at+jwt"
"""RFC 9068, section 2.1."""
JOB_TYPE = "job+jwt"
MOST_CHARACTERS = 4096
_CLOCKS_APART_SECONDS = 60
_REQUIRED = {ACCESS_TYPE: ("sid",), JOB_TYPE: ("job",)}
_REFRESH = re.compile(r"rt_(ses_[0-9a-z]{26})\.([0-9]{1,9})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token of ours says. `session_id` is set in access tokens, `job_id` in those of a job."""

    user_id: str
    session_id: str | None
    job_id: str | None


class SignedTokens:
    """Short statements that are checked without looking anything up; whether they still hold is looked up after."""

    def __init__(self, key: SigningKey, access_seconds: float) -> None:
        self._key = key.derive("access tokens")
        self.access_seconds = int(access_seconds)

    def issue_access(self, user_id: str, session_id: str, now: float) -> str:
        return self._issue(ACCESS_TYPE, {"sub": user_id, "sid": session_id}, now, self.access_seconds)

    def issue_for_job(self, job_id: str, owner: str, now: float, seconds: float) -> str:
        return self._issue(JOB_TYPE, {"sub": owner, "job": job_id}, now, seconds)

    def read(self, token: str, now: float) -> Claims:
        """Raises NotSignedIn for what is not ours, is broken, or has expired."""
        claims, kind = self._verified(token)
        _check_times(claims, now)
        values = [claims["sub"], *(claims[name] for name in _REQUIRED[kind])]
        if not all(isinstance(value, str) for value in values):
            raise NotSignedIn
        is_access = kind == ACCESS_TYPE
        return Claims(values[0], values[1] if is_access else None, None if is_access else values[1])

    def _issue(self, kind: str, claims: Mapping[str, Any], now: float, seconds: float) -> str:
        times = {"iat": int(now), "exp": int(now + seconds)}
        ours = {"iss": ISSUER, "aud": _audience(kind), "jti": secrets.token_hex(16)}
        return jwt.encode({**ours, **times, **claims}, self._key, ALGORITHM, headers={"typ": kind})

    def _verified(self, token: str) -> tuple[Mapping[str, Any], str]:
        """The claims of a token that we have signed, and its type. The header is believed in nothing but that."""
        if len(token) > MOST_CHARACTERS:
            raise NotSignedIn
        try:
            kind = jwt.get_unverified_header(token).get("typ")
            if kind not in _REQUIRED:
                raise NotSignedIn
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=_audience(kind),
                issuer=ISSUER,
                options={
                    "require": ["iss", "aud", "sub", "jti", "iat", "exp", *_REQUIRED[kind]],
                    "strict_aud": True,
                    "verify_exp": False,  # by our own clock, in `_check_times`
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            raise NotSignedIn("This token is not one of ours.") from None
        return claims, kind


class RefreshTokens:
    """Derived from the session and its generation, and stored nowhere: the same generation gives the same token."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key.derive("refresh tokens")

    def issue(self, session_id: str, generation: int) -> str:
        return f"rt_{session_id}.{generation}.{self._seal(session_id, generation)}"

    def read(self, token: str) -> tuple[str, int]:
        """The session and the generation. Raises NotSignedIn where we did not make it."""
        found = _REFRESH.fullmatch(token)
        if found is None:
            raise NotSignedIn("This is not a refresh token.")
        session_id, generation, seal = found[1], int(found[2]), found[3]
        if not hmac.compare_digest(self._seal(session_id, generation), seal) or str(generation) != found[2]:
            raise NotSignedIn("This refresh token is not one of ours.")
        return session_id, generation

    def _seal(self, session_id: str, generation: int) -> str:
        digest = hmac.digest(self._key, f"{session_id}.{generation}".encode(), hashlib.sha256)
        return urlsafe_b64encode(digest).decode().rstrip("=")


def new_secret(prefix: str) -> tuple[str, str]:
    """A secret of 256 bits that is shown once, and the hash of it that is kept."""
    secret = prefix + secrets.token_urlsafe(32)
    return secret, secret_hash(secret)


def secret_hash(secret: str) -> str:
    """SHA-256 is enough for what was drawn at random: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _audience(kind: str) -> str:
    return f"{ISSUER}:{kind}"


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    times = [claims["iat"], claims["exp"], claims.get("nbf", 0)]
    if not all(type(value) is int for value in times):
        raise NotSignedIn
    issued_at, expires_at, not_before = times
    if max(issued_at, not_before) > now + _CLOCKS_APART_SECONDS:
        raise NotSignedIn("This token is from the future.", hint="Set the clocks of the servers.")
    if now >= expires_at:
        raise NotSignedIn("This token has expired.", hint="Get a new one at /api/auth/refresh.")
