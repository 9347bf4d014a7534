"""The refresh token as a cookie: out of reach of scripts, sent to /api/auth alone, and only by our own pages."""

from __future__ import annotations

from fastapi import Request, Response

from soundstage.api.door import is_own_page
from soundstage.api.errors import ForeignCaller
from soundstage.api.services import Services
from soundstage.studio.accounts.sessions import SignedIn

COOKIE_PATH = "/api/auth"
_NAME = "soundstage_refresh"


def give_cookie(request: Request, services: Services, response: Response, signed_in: SignedIn) -> None:
    """A session that is not to be remembered ends for the browser when it is closed."""
    session = signed_in.session
    response.set_cookie(
        _name(request, services),
        signed_in.refresh_token,
        max_age=int(session.expires_at - session.last_used_at) if session.is_remembered else None,
        path=COOKIE_PATH,
        secure=_is_secure(request, services),
        httponly=True,
        samesite="strict",
    )


def take_cookie(request: Request, services: Services) -> str | None:
    """The refresh token in the cookie, from a page of our own. Raises ForeignCaller.

    A browser says where a request comes from; a program can send the token in the body.
    """
    token = request.cookies.get(_name(request, services))
    if token is None:
        return None
    if not is_own_page(request.headers) and request.headers.get("sec-fetch-site") != "same-origin":
        raise ForeignCaller("A cookie is taken from our own pages alone, and this request does not say its Origin.")
    return token


def clear_cookie(request: Request, services: Services, response: Response) -> None:
    response.delete_cookie(
        _name(request, services),
        path=COOKIE_PATH,
        secure=_is_secure(request, services),
        httponly=True,
        samesite="strict",
    )


def _name(request: Request, services: Services) -> str:
    """Browsers take a `__Secure-` cookie by https alone (RFC 6265bis, 4.1.3.1)."""
    return f"__Secure-{_NAME}" if _is_secure(request, services) else _NAME


def _is_secure(request: Request, services: Services) -> bool:
    return services.settings.is_public_https or request.url.scheme == "https"
