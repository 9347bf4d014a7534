"""Serving the set-up page: three small files from the package, and nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from fastapi import APIRouter, Response

from soundstage.api.accounts.asking import AccountsNeeded
from soundstage.core.errors import NotFound

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

router = APIRouter(prefix="/setup", include_in_schema=False)


@router.get("")
def show_page(accounts: AccountsNeeded) -> Response:
    return _answer("html", "text/html", accounts.registration.is_awaited)


@router.get("/page.{kind}")
def show_part(kind: Literal["css", "js"], accounts: AccountsNeeded) -> Response:
    media_type = "text/css" if kind == "css" else "text/javascript"
    return _answer(kind, media_type, accounts.registration.is_awaited)


def _answer(kind: str, media_type: str, is_awaited: bool) -> Response:
    if not is_awaited:
        raise NotFound("Soundstage is set up: there is nothing to do here.", hint="Log in at /api/auth/login.")
    return Response(_content(kind), media_type=media_type, headers={"Content-Security-Policy": POLICY})


@cache
def _content(kind: str) -> bytes:
    return (files("soundstage.api.accounts.set_up_page") / f"page.{kind}").read_bytes()
